//! Messages about violations of a schema.

use crate::parse::wording::short;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

/// Returns the violations that best explain why a value matches none of several schemas: those of the schema that the
/// value was meant for.
///
/// Returns the violation itself if it is not about `anyOf` or `oneOf`, or if the schema that was meant is unclear. The
/// result is never empty.
pub(super) fn innermost<'a, 'b>(error: &'b ValidationError<'a>) -> Vec<&'b ValidationError<'a>>
where
    'a: 'b,
{
    let (ValidationErrorKind::AnyOf { context: branches } | ValidationErrorKind::OneOfNotValid { context: branches }) =
        error.kind()
    else {
        return vec![error];
    };
    let here = error.instance_path().as_str();
    let mut meant = branches.iter().filter(|errors| !errors.iter().any(|error| is_mismatch(error, here)));
    match (meant.next(), meant.next()) {
        (Some(errors), None) if !errors.is_empty() => errors.iter().flat_map(innermost).collect(),
        _ => vec![error],
    }
}

/// Returns whether a violation shows that the value was meant for another schema, by another JSON type or another tag.
fn is_mismatch(error: &ValidationError<'_>, here: &str) -> bool {
    let within = error.instance_path().as_str().strip_prefix(here).unwrap_or_default();
    match error.kind() {
        ValidationErrorKind::Type { .. } => within.is_empty(),
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => within.matches('/').count() <= 1,
        _ => false,
    }
}

/// Returns whether the engine gave up. Such a violation says nothing about the value.
pub(super) fn is_inconclusive(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        ValidationErrorKind::BacktrackLimitExceeded { .. } | ValidationErrorKind::RegexEngineFailure { .. }
    )
}

/// Describes a violation. A long value is cut.
pub(super) fn describe(error: &ValidationError<'_>) -> String {
    const LONGEST: usize = 200;
    let text = error.masked_with(short(error.instance())).to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Returns the help for a value that its schema rejects.
pub(super) fn help(what: &str, keyword: &str, value: &Value) -> String {
    match keyword {
        "type" if value.is_null() => format!("remove the {what}, or write `nullable: true` in the schema"),
        "required" => "add the property, or remove it from `required`".to_owned(),
        "additionalProperties" => "remove the property, or add it to `properties`".to_owned(),
        "enum" => "write one of the values, or add this one to `enum`".to_owned(),
        _ => "write a value that the schema accepts, or relax the schema".to_owned(),
    }
}
