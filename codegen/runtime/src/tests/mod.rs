//! Tests of the shipped modules.

mod by_json_type;
#[cfg(feature = "client")]
mod chance;
#[cfg(feature = "client")]
mod client;
mod containers;
mod duplicates;
#[cfg(feature = "client")]
mod errors;
mod format;
mod lenient;
mod models;
mod number;
mod path;
mod pattern;
mod presence;
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
mod url_path;
mod validate;

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a document in every way there is, which must agree.
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

/// The error of a document, with its line and column.
fn error<T: DeserializeOwned + Serialize>(json: &str) -> String {
    match decode::<T>(json) {
        Ok(value) => panic!("{json} decodes to {}", to_text(&value)),
        Err(error) => error,
    }
}

/// The error of a document, without its line and column, which a value does not have.
fn placeless<T: DeserializeOwned + Serialize>(json: &str) -> String {
    without_place(&error::<T>(json))
}

fn without_place(error: &str) -> String {
    error.rsplit_once(" at line ").map_or(error, |(message, _)| message).to_owned()
}

fn to_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("models encode")
}

/// Decodes a document, checks that it encodes to an equal one, and gives the value.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value: T = decode(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let document: Value = serde_json::from_str(json).expect("the test's document is JSON");
    let encoded = to_text(&value);
    assert_eq!(serde_json::from_str::<Value>(&encoded).expect("models encode to JSON"), document);
    // A key that is written twice is not seen in a `Value`, but no decoder accepts it.
    assert_eq!(decode::<T>(&encoded).as_ref(), Ok(&value));
    assert_eq!(serde_json::from_value::<T>(document).expect("a value decodes as its text does"), value);
    value
}
