//! Checks keys that OpenAPI does not define, and keys that the document chooses.

use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use crate::suggest;
use serde_json::{Map, Value};

/// Returns the error for a key that the kind does not have.
pub(super) fn unknown_key(kind: ObjectKind, key: &str, pointer: String) -> Diagnostic {
    let error = Diagnostic::error("unknown-key", pointer, format!("{} has no key `{key}`", kind.name())).at_key();
    if key == "$ref" {
        return error.help(
            "write the object here: `$ref` is only for schemas, parameters, headers, bodies, responses, examples, \
             links, callbacks, security schemes and path items",
        );
    }
    let near = suggest::did_you_mean(key, kind.fixed_fields().iter().map(|field| field.key));
    error.help(near.unwrap_or_else(|| format!("remove it, or write it as an extension: `x-{key}`")))
}

/// Returns the help for a schema that is a key of an object schema, where it was probably meant as a property.
pub(super) fn lost_property(
    kind: ObjectKind,
    object: &Map<String, Value>,
    (key, value): (&str, &Value),
) -> Option<String> {
    const KEYWORDS: [&str; 8] = ["$ref", "allOf", "anyOf", "enum", "items", "oneOf", "properties", "type"];
    let has_properties = object.contains_key("properties") || object.get("type").is_some_and(|name| name == "object");
    let is_schema = value.as_object().is_some_and(|value| KEYWORDS.iter().any(|key| value.contains_key(*key)));
    (kind == ObjectKind::Schema && has_properties && is_schema)
        .then(|| format!("if `{key}` is a property, indent it one level more, so that it is in `properties`"))
}

/// Returns the error for a key that the document chose, if the kind does not allow it.
pub(super) fn patterned_key(kind: ObjectKind, key: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error("wrong-key", pointer(), message).at_key();
    match kind {
        ObjectKind::Paths if !key.starts_with('/') => {
            Some(error(format!("the path `{key}` must start with `/`")).help(format!("write `/{key}`")))
        }
        ObjectKind::Paths => {
            let letter = misplaced_in_path(key)?;
            let help = match letter {
                '?' => "declare query parameters in `parameters`, with `in: query`".to_owned(),
                _ => format!("percent-encode it: `{}`", percent_encoded(letter)),
            };
            Some(error(format!("the path `{key}` contains `{letter}`, which a URL path cannot contain")).help(help))
        }
        ObjectKind::Responses if !is_status(key) => Some(
            error(format!("`{key}` is not the status of a response"))
                .help("write a code such as `\"200\"`, a range such as `2XX`, or `default`"),
        ),
        _ => None,
    }
}

/// Returns the error for a component whose name OpenAPI does not allow.
pub(super) fn component_name(name: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    (name.is_empty() || !name.chars().all(plain)).then(|| {
        Diagnostic::error("wrong-key", pointer(), format!("`{name}` is not a valid component name"))
            .at_key()
            .help("use only ASCII letters, digits, `.`, `-` and `_`")
    })
}

/// Finds a character that a path must encode or cannot contain. Names of parameters may contain any.
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

fn percent_encoded(letter: char) -> String {
    let bytes: Vec<String> = letter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => rest == b"XX" || (rest.len() == 2 && rest.iter().all(u8::is_ascii_digit)),
        _ => false,
    }
}
