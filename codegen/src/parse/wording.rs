//! JSON values in words.

use serde_json::Value;

/// What kind of value it is, with its article.
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

/// The value as JSON, cut where it is long.
pub(super) fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let mut text = match value {
        // Printing all of a large value to cut it afterwards would cost its size at each finding.
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

/// `` `a`, `b` or `c` ``.
pub(super) fn alternatives(words: &[&str]) -> String {
    list(words, "or")
}

/// `` `a`, `b` and `c` ``.
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

/// Compares two numbers without rounding where both are integers.
pub(super) fn compare(left: &serde_json::Number, right: &serde_json::Number) -> Option<std::cmp::Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}
