//! Tests of the shipped modules.

#[cfg(feature = "client")]
mod api_error;
mod by_json_type;
#[cfg(feature = "client")]
mod client;
mod containers;
mod duplicates;
mod format;
#[cfg(feature = "client")]
mod jitter;
mod json_path;
mod json_words;
mod lenient;
mod models;
mod number;
mod pattern;
mod presence;
#[cfg(feature = "client")]
mod redaction;
#[cfg(feature = "client")]
mod retry;
mod robustness;
mod secret;
#[cfg(feature = "client")]
mod style;
mod tagged;
mod tape;
mod unknown_fields;
#[cfg(feature = "client")]
mod url_encoding;
mod validate;

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a document from text, from bytes and from a reader, and checks that the results agree.
fn decode<T: DeserializeOwned + Serialize>(json: &str) -> Result<T, String> {
    let text = serde_json::from_str::<T>(json).map_err(|error| error.to_string());
    let slice = serde_json::from_slice::<T>(json.as_bytes()).map_err(|error| error.to_string());
    let reader = serde_json::from_reader::<_, T>(json.as_bytes()).map_err(|error| error.to_string());
    let encoded = |result: &Result<T, String>| result.as_ref().map(to_text).map_err(Clone::clone);
    assert_eq!(encoded(&text), encoded(&slice), "from_slice differs for {json}");
    // A reader counts columns differently.
    let message = |result| encoded(result).map_err(|error| without_place(&error));
    assert_eq!(message(&text), message(&reader), "from_reader differs for {json}");
    text
}

/// Returns the error of a document, with its line and column.
fn error<T: DeserializeOwned + Serialize>(json: &str) -> String {
    match decode::<T>(json) {
        Ok(value) => panic!("{json} decodes to {}", to_text(&value)),
        Err(error) => error,
    }
}

/// Returns the error of a document, without its line and column.
fn placeless<T: DeserializeOwned + Serialize>(json: &str) -> String {
    without_place(&error::<T>(json))
}

fn without_place(error: &str) -> String {
    error.rsplit_once(" at line ").map_or(error, |(message, _)| message).to_owned()
}

fn to_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("models encode")
}

/// Decodes a document, checks that the value encodes to an equal document, and returns the value.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value: T = decode(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let document: Value = serde_json::from_str(json).expect("the test's document is JSON");
    let encoded = to_text(&value);
    assert_eq!(serde_json::from_str::<Value>(&encoded).expect("models encode to JSON"), document);
    // A `Value` hides a duplicate key, but the decoder does not accept it.
    assert_eq!(decode::<T>(&encoded).as_ref(), Ok(&value));
    assert_eq!(serde_json::from_value::<T>(document).expect("a value decodes as its text does"), value);
    value
}
