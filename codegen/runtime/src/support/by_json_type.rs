//! Unions whose variants have different JSON types.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::decode;
use super::json_number::{numbers_are_text, visit_long_integers};
use super::tape::Tape;

/// A union whose variants have different JSON types.
///
/// A union overrides the methods of its variants' types. It keeps values of all other types
/// unchanged.
pub trait ByJsonType: Sized {
    /// The name in error messages.
    const NAME: &'static str;

    /// Keeps a value of another type.
    fn unknown(value: Value) -> Self;

    /// Converts a boolean.
    fn boolean(value: bool) -> Self {
        Self::unknown(value.into())
    }

    /// Converts an integer that fits into `i64`.
    fn integer(value: i64) -> Self {
        Self::unknown(value.into())
    }

    /// Converts an integer beyond `i64`.
    fn unsigned(value: u64) -> Self {
        Self::unknown(value.into())
    }

    /// Converts a number that is not written as an integer, or returns `None` if the union has no
    /// variant for it.
    ///
    /// The union then keeps the original number, which may have more digits.
    fn number(_value: f64) -> Option<Self> {
        None
    }

    /// Converts a string.
    fn string(value: String) -> Self {
        Self::unknown(value.into())
    }

    /// Decodes a list.
    fn list<'de, A: SeqAccess<'de>>(seq: A) -> Result<Self, A::Error> {
        decode::from_elements(seq).map(Self::unknown)
    }

    /// Decodes an object.
    fn object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        decode::from_entries(map).map(Self::unknown)
    }
}

/// Decodes a union by the JSON type of the value.
pub fn by_json_type<'de, T: ByJsonType, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ByJsonTypeVisitor(PhantomData))
}

struct ByJsonTypeVisitor<T>(PhantomData<T>);

impl<'de, T: ByJsonType> Visitor<'de> for ByJsonTypeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decode::expecting(f, "a value", T::NAME)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        Ok(T::boolean(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Ok(T::integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        Ok(i64::try_from(value).map_or_else(|_| T::unsigned(value), T::integer))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        Ok(T::number(value).unwrap_or_else(|| T::unknown(value.into())))
    }

    visit_long_integers! { |_, number| from_number(number) }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Ok(T::string(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<T, E> {
        Ok(T::string(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::unknown(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        T::list(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        if !numbers_are_text() {
            return T::object(map);
        }
        let mut tape = Tape::new();
        tape.visit_map(map)?;
        let mut recorded = tape.play();
        match recorded.take_number() {
            Some(number) => Ok(from_number(number)),
            None => T::object(&mut recorded),
        }
    }
}

/// Converts a number that `serde_json` keeps as text. A number that does not fit is kept as
/// unknown.
fn from_number<T: ByJsonType>(number: Number) -> T {
    // `serde_json` would read minus zero as an integer, and lose the sign.
    let integer = number.as_i64().filter(|integer| Number::from(*integer) == number);
    if let Some(integer) = integer {
        T::integer(integer)
    } else if let Some(integer) = number.as_u64() {
        T::unsigned(integer)
    } else {
        number.as_f64().and_then(T::number).unwrap_or_else(|| T::unknown(Value::Number(number)))
    }
}

/// Converts an integer to a number, unless that would change it.
pub fn exact_number(value: i64) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the comparison finds the loss")]
    let (number, back) = (value as f64, value as f64 as i64);
    (back == value && value != i64::MAX).then_some(number)
}
