//! The default of a property or parameter as documentation.

use serde_json::Value;

use super::docs;

/// Returns a sentence about a default, unless there is none or `prose` states it already.
pub fn unless_stated(default: Option<&Value>, prose: &str, sentence: impl FnOnce(&str) -> String) -> Option<String> {
    let default = default.filter(|default| !default.is_null() && !is_stated(prose, default))?;
    Some(sentence(&docs::code(&default.to_string())))
}

/// Returns the sentence about a default that the server uses.
pub fn omitted(default: &str) -> String {
    format!("If omitted, the server uses {default}.")
}

/// Returns whether prose states a default: one of its sentences has the word "default" and the default's value.
fn is_stated(prose: &str, default: &Value) -> bool {
    let prose = prose.replace('\n', " ");
    prose.split(". ").any(|sentence| sentence.to_ascii_lowercase().contains("default") && names(sentence, default))
}

/// Returns whether a sentence names a value; of a list or an object, every value in it.
fn names(sentence: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty() && values.iter().all(|value| names(sentence, value)),
        Value::Object(members) => !members.is_empty() && members.values().all(|value| names(sentence, value)),
        Value::String(text) => has_word(sentence, text),
        Value::Bool(_) | Value::Number(_) => has_word(sentence, &value.to_string()),
    }
}

/// Returns whether a sentence has a text that is not a part of a longer word or number.
fn has_word(sentence: &str, text: &str) -> bool {
    let continues = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
    // A dot continues a number, and ends a sentence.
    let is_whole = |before: &str, after: &str| {
        !before.ends_with(|letter| continues(letter) || letter == '.')
            && !after.strip_prefix('.').unwrap_or(after).starts_with(continues)
    };
    !text.is_empty()
        && sentence.match_indices(text).any(|(at, _)| is_whole(&sentence[..at], &sentence[at + text.len()..]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_stated;

    #[test]
    fn finds_a_default_that_a_sentence_states() {
        for (prose, default) in [
            ("Largest page. The default is 20.", json!(20)),
            ("Defaults to `desc`, the newest first.", json!("desc")),
            ("Sort order (default: \"asc\")", json!("asc")),
            ("Whether it is on, by\ndefault true.", json!(true)),
            ("Defaults to 10 requests in one minute.", json!({"max": 10})),
            ("The default is 1.5 seconds", json!(1.5)),
            ("Default: red and blue", json!(["red", "blue"])),
        ] {
            assert!(is_stated(prose, &default), "{prose}");
        }
    }

    #[test]
    fn finds_no_default_in_other_sentences() {
        for (prose, default) in [
            ("At most 20 objects. The default is large.", json!(20)),
            ("At most 20 objects.", json!(20)),
            ("The default is 200.", json!(20)),
            ("The default is 1.5.", json!(5)),
            ("The default is 1.5.", json!(1)),
            ("The default is -1.", json!(1)),
            ("Descending by default.", json!("desc")),
            ("By default, the order is old_desc.", json!("desc")),
            ("Defaults to 10 minutes.", json!({"anchor": "created_at", "minutes": 10})),
            ("The default is empty.", json!("")),
            ("The default is an empty list.", json!([])),
            ("The default is null.", json!(null)),
        ] {
            assert!(!is_stated(prose, &default), "{prose}");
        }
    }
}
