//! The string formats that are checked.

use crate::ir::StringType;

/// The function of `support::format` that checks the format of a string; `None` if nothing checks it.
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
