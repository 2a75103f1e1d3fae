//! The messages of decoding errors.

use std::fmt;

use serde_core::de;

use crate::support::json_words::in_json_words;

/// The error of a duplicate property. Without it, one of the two values would be lost.
pub const DUPLICATE: &str = "duplicate property";

/// The error of a missing required property.
pub const MISSING: &str = "the required property is missing";

/// Writes the expectation of a type.
// A shared function, since each `write!` compiles to a lot of code.
pub fn expecting(f: &mut fmt::Formatter<'_>, what: &str, name: &str) -> fmt::Result {
    write!(f, "{what} ({name})")
}

/// Rewords the error of an object or a list. It removes a string that was found instead, since the
/// string may be a secret.
///
/// Deserializers themselves reject such a string, and quote it. A visitor that accepts any type
/// could avoid that, but it would be slower, and take longer to compile.
#[cold]
#[inline(never)]
pub fn without_text<E: de::Error>(error: E) -> E {
    match in_json_words(&error.to_string(), true) {
        Some(message) => E::custom(message),
        None => error,
    }
}
