//! Facts about types that depend on the types within them.

use super::checkable::{has_integer_checks, has_text_checks};
use super::fields;
use super::types::Types;
use super::union_conversions::has_from;
use crate::ir::{Additional, Api, Schema, SizeBounds, Type, TypeId, TypeKind};

/// Returns whether each type is a union that some value converts into by `From`.
pub fn convertible(types: &Types<'_>) -> Vec<bool> {
    let kinds = types.api.types.iter().map(|def| &def.kind);
    kinds.map(|kind| matches!(kind, TypeKind::Union(union) if has_from(types, union))).collect()
}

/// Returns whether `validate()` has anything to check in each type.
///
/// A type is checked if it has bounds or contains a type that is checked. The search goes from types with bounds to the
/// types that contain them.
pub fn checked(api: &Api) -> Vec<bool> {
    let types = &api.types;
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut found = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let mut bounded = matches!(&def.kind, TypeKind::Object(object) if object.size != SizeBounds::default());
        each_schema(&def.kind, &mut |schema| {
            bounded |= own_bounds(&schema.ty, &mut |used| users[used.0].push(index));
        });
        if bounded {
            found.push(index);
        }
    }
    let mut checked = vec![false; types.len()];
    while let Some(index) = found.pop() {
        if !std::mem::replace(&mut checked[index], true) {
            found.extend(&users[index]);
        }
    }
    checked
}

/// Visits the schemas of the values that a type holds.
pub fn each_schema(kind: &TypeKind, visit: &mut impl FnMut(&Schema)) {
    match kind {
        TypeKind::Object(object) => {
            fields::stored(object).for_each(|property| visit(&property.schema));
            if let Additional::Typed(schema) = &object.additional {
                visit(schema);
            }
        }
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.schema)),
        TypeKind::Alias(alias) => visit(&alias.schema),
        TypeKind::Enum(_) => {}
    }
}

/// Returns whether a type has bounds of its own. Calls `visit` with each definition in it.
fn own_bounds(ty: &Type, visit: &mut impl FnMut(TypeId)) -> bool {
    match ty {
        Type::Any | Type::Boolean => false,
        Type::Integer(integer) => has_integer_checks(&integer.bounds),
        // JSON has no infinite number.
        Type::Number(_) => true,
        Type::String(string) => has_text_checks(string),
        Type::List(list) => own_bounds(&list.items.ty, visit) || list.unique || list.size != SizeBounds::default(),
        Type::Map(map) => {
            own_bounds(&map.values.ty, visit) || map.keys != SizeBounds::default() || map.size != SizeBounds::default()
        }
        Type::Named(id) => {
            visit(*id);
            false
        }
    }
}
