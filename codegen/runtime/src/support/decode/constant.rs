//! Properties with a single allowed value.

use std::fmt;

use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::traits::{Decode, from_elements, from_entries};
use crate::support::json_number::visit_long_integers;

/// The only allowed value of a property.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// A string.
    String(&'static str),
    /// An integer that fits into `i64` or `u64`.
    Integer(i128),
    /// A number that is not an integer.
    Number(f64),
    /// A boolean.
    Boolean(bool),
}

/// Decodes to `None` if the value is the constant, and to the value otherwise.
impl<'de> DeserializeSeed<'de> for &Constant {
    type Value = Option<Box<Value>>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Box<Value>>, D::Error> {
        match self {
            // Most constants are strings, and comparing them needs no buffer.
            Constant::String(text) => deserializer.deserialize_any(ConstantVisitor(text)),
            other => Ok(other.unless(Value::decode(deserializer)?)),
        }
    }
}

impl Constant {
    /// Returns the value, unless it is the constant.
    fn unless(self, value: Value) -> Option<Box<Value>> {
        let is_constant = match self {
            Self::String(text) => value.as_str() == Some(text),
            Self::Integer(number) => {
                let integer = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
                integer == Some(number)
            }
            Self::Number(number) => value.as_f64() == Some(number),
            Self::Boolean(truth) => value.as_bool() == Some(truth),
        };
        (!is_constant).then(|| Box::new(value))
    }
}

struct ConstantVisitor<'a>(&'a str);

impl<'de> Visitor<'de> for ConstantVisitor<'_> {
    type Value = Option<Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text != self.0).then(|| Box::new(Value::String(text.to_owned()))))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    visit_long_integers! { |_, number| Some(Box::new(Value::Number(number))) }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Box::new(Value::Null)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        from_elements(seq).map(Box::new).map(Some)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        from_entries(map).map(Box::new).map(Some)
    }
}
