//! The string formats that are checked.

use crate::ir::StringType;

/// Returns the function of `support::format` that checks a string's format, or `None` if no function does.
pub fn check_function(string: &StringType) -> Option<&'static str> {
    match string.format.as_deref()? {
        "date-time" => Some("date_time"),
        "date" => Some("date"),
        "uuid" => Some("uuid"),
        "uri" => Some("uri"),
        "byte" => Some("byte"),
        _ => None,
    }
}
