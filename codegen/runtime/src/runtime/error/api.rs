//! Errors that the server reports.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::text::{attempts, shown};
use crate::runtime::api::ErrorFormat;
use crate::runtime::response::ResponseMeta;
use crate::runtime::retry::FailedAttempt;

/// A response whose status is not a success.
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
    /// Reads any body. A detail that is not at its pointer is missing.
    pub(crate) fn read(body: &[u8], format: &ErrorFormat) -> Self {
        let Ok(json) = serde_json::from_slice::<Value>(body) else { return Self::default() };
        let text = |place: Option<&str>| match json.pointer(place?)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        // Some gateways answer with the message in place of the object that contains it.
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

    /// Redacts all texts.
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

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the code of the error, such as `rate_limit_exceeded`. A number is converted to text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details.code.as_deref()
    }

    /// Returns the class of the error, such as `invalid_request_error`.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.details.kind.as_deref()
    }

    /// Returns the parameter at fault.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.details.param.as_deref()
    }

    /// Returns the message for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
    }

    /// Returns the id that the server gave to the call. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// Returns the raw body. It ends where the connection broke or the size limit was reached.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Returns the delay that the server requests before the next attempt.
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
        write!(f, "{} was refused with {}", self.operation, self.meta.status)?;
        if let Some(message) = &self.details.message {
            write!(f, ": {}", shown(message))?;
        }
        let facts = [("code", self.code()), ("param", self.param()), ("request id", self.request_id())];
        let facts: Vec<String> =
            facts.iter().filter_map(|(name, value)| Some(format!("{name} {}", (*value)?))).collect();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        if let Some(wait) = self.retry_after.filter(|wait| !wait.is_zero()) {
            write!(f, ", to be repeated after {} s", wait.as_secs_f64())?;
        }
        attempts(f, self.meta.attempts)
    }
}

impl StdError for ApiError {}
