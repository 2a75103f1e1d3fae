//! The state of a check, and the diagnostics that several rules share.

use super::example_holder::ExampleHolder;
use super::openapi_objects::ObjectKind;
use super::reference_targets::References;
use crate::diagnostics::{Diagnostic, Place};
use crate::parse::wording::short;
use crate::pointer::PointerBuf;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The document, and everything that the check has reported or noted so far.
pub(super) struct Checker<'a> {
    pub(super) root: &'a Value,
    pub(super) references: References<'a>,
    /// The pointer of each operation id.
    pub(super) operation_ids: HashMap<&'a str, String>,
    pub(super) example_holders: Vec<ExampleHolder>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The result of a check.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Errors and warnings.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The objects with defaults and examples. The list is complete only without errors.
    pub(crate) example_holders: Vec<ExampleHolder>,
}

impl<'a> Checker<'a> {
    /// Starts a check with the diagnostics that are known already.
    pub(super) fn new(root: &'a Value, diagnostics: Vec<Diagnostic>) -> Self {
        let references = References::default();
        Self { root, references, operation_ids: HashMap::new(), example_holders: Vec::new(), diagnostics }
    }

    /// Checks the references that were noted, and returns everything.
    pub(super) fn finish(mut self) -> Outcome {
        self.references.check(self.root, &mut self.diagnostics);
        Outcome { diagnostics: self.diagnostics, example_holders: self.example_holders }
    }

    /// Adds a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a key that an object needs; `help` says what to add.
    pub(super) fn missing(&mut self, kind: ObjectKind, key: &str, help: &str, path: &PointerBuf) {
        let error = Diagnostic::error("missing-key", path.here(), format!("{} needs {key}", kind.name())).at_key();
        self.report(error.help(help));
    }

    /// Reports a value that its key does not allow; `help` says what to write instead.
    pub(super) fn wrong_value(&mut self, path: &PointerBuf, (key, value): (&str, &Value), expected: &str, help: &str) {
        let message = format!("`{key}` must be {expected}, but is {}", short(value));
        self.report(Diagnostic::error("wrong-value", path.child(key), message).help(help));
    }

    /// Reports an object that has both of two keys that exclude each other.
    pub(super) fn exclusive_keys(
        &mut self,
        kind: ObjectKind,
        object: &Map<String, Value>,
        (left, right): (&str, &str),
        path: &PointerBuf,
    ) {
        if object.contains_key(left) && object.contains_key(right) {
            let message = format!("{} can have `{left}` or `{right}`, but not both", kind.name());
            let error = Diagnostic::error("conflicting-keys", path.child(right), message).at_key();
            let other = (Place::Key(path.child(left)), "the other key".to_owned());
            let help = format!("remove `{left}` or `{right}`");
            self.report(Diagnostic { related: vec![other], ..error.help(help) });
        }
    }
}
