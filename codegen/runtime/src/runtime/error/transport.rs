//! Errors of calls without a complete response.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::boxed::BoxError;
use super::text::attempts;
use crate::runtime::response::ResponseMeta;

/// An error of the connection or the transport: no complete response arrived.
///
/// A [`Transport`](crate::Transport) creates it with [`new`](TransportError::new).
///
/// ```
/// use generated_crate::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Timeout, "the proxy gave up");
/// assert!(error.is_timeout());
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    context: CallContext,
}

/// The call of a transport error.
#[derive(Debug, Default)]
struct CallContext {
    operation: Option<&'static str>,
    /// Host and port.
    server: Option<String>,
    attempts: u32,
    status: Option<StatusCode>,
    request_id: Option<String>,
}

/// The way in which a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Connecting failed: name resolution, the network, TLS, or the connect timeout.
    Connect,
    /// A timeout elapsed.
    Timeout,
    /// The body is longer than the client allows.
    TooLarge,
    /// Any other failure, such as a broken connection or a response that is not HTTP.
    Other,
}

impl TransportError {
    /// Creates an error, for a [`Transport`](crate::Transport) to return.
    #[cold]
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into(), context: CallContext::default() }
    }

    /// Adds the facts about the call.
    #[cold]
    pub(crate) fn during(mut self, operation: &'static str, attempts: u32, server: Option<&str>) -> Self {
        self.context.operation = Some(operation);
        self.context.server = server.map(str::to_owned);
        self.context.attempts = attempts;
        self
    }

    /// Adds the head of the response whose body did not arrive.
    #[cold]
    pub(crate) fn after_head(mut self, head: &ResponseMeta) -> Self {
        self.context.status = Some(head.status);
        self.context.request_id = head.request_id().map(str::to_owned);
        self
    }

    /// Returns the way in which the transport failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns `true` if a timeout elapsed.
    ///
    /// A connect timeout does not count: it is [`Connect`](TransportErrorKind::Connect).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
    }

    /// Returns `true` if connecting failed. The server received nothing.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind == TransportErrorKind::Connect
    }

    /// Returns the id of the operation in the spec, or `None` before the client adds it.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.context.operation
    }

    /// Returns the number of attempts that the call made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// Returns the HTTP status, if the head of the response arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.context.status
    }

    /// Returns the request id that the server assigned, if the head of the response arrived.
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
            TransportErrorKind::Timeout => " timed out",
            TransportErrorKind::TooLarge => " received a response that is too large",
            TransportErrorKind::Other => " received no complete response",
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
