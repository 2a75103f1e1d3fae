//! The diagnostics about a text.

use super::diagnostic::{Diagnostic, Severity};

/// Diagnostics, with the text that they are about.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) origin: String,
    pub(super) text: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Creates a report about a text. A byte order mark at its start is ignored.
    #[must_use]
    pub fn new(origin: &str, text: &str, diagnostics: Vec<Diagnostic>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { origin: origin.to_owned(), text: text.to_owned(), diagnostics }
    }

    /// Returns whether a diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the diagnostics.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}
