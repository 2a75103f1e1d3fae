//! Paths of fields in a body, in the notation of the generated crate: `data[3].content`, `labels["a b"]`.

use chatkit_codegen::pointer;
use serde_json::Value;
use std::fmt::Write;

/// Appends the name of a property. The path of the body itself is empty.
pub(super) fn property(path: &str, name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$');
    if name.is_empty() || !name.bytes().all(plain) {
        format!("{path}[{}]", Value::from(name))
    } else if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// Appends the index of an element of a list.
pub(super) fn element(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// Converts a JSON pointer.
///
/// The value distinguishes an index of a list from a property whose name consists of digits.
pub(super) fn of_pointer(value: &Value, pointer: &str) -> String {
    let mut here = Some(value);
    let mut path = String::new();
    for segment in pointer::segments(pointer) {
        let (list, index) = (here.and_then(Value::as_array), segment.parse::<usize>());
        if let (Some(list), Ok(index)) = (list, index) {
            // Writing to a string cannot fail.
            let _ = write!(path, "[{index}]");
            here = list.get(index);
        } else {
            path = property(&path, &segment);
            here = here.and_then(|value| value.get(segment.as_ref()));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::of_pointer;
    use serde_json::json;

    #[test]
    fn converts_pointers_to_the_notation_of_the_client() {
        let value = json!({ "data": [{ "a b": { "0": 1 } }] });
        for (pointer, expected) in [
            ("", ""),
            ("/data", "data"),
            ("/data/0", "data[0]"),
            ("/data/0/a b/0", "data[0][\"a b\"].0"),
            ("/data/0/x~1y/z", "data[0][\"x/y\"].z"),
        ] {
            assert_eq!(of_pointer(&value, pointer), expected, "{pointer}");
        }
    }
}
