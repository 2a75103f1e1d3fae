//! How numbers of a document are compared: by their value, not by how they are written.

use serde_json::{Number, Value};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// Compares two numbers. No whole number is rounded: `100` and `100.0` are equal, `9007199254740993` and
/// `9007199254740992.0` are not.
pub(crate) fn compare(a: &Number, b: &Number) -> Ordering {
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return a.cmp(&b);
    }
    // A number that is not whole has fewer digits than a float holds, so nothing near it is rounded.
    let float = |number: &Number| number.as_f64().unwrap_or_default();
    float(a).partial_cmp(&float(b)).unwrap_or(Ordering::Equal)
}

/// Returns a number as an integer, even if it is written as `1.0`; `None` if it is not whole or beyond `i128`.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    #[allow(clippy::cast_possible_truncation, reason = "the number is whole and within the range")]
    number.as_i128().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < BEYOND)?;
        Some(float as i128)
    })
}

/// Returns a value as an integer, even if it is written as `1.0`.
pub(crate) fn as_i64(value: &Value) -> Option<i64> {
    whole(value.as_number()?)?.try_into().ok()
}

/// Whether two values are the same, with numbers compared by their value.
pub(crate) fn is_same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Ordering::Equal,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_value(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same_value(a, b)))
        }
        _ => a == b,
    }
}

/// A value that is equal to another if [`is_same_value`] says so.
#[derive(Clone, Copy)]
pub(crate) struct ByValue<'a>(pub(crate) &'a Value);

impl PartialEq for ByValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        is_same_value(self.0, other.0)
    }
}

impl Eq for ByValue<'_> {}

impl Hash for ByValue<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0 {
            // Equal numbers may be written in two ways, such as `1` and `1.0`.
            Value::Number(number) => match whole(number) {
                Some(whole) => whole.hash(state),
                None => number.hash(state),
            },
            Value::Array(items) => items.iter().for_each(|item| ByValue(item).hash(state)),
            Value::Object(entries) => entries.len().hash(state),
            other => other.hash(state),
        }
    }
}

/// Whether each multiple of the second is a multiple of the first.
pub(crate) fn divides(first: &Number, second: &Number) -> bool {
    match (first.as_f64(), second.as_f64()) {
        (Some(first), Some(second)) if first != 0.0 => is_whole(second / first),
        _ => false,
    }
}

/// Whether a quotient is whole, up to the error of decimal fractions as binary ones.
fn is_whole(quotient: f64) -> bool {
    quotient >= 0.5 && (quotient - quotient.round()).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::{compare, is_same_value};
    use serde_json::{Number, Value, json};
    use std::cmp::Ordering::{self, Equal, Greater, Less};

    fn order(a: &str, b: &str) -> Ordering {
        let number = |text: &str| text.parse::<Number>().expect("it is a number of JSON");
        assert_eq!(compare(&number(a), &number(b)), compare(&number(b), &number(a)).reverse());
        compare(&number(a), &number(b))
    }

    #[test]
    fn numbers_compare_by_value() {
        for (a, b, expected) in [
            ("100", "100.0", Equal),
            ("1e2", "100", Equal),
            ("-0.0", "0", Equal),
            ("-0.0", "0.0", Equal),
            ("9007199254740993", "9007199254740992.0", Greater),
            ("18446744073709551615", "18446744073709551616", Less),
            ("-9223372036854775808", "-9223372036854775809", Equal),
            ("9223372036854775807", "9223372036854775808.0", Less),
            ("1e40", "1e39", Greater),
            ("1e40", "18446744073709551615", Greater),
            ("0.5", "0", Greater),
            ("-1.5", "-1", Less),
        ] {
            assert_eq!(order(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn values_are_the_same_if_their_numbers_are() {
        let same: [(Value, Value); 3] = [
            (json!([1, 2.0]), json!([1.0, 2])),
            (json!({"a": {"b": 100}, "c": null}), json!({"c": null, "a": {"b": 100.0}})),
            (json!("1"), json!("1")),
        ];
        assert!(same.iter().all(|(a, b)| is_same_value(a, b)));
        let different = [(json!([1]), json!([1, 2])), (json!({"a": 1}), json!({"b": 1})), (json!("1"), json!(1))];
        assert!(!different.iter().any(|(a, b)| is_same_value(a, b)));
    }
}
