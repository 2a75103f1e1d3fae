//! The JSON types that a schema names or accepts.

use serde_json::Value;

/// A value of the keyword `type`. In `OpenAPI`, `integer` is a type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// Parses a value of the keyword `type`.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// Returns the type of a value; `None` for null.
    pub(crate) fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        })
    }

    /// Returns its name in a document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A set of JSON types, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonTypes(u8);

impl JsonTypes {
    /// Every type.
    pub(super) const ALL: Self = Self(0b11_1111);

    /// Adds the types of another set.
    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Returns whether both sets have a type in common.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether the set has exactly one type.
    pub(crate) fn is_one(self) -> bool {
        self.0.is_power_of_two()
    }
}

impl From<JsonType> for JsonTypes {
    fn from(json_type: JsonType) -> Self {
        Self(1 << json_type as u8)
    }
}
