//! Errors of pagination that would never end.

use std::error::Error as StdError;
use std::fmt;

/// A cursor that the server returned twice. Following it would never end.
///
/// ```
/// use generated_crate::Error;
///
/// fn repeated_cursor(error: &Error) -> Option<&str> {
///     match error {
///         Error::Cursor(error) => Some(error.cursor()),
///         _ => None,
///     }
/// }
/// ```
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

    /// Returns the cursor that came twice. A credential in it is redacted.
    #[must_use]
    pub fn cursor(&self) -> &str {
        &self.cursor
    }
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} stopped: the server returned the cursor {:?} twice, so its pages would never end",
            self.operation, self.cursor
        )
    }
}

impl StdError for CursorError {}
