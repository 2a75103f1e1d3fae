//! Lenient decoding of payloads that break their schema.
//!
//! A server may leave out what its schema requires. The value is corrected before it is decoded: each required property
//! that is missing or null takes its type's empty value, and its path is recorded.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;
use serde_json::de::{Deserializer, Read};

use super::correction::{self, Shape};
use super::decode::Decode;
use super::tape::Tape;

/// A type of the API, as opposed to a list of them or a type of another crate.
pub trait Model: Serialize + DeserializeOwned {
    #[doc(hidden)]
    fn shape() -> &'static Shape;
}

/// A value that was decoded leniently.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The paths of the required properties that were missing or null, such as `data[0].user`, in the order of the
    /// schema. Their values are the default of the spec, if it has one, or empty: `""`, `0`, `false`, an empty list
    /// or map, an object of empty values, an unknown variant.
    pub corrected: Vec<String>,
}

/// Decodes JSON, giving each missing or null required property its type's empty value.
///
/// Check [`corrected`](Lenient::corrected) before you rely on a required property: an id can be empty now. Errors have
/// paths, but no line and column.
///
/// # Errors
///
/// When the text is not JSON, or breaks the schema in any other way.
pub fn from_slice<T: Model>(json: &[u8]) -> Result<Lenient<T>, serde_json::Error> {
    from_json(serde_json::Deserializer::from_slice(json))
}

/// Decodes text as [`from_slice`] does.
///
/// # Errors
///
/// When the text is not JSON, or breaks the schema in any other way.
pub fn from_str<T: Model>(json: &str) -> Result<Lenient<T>, serde_json::Error> {
    from_json(serde_json::Deserializer::from_str(json))
}

/// Decodes a value as [`from_slice`] does.
///
/// # Errors
///
/// When the value breaks the schema in any other way.
pub fn from_value<T: Model>(mut json: Value) -> Result<Lenient<T>, serde_json::Error> {
    let corrected = correction::correct(T::shape(), &mut json);
    Ok(Lenient { value: T::deserialize(&mut Tape::from(json).play())?, corrected })
}

fn from_json<'de, T: Model>(mut json: Deserializer<impl Read<'de>>) -> Result<Lenient<T>, serde_json::Error> {
    let value = Value::decode(&mut json)?;
    json.end()?;
    from_value(value)
}
