//! JSON of any shape, of which nothing is lost.

use std::fmt;

use serde_core::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::decode::{DUPLICATE, Decode, Seed};
use super::path::{Segment, at, error_at};

/// `serde_json`'s own way to a value keeps the last of the properties that have one name. Here that is an error, as it is in
/// an object with listed properties, and every error has its path.
impl<'de> Decode<'de> for Value {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

/// What `serde_json` calls the one property of a number, where another crate of the build has it keep numbers as text.
pub const NUMBER: &str = "$serde_json::private::Number";

/// Whether numbers are kept as text, so that one with more digits than a machine's type has comes as an object.
pub fn numbers_are_text() -> bool {
    Number::from_i128(i128::MIN).is_some()
}

/// The number that an object with [`NUMBER`] as its one property stands for.
///
/// `None` where it stands for itself.
#[cold]
pub fn number(digits: &str) -> Option<Number> {
    if numbers_are_text() { digits.parse().ok() } else { None }
}

/// Whether a number is the same again by way of a machine's type.
pub fn fits(number: &Number) -> bool {
    let integer = number.as_u64().map(Number::from).or_else(|| number.as_i64().map(Number::from));
    integer.or_else(|| Number::from_f64(number.as_f64()?)).as_ref() == Some(number)
}

/// Visits the integers that `serde_json` gives only where it keeps numbers as text.
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

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    visit_long_integers! { |_, number| Value::Number(number) }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::decode(deserializer)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            match seq.next_element_seed(Seed::new()) {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(Value::Array(list)),
                Err(error) => return Err(at(&error, Segment::Index(list.len()))),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed::new()).map_err(|error| at(&error, Segment::Key(&key)))?;
            if object.contains_key(&key) {
                return Err(error_at(&key, DUPLICATE));
            }
            add(&mut object, key, value);
        }
        Ok(from_object(object))
    }
}

// Functions of their own, since what is no part of a visitor is compiled once.

fn add(object: &mut Map<String, Value>, key: String, value: Value) {
    object.insert(key, value);
}

fn from_object(object: Map<String, Value>) -> Value {
    let number = match object.iter().next() {
        Some((key, Value::String(digits))) if object.len() == 1 && key == NUMBER => number(digits),
        _ => None,
    };
    number.map_or(Value::Object(object), Value::Number)
}
