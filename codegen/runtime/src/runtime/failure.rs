//! What can go wrong once a request is on its way.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::api::ErrorFormat;
use super::error::BoxError;
use super::response::{Meta, content_type};
use super::retry::Failed;

/// Why no whole response came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    context: Context,
}

/// What is known of a call that failed on its way.
#[derive(Debug, Default)]
struct Context {
    operation: Option<&'static str>,
    /// Host and port.
    server: Option<String>,
    attempts: u32,
    status: Option<StatusCode>,
    request_id: Option<String>,
}

/// In which phase a call failed on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: the name, the network, TLS, or a timeout of the connection.
    Connect,
    /// A limit of time was reached.
    Timeout,
    /// The response is longer than the client takes.
    TooLarge,
    /// Anything else, such as a connection that broke, or a response that is no HTTP.
    Other,
}

impl TransportError {
    /// An error of a [`Transport`](super::transport::Transport).
    #[cold]
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into(), context: Context::default() }
    }

    /// Adds what the engine knows.
    #[cold]
    pub(crate) fn during(mut self, operation: &'static str, attempts: u32, server: Option<&str>) -> Self {
        self.context.operation = Some(operation);
        self.context.server = server.map(str::to_owned);
        self.context.attempts = attempts;
        self
    }

    /// Adds the head of the response whose body did not come.
    #[cold]
    pub(crate) fn after_head(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.context.status = Some(status);
        self.context.request_id = super::response::request_id(headers).map(str::to_owned);
        self
    }

    /// In which phase it failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a limit of time was reached, other than that of making a connection, which is
    /// [`Connect`](TransportErrorKind::Connect).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
    }

    /// Whether no connection came about, so that the server saw nothing.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind == TransportErrorKind::Connect
    }

    /// The id of the operation, as the spec has it.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.context.operation
    }

    /// How many attempts were made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// The status, where only the body is missing.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.context.status
    }

    /// The id that the server gave to the call, where only the body is missing.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.context.request_id.as_deref()
    }

    pub(crate) fn is_transient(&self) -> bool {
        self.kind != TransportErrorKind::TooLarge
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.context.operation.unwrap_or("the call"))?;
        f.write_str(match self.kind {
            TransportErrorKind::Connect => " could not connect",
            TransportErrorKind::Timeout => " took too long",
            TransportErrorKind::TooLarge => " got a response that is too large",
            TransportErrorKind::Other => " got no whole response",
        })?;
        if let (TransportErrorKind::Connect, Some(server)) = (self.kind, &self.context.server) {
            write!(f, " to {server}")?;
        }
        attempts(f, self.context.attempts)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// A server's text in one line of a fair length, whatever it is.
fn shown(text: &str) -> String {
    const MOST: usize = 500;
    let mut line: String = text.chars().take(MOST).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line.trim_end_matches('.').to_owned()
}

fn attempts(f: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    if attempts > 1 { write!(f, ", in {attempts} attempts") } else { Ok(()) }
}

/// A response that is no success.
pub struct ApiError {
    operation: &'static str,
    meta: Meta,
    details: Details,
    retry_after: Option<Duration>,
}

/// What the body of a failed call says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Details {
    pub(crate) message: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) param: Option<String>,
    pub(crate) code: Option<String>,
}

impl Details {
    /// Reads a body, whatever it is: what is not where the spec says it is, is missing.
    pub(crate) fn read(body: &[u8], places: &ErrorFormat) -> Self {
        let Ok(json) = serde_json::from_slice::<Value>(body) else { return Self::default() };
        let text = |place: Option<&str>| match json.pointer(place?)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        // Some gateways answer with the message where an object with the message should be.
        let bare = || {
            let (parent, _) = places.message?.rsplit_once('/')?;
            json.pointer(parent)?.as_str().map(str::to_owned)
        };
        Self {
            message: text(places.message).or_else(bare),
            kind: text(places.kind),
            param: text(places.param),
            code: text(places.code),
        }
    }

    /// Takes secrets out of all texts.
    pub(crate) fn redact(&mut self, redacted: impl Fn(&str) -> String) {
        for text in [&mut self.message, &mut self.kind, &mut self.param, &mut self.code].into_iter().flatten() {
            *text = redacted(text);
        }
    }
}

impl ApiError {
    #[cold]
    pub(crate) fn new(operation: &'static str, meta: Meta, details: Details, retry_after: Option<Duration>) -> Self {
        Self { operation, meta, details, retry_after }
    }

    /// The id of the operation, as the spec has it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The identifier of this particular error for programs, such as `rate_limit_exceeded`. A number is given as text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details.code.as_deref()
    }

    /// The class of the error, such as `invalid_request_error`.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.details.kind.as_deref()
    }

    /// The parameter at fault.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.details.param.as_deref()
    }

    /// The explanation for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.details.message.as_deref()
    }

    /// The id that the server gave to the call. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The body as it came: JSON or not, and cut off where the connection broke or the limit was reached.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// How many attempts were made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// How long the server asks to wait before the next attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(crate) fn is_retryable(&self) -> bool {
        self.failed().is_retryable()
    }

    pub(crate) fn failed(&self) -> Failed<'_> {
        Failed::Status { status: self.meta.status, headers: &self.meta.headers, is_final: self.meta.is_final }
    }
}

/// Without body and header values, which may hold secrets.
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

/// A response that is a success by its status, and by its body not what the spec says.
pub struct DecodeError {
    operation: &'static str,
    meta: Meta,
    source: serde_json::Error,
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(operation: &'static str, mut meta: Meta, mut source: serde_json::Error) -> Self {
        // It quotes what it did not expect.
        let text = source.to_string();
        let redacted = meta.redacted(&text);
        if redacted != text {
            source = serde_core::de::Error::custom(redacted);
        }
        meta.secrets.clear();
        Self { operation, meta, source }
    }

    /// The id of the operation, as the spec has it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The place of what is wrong, as in `data[3].content`; `None` where it is the whole body.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        let text = self.source.to_string();
        let (path, _) = text.strip_prefix("at `")?.split_once("`: ")?;
        Some(path.to_owned())
    }

    /// What is wrong there.
    // Not `cause`: on a box, that is what the standard library's trait deprecates.
    #[must_use]
    pub fn reason(&self) -> &serde_json::Error {
        &self.source
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The id that the server gave to the call. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The body as it came. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// How many attempts were made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }
}

/// Without body and header values, which may hold secrets.
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
        let Meta { status, headers, body, .. } = &self.meta;
        write!(f, "the response to {} ({status}", self.operation)?;
        if let Some(id) = self.request_id() {
            write!(f, ", request id {id}")?;
        }
        f.write_str(") does not decode")?;
        if body.is_empty() {
            return f.write_str(": its body is empty");
        }
        if let Some(encoding) = headers.get(CONTENT_ENCODING).and_then(|encoding| encoding.to_str().ok()) {
            return write!(f, ": its content encoding is {encoding}, which was not asked for");
        }
        match content_type(headers) {
            Some(other) if !super::response::is_json(other) => write!(f, ": its content type is {other}"),
            _ => Ok(()),
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// A cursor that the server gave for a second time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorError {
    pub(crate) operation: &'static str,
    pub(crate) cursor: String,
}

impl CursorError {
    /// The id of the operation, as the spec has it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The cursor.
    #[must_use]
    pub fn cursor(&self) -> &str {
        &self.cursor
    }
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} goes in circles: the server gives the cursor {:?} again", self.operation, self.cursor)
    }
}

impl StdError for CursorError {}
