//! Errors of lists that go in circles.

use std::error::Error as StdError;
use std::fmt;

/// A cursor that the server returned twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorError {
    pub(crate) operation: &'static str,
    pub(crate) cursor: String,
}

impl CursorError {
    /// Returns the id of the operation in the spec.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the cursor.
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
