//! Turns a tag property of plain text into a constant, if only one tag value selects its object.
//!
//! That depends on all unions with the object: if they use several values, the property remains a field.

use super::type_table::TypeTable;
use crate::ir::{Property, Type, TypeId, TypeKind, UnionKind};
use serde_json::Value;
use std::collections::HashMap;

/// Sets the constants of tag properties.
pub(super) fn set_discriminator_constants(types: &mut TypeTable) {
    let fixed: Vec<(TypeId, String, String)> = tags_by_object(types)
        .into_iter()
        .filter_map(|((id, property), values)| match values.as_slice() {
            [only] => Some((id, property.to_owned(), (*only).to_owned())),
            _ => None,
        })
        .collect();
    for (id, name, tag) in fixed {
        let def = types.defs_mut().get_mut(id.0);
        let Some(TypeKind::Object(object)) = def.map(|def| &mut def.kind) else { continue };
        let property = object.properties.iter_mut().find(|property| property.name == name);
        if let Some(property) = property.filter(|property| is_plain_text(property)) {
            property.constant = Some(Value::String(tag));
        }
    }
}

/// Returns the values that select each object, by its tag property.
fn tags_by_object(types: &TypeTable) -> HashMap<(TypeId, &str), Vec<&str>> {
    let mut tags: HashMap<(TypeId, &str), Vec<&str>> = HashMap::new();
    for def in types.defs() {
        let TypeKind::Union(union) = &def.kind else { continue };
        let UnionKind::Tagged { property, .. } = &union.kind else { continue };
        for variant in &union.variants {
            let Type::Named(id) = types.resolved(&variant.schema) else { continue };
            let known = tags.entry((*id, property)).or_default();
            for tag in &variant.tags {
                if !known.contains(&tag.as_str()) {
                    known.push(tag);
                }
            }
        }
    }
    tags
}

fn is_plain_text(property: &Property) -> bool {
    matches!(property.schema.ty, Type::String(_))
        && property.required
        && !property.schema.nullable
        && property.constant.is_none()
}
