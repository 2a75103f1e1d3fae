//! From text to a checked document.

use crate::diagnostics::{Diagnostic, Report};
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
}

impl Document {
    /// Turns findings into a report about this document's text.
    #[must_use]
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        Report::new(&self.origin, &self.text, diagnostics)
    }
}

/// Reads a document, YAML or JSON, and checks its dialect.
///
/// # Errors
///
/// All findings, where at least one is an error.
pub fn parse(origin: &str, text: &str) -> Result<Document, Report> {
    let failed = |message: String| Report::new(origin, text, vec![Diagnostic::error("yaml", "", message)]);
    let raw: Value = serde_yaml::from_str(text).map_err(|error| failed(error.to_string()))?;
    let openapi = serde_json::from_value(raw.clone()).map_err(|error| failed(error.to_string()))?;
    Ok(Document { origin: origin.to_owned(), text: text.to_owned(), openapi, raw })
}
