//! Checks extensions: their names, the objects that have them, and their values.

use super::checker::Checker;
use super::extensions::{Condition, EXTENSIONS, Extension, ExtensionValue};
use super::openapi_objects::{ObjectKind, kind_at};
use crate::diagnostics::Diagnostic;
use crate::parse::wording::{alternatives, kind_of, short};
use crate::pointer::{self, PointerBuf, join};
use crate::{string_formats, suggest};
use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use serde_json::{Map, Value};

/// Checks an `x-…` key of an object.
pub(super) fn check(
    checker: &mut Checker<'_>,
    kind: ObjectKind,
    object: &Map<String, Value>,
    (key, value): (&str, &Value),
    path: &PointerBuf,
) {
    let rows: Vec<&Extension> = EXTENSIONS.iter().filter(|extension| extension.name == key).collect();
    if rows.is_empty() {
        checker.diagnostics.extend(unknown(key, path));
        return;
    }
    let Some(extension) = rows.iter().find(|extension| extension.object == kind) else {
        let owners: Vec<&str> = rows.iter().map(|extension| owner(extension.object)).collect();
        checker.report(misplaced(key, &owners.join(" or "), path));
        return;
    };
    if let Some(owner) = required_owner(extension.condition, object, path) {
        checker.report(misplaced(key, &owner, path));
    }
    check_value(extension.value, key, value, &path.child(key), &mut checker.diagnostics);
}

/// Returns the name of the objects that may have an extension, with its article.
fn owner(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Document => "the root of the document",
        _ => kind.name(),
    }
}

/// Describes the objects that a condition demands, if the object is not one of them.
fn required_owner(condition: Condition, object: &Map<String, Value>, path: &PointerBuf) -> Option<String> {
    let is_text = |key: &str, text: &str| object.get(key).and_then(Value::as_str) == Some(text);
    let (holds, owner) = match condition {
        Condition::Always => return None,
        Condition::Property => (is_property(path.here()), "a schema in `properties`".to_owned()),
        Condition::Alternatives => (
            ["enum", "oneOf", "anyOf"].iter().any(|key| object.contains_key(*key)),
            "a schema with `enum`, `oneOf` or `anyOf`".to_owned(),
        ),
        Condition::Type(name) => (is_text("type", name), format!("a schema with `type: {name}`")),
        Condition::Deprecated => (
            object.get("deprecated").and_then(Value::as_bool).unwrap_or_default(),
            "an object with `deprecated: true`".to_owned(),
        ),
        Condition::Header => (is_text("in", "header"), "a parameter with `in: header`".to_owned()),
    };
    (!holds).then_some(owner)
}

/// Returns whether the schema behind a pointer is directly in the `properties` of another schema.
fn is_property(pointer: &str) -> bool {
    let map = pointer::parent(pointer);
    pointer::last(map) == "properties" && kind_at(pointer::parent(map)) == Some(ObjectKind::Schema)
}

fn misplaced(key: &str, owner: &str, path: &PointerBuf) -> Diagnostic {
    Diagnostic::error("misplaced-extension", path.child(key), format!("`{key}` has no effect here"))
        .at_key()
        .help(format!("it belongs on {owner}"))
}

/// Returns the error for an unknown key that resembles one of ours.
fn unknown(key: &str, path: &PointerBuf) -> Option<Diagnostic> {
    const LIMIT: usize = 2;
    let near = EXTENSIONS
        .iter()
        .filter_map(|extension| Some((suggest::distance(key, extension.name, LIMIT)?, extension.name)))
        .min_by_key(|(distance, _)| *distance);
    let error = || {
        let message = format!("`{key}` is not a known extension");
        Diagnostic::error("unknown-extension", path.child(key), message).at_key()
    };
    match near {
        Some((_, name)) => Some(error().help(format!("did you mean `{name}`?"))),
        None if key.starts_with("x-rust-") => {
            let mut ours: Vec<&str> = EXTENSIONS.iter().map(|extension| extension.name).collect();
            ours.retain(|name| name.starts_with("x-rust-"));
            ours.sort_unstable();
            ours.dedup();
            Some(error().help(format!("write {}, or remove it", alternatives(&ours))))
        }
        None => None,
    }
}

/// Checks the value of an extension, or of a property of one.
fn check_value(expected_value: ExtensionValue, key: &str, value: &Value, pointer: &str, found: &mut Vec<Diagnostic>) {
    let (fits, expected) = match expected_value {
        ExtensionValue::TypeName => (value.as_str().map(is_type_name), "a Rust identifier in upper camel case"),
        ExtensionValue::ValueName => {
            (value.as_str().map(is_value_name), "a Rust identifier in snake case that is not a keyword")
        }
        ExtensionValue::PackageName => (value.as_str().map(is_package_name), "a package name in kebab case"),
        ExtensionValue::Variable => (value.as_str().map(is_variable), "the name of an environment variable"),
        ExtensionValue::Day => (value.as_str().map(string_formats::date), "a day such as `2026-01-31`"),
        ExtensionValue::Text => (value.as_str().map(|text| !text.is_empty()), "a non-empty string"),
        ExtensionValue::Pointer => (value.as_str().map(|text| text.starts_with('/')), "a non-empty JSON pointer"),
        ExtensionValue::Texts => (value.as_array().map(|list| list.iter().all(Value::is_string)), "a list of strings"),
        ExtensionValue::Count => (value.as_number().map(|_| value.is_u64()), "a non-negative integer"),
        ExtensionValue::True => (value.as_bool(), "`true`"),
        ExtensionValue::TypeNames => return check_type_names(key, value, pointer, found),
        ExtensionValue::Object(fields) => return check_object(fields, key, value, pointer, found),
    };
    match fits {
        Some(true) => {}
        Some(false) => {
            let message = format!("`{key}` must be {expected}, but is {}", short(value));
            found.push(Diagnostic::error("wrong-value", pointer, message).help(instead(expected_value, key, value)));
        }
        None => found.push(wrong_type(expected_value, (key, value), expected, pointer)),
    }
}

fn wrong_type(
    expected_value: ExtensionValue,
    (key, value): (&str, &Value),
    expected: &str,
    pointer: &str,
) -> Diagnostic {
    let message = format!("`{key}` must be {expected}, but is {}", kind_of(value));
    Diagnostic::error("wrong-type", pointer, message).help(instead(expected_value, key, value))
}

/// Says what to write instead of a value: the same text if only its case is wrong, or an example.
fn instead(expected_value: ExtensionValue, key: &str, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    let corrected = match expected_value {
        ExtensionValue::TypeName => Some(text.to_upper_camel_case()).filter(|name| is_type_name(name)),
        ExtensionValue::ValueName => Some(text.to_snake_case()).filter(|name| is_value_name(name)),
        ExtensionValue::PackageName => Some(text.to_kebab_case()).filter(|name| is_package_name(name)),
        ExtensionValue::Variable => Some(text.to_shouty_snake_case()).filter(|name| is_variable(name)),
        ExtensionValue::True => Some("true".to_owned()),
        _ => None,
    };
    match (expected_value, corrected) {
        (ExtensionValue::True, _) => format!("write `{key}: true`, or remove it"),
        (_, Some(corrected)) => format!("write `{key}: {corrected}`"),
        _ => format!("write a value such as `{key}: {}`", example(expected_value, key)),
    }
}

/// Returns an example of the value of an extension, or of a property of one.
fn example(expected_value: ExtensionValue, key: &str) -> String {
    let example = match expected_value {
        ExtensionValue::TypeName => "ThreadItem",
        ExtensionValue::ValueName => "next_page",
        ExtensionValue::PackageName => "petstore-client",
        ExtensionValue::Variable => "API_KEY",
        ExtensionValue::Day => "2026-01-31",
        ExtensionValue::Text => match key {
            "more" => "has_more",
            "parameter" => "after",
            "cursor" => "last_id",
            _ => "data",
        },
        ExtensionValue::Pointer => return format!("/error/{key}"),
        ExtensionValue::Texts => "[quota_exceeded]",
        ExtensionValue::Count => "1",
        ExtensionValue::True => "true",
        ExtensionValue::TypeNames => "{ value: Name }",
        ExtensionValue::Object(fields) => {
            let needed = fields.iter().any(|(.., required)| *required);
            let shown = fields.iter().filter(|(.., required)| *required || !needed);
            let parts: Vec<_> =
                shown.map(|(name, expected, _)| format!("{name}: {}", example(*expected, name))).collect();
            return format!("{{ {} }}", parts.join(", "));
        }
    };
    example.to_owned()
}

fn check_type_names(key: &str, value: &Value, pointer: &str, found: &mut Vec<Diagnostic>) {
    let Some(names) = value.as_object() else {
        found.push(wrong_type(
            ExtensionValue::TypeNames,
            (key, value),
            "an object from values to Rust identifiers",
            pointer,
        ));
        return;
    };
    for (of, name) in names {
        check_value(ExtensionValue::TypeName, of, name, &join(pointer, of), found);
    }
}

fn check_object(
    fields: &'static [(&'static str, ExtensionValue, bool)],
    key: &str,
    value: &Value,
    pointer: &str,
    found: &mut Vec<Diagnostic>,
) {
    let Some(properties) = value.as_object() else {
        found.push(wrong_type(ExtensionValue::Object(fields), (key, value), "an object", pointer));
        return;
    };
    for (name, value) in properties {
        let pointer = join(pointer, name);
        if let Some((_, of, _)) = fields.iter().find(|(field, ..)| field == name) {
            check_value(*of, name, value, &pointer, found);
        } else {
            let error = Diagnostic::error("unknown-key", pointer, format!("`{key}` has no key `{name}`")).at_key();
            let known: Vec<&str> = fields.iter().map(|(field, ..)| *field).collect();
            let near = suggest::did_you_mean(name, known.iter().copied());
            found.push(error.help(near.unwrap_or_else(|| format!("write {}, or remove it", alternatives(&known)))));
        }
    }
    for (name, of, required) in fields {
        if *required && !properties.contains_key(*name) {
            let error = Diagnostic::error("missing-key", pointer, format!("`{key}` needs `{name}`")).at_key();
            found.push(error.help(format!("add `{name}: {}`", example(*of, name))));
        }
    }
}

fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

fn is_type_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && !text.contains('_') && is_identifier(text)
}

fn is_value_name(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
        && !text.contains(char::is_uppercase)
        && !text.contains("__")
        && is_identifier(text)
}

fn is_package_name(text: &str) -> bool {
    let word = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.ends_with(word)
        && text.chars().all(|character| word(character) || matches!(character, '-' | '_'))
}

fn is_variable(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && text
            .chars()
            .all(|character| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_')
}

#[cfg(test)]
mod tests {
    use crate::string_formats::date;

    #[test]
    fn accepts_only_days_of_the_calendar() {
        for day in ["2026-01-31", "2024-02-29", "2000-02-29", "0001-12-01"] {
            assert!(date(day), "{day}");
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-04-31",
            "2026-00-10",
            "2026-1-1",
            "26-01-01",
            "+026-01-01",
            "2026-01-31T00:00:00Z",
            "",
        ] {
            assert!(!date(text), "{text}");
        }
    }
}
