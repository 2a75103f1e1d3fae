//! Checks the untyped document against OpenAPI 3.0.3 and our extensions of it.
//!
//! This check runs before openapiv3 reads the document, because openapiv3 drops unknown keys. One walk, driven by the
//! table in `openapi_objects`, checks the keys and values of each object. It notes references, operation ids and
//! examples, and checks them at the end.

mod checker;
mod document_walk;
mod example_holder;
mod extension_rules;
pub mod extensions;
mod formats;
mod help;
mod key_rules;
mod object_rules;
mod openapi_3_1;
pub mod openapi_objects;
mod parameter_rules;
mod reference_rules;
mod reference_targets;
mod schema_rules;
#[cfg(test)]
mod tests;
mod value_rules;
mod version;

use crate::diagnostics::Diagnostic;
use serde_json::Value;
use version::VersionSupport;

pub(super) use checker::Outcome;
pub(super) use example_holder::{Direction, ExampleHolder};

/// Checks a document.
pub(super) fn check(root: &Value) -> Outcome {
    match version::check(root) {
        VersionSupport::Supported => document_walk::check(root, Vec::new()),
        // Errors by the rules of 3.0 would hide the one that matters.
        VersionSupport::Unsupported(diagnostic) => {
            Outcome { diagnostics: vec![diagnostic], example_holders: Vec::new() }
        }
        VersionSupport::Unclear(diagnostic) => document_walk::check(root, vec![diagnostic]),
    }
}

/// Returns the error for a document of an unsupported version.
pub(super) fn unsupported_version(root: &Value) -> Option<Diagnostic> {
    match version::check(root) {
        VersionSupport::Unsupported(diagnostic) => Some(diagnostic),
        VersionSupport::Supported | VersionSupport::Unclear(_) => None,
    }
}
