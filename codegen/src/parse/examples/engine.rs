//! The engine that validates values: `jsonschema`, and the patterns that it supports.

use crate::diagnostics::Diagnostic;
use crate::string_formats;
use jsonschema::{Draft, ValidationError, ValidationOptions, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Prepares the validation against a schema of JSON Schema 2020-12.
pub(super) fn compile(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    options()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        // Generated crates and this engine must agree on leap seconds, offsets and letters of either case.
        .with_format("date", string_formats::date)
        .with_format("date-time", string_formats::date_time)
        .build(schema)
}

fn options() -> ValidationOptions<'static> {
    jsonschema::options().with_draft(Draft::Draft202012)
}

/// The patterns of a document, and whether the engine supports each.
#[derive(Default)]
pub(super) struct PatternSupport {
    known: HashMap<String, bool>,
    /// The pointer and the text of each pattern that the engine does not support.
    unsupported: Vec<(String, String)>,
}

impl PatternSupport {
    /// Returns whether the engine supports a pattern. `pointer` returns the position of the pattern.
    pub(super) fn supports(&mut self, pattern: &str, pointer: impl FnOnce() -> String) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let supported = options().build(&json!({ "pattern": pattern })).is_ok();
        if !supported {
            self.unsupported.push((pointer(), pattern.to_owned()));
        }
        self.known.insert(pattern.to_owned(), supported);
        supported
    }

    /// Returns a warning for each unsupported pattern.
    pub(super) fn into_diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.unsupported.into_iter().map(|(pointer, pattern)| {
            let message = format!("the pattern `{pattern}` does not compile, so no example is checked against it");
            Diagnostic::warning("unsupported-pattern", pointer, message)
                .help("write an ECMA-262 (JavaScript) regular expression, such as `'^[a-z]+$'`")
        })
    }
}
