//! The values of an enum and their names.

use super::name_scope::NameScope;
use super::unused_renames::unused_renames;
use crate::ir::EnumValue;
use crate::numbers::as_i64;
use crate::pointer;
use crate::resolve::{DiagnosticSink, MergedSchema};
use crate::rust_name;
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

const RENAME: &str = "name it in `x-rust-names`, a map from wire values to Rust names such as `{ asc: Ascending }`";

/// Names the values of an enum.
pub(super) fn enum_values(
    root: &Value,
    merged: &MergedSchema<'_>,
    type_name: &str,
    diagnostics: &mut DiagnosticSink,
) -> Vec<EnumValue> {
    let what = format!("variant of `{type_name}`");
    let mut scope = NameScope::new(&what, RENAME, &["Unknown"]);
    let mut values = Vec::new();
    let renames = merged.annotations.rust_names;
    let positions = value_positions(root, merged);
    for &value in merged.values.iter().flatten() {
        let at = match positions.get(&std::ptr::from_ref(value)) {
            Some(index) => pointer::element(&merged.pointer, "enum", *index),
            None => Rc::clone(&merged.pointer),
        };
        // The value `1.0` is that of `1`.
        let value = &as_i64(value).map_or_else(|| value.clone(), Value::from);
        let key = key_of(value);
        let given = renames.and_then(|renames| renames.get(&key)?.as_str());
        let rust_name = given.map_or_else(|| rust_name::variant(&key), str::to_owned);
        diagnostics.extend(scope.claim(&rust_name, &at));
        values.push(EnumValue { value: value.clone(), rust_name });
    }
    let keys: Vec<String> = values.iter().map(|value| key_of(&value.value)).collect();
    diagnostics.extend(unused_renames(renames, &merged.pointer, "value", &keys));
    values
}

/// Returns the position of each value in the `enum` of a schema. Inherited values are not included.
fn value_positions(root: &Value, merged: &MergedSchema<'_>) -> HashMap<*const Value, usize> {
    let listed = root.pointer(&merged.pointer).and_then(|json| json.get("enum")?.as_array());
    listed.into_iter().flatten().enumerate().map(|(index, value)| (std::ptr::from_ref(value), index)).collect()
}

/// Returns the key of an enum's value in `x-rust-names`.
fn key_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
