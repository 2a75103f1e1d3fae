//! How numbers of a document are compared.

use serde_json::{Number, Value};
use std::cmp::Ordering;

/// Compares two numbers, without loss if both are whole.
pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    if let (Some(a), Some(b)) = (a.as_i128(), b.as_i128()) {
        return a.cmp(&b);
    }
    let float = |number: &Number| number.as_f64().unwrap_or_default();
    float(a).total_cmp(&float(b))
}

/// Whether two values are the same. `1` and `1.0` are.
pub(super) fn is_same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Ordering::Equal,
        _ => a == b,
    }
}

/// Whether each multiple of the second is a multiple of the first.
pub(super) fn divides(first: &Number, second: &Number) -> bool {
    match (first.as_f64(), second.as_f64()) {
        (Some(first), Some(second)) if first != 0.0 => is_whole(second / first),
        _ => false,
    }
}

/// Whether a quotient is whole, up to the error of decimal fractions as binary ones.
fn is_whole(quotient: f64) -> bool {
    quotient >= 0.5 && (quotient - quotient.round()).abs() < 1e-9
}
