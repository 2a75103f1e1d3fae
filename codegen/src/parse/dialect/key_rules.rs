//! Checks keys: those that OpenAPI does not have, and those that the document chooses.

use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use crate::suggest;

/// Returns the error for a key that the kind does not have.
pub(super) fn unknown_key(kind: ObjectKind, key: &str, pointer: String) -> Diagnostic {
    let error = Diagnostic::error("unknown-key", pointer, format!("{} has no key `{key}`", kind.name())).at_key();
    if key == "$ref" {
        return error.help(
            "only schemas, parameters, headers, bodies, responses, examples, links, callbacks, security \
                           schemes and path items can be referred to",
        );
    }
    let near = suggest::did_you_mean(key, kind.fixed_fields().iter().map(|field| field.key));
    error.help(near.unwrap_or_else(|| format!("remove it, or write it as an extension: `x-{key}`")))
}

/// Returns the error for a key that the document chose, if the kind does not allow it.
pub(super) fn patterned_key(kind: ObjectKind, key: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error("wrong-key", pointer(), message).at_key();
    match kind {
        ObjectKind::Paths if !key.starts_with('/') => {
            Some(error(format!("the path `{key}` does not start with `/`")).help(format!("write `/{key}`")))
        }
        ObjectKind::Paths => {
            let letter = misplaced_in_path(key)?;
            let help = match letter {
                '?' => "list what stands behind it in `parameters`, with `in: query`",
                _ => "write it in percent-encoding, as in `%20`",
            };
            Some(error(format!("the path `{key}` holds `{letter}`, which no address has there")).help(help))
        }
        ObjectKind::Responses if !is_status(key) => Some(
            error(format!("`{key}` is no status of a response"))
                .help("write a code as in `\"200\"`, a range as in `2XX`, or `default`"),
        ),
        _ => None,
    }
}

/// Returns the error for a component whose name no `$ref` can hold.
pub(super) fn component_name(name: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    (name.is_empty() || !name.chars().all(plain)).then(|| {
        Diagnostic::error("wrong-key", pointer(), format!("`{name}` is no name of a component"))
            .at_key()
            .help("use ASCII letters, digits, `.`, `-` and `_` only")
    })
}

/// Finds a character outside of the parameters' names that a path must encode or cannot hold.
fn misplaced_in_path(path: &str) -> Option<char> {
    let mut in_name = false;
    path.chars().find(|letter| match letter {
        '{' | '}' => {
            in_name = *letter == '{';
            false
        }
        letter => !in_name && !letter.is_ascii_alphanumeric() && !"-._~%!$&'()*+,;=:@/".contains(*letter),
    })
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => rest == b"XX" || (rest.len() == 2 && rest.iter().all(u8::is_ascii_digit)),
        _ => false,
    }
}
