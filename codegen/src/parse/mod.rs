//! Reads text into a checked document.

pub mod dialect;
mod examples;
mod expansion;
mod wording;
mod yaml;

use crate::deep_stack;
use crate::diagnostics::{Diagnostic, Report, Severity};
use crate::pointer;
use serde::Deserialize;
use serde_json::Value;
use std::thread;

pub use examples::{Validator, Violation};

/// A document that openapiv3 accepts.
#[derive(Debug)]
pub struct Document {
    origin: String,
    text: String,
    /// The untyped document. openapiv3 would lose parts of it, such as `default: null` and bounds beyond `i64`.
    pub raw: Value,
    /// The diagnostics that do not reject the document: warnings, and defaults that their schemas reject.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Creates a report about the text of this document.
    #[must_use]
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        Report::new(&self.origin, &self.text, diagnostics)
    }

    /// Returns the value at a JSON pointer, with its own pointer, after following every `$ref`.
    #[must_use]
    pub fn resolve(&self, pointer: &str) -> Option<(String, &Value)> {
        let value = self.raw.pointer(pointer)?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => pointer::follow(&self.raw, reference),
            None => Some((pointer.to_owned(), value)),
        }
    }

    /// Prepares the validation of requests against the schemas at some JSON pointers.
    ///
    /// # Errors
    ///
    /// Fails if the validation engine rejects a schema. It accepts those of every checked document.
    pub fn request_validator<'a>(&self, schemas: impl IntoIterator<Item = &'a str>) -> Result<Validator, Report> {
        Validator::for_requests(&self.raw, schemas).map_err(|error| {
            let help = "report this as a bug in the generator: the document does not need to change";
            let message = format!("requests cannot be checked: {error}");
            self.report(vec![Diagnostic::error("unchecked-examples", "", message).help(help)])
        })
    }
}

/// Reads a document, YAML or JSON, and checks its dialect, its defaults and its examples.
///
/// # Errors
///
/// Returns all diagnostics if the text is not a document or breaks the dialect.
pub fn parse(origin: &str, text: &str) -> Result<Document, Report> {
    check(origin, text).map_err(|rejected| Report::new(origin, text, rejected.diagnostics))
}

/// Reads a document of a supported version without checking its dialect.
pub(crate) fn read(origin: &str, text: &str) -> Result<Value, Report> {
    let readable = text.strip_prefix('\u{feff}').unwrap_or(text);
    let refused = |diagnostics| Report::new(origin, text, diagnostics);
    let raw = yaml::read(readable).map_err(refused)?;
    match dialect::unsupported_version(&raw) {
        Some(diagnostic) => Err(refused(vec![diagnostic])),
        None if raw.get("paths").is_none_or(|paths| !paths.is_object()) => {
            let diagnostic = Diagnostic::error("missing-key", "", "the document has no `paths`");
            Err(refused(vec![diagnostic.help("add `paths: {}`, or name the document that contains them")]))
        }
        None => Ok(raw),
    }
}

/// The reasons to reject a text.
pub(crate) struct Rejected {
    /// All diagnostics.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The document that breaks the dialect, if the text is a document of a supported version.
    pub(crate) raw: Option<Value>,
}

pub(crate) fn check(origin: &str, text: &str) -> Result<Document, Rejected> {
    deep_stack::run(|| check_here(origin, text))
}

fn check_here(origin: &str, text: &str) -> Result<Document, Rejected> {
    let readable = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = yaml::read(readable).map_err(|diagnostics| Rejected { diagnostics, raw: None })?;
    let dialect::Outcome { mut diagnostics, example_holders } = dialect::check(&raw);
    // Do not check examples against schemas that break the dialect.
    if has_errors(&diagnostics) {
        let known = diagnostics.iter().all(|diagnostic| diagnostic.rule != "unsupported-version");
        return Err(Rejected { diagnostics, raw: known.then_some(raw) });
    }
    // openapiv3 reads the document on another thread, because neither check depends on the other.
    let (found, openapi) = thread::scope(|scope| {
        let openapi = deep_stack::spawn(scope, || openapiv3::OpenAPI::deserialize(&raw).map(drop));
        (examples::check(&raw, &example_holders), deep_stack::joined(openapi))
    });
    diagnostics.extend(found);
    match openapi {
        Ok(()) => Ok(Document { origin: origin.to_owned(), text: text.to_owned(), raw, diagnostics }),
        Err(error) => {
            let help = "correct it to match OpenAPI 3.0.3, and report this as a bug in the generator's own check";
            diagnostics.push(Diagnostic::error("openapi", "", error.to_string()).help(help));
            Err(Rejected { diagnostics, raw: Some(raw) })
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
