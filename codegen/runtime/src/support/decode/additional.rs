//! Typed additional properties.

use std::collections::BTreeMap;

use serde_core::de;
use serde_json::Value;

use super::traits::Decode;
use crate::support::json_path::error_at;
use crate::support::tape::from_tree;
use crate::support::unknown_fields::UnknownFields;

/// Decodes the properties that a schema does not list, if the schema has a type for them.
pub fn additional<T, E>(unknown_fields: &mut UnknownFields, listed: &[&str]) -> Result<BTreeMap<String, T>, E>
where
    T: for<'de> Decode<'de>,
    E: de::Error,
{
    let decode = |(name, value): (String, Value)| match from_tree(value) {
        Ok(value) => Ok((name, value)),
        Err(error) => Err(error_at(&name, error)),
    };
    unknown_fields.take_all_but(listed).into_iter().map(decode).collect()
}
