//! Checks the untyped document against OpenAPI 3.0.3 and our extensions of it.
//!
//! This runs before openapiv3 sees the document, because openapiv3 drops what it does not know. One walk, driven by the
//! tables in `openapi_objects`, checks each object's keys and shapes and gathers what can only be judged at the end:
//! references, operation ids, and the places that hold an example.

mod document_walk;
pub mod extensions;
pub(super) mod help;
mod object_rules;
mod openapi_3_1;
pub(super) mod openapi_objects;
mod reference_targets;
mod schema_rules;
#[cfg(test)]
mod tests;
mod version;

use crate::diagnostics::Diagnostic;
use serde_json::Value;

/// In which direction a value crosses the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    /// Unknown, or both.
    Either,
    /// To the server.
    Request,
    /// From the server.
    Response,
}

/// An object that holds a default or examples.
#[derive(Debug)]
pub(super) struct ExampleHolder {
    /// Its pointer.
    pub(super) pointer: String,
    /// Its kind.
    pub(super) kind: openapi_objects::ObjectKind,
    /// In which direction it crosses the wire.
    pub(super) direction: Direction,
}

/// What the check found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Errors and warnings.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where the defaults and examples are; complete only where there is no error.
    pub(super) example_holders: Vec<ExampleHolder>,
}

/// Checks a document.
pub(super) fn check(root: &Value) -> Outcome {
    match version::check(root) {
        version::VersionSupport::Supported => document_walk::check(root, Vec::new()),
        // Judging the rest by the rules of 3.0 would bury what is wrong.
        version::VersionSupport::Unsupported(diagnostic) => {
            Outcome { diagnostics: vec![diagnostic], example_holders: Vec::new() }
        }
        version::VersionSupport::Unclear(diagnostic) => document_walk::check(root, vec![diagnostic]),
    }
}

/// Says so where a document is of a version whose rules are not ours.
pub(super) fn other_version(root: &Value) -> Option<Diagnostic> {
    match version::check(root) {
        version::VersionSupport::Unsupported(diagnostic) => Some(diagnostic),
        version::VersionSupport::Supported | version::VersionSupport::Unclear(_) => None,
    }
}

pub(crate) use openapi_objects::FieldType;

/// What stands behind a keyword of a schema.
pub(crate) fn schema_keyword_type(key: &str) -> Option<FieldType> {
    openapi_objects::ObjectKind::Schema.field_type(key)
}
