//! Violations of a schema in words.

use super::super::wording::short;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

/// The violations that explain best why a value fits none of several schemas: those of the only one that the value was
/// meant for. The violation itself where it is no such choice, or where that is unclear; never none.
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

/// Whether a violation says that the value is of another alternative: another JSON type, or another tag.
fn is_mismatch(error: &ValidationError<'_>, here: &str) -> bool {
    let within = error.instance_path().as_str().strip_prefix(here).unwrap_or_default();
    match error.kind() {
        ValidationErrorKind::Type { .. } => within.is_empty(),
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => within.matches('/').count() <= 1,
        _ => false,
    }
}

/// Whether it says nothing of the value, but that the engine gave up.
pub(super) fn is_inconclusive(error: &ValidationError<'_>) -> bool {
    matches!(
        error.kind(),
        ValidationErrorKind::BacktrackLimitExceeded { .. } | ValidationErrorKind::RegexEngineFailure { .. }
    )
}

/// The violation in words, the value cut where it is long.
pub(super) fn describe(error: &ValidationError<'_>) -> String {
    const LONGEST: usize = 200;
    let text = error.masked_with(short(error.instance())).to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
