//! Causes of errors.

use std::error::Error as StdError;

/// An error of any type, such as the cause of a [`TransportError`](crate::TransportError).
pub type BoxError = Box<dyn StdError + Send + Sync>;
