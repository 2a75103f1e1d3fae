//! Errors of requests that are outside the bounds of the spec.

use std::error::Error as StdError;
use std::fmt;

use crate::support::validate::{Violation, Violations};

/// The violations of the bounds of the spec in a request that was not sent.
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

    /// Returns the violations. The path of a parameter is its name; that of a value in the body is its path there.
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
