//! Encodes properties that need more than `serialize_entry`.

use std::collections::BTreeMap;

use serde_core::ser::{Serialize, SerializeMap};
use serde_json::Value;

use super::optional_nullable::OptionalNullable;
use super::unknown_fields::UnknownFields;

/// Writes a constant, or the different value that was received in its place.
#[inline]
pub fn constant<M: SerializeMap>(
    map: &mut M,
    name: &str,
    constant: &(impl Serialize + ?Sized),
    unknown_fields: &UnknownFields,
) -> Result<(), M::Error> {
    match unknown_fields.get(name) {
        None => map.serialize_entry(name, constant),
        Some(other) => kept(map, name, other),
    }
}

/// Writes an optional value, or the null that was received in its place.
#[inline]
pub fn optional<M: SerializeMap>(
    map: &mut M,
    name: &str,
    value: Option<&impl Serialize>,
    unknown_fields: &UnknownFields,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => match unknown_fields.get(name) {
            Some(null) => kept(map, name, null),
            None => Ok(()),
        },
    }
}

#[cold]
fn kept<M: SerializeMap>(map: &mut M, name: &str, value: &Value) -> Result<(), M::Error> {
    map.serialize_entry(name, value)
}

/// Writes a value or null, unless the property is absent.
#[inline]
pub fn optional_nullable<M: SerializeMap>(
    map: &mut M,
    name: &str,
    value: &OptionalNullable<impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        OptionalNullable::Absent => Ok(()),
        OptionalNullable::Null => map.serialize_entry(name, &()),
        OptionalNullable::Value(value) => map.serialize_entry(name, value),
    }
}

/// Writes an optional value with a default, unless it was absent and still is the default.
pub fn defaulted<M: SerializeMap, T: Serialize + PartialEq>(
    map: &mut M,
    name: &str,
    value: &T,
    unknown_fields: &UnknownFields,
    default: impl FnOnce() -> T,
) -> Result<(), M::Error> {
    let other = unknown_fields.get(name);
    if (other.is_none() && !unknown_fields.was_absent(name)) || *value != default() {
        return map.serialize_entry(name, value);
    }
    match other {
        Some(null) => kept(map, name, null),
        None => Ok(()),
    }
}

/// Writes typed additional properties. It skips listed properties, which have their own code.
pub fn additional<M: SerializeMap>(
    map: &mut M,
    additional: &BTreeMap<String, impl Serialize>,
    listed: &[&str],
) -> Result<(), M::Error> {
    for (name, value) in additional {
        if !listed.contains(&name.as_str()) {
            map.serialize_entry(name, value)?;
        }
    }
    Ok(())
}
