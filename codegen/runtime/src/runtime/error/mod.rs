//! The errors of calls, with one file for each stage.

pub mod api;
mod boxed;
mod configuration;
mod cursor;
mod decode;
mod text;
mod transport;
mod validation;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use api::ApiError;
pub use boxed::BoxError;
pub use configuration::ConfigurationError;
pub use cursor::CursorError;
pub use decode::DecodeError;
pub use transport::{TransportError, TransportErrorKind};
pub use validation::ValidationError;

/// The error of a call, with one variant for each stage.
///
/// `{}` says what happened, and `{:#}` adds the causes.
///
/// ```
/// use generated_crate::Error;
///
/// fn report(error: &Error) {
///     match error {
///         Error::Api(error) => eprintln!("{}, code {:?}", error.status(), error.code()),
///         Error::Decode(error) => eprintln!("unexpected value at {:?}", error.path()),
///         _ => {}
///     }
///     eprintln!("after {} attempts: {error:#}", error.attempts());
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client or the call is set up incorrectly. Nothing was sent.
    Configuration(Box<ConfigurationError>),
    /// The request is outside the bounds of the spec. Nothing was sent.
    Validation(Box<ValidationError>),
    /// No complete response arrived.
    Transport(Box<TransportError>),
    /// The server returned an error status.
    Api(Box<ApiError>),
    /// The response does not match the spec.
    Decode(Box<DecodeError>),
    /// The server returned a cursor twice. Following it would never end.
    Cursor(Box<CursorError>),
}

impl Error {
    /// Returns `true` if the same call may succeed later.
    ///
    /// The client has already retried the call, up to the limits of its retry policy.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_transient(),
            Self::Api(error) => error.is_retryable(),
            Self::Configuration(_) | Self::Validation(_) | Self::Decode(_) | Self::Cursor(_) => false,
        }
    }

    /// Returns `true` if a timeout elapsed.
    ///
    /// A connect timeout does not count. Its kind is [`Connect`](TransportErrorKind::Connect).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Returns the HTTP status of the response, if one arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status(),
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Configuration(_) | Self::Validation(_) | Self::Cursor(_) => None,
        }
    }

    /// Returns the request id that the server assigned, if any. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Transport(error) => error.request_id(),
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Configuration(_) | Self::Validation(_) | Self::Cursor(_) => None,
        }
    }

    /// Returns the delay that the server requested before the next attempt, if any.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            _ => None,
        }
    }

    /// Returns the number of attempts that the call made.
    ///
    /// It is 0 for [`Configuration`](Self::Configuration), [`Validation`](Self::Validation) and
    /// [`Cursor`](Self::Cursor) errors.
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
        // The inner error is skipped: this error's message is the inner error's, and a chain would repeat it.
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
