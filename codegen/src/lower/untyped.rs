//! Reads untyped objects of the document.

use serde_json::Value;

/// Returns the text of a key.
pub(super) fn text(json: &Value, key: &str) -> Option<String> {
    json.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// Returns the texts of a list.
pub(super) fn strings(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Returns `example`, or the first of `examples`.
pub(super) fn example(json: &Value) -> Option<&Value> {
    json.get("example").or_else(|| json.get("examples")?.as_object()?.values().next()?.get("value"))
}
