//! Checks `format`, whose values OpenAPI leaves open.

use super::checker::Checker;
use crate::diagnostics::Diagnostic;
use crate::pointer::PointerBuf;
use crate::suggest;
use serde_json::{Map, Value};

/// The formats of OpenAPI's registry and of JSON Schema.
const FORMATS: &[&str] = &[
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "duration",
    "email",
    "float",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Other formats whose names resemble a known one.
const LOOKALIKES: [&str; 3] = ["cuid", "uid", "ulid"];

/// Warns about a format that is probably a misspelled one. Other unknown formats are the document's own.
pub(super) fn check(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &PointerBuf) {
    let Some(format) = schema.get("format").and_then(Value::as_str) else { return };
    if let Some(known) = intended(format) {
        let message = format!("the format `{format}` is unknown, so nothing checks it");
        let warning = Diagnostic::warning("unknown-format", path.child("format"), message);
        checker.report(warning.help(format!("did you mean `{known}`?")));
    }
}

/// Returns the known format that an unknown one was probably meant to be.
fn intended(format: &str) -> Option<&'static str> {
    if FORMATS.contains(&format) || LOOKALIKES.contains(&format) {
        return None;
    }
    let letters = |name: &str| name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
    let without_digits = |name: &str| !name.contains(|letter: char| letter.is_ascii_digit());
    FORMATS.iter().copied().find(|known| letters(known) == letters(format)).or_else(|| {
        // With another number, a format is another one, such as `uint8` and `uint16`.
        let known = FORMATS.iter().copied().filter(|known| without_digits(known));
        without_digits(format).then(|| suggest::nearest(format, known)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, intended};

    #[test]
    fn misspelled_formats_have_an_intended_one() {
        assert!(FORMATS.is_sorted());
        for (format, expected) in [
            ("datetime", "date-time"),
            ("DateTime", "date-time"),
            ("date_time", "date-time"),
            ("dat-time", "date-time"),
            ("Date", "date"),
            ("e-mail", "email"),
            ("url", "uri"),
            ("guid", "uuid"),
            ("INT32", "int32"),
            ("bytes", "byte"),
            ("duble", "double"),
        ] {
            assert_eq!(intended(format), Some(expected), "{format}");
        }
    }

    #[test]
    fn formats_of_a_document_are_its_own() {
        for format in [
            "date-time",
            "unixtime",
            "uint",
            "float64",
            "int128",
            "uint24",
            "iso-639-1",
            "uri-map",
            "nonce",
            "snowflake",
            "timestamp",
            "scopes",
            "integer",
            "json",
            "ulid",
            "phone",
            "markdown",
            "base64",
            "",
        ] {
            assert_eq!(intended(format), None, "{format}");
        }
    }
}
