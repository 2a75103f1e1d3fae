//! The findings of the resolver.

use crate::diagnostics::Diagnostic;

/// Findings about schemas, which are kept for the lowering and dropped for a comparison of two documents.
#[derive(Debug)]
pub(crate) struct Findings(Option<Vec<Diagnostic>>);

impl Findings {
    /// Keeps every finding.
    pub(super) fn kept() -> Self {
        Self(Some(Vec::new()))
    }

    /// Drops every finding.
    pub(super) fn dropped() -> Self {
        Self(None)
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Diagnostic) {
        if let Some(kept) = &mut self.0 {
            kept.push(finding);
        }
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Returns the findings that were kept.
    pub(crate) fn into_kept(self) -> Vec<Diagnostic> {
        self.0.unwrap_or_default()
    }
}
