//! Decodes JSON of any shape without a loss.

use std::fmt;

use serde_core::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::decode::{DUPLICATE, Decode, Seed};
use super::json_number::{NUMBER, number, visit_long_integers};
use super::json_path::{Segment, at, error_at};

/// Duplicate properties are errors, and all errors have paths. The `Deserialize` of `serde_json`
/// would keep the last duplicate.
impl<'de> Decode<'de> for Value {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

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

// Functions outside of the generic visitor are compiled once.

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
