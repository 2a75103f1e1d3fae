//! Errors of responses that cannot be decoded.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::text::is_json_text;
use crate::runtime::response::{ResponseMeta, is_json};

/// A successful response whose body does not match the spec.
///
/// ```
/// use generated_crate::DecodeError;
///
/// fn log(error: &DecodeError) {
///     let path = error.path().unwrap_or_default();
///     eprintln!("{} returned an unexpected value at `{path}`", error.operation());
///     eprintln!("{}", error.reason());
/// }
/// ```
pub struct DecodeError {
    operation: &'static str,
    meta: ResponseMeta,
    source: serde_json::Error,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(operation: &'static str, mut meta: ResponseMeta, mut source: serde_json::Error) -> Self {
        // The message quotes the unexpected value.
        let text = source.to_string();
        let redacted = meta.redacted(&text);
        if redacted != text {
            source = serde_core::de::Error::custom(redacted);
        }
        meta.secrets.clear();
        Self { operation, meta, source }
    }

    /// Returns the id of the operation in the spec.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the path of the error, such as `data[3].content`, or `None` if the error is about
    /// the whole body.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        let text = self.source.to_string();
        let (path, _) = text.strip_prefix("at `")?.split_once("`: ")?;
        Some(path.to_owned())
    }

    /// Returns the decoding error, whose text starts with the path.
    // Not `cause`: on a box, that is the deprecated method of the standard library's trait.
    #[must_use]
    pub fn reason(&self) -> &serde_json::Error {
        &self.source
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the request id that the server assigned. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the response headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// Returns the raw body. It may contain secrets.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// Returns the number of attempts that the call made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }
}

/// Shows neither body nor header values, which may contain secrets.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("source", &self.source)
            .field("response", &self.meta)
            .finish()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ResponseMeta { status, body, .. } = &self.meta;
        write!(f, "the response to {} ({status}", self.operation)?;
        if let Some(id) = self.request_id() {
            write!(f, ", request id {id}")?;
        }
        if body.is_empty() {
            return f.write_str(") has no body");
        }
        if let Some(encoding) = self.meta.content_encoding() {
            return write!(f, ") has the content encoding {encoding}, which was not requested");
        }
        f.write_str(if is_json_text(body) { ") does not match the spec" } else { ") is not JSON" })?;
        match self.meta.content_type() {
            Some(other) if !is_json(other) => write!(f, ": its content type is {other}"),
            _ => Ok(()),
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}
