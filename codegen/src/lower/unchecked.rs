//! Reports constraints that `validate()` of the generated crate does not check, and enums that no type can represent.

use super::schema_form::SchemaForm;
use crate::diagnostics::Diagnostic;
use crate::pattern::is_checkable;
use crate::pointer;
use crate::resolve::{DiagnosticSink, JsonType, MergedSchema};
use crate::string_formats;
use serde_json::Value;

/// Reports the constraints of a plain schema that are not checked.
pub(super) fn report_unchecked(merged: &MergedSchema<'_>, diagnostics: &mut DiagnosticSink) {
    let mut warn = |keyword: &str, message: &str, help: &str| {
        let at = pointer::child(&merged.pointer, keyword);
        diagnostics.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
    };
    let form = SchemaForm::of(merged);
    let fraction = merged.number.multiple_of.as_ref().is_some_and(|step| step.as_i128().is_none());
    if form == SchemaForm::Integer && fraction {
        let message = "`validate()` does not check that an integer is a multiple of a fraction";
        warn("multipleOf", message, "write an integer");
    }
    if form == SchemaForm::String && merged.pattern.is_some_and(|pattern| !is_checkable(pattern)) {
        let help =
            "write it without look-around, backreferences and Unicode classes, or state the rule in `description`";
        warn("pattern", "`validate()` cannot check this pattern", help);
    }
    if let Some(format) = merged.format.filter(|format| form == SchemaForm::String && !is_checked_format(format)) {
        let message = format!("`validate()` does not check the format `{format}`");
        warn("format", &message, "add a `pattern` that does, or remove the format and state it in `description`");
    }
}

/// Returns whether `validate()` checks a format of strings, or the format restricts no value.
fn is_checked_format(format: &str) -> bool {
    string_formats::check_function(format).is_some() || matches!(format, "binary" | "password")
}

/// Reports a map that requires keys.
pub(super) fn report_required_keys(merged: &MergedSchema<'_>, diagnostics: &mut DiagnosticSink) {
    if let Some((name, pointer)) = merged.required.first() {
        let message = format!("`validate()` does not check that the map has the key `{name}`");
        diagnostics
            .push(Diagnostic::warning("unchecked-constraint", &**pointer, message).help("add it to `properties`"));
    }
}

/// Reports the listed values of a schema that did not become an enum.
pub(super) fn report_listed_values(merged: &MergedSchema<'_>, diagnostics: &mut DiagnosticSink) {
    let Some(values) = merged.values.as_deref().filter(|values| !values.is_empty()) else { return };
    let at = pointer::child(&merged.pointer, "enum");
    if merged.secret {
        let help = "remove `x-secret` or the `enum`: this document already reveals the listed values";
        diagnostics.push(Diagnostic::error("unsupported-enum", &*at, "a secret cannot have an `enum`").help(help));
    } else if SchemaForm::of(merged) == SchemaForm::Boolean && values.iter().all(|value| value.is_boolean()) {
        if let [only] = values {
            let message = format!("`validate()` does not check that this is always `{only}`");
            let help = "add the property to `required` to make it a constant, or allow both values";
            diagnostics.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
        }
    } else {
        let help = "list only strings or only 64-bit integers, use `anyOf` for a mixture, or remove the `enum`";
        diagnostics.push(Diagnostic::error("unsupported-enum", &*at, mixture(merged.json_type, values)).help(help));
    }
}

fn mixture(json_type: Option<JsonType>, values: &[&Value]) -> String {
    let mut types: Vec<&str> = Vec::new();
    for value_type in values.iter().filter_map(|value| JsonType::of_value(value)) {
        if !types.contains(&value_type.name()) {
            types.push(value_type.name());
        }
    }
    match (json_type, types.as_slice()) {
        (Some(own), [only]) if own.name() == *only => format!("a Rust enum cannot have values of type `{only}`"),
        (Some(own), _) => format!("this `enum` of type `{}` has values of type {}", own.name(), types.join(" and ")),
        (None, _) => format!("this `enum` mixes values of type {}", types.join(" and ")),
    }
}
