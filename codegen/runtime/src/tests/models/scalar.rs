//! Enums, and unions whose variants have different JSON types.

use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess};
use serde_core::ser::{Serialize, Serializer};
use serde_json::Value;

use super::{Item, decoding};
use crate::support::by_json_type::{self, ByJsonType};
use crate::support::decode::{self, Decode};

/// A variant for each JSON type.
#[derive(Clone, Debug, PartialEq)]
pub enum Full {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    String(String),
    List(Vec<Item>),
    Object(Box<Item>),
    Unknown(Value),
}

impl ByJsonType for Full {
    const NAME: &'static str = "Full";

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn boolean(value: bool) -> Self {
        Self::Boolean(value)
    }

    fn integer(value: i64) -> Self {
        Self::Integer(value)
    }

    fn number(value: f64) -> Option<Self> {
        Some(Self::Number(value))
    }

    fn string(value: String) -> Self {
        Self::String(value)
    }

    fn list<'de, A: SeqAccess<'de>>(seq: A) -> Result<Self, A::Error> {
        decode::from_elements::<Vec<Item>, _>(seq).map(Self::List)
    }

    fn object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        decode::from_entries::<Box<Item>, _>(map).map(Self::Object)
    }
}

decoding!(Full, by_json_type::by_json_type);

impl Serialize for Full {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(value) => value.serialize(serializer),
            Self::Integer(value) => value.serialize(serializer),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
            Self::List(value) => value.serialize(serializer),
            Self::Object(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

/// A variant for unsigned integers only.
#[derive(Clone, Debug, PartialEq)]
pub enum Few {
    Integer(u64),
    Unknown(Value),
}

impl ByJsonType for Few {
    const NAME: &'static str = "Few";

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn integer(value: i64) -> Self {
        u64::try_from(value).map_or_else(|_| Self::Unknown(value.into()), Self::Integer)
    }

    fn unsigned(value: u64) -> Self {
        Self::Integer(value)
    }
}

decoding!(Few, by_json_type::by_json_type);

impl Serialize for Few {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

/// A variant for numbers only. An integer is a number if the conversion is exact.
#[derive(Clone, Debug, PartialEq)]
pub enum Exact {
    Number(f64),
    Unknown(Value),
}

impl ByJsonType for Exact {
    const NAME: &'static str = "Exact";

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn integer(value: i64) -> Self {
        by_json_type::exact_number(value).map_or_else(|| Self::Unknown(value.into()), Self::Number)
    }

    fn number(value: f64) -> Option<Self> {
        Some(Self::Number(value))
    }
}

decoding!(Exact, by_json_type::by_json_type);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

/// An enum of strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Color {
    Red,
    Unknown(String),
}

impl From<&str> for Color {
    fn from(value: &str) -> Self {
        match value {
            "red" => Self::Red,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

decoding!(Color, decode::string_enum);

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Red => "red",
            Self::Unknown(value) => value,
        })
    }
}

/// An enum of integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    One,
    Unknown(i64),
}

impl From<i64> for Level {
    fn from(value: i64) -> Self {
        match value {
            1 => Self::One,
            other => Self::Unknown(other),
        }
    }
}

decoding!(Level, decode::integer_enum);

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(match self {
            Self::One => 1,
            Self::Unknown(value) => *value,
        })
    }
}
