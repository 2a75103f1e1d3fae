//! Checks values that contain no OpenAPI objects: scalars, lists of scalars, and maps of strings.

use super::checker::Checker;
use super::help;
use super::openapi_objects::FieldType;
use crate::diagnostics::Diagnostic;
use crate::parse::wording::{alternatives, kind_of};
use crate::pointer::PointerBuf;
use serde_json::{Map, Number, Value};

/// Checks a value against the type of its field. Reports every value if the field holds objects.
pub(super) fn check(checker: &mut Checker<'_>, field_type: FieldType, (key, value): (&str, &Value), path: &PointerBuf) {
    match (field_type, value) {
        (FieldType::Any, _)
        | (FieldType::Text, Value::String(_))
        | (FieldType::Boolean | FieldType::SchemaOrBoolean, Value::Bool(_))
        | (FieldType::Number, Value::Number(_))
        | (FieldType::Values, Value::Array(_))
        | (FieldType::AnyMap, Value::Object(_)) => {}
        (FieldType::Count, Value::Number(number)) => whole_number(checker, key, number, path),
        (FieldType::Word(words), Value::String(word)) => one_of(checker, words, (key, word), path),
        (FieldType::Texts, Value::Array(items)) => texts(checker, items, path),
        (FieldType::TextMap, Value::Object(properties)) => text_map(checker, properties, path),
        _ => {
            let help = help::field(field_type, key, value);
            checker.report(wrong_field_type(field_type, (key, value), path.here()).help(help));
        }
    }
}

/// Returns the error for the value of a field that is not of its type.
pub(super) fn wrong_field_type(
    field_type: FieldType,
    (key, value): (&str, &Value),
    pointer: impl Into<String>,
) -> Diagnostic {
    let message = format!("`{key}` must be {}, but is {}", expectation(field_type), kind_of(value));
    Diagnostic::error("wrong-type", pointer, message)
}

/// Returns whether a field never holds an object.
pub(super) fn is_plain(field_type: FieldType) -> bool {
    matches!(
        field_type,
        FieldType::Text
            | FieldType::Boolean
            | FieldType::Number
            | FieldType::Count
            | FieldType::Word(_)
            | FieldType::Texts
            | FieldType::Values
    )
}

/// Returns the error for a value that is not of the expected type.
pub(super) fn wrong_type(expected: &str, value: &Value, pointer: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", pointer, format!("expected {expected}, found {}", kind_of(value)))
}

fn whole_number(checker: &mut Checker<'_>, key: &str, number: &Number, path: &PointerBuf) {
    // JSON Schema takes `3.0` for an integer, but openapiv3 rejects it.
    if number.is_u64() {
        return;
    }
    let rule = if number.is_i64() { "wrong-value" } else { "wrong-type" };
    let message = format!("`{key}` must be a non-negative integer, but is {number}");
    let help = help::number(key, &Value::Number(number.clone()));
    checker.report(Diagnostic::error(rule, path.here(), message).help(help));
}

fn one_of(checker: &mut Checker<'_>, words: &[&'static str], (key, word): (&str, &str), path: &PointerBuf) {
    if words.contains(&word) {
        return;
    }
    let message = format!("`{key}` must be {}, but is `{word}`", alternatives(words));
    let help = help::word(words, key, word);
    checker.report(Diagnostic::error("wrong-value", path.here(), message).help(help));
}

fn texts(checker: &mut Checker<'_>, items: &[Value], path: &PointerBuf) {
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
        let pointer = path.child(&index.to_string());
        checker.report(wrong_type("a string", item, &pointer).help(help::element(item)));
    }
}

fn text_map(checker: &mut Checker<'_>, properties: &Map<String, Value>, path: &PointerBuf) {
    for (name, item) in properties.iter().filter(|(_, item)| !item.is_string()) {
        if !name.starts_with("x-") {
            checker.report(wrong_type("a string", item, &path.child(name)).help(help::element(item)));
        }
    }
}

fn expectation(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Any => "any value",
        FieldType::Text | FieldType::Word(_) => "a string",
        FieldType::Boolean => "a boolean",
        FieldType::Number => "a number",
        FieldType::Count => "a non-negative integer",
        FieldType::Texts => "an array of strings",
        FieldType::TextMap => "an object with string values",
        FieldType::AnyMap | FieldType::Map(_) => "an object",
        FieldType::SchemaOrBoolean => "a schema or a boolean",
        FieldType::Object(kind) => kind.name(),
        FieldType::Values | FieldType::List(_) => "an array",
    }
}
