//! What the table of keys cannot say about a schema.

use super::document_walk::DocumentWalk;
use super::help;
use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use crate::parse::wording::{compare, enumeration, kind_of, short};
use crate::pointer::Path;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Keywords that speak of some types only, with these types.
const BELONGS: &[(&str, &[&str])] = &[
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

const RANGES: &[(&str, &str)] =
    &[("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minimum", "maximum")];

/// Checks a schema that is no `$ref`.
pub(super) fn check<'a>(walk: &mut DocumentWalk<'a>, schema: &'a Map<String, Value>, path: &mut Path) {
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        if name == "array" && !schema.contains_key("items") {
            walk.missing(ObjectKind::Schema, "`items` beside `type: array`", "add `items: { type: string }`", path);
        }
        misplaced(walk, name, schema, path);
        enum_types(walk, name, schema, path);
    }
    for (lower, upper) in RANGES {
        empty_range(walk, schema, (lower, upper), path);
    }
    if let Some(Value::Number(step)) = schema.get("multipleOf")
        && step.as_f64().is_some_and(|step| step <= 0.0)
    {
        let value = &schema["multipleOf"];
        walk.wrong_value(path, ("multipleOf", value), "greater than zero", "leave it out, or write a step above zero");
    }
    duplicate_required(walk, schema, path);
    enum_values(walk, schema, path);
    for key in ["allOf", "oneOf", "anyOf"] {
        if let Some(Value::Array(parts)) = schema.get(key)
            && parts.is_empty()
        {
            let help = format!("list a schema, or leave `{key}` out");
            walk.wrong_value(path, (key, &schema[key]), "an array with at least one schema", &help);
        }
    }
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        walk.references.add_parts(path.here(), parts.len());
    }
    if let Some(Value::Object(mapping)) = schema.get("discriminator").and_then(|value| value.get("mapping")) {
        path.within("discriminator", |path| {
            path.within("mapping", |path| {
                for (tag, target) in mapping.iter().filter(|(tag, _)| !tag.starts_with("x-")) {
                    if let Value::String(target) = target {
                        walk.references.add_mapping(path.child(tag), target);
                    }
                }
            });
        });
    }
    if schema.get("readOnly") == Some(&Value::Bool(true)) && schema.get("writeOnly") == Some(&Value::Bool(true)) {
        let message = "a schema cannot be both `readOnly` and `writeOnly`";
        walk.found.push(
            Diagnostic::error("conflicting-keys", path.child("writeOnly"), message)
                .at_key()
                .related(path.child("readOnly"), "it is `readOnly` here")
                .help("leave one of them out: responses alone have what is `readOnly`, requests what is `writeOnly`"),
        );
    }
}

/// Warns of keywords without effect on the type.
fn misplaced(walk: &mut DocumentWalk<'_>, name: &str, schema: &Map<String, Value>, path: &Path) {
    // An unknown type is an error of its own.
    if !super::openapi_objects::SCHEMA_TYPES.contains(&name) {
        return;
    }
    for (keyword, types) in BELONGS {
        if schema.contains_key(*keyword) && !types.contains(&name) {
            let message = format!("`{keyword}` has no effect on `type: {name}`");
            walk.found.push(
                Diagnostic::warning("misplaced-keyword", path.child(keyword), message)
                    .at_key()
                    .help(format!("it belongs to the type {}", crate::parse::wording::alternatives(types))),
            );
        }
    }
}

fn empty_range(walk: &mut DocumentWalk<'_>, schema: &Map<String, Value>, (lower, upper): (&str, &str), path: &Path) {
    let (Some(Value::Number(least)), Some(Value::Number(most))) = (schema.get(lower), schema.get(upper)) else {
        return;
    };
    let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let exclusive = lower == "minimum" && (flag("exclusiveMinimum") || flag("exclusiveMaximum"));
    let empty = match compare(least, most) {
        Some(Ordering::Greater) => true,
        Some(Ordering::Equal) => exclusive,
        _ => false,
    };
    if empty {
        let message = format!("nothing fits between `{lower}: {least}` and `{upper}: {most}`");
        walk.found.push(
            Diagnostic::error("empty-range", path.child(lower), message)
                .related(path.child(upper), "the upper bound")
                .help(format!("lower `{lower}`, or raise `{upper}`")),
        );
    }
}

fn duplicate_required(walk: &mut DocumentWalk<'_>, schema: &Map<String, Value>, path: &mut Path) {
    let Some(Value::Array(names)) = schema.get("required") else {
        return;
    };
    path.within("required", |path| {
        let mut seen = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            let Some(name) = name.as_str() else { continue };
            if let Some(first) = seen.insert(name, index) {
                let message = format!("`{name}` is listed as required twice");
                walk.found.push(
                    Diagnostic::error("duplicate-required", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("leave one of them out"),
                );
            }
        }
    });
}

fn enum_values(walk: &mut DocumentWalk<'_>, schema: &Map<String, Value>, path: &mut Path) {
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    if values.is_empty() {
        let help = "list the values, or leave `enum` out";
        walk.wrong_value(path, ("enum", &schema["enum"]), "an array with at least one value", help);
    }
    path.within("enum", |path| {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, value) in values.iter().enumerate() {
            if let Some(first) = seen.insert(value.to_string(), index) {
                let message = format!("the value {} is listed twice", short(value));
                walk.found.push(
                    Diagnostic::error("duplicate-enum-value", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("leave one of them out"),
                );
            }
        }
    });
}

/// Reports values of an enum that its type does not have, as YAML makes them of an unquoted `1` or `true`.
fn enum_types(walk: &mut DocumentWalk<'_>, name: &str, schema: &Map<String, Value>, path: &mut Path) {
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
            "a value of this enum must be of type {}, but {} is {}",
            enumeration(&[name]),
            short(value),
            kind_of(value)
        );
        let quoted = (name == "string").then(|| help::text(value)).flatten();
        let help = quoted.unwrap_or_else(|| "leave it out, or correct `type`".to_owned());
        walk.found.push(Diagnostic::error("wrong-type", pointer, message).help(help));
    }
}
