//! Collects the diagnostics about schemas.

use crate::diagnostics::Diagnostic;

/// Collects diagnostics about schemas for the lowering, and drops them for a comparison of two documents.
#[derive(Debug)]
pub(crate) struct DiagnosticSink(Option<Vec<Diagnostic>>);

impl DiagnosticSink {
    /// Keeps every diagnostic.
    pub(super) fn kept() -> Self {
        Self(Some(Vec::new()))
    }

    /// Drops every diagnostic.
    pub(super) fn dropped() -> Self {
        Self(None)
    }

    /// Adds a diagnostic.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if let Some(kept) = &mut self.0 {
            kept.push(diagnostic);
        }
    }

    /// Adds diagnostics.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Returns the diagnostics that were kept.
    pub(crate) fn into_kept(self) -> Vec<Diagnostic> {
        self.0.unwrap_or_default()
    }
}
