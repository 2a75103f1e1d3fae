//! Converts errors of reqwest.

#[cfg(not(target_arch = "wasm32"))]
use std::error::Error as StdError;
#[cfg(not(target_arch = "wasm32"))]
use std::fmt;

use super::error::{TransportError, TransportErrorKind};

/// Converts an error of reqwest. It omits the URL, whose query may contain a credential.
#[cold]
pub fn transport_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
}

/// Converts an error of reading a body.
#[cfg(not(target_arch = "wasm32"))]
#[cold]
pub fn body_error(error: reqwest::Error) -> TransportError {
    TransportError::new(kind(&error), BodyReadError(error.without_url()))
}

/// An error of reading a body. reqwest calls it an error of decoding the body, which readers would
/// mistake for JSON decoding.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
struct BodyReadError(reqwest::Error);

#[cfg(not(target_arch = "wasm32"))]
impl fmt::Display for BodyReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body cannot be read")
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl StdError for BodyReadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn kind(error: &reqwest::Error) -> TransportErrorKind {
    // A connect timeout is both.
    if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    }
}

#[cfg(target_arch = "wasm32")]
fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Other }
}
