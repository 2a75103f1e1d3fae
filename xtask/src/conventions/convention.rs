//! A convention, and the diagnostics about it.

use super::spec_document::SpecDocument;
use chatkit_codegen::diagnostics::{Diagnostic, Place, Severity};

/// The help for a schema that has to be a component.
pub(super) const MAKE_COMPONENT: &str = "move it to `components.schemas`, and refer to it by `$ref`";

/// A convention that a document follows or breaks.
#[derive(Debug)]
pub struct Convention {
    /// A stable id in kebab case, such as `open-objects`.
    pub name: &'static str,
    /// The convention, in one sentence without a full stop.
    pub summary: &'static str,
    /// Reports each place that breaks it.
    pub(super) judge: fn(&SpecDocument<'_>, &mut ConventionReport),
}

/// The diagnostics about one convention.
#[derive(Debug)]
pub(super) struct ConventionReport {
    rule: &'static str,
    diagnostics: Vec<Diagnostic>,
}

impl ConventionReport {
    /// Creates a report without diagnostics.
    pub(super) fn new(convention: &Convention) -> Self {
        Self { rule: convention.name, diagnostics: Vec::new() }
    }

    /// Reports the value at a JSON pointer.
    pub(super) fn value(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.place(Place::Value(pointer.to_owned()), message.into(), help.into());
    }

    /// Reports the key at a JSON pointer.
    pub(super) fn key(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.place(Place::Key(pointer.to_owned()), message.into(), help.into());
    }

    /// Reports a place in the text. Lines and columns are counted from 1.
    pub(super) fn text(&mut self, line: usize, column: usize, message: impl Into<String>, help: impl Into<String>) {
        self.place(Place::Text { line, column }, message.into(), help.into());
    }

    fn place(&mut self, place: Place, message: String, help: String) {
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: Severity::Error,
            place,
            message,
            help: Some(help),
            related: Vec::new(),
        };
        // Several types may contain the same property.
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Returns the diagnostics.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
