//! Places in a body, written as the generated crate writes them: `data[3].content`, `labels["a b"]`.

use chatkit_codegen::pointer;
use serde_json::Value;
use std::fmt::Write;

/// The place of a property of what is at a place; the body itself is at the empty one.
pub(super) fn property(place: &str, name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$');
    if name.is_empty() || !name.bytes().all(plain) {
        format!("{place}[{}]", Value::from(name))
    } else if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

/// The place of an element of the list at a place.
pub(super) fn element(place: &str, index: usize) -> String {
    format!("{place}[{index}]")
}

/// The place that a JSON pointer leads to. The value tells a list's index from a property with digits for a name.
pub(super) fn of_pointer(value: &Value, pointer: &str) -> String {
    let mut here = Some(value);
    let mut place = String::new();
    for segment in pointer::segments(pointer) {
        let (list, index) = (here.and_then(Value::as_array), segment.parse::<usize>());
        if let (Some(list), Ok(index)) = (list, index) {
            // Writing to a string cannot fail.
            let _ = write!(place, "[{index}]");
            here = list.get(index);
        } else {
            place = property(&place, &segment);
            here = here.and_then(|value| value.get(segment.as_ref()));
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::of_pointer;
    use serde_json::json;

    #[test]
    fn places_read_like_those_of_the_client() {
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
