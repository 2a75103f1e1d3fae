//! Facts about types that depend on the types within them.

use serde_json::Value;

use super::checkable::{has_integer_checks, has_text_checks};
use super::fields;
use super::media_choice::{preferred, success};
use super::types::Types;
use super::union_conversions::has_from;
use crate::ir::{Additional, Api, MediaType, Schema, SizeBounds, Type, TypeId, TypeKind};

/// The examples of a type that calls take or return.
#[derive(Clone, Copy, Default)]
pub struct CallExamples<'a> {
    /// An example of it as a request body.
    pub request: Option<&'a Value>,
    /// An example of it as a response.
    pub response: Option<&'a Value>,
}

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

/// Returns the examples of each type that calls take or return.
pub fn call_examples<'a>(types: &Types<'a>) -> Vec<CallExamples<'a>> {
    let api = types.api;
    let example = |media: &'a MediaType| {
        let Type::Named(id) = types.resolve(&media.schema.as_ref()?.ty) else { return None };
        Some((id.0, media.example.as_ref().or(api.type_def(*id).docs.example.as_ref())?))
    };
    let mut examples = vec![CallExamples::default(); api.types.len()];
    for operation in &api.operations {
        let body = operation.body.as_ref().and_then(|body| preferred(&body.content));
        if let Some((index, value)) = body.and_then(example) {
            examples[index].request.get_or_insert(value);
        }
        if let Some((index, value)) = success(operation).and_then(example) {
            examples[index].response.get_or_insert(value);
        }
    }
    examples
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
