//! The wording of JSON values and lists in messages.

use serde_json::Value;

/// Names the JSON type of a value, with its article.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Writes a value as JSON. A long value is cut.
pub(super) fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let mut text = match value {
        // Printing a large value only to cut it would be slow.
        Value::Array(items) if items.len() > LONGEST => return "[…]".to_owned(),
        Value::Object(properties) if properties.len() > LONGEST => return "{…}".to_owned(),
        _ => value.to_string(),
    };
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Lists words in the form `` `a`, `b` or `c` ``.
pub(super) fn alternatives(words: &[&str]) -> String {
    list(words, "or")
}

/// Lists words in the form `` `a`, `b` and `c` ``.
pub(super) fn enumeration(words: &[&str]) -> String {
    list(words, "and")
}

fn list(words: &[&str], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} {conjunction} `{last}`", first.join(", "))
        }
    }
}
