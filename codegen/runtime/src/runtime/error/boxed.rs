//! Causes of errors.

use std::error::Error as StdError;

/// An error of any type.
pub type BoxError = Box<dyn StdError + Send + Sync>;
