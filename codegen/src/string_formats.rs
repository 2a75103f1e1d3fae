//! The formats of strings that `validate()` of the generated crate checks.

/// The functions of the generated crate. Examples and the mock server decide by the same ones.
#[allow(dead_code, reason = "only some are called here")]
#[path = "../runtime/src/support/format.rs"]
mod shipped;

pub(crate) use shipped::{date, date_time};

/// Returns the function of `support::format` that checks a format, or `None` if no function does.
pub(crate) fn check_function(format: &str) -> Option<&'static str> {
    match format {
        "date-time" => Some("date_time"),
        "date" => Some("date"),
        "uuid" => Some("uuid"),
        "uri" => Some("uri"),
        "byte" => Some("byte"),
        _ => None,
    }
}
