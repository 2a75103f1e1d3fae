//! Defaults and examples, validated against their schemas.
//!
//! All of them are checked by one validator for each direction: an array whose elements are the values, against a
//! `prefixItems` whose elements are references into one converted copy of the document. A validator for each value
//! would compile all that its schema reaches, again and again; here every schema is compiled once at most.

mod json_schema;
mod messages;
mod validator;

pub use validator::{Validator, Violation};

use super::dialect::openapi_objects::ObjectKind;
use super::dialect::{Direction, ExampleHolder, help};
use crate::diagnostics::{Diagnostic, Place};
use crate::pointer::{Path, follow, join, last};
use jsonschema::{Draft, ValidationError};
use serde_json::{Map, Value, json};

/// A value and the schema it must satisfy.
struct CheckedValue<'a> {
    /// Where the value is.
    pointer: String,
    value: &'a Value,
    /// Where the schema is.
    schema: String,
    direction: Direction,
    /// Where a shared example is used.
    used_at: Option<String>,
}

impl CheckedValue<'_> {
    fn rule(&self) -> (&'static str, &'static str) {
        if last(&self.pointer) == "default" { ("bad-default", "default") } else { ("bad-example", "example") }
    }
}

/// Checks all defaults and examples of a document that has passed the dialect's check.
pub(super) fn check(root: &Value, example_holders: &[ExampleHolder]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut checks = Vec::new();
    for sample in example_holders {
        gather(root, sample, &mut checks);
    }
    let mut patterns = json_schema::PatternSupport::default();
    for direction in [Direction::Either, Direction::Request, Direction::Response] {
        let some: Vec<&CheckedValue> = checks.iter().filter(|check| check.direction == direction).collect();
        // The first conversion looks at all patterns, whether or not a value depends on them.
        if some.is_empty() && direction != Direction::Either {
            continue;
        }
        let document = json_schema::document(root, direction, &mut patterns);
        validate(document, &some, &mut found);
    }
    found.extend(patterns.into_diagnostics());
    found
}

/// Lists the values of an object that must satisfy a schema.
fn gather<'a>(root: &'a Value, sample: &ExampleHolder, checks: &mut Vec<CheckedValue<'a>>) {
    let Some(holder) = root.pointer(&sample.pointer) else {
        return;
    };
    if sample.kind == ObjectKind::Schema {
        for key in ["default", "example"] {
            if let Some(value) = holder.get(key) {
                checks.push(CheckedValue {
                    pointer: join(&sample.pointer, key),
                    value,
                    schema: sample.pointer.clone(),
                    direction: Direction::Either,
                    used_at: None,
                });
            }
        }
        return;
    }
    if holder.get("schema").is_none() {
        return;
    }
    // An example of XML or of a form may be written as text, which its schema does not describe.
    let as_text = sample.kind == ObjectKind::MediaType && !is_json(&last(&sample.pointer));
    let mut push = |pointer: String, value: &'a Value, used_at: Option<String>| {
        if !(as_text && value.is_string()) {
            let schema = join(&sample.pointer, "schema");
            checks.push(CheckedValue { pointer, value, schema, direction: sample.direction, used_at });
        }
    };
    if let Some(value) = holder.get("example") {
        push(join(&sample.pointer, "example"), value, None);
    }
    let Some(examples) = holder.get("examples").and_then(Value::as_object) else {
        return;
    };
    let mut path = Path::at(&join(&sample.pointer, "examples"));
    for (name, example) in examples {
        let used_at = path.child(name);
        match example.get("$ref").and_then(Value::as_str) {
            None => {
                if let Some(value) = example.get("value") {
                    push(path.within(name, |path| path.child("value")), value, None);
                }
            }
            Some(reference) => {
                if let Some((pointer, target)) = follow(root, reference)
                    && let Some(value) = target.get("value")
                {
                    push(join(&pointer, "value"), value, Some(used_at));
                }
            }
        }
    }
}

/// Whether a media type is JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

/// Validates the values of one direction against the converted document.
fn validate(document: Value, checks: &[&CheckedValue], found: &mut Vec<Diagnostic>) {
    if checks.is_empty() {
        return;
    }
    let schemas = checks.iter().map(|check| json!({ "$ref": json_schema::reference(&check.schema) })).collect();
    let schema = Value::Object(Map::from_iter([
        ("prefixItems".to_owned(), Value::Array(schemas)),
        (json_schema::DOCUMENT.to_owned(), document),
    ]));
    let validator = match compile(&schema) {
        Ok(validator) => validator,
        Err(error) => {
            // What JSON Schema makes of a checked document is our concern and not the author's.
            let message = format!("defaults and examples were not checked: {}", error.masked());
            let help = "report this as an error of the generator: the document need not change";
            found.push(Diagnostic::warning("unchecked-examples", "", message).help(help));
            return;
        }
    };
    let values = Value::Array(checks.iter().map(|check| check.value.clone()).collect());
    for error in validator.iter_errors(&values) {
        found.extend(finding(&error, checks));
    }
}

fn compile(schema: &Value) -> Result<jsonschema::Validator, ValidationError<'static>> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(schema)
}

/// Turns a violation into a finding at the innermost place that explains it.
fn finding(error: &ValidationError<'_>, checks: &[&CheckedValue]) -> Option<Diagnostic> {
    let error = *messages::innermost(error).first()?;
    if messages::is_inconclusive(error) {
        return None;
    }
    let path = error.instance_path().as_str().trim_start_matches('/');
    let (index, within) = path.split_at(path.find('/').unwrap_or(path.len()));
    let check = checks.get(index.parse::<usize>().ok()?)?;
    let (rule, what) = check.rule();
    let message = format!("this {what} breaks `{}`: {}", error.kind().keyword(), messages::describe(error));
    let at = format!("{}{within}", check.pointer);
    let mut diagnostic =
        Diagnostic::error(rule, at, message).help(help::sample_value(what, error.kind().keyword(), error.instance()));
    let keyword = json_schema::source(error.schema_path().as_str()).unwrap_or(&check.schema);
    diagnostic.related.push((Place::Key(keyword.to_owned()), "the schema says so here".to_owned()));
    if let Some(used_at) = &check.used_at {
        diagnostic.related.push((Place::Key(used_at.clone()), "the example is used here".to_owned()));
    }
    Some(diagnostic)
}

#[cfg(test)]
mod tests;
