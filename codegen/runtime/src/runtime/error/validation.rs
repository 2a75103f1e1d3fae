//! Errors of requests that are outside the bounds of the spec.

use std::error::Error as StdError;
use std::fmt;

use crate::support::validate::{Violation, Violations};

/// A request outside the bounds of the spec. It was not sent.
///
/// ```
/// use generated_crate::ValidationError;
///
/// fn show(error: &ValidationError) {
///     for violation in error.violations() {
///         eprintln!("`{}` {}", violation.path, violation.limit);
///     }
/// }
/// ```
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

    /// Returns the id of the operation in the spec.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns all violations.
    ///
    /// The path of a parameter is its name. The path of a value in the body starts at the body.
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
