//! Numbers of any length, with and without `serde_json`'s feature `arbitrary_precision`.

use serde_json::Number;

/// The only property of a number that `serde_json` keeps as text. Another crate in the build can
/// enable that.
pub const NUMBER: &str = "$serde_json::private::Number";

/// Returns `true` if `serde_json` keeps numbers as text. A number with more digits than an `f64`
/// holds is then read as an object.
pub fn numbers_are_text() -> bool {
    Number::from_i128(i128::MIN).is_some()
}

/// Returns the number that an object with [`NUMBER`] as its only property represents, or `None` if
/// it is a plain object.
#[cold]
pub fn number(digits: &str) -> Option<Number> {
    if numbers_are_text() { digits.parse().ok() } else { None }
}

/// Returns `true` if a number survives a conversion to `u64`, `i64` or `f64`.
pub fn fits(number: &Number) -> bool {
    let integer = number.as_u64().map(Number::from).or_else(|| number.as_i64().map(Number::from));
    integer.or_else(|| Number::from_f64(number.as_f64()?)).as_ref() == Some(number)
}

/// Adds the visitor methods for long integers, which `serde_json` calls only if it keeps numbers as
/// text.
macro_rules! visit_long_integers {
    ($make:expr) => {
        fn visit_i128<E: serde_core::de::Error>(self, value: i128) -> Result<Self::Value, E> {
            let number = serde_json::Number::from_i128(value);
            number.map(|number| $make(self, number)).ok_or_else(|| E::custom("number out of range"))
        }

        fn visit_u128<E: serde_core::de::Error>(self, value: u128) -> Result<Self::Value, E> {
            let number = serde_json::Number::from_u128(value);
            number.map(|number| $make(self, number)).ok_or_else(|| E::custom("number out of range"))
        }
    };
}

pub(crate) use visit_long_integers;
