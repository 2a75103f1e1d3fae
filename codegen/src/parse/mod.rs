//! From text to a checked document.

pub mod dialect;
mod examples;
pub mod suggest;
mod yaml;

use crate::diagnostics::{Diagnostic, Report, Severity};
use crate::pointer;
use serde::Deserialize;
use serde_json::Value;
use std::{panic, thread};

pub use examples::{Validator, Violation};

/// A document that openapiv3 accepts.
#[derive(Debug)]
pub struct Document {
    origin: String,
    text: String,
    /// The document, untyped, since openapiv3 would lose something (`default: null`, integers beyond `i64` in bounds).
    pub raw: Value,
    /// What was found without being in the way of reading it: warnings, and defaults that their schemas reject.
    pub findings: Vec<Diagnostic>,
}

impl Document {
    /// Turns findings into a report about this document's text.
    #[must_use]
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        Report::new(&self.origin, &self.text, diagnostics)
    }

    /// What stands behind a JSON pointer, and its own pointer, after every `$ref` that it leads to.
    #[must_use]
    pub fn resolve(&self, pointer: &str) -> Option<(String, &Value)> {
        let value = self.raw.pointer(pointer)?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => pointer::follow(&self.raw, reference),
            None => Some((pointer.to_owned(), value)),
        }
    }

    /// Prepares the validation of what is sent to the server, against the schemas behind some JSON pointers.
    ///
    /// # Errors
    ///
    /// Where a schema of the document is none for the engine, which a document that was accepted does not have.
    pub fn request_validator<'a>(&self, schemas: impl IntoIterator<Item = &'a str>) -> Result<Validator, Report> {
        Validator::for_requests(&self.raw, schemas).map_err(|error| {
            let help = "report this as an error of the generator: the document need not change";
            let message = format!("requests cannot be checked: {error}");
            self.report(vec![Diagnostic::error("unchecked-examples", "", message).help(help)])
        })
    }
}

/// Reads a document, YAML or JSON, and checks its dialect, its defaults and its examples.
///
/// # Errors
///
/// All findings, where the text is no document or breaks the dialect.
pub fn parse(origin: &str, text: &str) -> Result<Document, Report> {
    check(origin, text).map_err(|rejected| Report::new(origin, text, rejected.diagnostics))
}

/// Reads a document without checking its dialect: only that it is one, and of a version that we know.
pub(crate) fn read(origin: &str, text: &str) -> Result<Value, Report> {
    let readable = text.strip_prefix('\u{feff}').unwrap_or(text);
    let refused = |diagnostics| Report::new(origin, text, diagnostics);
    let raw = yaml::read(readable).map_err(refused)?;
    match dialect::other_version(&raw) {
        Some(diagnostic) => Err(refused(vec![diagnostic])),
        None if raw.get("paths").is_none_or(|paths| !paths.is_object()) => {
            let finding = Diagnostic::error("missing-key", "", "the document has no `paths`");
            Err(refused(vec![finding.help("add `paths: {}`, or name the document that has them")]))
        }
        None => Ok(raw),
    }
}

/// Why a text is no document.
pub(crate) struct Rejected {
    /// All findings.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The document that breaks the dialect, where there is one and it is of a version that we know.
    pub(crate) raw: Option<Value>,
}

pub(crate) fn check(origin: &str, text: &str) -> Result<Document, Rejected> {
    let readable = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = yaml::read(readable).map_err(|diagnostics| Rejected { diagnostics, raw: None })?;
    let dialect::Outcome { mut diagnostics, samples } = dialect::check(&raw);
    // Samples of a document that breaks the dialect would be judged by schemas that mean something else.
    if has_errors(&diagnostics) {
        let known = diagnostics.iter().all(|finding| finding.rule != "unsupported-version");
        return Err(Rejected { diagnostics, raw: known.then_some(raw) });
    }
    // openapiv3's reading of it depends on nothing else.
    let (found, openapi) = thread::scope(|scope| {
        let openapi = scope.spawn(|| openapiv3::OpenAPI::deserialize(&raw).map(drop));
        (examples::check(&raw, &samples), openapi.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
    });
    diagnostics.extend(found);
    match openapi {
        Ok(()) => Ok(Document { origin: origin.to_owned(), text: text.to_owned(), raw, findings: diagnostics }),
        Err(error) => {
            let help = "write it as OpenAPI 3.0.3 has it, and report that this was found so late";
            diagnostics.push(Diagnostic::error("openapi", "", error.to_string()).help(help));
            Err(Rejected { diagnostics, raw: Some(raw) })
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
