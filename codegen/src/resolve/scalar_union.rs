//! Turns a union of strings, or of listed integers, into one schema with the values of all variants.

use super::json_type::JsonType;
use super::merged_schema::MergedSchema;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// Returns the scalar type of all variants, if one schema can replace them.
pub(super) fn common_type(variants: &[Rc<MergedSchema<'_>>]) -> Option<JsonType> {
    let all =
        |json_type| variants.iter().all(|variant| variant.json_type == Some(json_type) && variant.unions.is_empty());
    if all(JsonType::String) {
        Some(JsonType::String)
    } else if all(JsonType::Integer) && variants.iter().all(|variant| variant.values.is_some()) {
        Some(JsonType::Integer)
    } else {
        None
    }
}

/// Replaces the union of a schema by the values of its variants, which must be of one type.
pub(super) fn replace_union<'a>(merged: &mut MergedSchema<'a>, json_type: JsonType, variants: &[Rc<MergedSchema<'a>>]) {
    let mut values: Vec<&'a Value> = Vec::new();
    let mut seen = HashSet::new();
    for value in variants.iter().filter_map(|variant| variant.values.as_ref()).flatten() {
        if seen.insert(value.to_string()) {
            values.push(value);
        }
    }
    merged.json_type = Some(json_type);
    merged.open = variants.iter().any(|variant| variant.values.is_none());
    merged.secret |= variants.iter().any(|variant| variant.secret);
    // If one variant is a secret, any value may be one.
    merged.values = (!values.is_empty() && !merged.secret).then_some(values);
    merged.scalar_unions.append(&mut merged.unions);
}
