//! The media types of an operation that a client uses.

use crate::ir::{MediaType, Operation, is_json};

/// Returns the media type that a client uses: the first that is JSON, or the first of all.
pub fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or(content.first())
}

/// Returns the media type of the response that a call decodes, or `None` if the response has no content.
pub fn success(operation: &Operation) -> Option<&MediaType> {
    operation.successes().next().and_then(|response| preferred(&response.content))
}

/// Returns the media type that a call accepts. Without content, it is the type of most errors.
pub fn accepted_type(operation: &Operation) -> &str {
    success(operation).map_or("application/json", |media| media.name.as_str())
}
