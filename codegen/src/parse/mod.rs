//! From text to a checked document.

pub mod dialect;
mod examples;
pub(crate) mod pointer;
pub(crate) mod suggest;
mod yaml;

use crate::diagnostics::{Diagnostic, Report, Severity};
use serde::Deserialize;
use serde_json::Value;

/// A document that openapiv3 can hold without loss, except where the docs of the fields say so.
#[derive(Debug)]
pub struct Document {
    origin: String,
    text: String,
    /// The document as openapiv3 reads it.
    pub openapi: openapiv3::OpenAPI,
    /// The same document, untyped: the truth where openapiv3 loses something (`default: null`, integers beyond
    /// `i64` in bounds).
    pub raw: Value,
    /// What was found without being an error.
    pub warnings: Vec<Diagnostic>,
}

impl Document {
    /// Turns findings into a report about this document's text.
    #[must_use]
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        Report::new(&self.origin, &self.text, diagnostics)
    }
}

/// Reads a document, YAML or JSON, and checks its dialect, its defaults and its examples.
///
/// # Errors
///
/// All findings, where at least one is an error.
pub fn parse(origin: &str, text: &str) -> Result<Document, Report> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let failed = |diagnostics| Report::new(origin, text, diagnostics);
    let raw = yaml::read(text).map_err(failed)?;
    let dialect::Outcome { mut diagnostics, samples } = dialect::check(&raw);
    // Samples of a document that breaks the dialect would be judged by schemas that mean something else.
    if !has_errors(&diagnostics) {
        diagnostics.extend(examples::check(&raw, &samples));
    }
    if has_errors(&diagnostics) {
        return Err(failed(diagnostics));
    }
    match openapiv3::OpenAPI::deserialize(&raw) {
        Ok(openapi) => {
            Ok(Document { origin: origin.to_owned(), text: text.to_owned(), openapi, raw, warnings: diagnostics })
        }
        Err(error) => {
            diagnostics.push(Diagnostic::error("openapi", "", error.to_string()));
            Err(failed(diagnostics))
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
