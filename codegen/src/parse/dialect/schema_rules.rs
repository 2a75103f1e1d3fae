//! Checks schemas beyond their keys and types.

use super::checker::Checker;
use super::openapi_objects::{ObjectKind, SCHEMA_TYPES};
use super::{formats, help};
use crate::diagnostics::Diagnostic;
use crate::numbers::compare;
use crate::parse::wording::{alternatives, enumeration, kind_of, short};
use crate::pointer::{self, PointerBuf};
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The types of each keyword that applies to some types only.
const TYPES_OF_KEYWORD: &[(&str, &[&str])] = &[
    ("multipleOf", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("minimum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("maxLength", &["string"]),
    ("minLength", &["string"]),
    ("pattern", &["string"]),
    ("items", &["array"]),
    ("maxItems", &["array"]),
    ("minItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("maxProperties", &["object"]),
    ("minProperties", &["object"]),
    ("required", &["object"]),
    ("properties", &["object"]),
    ("additionalProperties", &["object"]),
];

/// The keywords that give a schema its type.
const TYPE_GIVERS: [&str; 5] = ["type", "enum", "properties", "additionalProperties", "items"];

const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// The keywords of a lower and an upper bound.
const RANGES: &[(&str, &str)] =
    &[("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minimum", "maximum")];

/// Checks a schema that is not a `$ref`.
pub(super) fn check<'a>(checker: &mut Checker<'a>, schema: &'a Map<String, Value>, path: &mut PointerBuf) {
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        if name == "array" && !schema.contains_key("items") {
            let help = "add `items: { type: string }`";
            checker.missing(ObjectKind::Schema, "`items` beside `type: array`", help, path);
        }
        misplaced_keywords(checker, name, schema, path);
        enum_types(checker, name, schema, path);
    }
    missing_type(checker, schema, path);
    formats::check(checker, schema, path);
    for range in RANGES {
        empty_range(checker, schema, *range, path);
    }
    multiple_of(checker, schema, path);
    duplicate_required(checker, schema, path);
    enum_values(checker, schema, path);
    empty_compositions(checker, schema, path);
    note_references(checker, schema, path);
    read_only_and_write_only(checker, schema, path);
}

/// Warns about `nullable` and `format` without a `type`, if no other keyword gives one.
fn missing_type(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &PointerBuf) {
    let list = pointer::last(pointer::parent(path.here()));
    // The other parts of a composition may have the type.
    if COMPOSITIONS.contains(&&*list)
        || TYPE_GIVERS.iter().chain(&COMPOSITIONS).any(|keyword| schema.contains_key(*keyword))
    {
        return;
    }
    for key in ["nullable", "format"].into_iter().filter(|key| schema.contains_key(*key)) {
        let message = format!("`{key}` has no effect without `type`: this schema accepts any value");
        let help = format!("add `type`, such as `type: string`, or remove `{key}`");
        let warning = Diagnostic::warning("misplaced-keyword", path.child(key), message);
        checker.report(warning.at_key().help(help));
    }
}

fn multiple_of(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &PointerBuf) {
    if let Some(value @ Value::Number(step)) = schema.get("multipleOf")
        && step.as_f64().is_some_and(|step| step <= 0.0)
    {
        let help = "write a number above zero, or remove it";
        checker.wrong_value(path, ("multipleOf", value), "greater than zero", help);
    }
}

/// Reports an `allOf`, `oneOf` or `anyOf` without schemas.
fn empty_compositions(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &PointerBuf) {
    for key in COMPOSITIONS {
        if let Some(value @ Value::Array(parts)) = schema.get(key)
            && parts.is_empty()
        {
            let help = format!("list a schema, or remove `{key}`");
            checker.wrong_value(path, (key, value), "an array with at least one schema", &help);
        }
    }
}

/// Notes the parts of `allOf` and the targets of the discriminator, which are checked after the walk.
fn note_references<'a>(checker: &mut Checker<'a>, schema: &'a Map<String, Value>, path: &mut PointerBuf) {
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        checker.references.add_parts(path.here(), parts.len());
    }
    let Some(Value::Object(mapping)) = schema.get("discriminator").and_then(|value| value.get("mapping")) else {
        return;
    };
    let mut note = |path: &mut PointerBuf| {
        for (tag, target) in mapping.iter().filter(|(tag, _)| !tag.starts_with("x-")) {
            if let Value::String(target) = target {
                checker.references.add_mapping(path.child(tag), target);
            }
        }
    };
    path.within("discriminator", |path| path.within("mapping", &mut note));
}

fn read_only_and_write_only(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &PointerBuf) {
    if schema.get("readOnly") == Some(&Value::Bool(true)) && schema.get("writeOnly") == Some(&Value::Bool(true)) {
        let message = "a schema cannot be both `readOnly` and `writeOnly`";
        checker.report(
            Diagnostic::error("conflicting-keys", path.child("writeOnly"), message)
                .at_key()
                .related(path.child("readOnly"), "it is `readOnly` here")
                .help("remove one of them: `readOnly` is for responses only, `writeOnly` for requests only"),
        );
    }
}

/// Warns about keywords that do not apply to the type.
fn misplaced_keywords(checker: &mut Checker<'_>, name: &str, schema: &Map<String, Value>, path: &PointerBuf) {
    // An unknown type is another error.
    if !SCHEMA_TYPES.contains(&name) {
        return;
    }
    for (keyword, types) in TYPES_OF_KEYWORD {
        if schema.contains_key(*keyword) && !types.contains(&name) {
            let message = format!("`{keyword}` has no effect on `type: {name}`");
            checker.report(
                Diagnostic::warning("misplaced-keyword", path.child(keyword), message)
                    .at_key()
                    .help(format!("it applies to type {}", alternatives(types))),
            );
        }
    }
}

fn empty_range(
    checker: &mut Checker<'_>,
    schema: &Map<String, Value>,
    (lower, upper): (&str, &str),
    path: &PointerBuf,
) {
    let (Some(Value::Number(least)), Some(Value::Number(most))) = (schema.get(lower), schema.get(upper)) else {
        return;
    };
    let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let exclusive = lower == "minimum" && (flag("exclusiveMinimum") || flag("exclusiveMaximum"));
    let order = compare(least, most);
    if order == Ordering::Greater || (order == Ordering::Equal && exclusive) {
        let because = if order == Ordering::Equal { ", because one of them is exclusive" } else { "" };
        let message = format!("no value fits between `{lower}: {least}` and `{upper}: {most}`{because}");
        checker.report(
            Diagnostic::error("empty-range", path.child(lower), message)
                .related(path.child(upper), "the upper bound")
                .help(format!("lower `{lower}`, or raise `{upper}`")),
        );
    }
}

fn duplicate_required(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &mut PointerBuf) {
    let Some(Value::Array(names)) = schema.get("required") else {
        return;
    };
    path.within("required", |path| {
        let mut seen = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            let Some(name) = name.as_str() else { continue };
            if let Some(first) = seen.insert(name, index) {
                let message = format!("`required` lists `{name}` twice");
                checker.report(
                    Diagnostic::error("duplicate-required", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("remove one of them"),
                );
            }
        }
    });
}

fn enum_values(checker: &mut Checker<'_>, schema: &Map<String, Value>, path: &mut PointerBuf) {
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    if values.is_empty() {
        let help = "list the values, or remove `enum`";
        checker.wrong_value(path, ("enum", &schema["enum"]), "an array with at least one value", help);
    }
    path.within("enum", |path| {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, value) in values.iter().enumerate() {
            if let Some(first) = seen.insert(value.to_string(), index) {
                let message = format!("the value {} is listed twice", short(value));
                checker.report(
                    Diagnostic::error("duplicate-enum-value", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("remove one of them"),
                );
            }
        }
    });
}

/// Reports values of an enum that are not of its type, such as an unquoted `1` or `true` among strings.
fn enum_types(checker: &mut Checker<'_>, name: &str, schema: &Map<String, Value>, path: &mut PointerBuf) {
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    let fits = |value: &Value| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    for (index, value) in values.iter().enumerate().filter(|(_, value)| !value.is_null() && !fits(value)) {
        let pointer = path.within("enum", |path| path.child(&index.to_string()));
        let message = format!(
            "a value of this `enum` must be of type {}, but {} is {}",
            enumeration(&[name]),
            short(value),
            kind_of(value)
        );
        let quoted = (name == "string").then(|| help::text(value)).flatten();
        let help = quoted.unwrap_or_else(|| "remove it, or correct `type`".to_owned());
        checker.report(Diagnostic::error("wrong-type", pointer, message).help(help));
    }
}
