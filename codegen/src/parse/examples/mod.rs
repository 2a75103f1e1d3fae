//! Validates defaults and examples against their schemas.
//!
//! One validator checks all values of a direction. It validates an array of the values against a `prefixItems` whose
//! elements refer to one converted copy of the document, so that the engine compiles each schema at most once. A
//! validator for each value would compile everything that its schema refers to again.

mod checked_values;
mod engine;
mod json_schema;
mod messages;
mod validator;
mod ways;

pub use validator::{Validator, Violation};

use super::dialect::{Direction, ExampleHolder};
use crate::diagnostics::{Diagnostic, Place};
use checked_values::CheckedValue;
use engine::PatternSupport;
use jsonschema::ValidationError;
use serde_json::{Map, Value, json};

/// Checks all defaults and examples of a document that has passed the dialect's check.
pub(super) fn check(root: &Value, holders: &[ExampleHolder]) -> Vec<Diagnostic> {
    if let Some(error) = ways::check(root) {
        return vec![error];
    }
    let mut diagnostics = Vec::new();
    let values = checked_values::collect(root, holders);
    let mut patterns = PatternSupport::default();
    for direction in [Direction::Either, Direction::Request, Direction::Response] {
        let selected: Vec<&CheckedValue> = values.iter().filter(|value| value.direction == direction).collect();
        // The first conversion checks all patterns, even without values to validate.
        if selected.is_empty() && direction != Direction::Either {
            continue;
        }
        let document = json_schema::document(root, direction, &mut patterns);
        validate(root, document, &selected, &mut diagnostics);
    }
    diagnostics.extend(patterns.into_diagnostics());
    diagnostics
}

/// Validates the values of one direction against the converted document.
fn validate(root: &Value, document: Value, checked: &[&CheckedValue], diagnostics: &mut Vec<Diagnostic>) {
    if checked.is_empty() {
        return;
    }
    let schemas = checked.iter().map(|value| json!({ "$ref": json_schema::reference(root, &value.schema) })).collect();
    let schema = Value::Object(Map::from_iter([
        ("prefixItems".to_owned(), Value::Array(schemas)),
        (json_schema::DOCUMENT.to_owned(), document),
    ]));
    let validator = match engine::compile(&schema) {
        Ok(validator) => validator,
        Err(error) => {
            // The author cannot fix this, because every checked document should convert to JSON Schema.
            let message = format!("defaults and examples were not checked: {}", error.masked());
            let help = "report this as a bug in the generator: the document does not need to change";
            diagnostics.push(Diagnostic::warning("unchecked-examples", "", message).help(help));
            return;
        }
    };
    let values = Value::Array(checked.iter().map(|value| value.value.clone()).collect());
    for error in validator.iter_errors(&values) {
        diagnostics.extend(diagnostic(&error, checked));
    }
}

/// Turns a violation into a diagnostic at the innermost value that explains it.
fn diagnostic(error: &ValidationError<'_>, checked: &[&CheckedValue]) -> Option<Diagnostic> {
    let error = *messages::innermost(error).first()?;
    if messages::is_inconclusive(error) {
        return None;
    }
    let path = error.instance_path().as_str().trim_start_matches('/');
    let (index, within) = path.split_at(path.find('/').unwrap_or(path.len()));
    let value = checked.get(index.parse::<usize>().ok()?)?;
    let (rule, what) = value.rule();
    let message = format!("this {what} violates `{}`: {}", error.kind().keyword(), messages::describe(error));
    let at = format!("{}{within}", value.pointer);
    let mut diagnostic =
        Diagnostic::error(rule, at, message).help(messages::help(what, error.kind().keyword(), error.instance()));
    let keyword = json_schema::source(error.schema_path().as_str()).unwrap_or(&value.schema);
    diagnostic.related.push((Place::Key(keyword.to_owned()), "the schema requires this".to_owned()));
    if let Some(used_at) = &value.used_at {
        diagnostic.related.push((Place::Key(used_at.clone()), "the example is used here".to_owned()));
    }
    Some(diagnostic)
}

#[cfg(test)]
mod tests;
