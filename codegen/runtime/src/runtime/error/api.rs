//! Errors that the server reports.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::text::{attempts, is_json_text, shown};
use crate::runtime::api::ErrorFormat;
use crate::runtime::response::ResponseMeta;
use crate::runtime::retry::FailedAttempt;

/// An error that the server reported: a response whose status is not a success.
///
/// ```
/// use generated_crate::Error;
///
/// fn is_rate_limit(error: &Error) -> bool {
///     matches!(error, Error::Api(error) if error.code() == Some("rate_limit_exceeded"))
/// }
/// ```
pub struct ApiError {
    operation: &'static str,
    meta: ResponseMeta,
    details: ErrorDetails,
    retry_after: Option<Duration>,
}

/// The error that the body of a response describes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorDetails {
    pub(crate) message: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) param: Option<String>,
    pub(crate) code: Option<String>,
}

impl ErrorDetails {
    /// Reads the details from any body. A detail that is not at its pointer is `None`.
    pub(crate) fn read(body: &[u8], format: &ErrorFormat) -> Self {
        let Ok(json) = serde_json::from_slice::<Value>(body) else { return Self::default() };
        let text = |place: Option<&str>| match json.pointer(place?)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        // Some gateways send the message in place of the object that should contain it.
        let bare = || {
            let (parent, _) = format.message?.rsplit_once('/')?;
            json.pointer(parent)?.as_str().map(str::to_owned)
        };
        Self {
            message: text(format.message).or_else(bare),
            kind: text(format.kind),
            param: text(format.param),
            code: text(format.code),
        }
    }

    /// Redacts all details.
    pub(crate) fn redact(&mut self, redacted: impl Fn(&str) -> String) {
        for text in [&mut self.message, &mut self.kind, &mut self.param, &mut self.code].into_iter().flatten() {
            *text = redacted(text);
        }
    }
}

impl ApiError {
    #[cold]
    pub(crate) fn new(
        operation: &'static str,
        meta: ResponseMeta,
        details: ErrorDetails,
        retry_after: Option<Duration>,
    ) -> Self {
        Self { operation, meta, details, retry_after }
    }

    /// Returns the id of the operation in the spec.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the error code, such as `rate_limit_exceeded`. A number is converted to text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details.code.as_deref()
    }

    /// Returns the type of the error, such as `invalid_request_error`.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.details.kind.as_deref()
    }

    /// Returns the name of the parameter at fault.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.details.param.as_deref()
    }

    /// Returns the human-readable message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
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

    /// Returns the raw body. It is incomplete if the connection broke or the body exceeded the size
    /// limit.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// Returns the number of attempts that the call made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Returns the delay that the server requested before the next attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(crate) fn is_retryable(&self) -> bool {
        self.failed_attempt().is_retryable()
    }

    pub(crate) fn failed_attempt(&self) -> FailedAttempt<'_> {
        FailedAttempt::Status { status: self.meta.status, headers: &self.meta.headers, is_final: self.meta.is_final }
    }
}

/// Shows neither body nor header values, which may contain secrets.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("details", &self.details)
            .field("retry_after", &self.retry_after)
            .field("response", &self.meta)
            .finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ResponseMeta { status, body, .. } = &self.meta;
        write!(f, "{} failed with {status}", self.operation)?;
        attempts(f, self.meta.attempts)?;
        if let Some(message) = &self.details.message {
            write!(f, ": {}", shown(message))?;
        } else if !body.is_empty() && !is_json_text(body) {
            // For example the page of a proxy.
            match self.meta.content_type() {
                Some(media_type) => write!(f, ": the body ({media_type}) is not JSON")?,
                None => f.write_str(": the body is not JSON")?,
            }
        }
        let facts = [("code", self.code()), ("param", self.param()), ("request id", self.request_id())];
        let facts: Vec<String> =
            facts.iter().filter_map(|(name, value)| Some(format!("{name} {}", (*value)?))).collect();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        if let Some(wait) = self.retry_after.filter(|wait| !wait.is_zero()) {
            write!(f, "; the server requests a delay of {} s before a retry", wait.as_secs_f64())?;
        }
        Ok(())
    }
}

impl StdError for ApiError {}
