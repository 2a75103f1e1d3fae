//! Lenient decoding of payloads that break their schema.
//!
//! A server may omit properties that its schema requires. Lenient decoding corrects the payload:
//! each required property that is missing or null takes the default of the spec, or else its type's
//! empty value. [`Lenient::corrected`] lists the paths of these properties.
//!
//! ```
//! use generated_crate::lenient::{self, Model};
//!
//! fn read<T: Model>(json: &str) -> Result<T, serde_json::Error> {
//!     let decoded = lenient::from_str::<T>(json)?;
//!     for path in &decoded.corrected {
//!         eprintln!("the payload lacks `{path}`");
//!     }
//!     Ok(decoded.value)
//! }
//! ```

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;
use serde_json::de::{Deserializer, Read};

use super::correction::{self, Shape};
use super::decode::Decode;
use super::tape::Tape;

/// A type of the API that decodes leniently.
pub trait Model: Serialize + DeserializeOwned {
    #[doc(hidden)]
    fn shape() -> &'static Shape;
}

/// A leniently decoded value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The paths of the required properties that were missing or null, such as `data[0].user`, in
    /// the order of the schema.
    ///
    /// Their values are the defaults of the spec, or empty: `""`, `0`, `false`, an empty list or
    /// map, an object of empty values, or an unknown variant.
    pub corrected: Vec<String>,
}

/// Decodes JSON bytes, and corrects required properties that are missing or null.
///
/// Check [`corrected`](Lenient::corrected) before you rely on a required property: an id may be
/// empty. Errors have a path, but no line and column.
///
/// # Errors
///
/// Returns an error if the bytes are not JSON, or break the schema in any other way.
pub fn from_slice<T: Model>(json: &[u8]) -> Result<Lenient<T>, serde_json::Error> {
    from_json(serde_json::Deserializer::from_slice(json))
}

/// Decodes JSON text, and corrects required properties that are missing or null. See
/// [`from_slice`].
///
/// # Errors
///
/// Returns an error if the text is not JSON, or breaks the schema in any other way.
pub fn from_str<T: Model>(json: &str) -> Result<Lenient<T>, serde_json::Error> {
    from_json(serde_json::Deserializer::from_str(json))
}

/// Decodes a JSON value, and corrects required properties that are missing or null. See
/// [`from_slice`].
///
/// # Errors
///
/// Returns an error if the value breaks the schema in any other way.
pub fn from_value<T: Model>(mut json: Value) -> Result<Lenient<T>, serde_json::Error> {
    let corrected = correction::correct(T::shape(), &mut json);
    Ok(Lenient { value: T::deserialize(&mut Tape::from(json).play())?, corrected })
}

fn from_json<'de, T: Model>(mut json: Deserializer<impl Read<'de>>) -> Result<Lenient<T>, serde_json::Error> {
    let value = Value::decode(&mut json)?;
    json.end()?;
    from_value(value)
}
