//! Violations of a schema in words.

use super::super::dialect::values::short;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

/// The violation that explains best why a value fits none of several schemas: the only one of the schemas that the
/// value was meant for.
pub(super) fn innermost<'a, 'b>(error: &'b ValidationError<'a>) -> &'b ValidationError<'a>
where
    'a: 'b,
{
    let mut current: &'b ValidationError<'a> = error;
    loop {
        let (ValidationErrorKind::AnyOf { context: branches }
        | ValidationErrorKind::OneOfNotValid { context: branches }) = current.kind()
        else {
            return current;
        };
        let here = current.instance_path().as_str();
        let mut meant = branches.iter().filter(|errors| !errors.iter().any(|error| is_mismatch(error, here)));
        match (meant.next().and_then(|errors| errors.first()), meant.next()) {
            (Some(inner), None) => current = inner,
            _ => return current,
        }
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
