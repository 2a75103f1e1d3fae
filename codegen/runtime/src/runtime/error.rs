//! What can go wrong with a call.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

pub use super::failure::{ApiError, CursorError, DecodeError, TransportError, TransportErrorKind};
use crate::support::validate::{Violation, Violations};

/// An error of any kind, from wherever it comes.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
///
/// Shown with `{}` it says what happened, with `{:#}` also why, down to the first cause.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client or the call is not set up so that anything could be sent.
    Configuration(Box<ConfigurationError>),
    /// The request is outside the bounds of the spec. Nothing was sent.
    Validation(Box<ValidationError>),
    /// No whole response came.
    Transport(Box<TransportError>),
    /// The server refused the call, or failed.
    Api(Box<ApiError>),
    /// The response is not what the spec says.
    Decode(Box<DecodeError>),
    /// The server gives a cursor for a second time, so that paging would never end.
    Cursor(Box<CursorError>),
}

impl Error {
    /// Whether the same call may succeed later.
    ///
    /// The client has repeated it already, as often as it was told to.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_transient(),
            Self::Api(error) => error.is_retryable(),
            Self::Configuration(_) | Self::Validation(_) | Self::Decode(_) | Self::Cursor(_) => false,
        }
    }

    /// Whether a limit of time was reached, other than that of making a connection, which is
    /// [`Connect`](TransportErrorKind::Connect).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// The status of the response, where there is one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status(),
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Configuration(_) | Self::Validation(_) | Self::Cursor(_) => None,
        }
    }

    /// The id that the server gave to the call, where there is one. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Transport(error) => error.request_id(),
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Configuration(_) | Self::Validation(_) | Self::Cursor(_) => None,
        }
    }

    /// How long the server asks to wait before the next attempt, where it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            _ => None,
        }
    }

    /// How many attempts were made: 0 where the error is none of an attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(error) => error.attempts(),
            Self::Api(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
            Self::Configuration(_) | Self::Validation(_) | Self::Cursor(_) => 0,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(f),
            Self::Validation(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Cursor(error) => error.fmt(f),
        }?;
        let mut cause = self.source().filter(|_| f.alternate());
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // What is within has said its part already, so that a chain does not say it twice.
        match self {
            Self::Configuration(error) => error.source(),
            Self::Validation(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Cursor(error) => error.source(),
        }
    }
}

macro_rules! from {
    ($($error:ident => $variant:ident),* $(,)?) => {
        $(
            impl From<$error> for Error {
                fn from(error: $error) -> Self {
                    Self::$variant(Box::new(error))
                }
            }
        )*
    };
}

from! {
    ConfigurationError => Configuration,
    ValidationError => Validation,
    TransportError => Transport,
    ApiError => Api,
    DecodeError => Decode,
    CursorError => Cursor,
}

/// What is wrong with how a client or a call is set up.
#[derive(Clone, Debug)]
pub struct ConfigurationError {
    message: Cow<'static, str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl ConfigurationError {
    #[cold]
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), source: None }
    }

    #[cold]
    pub(crate) fn with_source(message: impl Into<Cow<'static, str>>, source: impl Into<BoxError>) -> Self {
        Self { message: message.into(), source: Some(Arc::from(source.into())) }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for ConfigurationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// All that is outside the bounds of the spec in a request that was not sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidationError {
    operation: &'static str,
    violations: Violations,
}

impl ValidationError {
    #[cold]
    pub(crate) fn new(operation: &'static str, violations: Violations) -> Self {
        Self { operation, violations }
    }

    /// The id of the operation, as the spec has it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The violations: those of parameters by the parameter's name, those of the body by their path in it.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        self.violations.as_slice()
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not sent: {}", self.operation, self.violations)
    }
}

impl StdError for ValidationError {}
