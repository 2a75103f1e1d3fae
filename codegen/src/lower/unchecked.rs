//! Constraints that `validate()` of the generated crate does not check, and values that no type can hold.

use super::schema_form::SchemaForm;
use crate::diagnostics::Diagnostic;
use crate::pattern::is_checkable;
use crate::pointer;
use crate::resolve::{Findings, JsonType, MergedSchema};
use serde_json::Value;

/// Reports the constraints of a plain schema that are not checked.
pub(super) fn report_unchecked(merged: &MergedSchema<'_>, findings: &mut Findings) {
    let mut warn = |keyword: &str, message: &str, help: &str| {
        let at = pointer::child(&merged.pointer, keyword);
        findings.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
    };
    let form = SchemaForm::of(merged);
    let fraction = merged.number.multiple_of.as_ref().is_some_and(|step| step.as_i128().is_none());
    if form == SchemaForm::Integer && fraction {
        warn("multipleOf", "whether an integer is a multiple of a fraction is not checked", "use a whole number");
    }
    if form == SchemaForm::String && merged.pattern.is_some_and(|pattern| !is_checkable(pattern)) {
        let help = "write it without look-around, back references and Unicode classes, or say it in the description";
        warn("pattern", "this pattern is not checked", help);
    }
}

/// Reports a map that requires keys.
pub(super) fn report_required_keys(merged: &MergedSchema<'_>, findings: &mut Findings) {
    if let Some((name, pointer)) = merged.required.first() {
        let message = format!("whether a map has the key `{name}` is not checked");
        findings
            .push(Diagnostic::warning("unchecked-constraint", &**pointer, message).help("list it among `properties`"));
    }
}

/// Reports the listed values of a schema that did not become an enum.
pub(super) fn report_listed_values(merged: &MergedSchema<'_>, findings: &mut Findings) {
    let Some(values) = merged.values.as_deref().filter(|values| !values.is_empty()) else { return };
    let at = pointer::child(&merged.pointer, "enum");
    if merged.secret {
        let help = "leave out `x-secret`, since whoever reads this knows the values, or the `enum`";
        findings.push(Diagnostic::error("unsupported-enum", &*at, "a secret has no listed values").help(help));
    } else if SchemaForm::of(merged) == SchemaForm::Boolean && values.iter().all(|value| value.is_boolean()) {
        if let [only] = values {
            let message = format!("whether this is always `{only}` is not checked");
            let help = "list the property in `required` to make it a constant, or allow both values";
            findings.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
        }
    } else {
        let help = "list strings alone, or integers within 64 bits alone; for a mixture, use `anyOf`";
        findings.push(Diagnostic::error("unsupported-enum", &*at, mixture(merged.json_type, values)).help(help));
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
        (Some(own), [only]) if own.name() == *only => format!("an `enum` of type `{only}` has no counterpart in Rust"),
        (Some(own), _) => format!("an `enum` of type `{}` holds values of type {}", own.name(), types.join(", ")),
        (None, _) => format!("an `enum` mixes values of type {}", types.join(", ")),
    }
}
