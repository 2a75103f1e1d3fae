//! The kind of Rust type that represents a schema.

use crate::ir::{Docs, EnumRepr, IntegerType, IntegerWidth, NumberBounds, NumberType, StringType, Type};
use crate::numbers::{as_i64, compare};
use crate::resolve::{Annotations, JsonType, MergedSchema};
use serde_json::Value;

/// The kind of Rust type that represents a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaForm {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    List,
    Map,
    Struct,
    Enum(EnumRepr),
    Union,
}

impl SchemaForm {
    pub(super) fn of(merged: &MergedSchema<'_>) -> Self {
        if !merged.unions.is_empty() {
            return Self::Union;
        }
        // An enum cannot be a secret, because it prints unknown values.
        if merged.secret {
            return Self::String;
        }
        if let Some(repr) = merged.values.as_deref().and_then(|values| enum_repr(values, merged.json_type)) {
            return Self::Enum(repr);
        }
        match merged.json_type {
            None => Self::Any,
            Some(JsonType::Boolean) => Self::Boolean,
            Some(JsonType::Integer) => Self::Integer,
            Some(JsonType::Number) => Self::Number,
            Some(JsonType::String) => Self::String,
            Some(JsonType::Array) => Self::List,
            // A closed object without properties has exactly one value, which a map cannot express.
            Some(JsonType::Object)
                if !merged.properties.is_empty() || (merged.closed && merged.additional.is_empty()) =>
            {
                Self::Struct
            }
            Some(JsonType::Object) => Self::Map,
        }
    }
}

fn enum_repr(values: &[&Value], json_type: Option<JsonType>) -> Option<EnumRepr> {
    if values.is_empty() {
        None
    } else if values.iter().all(|value| value.is_string()) && matches!(json_type, None | Some(JsonType::String)) {
        Some(EnumRepr::String)
    } else if is_integers(values, json_type) {
        Some(EnumRepr::Integer)
    } else {
        None
    }
}

/// Returns whether all values are integers that an `i64` holds. `1.0` is one if the schema has the type.
fn is_integers(values: &[&Value], json_type: Option<JsonType>) -> bool {
    match json_type {
        None => values.iter().all(|value| value.is_i64()),
        Some(JsonType::Integer) => values.iter().all(|value| as_i64(value).is_some()),
        _ => false,
    }
}

/// Returns the one value of a schema, if it is a scalar.
pub(super) fn only_value<'a>(merged: &MergedSchema<'a>) -> Option<&'a Value> {
    match merged.values.as_deref() {
        Some([value]) if merged.unions.is_empty() && !merged.secret && !value.is_object() && !value.is_array() => {
            let agrees = merged.json_type.is_none_or(|expected| {
                let actual = JsonType::of_value(value);
                actual == Some(expected) || (expected == JsonType::Number && actual == Some(JsonType::Integer))
            });
            agrees.then_some(value)
        }
        _ => None,
    }
}

/// Returns the type of a schema with one value.
pub(super) fn constant_type(value: &Value) -> Type {
    match JsonType::of_value(value) {
        Some(JsonType::Boolean) => Type::Boolean,
        Some(JsonType::Integer) => Type::Integer(IntegerType {
            width: if value.is_i64() { IntegerWidth::I64 } else { IntegerWidth::U64 },
            format: None,
            bounds: NumberBounds::default(),
        }),
        Some(JsonType::Number) => Type::Number(NumberType { format: None, bounds: NumberBounds::default() }),
        Some(JsonType::String) => Type::String(StringType::default()),
        _ => Type::Any,
    }
}

pub(super) fn integer_type(merged: &MergedSchema<'_>) -> IntegerType {
    let bounds = merged.number.clone();
    let wide = bounds.maximum.as_ref().is_some_and(|max| compare(max, &i64::MAX.into()).is_gt());
    let natural = bounds.minimum.as_ref().is_some_and(|min| compare(min, &0.into()).is_ge());
    let width = match merged.format {
        Some("int32") => IntegerWidth::I32,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        Some("int64") => IntegerWidth::I64,
        _ if wide && natural => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    };
    IntegerType { width, format: merged.format.map(str::to_owned), bounds }
}

pub(super) fn number_type(merged: &MergedSchema<'_>) -> NumberType {
    NumberType { format: merged.format.map(str::to_owned), bounds: merged.number.clone() }
}

pub(super) fn string_type(merged: &MergedSchema<'_>) -> StringType {
    StringType {
        format: merged.format.map(str::to_owned),
        length: merged.length,
        pattern: merged.pattern.map(str::to_owned),
        secret: merged.secret,
    }
}

/// Returns the prose and the example of a schema.
pub(super) fn docs_of(annotations: &Annotations<'_>) -> Docs {
    Docs {
        title: annotations.title.map(str::to_owned),
        description: annotations.description.map(str::to_owned),
        example: annotations.example.cloned(),
        link: annotations.link.map(str::to_owned),
    }
}
