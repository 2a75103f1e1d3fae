//! The messages of decoding errors.

use std::fmt;

use serde_core::de;

/// The error of a property that comes twice: one of the two values would be lost.
pub const DUPLICATE: &str = "duplicate property";

/// The error of a required property that does not come.
pub const MISSING: &str = "the required property is missing";

/// Writes what a type expects.
// A function, since each `write!` is a page of code.
pub fn expecting(f: &mut fmt::Formatter<'_>, what: &str, name: &str) -> fmt::Result {
    write!(f, "{what} ({name})")
}

/// Removes from an error the text that came in place of an object or a list, since it may be a secret.
///
/// Deserializers refuse such a text themselves and show it. A visitor that accepts anything could report it otherwise,
/// but that is slower, and longer to compile.
#[cold]
#[inline(never)]
pub fn without_text<E: de::Error>(error: E) -> E {
    match message_without_text(&error.to_string()) {
        Some(message) => E::custom(message),
        None => error,
    }
}

fn message_without_text(message: &str) -> Option<String> {
    const EXPECTED: &str = ", expected ";
    let text = message.strip_prefix("invalid type: string ")?;
    // `rfind` is a page of code, and long messages are not what it would be for.
    let at = text.as_bytes().windows(EXPECTED.len()).rposition(|window| window == EXPECTED.as_bytes())?;
    Some(format!("invalid type: string{}", text.get(at..)?))
}
