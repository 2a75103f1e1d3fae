//! Unions whose variants are different kinds of JSON values.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::decode;
use super::json::{numbers_are_text, visit_long_integers};
use super::tape::Tape;

/// A union whose variants are different kinds of JSON values.
///
/// A type overrides the methods of the kinds that it has; all others are kept as they are.
pub trait Token: Sized {
    /// What an error message calls it.
    const NAME: &'static str;

    /// Keeps a value of a kind that is not listed.
    fn unknown(value: Value) -> Self;

    /// Takes a truth value.
    fn boolean(value: bool) -> Self {
        Self::unknown(value.into())
    }

    /// Takes an integer within `i64`.
    fn integer(value: i64) -> Self {
        Self::unknown(value.into())
    }

    /// Takes an integer beyond `i64`.
    fn unsigned(value: u64) -> Self {
        Self::unknown(value.into())
    }

    /// Takes a number that was not written as an integer, if there is a variant for it.
    ///
    /// Where there is none, it is kept as it came, which may have been with more digits.
    fn number(_value: f64) -> Option<Self> {
        None
    }

    /// Takes a string.
    fn string(value: String) -> Self {
        Self::unknown(value.into())
    }

    /// Takes a list.
    fn list<'de, A: SeqAccess<'de>>(seq: A) -> Result<Self, A::Error> {
        decode::elements(seq).map(Self::unknown)
    }

    /// Takes an object.
    fn object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        decode::entries(map).map(Self::unknown)
    }
}

/// Decodes a union by the kind of the value.
pub fn token<'de, T: Token, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(TokenVisitor(PhantomData))
}

struct TokenVisitor<T>(PhantomData<T>);

impl<'de, T: Token> Visitor<'de> for TokenVisitor<T> {
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
        let mut player = tape.play();
        match player.take_number() {
            Some(number) => Ok(from_number(number)),
            None => T::object(&mut player),
        }
    }
}

/// A number that is kept as text becomes what it would become otherwise, unless that cannot hold it.
fn from_number<T: Token>(number: Number) -> T {
    // Minus zero is an integer to `serde_json` then, and has no sign.
    let integer = number.as_i64().filter(|integer| Number::from(*integer) == number);
    if let Some(integer) = integer {
        T::integer(integer)
    } else if let Some(integer) = number.as_u64() {
        T::unsigned(integer)
    } else {
        number.as_f64().and_then(T::number).unwrap_or_else(|| T::unknown(Value::Number(number)))
    }
}

/// An integer as a number, unless that would change it.
pub fn exact(value: i64) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the loss is what is looked for")]
    let (number, back) = (value as f64, value as f64 as i64);
    (back == value && value != i64::MAX).then_some(number)
}
