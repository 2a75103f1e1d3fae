//! What to write in place of a value that is wrong.

use super::openapi_objects::{Field, Kind, LOCATIONS, Shape, TYPES};
use crate::parse::suggest;
use serde_json::Value;

/// Words that other formats have: the words that belong there, the word, and what to write instead of it.
const WORDS: &[(&[&str], &str, &str)] = &[
    (LOCATIONS, "body", "describe a body by the operation's `requestBody`"),
    (
        LOCATIONS,
        "formData",
        "describe a form by the operation's `requestBody`, with `multipart/form-data` in `content`",
    ),
    (TYPES, "any", "leave `type` out, which allows anything"),
    (TYPES, "bool", "write `type: boolean`"),
    (TYPES, "date", "write `type: string` and `format: date`"),
    (TYPES, "date-time", "write `type: string` and `format: date-time`"),
    (TYPES, "datetime", "write `type: string` and `format: date-time`"),
    (TYPES, "dict", "write `type: object`"),
    (TYPES, "double", "write `type: number` and `format: double`"),
    (TYPES, "file", "write `type: string` and `format: binary`"),
    (TYPES, "float", "write `type: number` and `format: float`"),
    (TYPES, "int", "write `type: integer`"),
    (TYPES, "int32", "write `type: integer` and `format: int32`"),
    (TYPES, "int64", "write `type: integer` and `format: int64`"),
    (TYPES, "list", "write `type: array`"),
    (TYPES, "long", "write `type: integer` and `format: int64`"),
    (TYPES, "map", "write `type: object`"),
    (TYPES, "uuid", "write `type: string` and `format: uuid`"),
];

/// For a word that is none of those that belong there.
pub(super) fn word(words: &[&str], key: &str, word: &str) -> String {
    let known = WORDS.iter().find(|(among, other, _)| *among == words && *other == word);
    known
        .map(|(.., help)| (*help).to_owned())
        .or_else(|| suggest::did_you_mean(word, words.iter().copied()))
        .unwrap_or_else(|| match words {
            [only] => format!("write `{key}: {only}`"),
            _ => format!("write one of them, as in `{key}: {}`", words.first().unwrap_or(&"…")),
        })
}

/// For a value that has not the shape of its key.
pub(super) fn shape(shape: Shape, key: &str, value: &Value) -> String {
    match shape {
        Shape::Any => format!("write a value, or leave `{key}` out"),
        Shape::Text => text(value).unwrap_or_else(|| format!("write text, as in `{key}: \"…\"`")),
        Shape::Word(words) => format!("write a word, as in `{key}: {}`", words.first().unwrap_or(&"…")),
        Shape::Flag => flag(key, value),
        Shape::Number | Shape::Count => number(key, value),
        Shape::Texts if key == "required" && value.is_boolean() => {
            "list the required properties in the object's `required`: `required: [name]`".to_owned()
        }
        Shape::Texts | Shape::Values => list(key, value),
        Shape::TextMap => format!("write a mapping from names to text, as in `{key}: {{ name: \"…\" }}`"),
        Shape::AnyMap => format!("write a mapping, as in `{key}: {{ name: … }}`"),
        Shape::Object(kind) => object(kind, value),
        Shape::List(_) if value.is_object() => format!("write a list: begin each element of `{key}` with `- `"),
        Shape::List(kind) => format!("write a list, as in `{key}: [{}]`", sample(kind)),
        Shape::Map(kind) => {
            let name = if kind == Kind::MediaType { "application/json" } else { "name" };
            format!("write a mapping from names, as in `{key}: {{ {name}: {} }}`", sample(kind))
        }
        Shape::SchemaOrFlag => format!("write `{key}: true`, or a schema, as in `{key}: {{ type: string }}`"),
    }
}

/// For a value that must be text.
pub(super) fn text(value: &Value) -> Option<String> {
    (value.is_number() || value.is_boolean()).then(|| format!("quote it: `\"{value}\"`"))
}

/// For an element that must be text.
pub(super) fn element(value: &Value) -> String {
    text(value).unwrap_or_else(|| "write text, in quotes where it is empty or looks like something else".to_owned())
}

fn flag(key: &str, value: &Value) -> String {
    match value.as_str().map(str::to_ascii_lowercase).as_deref() {
        Some("true" | "yes" | "on") => format!("write `{key}: true`"),
        Some("false" | "no" | "off") => format!("write `{key}: false`"),
        _ => format!("write `{key}: true` or `{key}: false`"),
    }
}

/// For a value that must be a number; a whole number from zero is always one.
pub(super) fn number(key: &str, value: &Value) -> String {
    let number = match value {
        Value::String(text) => text.parse::<f64>().ok(),
        other => other.as_f64(),
    };
    match number {
        Some(number) if number >= 0.0 && number.is_finite() && number.fract() == 0.0 => {
            format!("write `{key}: {number:.0}`")
        }
        _ => format!("write a number, as in `{key}: 10`"),
    }
}

fn list(key: &str, value: &Value) -> String {
    match value {
        Value::Null => format!("write a list: `{key}: []`"),
        Value::Object(_) | Value::Array(_) => format!("write a list, as in `{key}: [name]`"),
        Value::String(text) => format!("write a list: `{key}: [{text}]`"),
        // A list of values takes any; all others take text.
        scalar if key == "enum" => format!("write a list: `{key}: [{scalar}]`"),
        scalar => format!("write a list: `{key}: [\"{scalar}\"]`"),
    }
}

/// For a value that must be an object.
pub(super) fn object(kind: Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Schema, Value::String(name)) if TYPES.contains(&name.as_str()) => format!("write `{{ type: {name} }}`"),
        (Kind::SecurityRequirement, Value::String(name)) => format!("write `{{ {name}: [] }}`"),
        (_, Value::String(target)) if kind.by_reference() && target.starts_with("#/") => {
            format!("write `{{ $ref: '{target}' }}`")
        }
        _ => format!("write a mapping, as in `{}`", sample(kind)),
    }
}

/// The smallest object of a kind that says something.
fn sample(kind: Kind) -> String {
    let sample = match kind {
        Kind::Schema => "{ type: string }",
        Kind::Parameter => "{ name: limit, in: query, schema: { type: integer } }",
        Kind::Header | Kind::MediaType => "{ schema: { type: string } }",
        Kind::Paths => "{ /pets: { get: … } }",
        Kind::PathItem => "{ get: … }",
        Kind::Responses => "{ '200': { description: Done } }",
        Kind::Callback => "{ '{$request.body#/url}': { post: … } }",
        Kind::SecurityScheme => "{ type: http, scheme: bearer }",
        Kind::SecurityRequirement => "{ ApiKey: [] }",
        Kind::Link => "{ operationId: getPet }",
        Kind::Example => "{ value: … }",
        _ => return of_fields(kind.fields()),
    };
    sample.to_owned()
}

/// The required keys, or the first key where none is required.
fn of_fields(fields: &[Field]) -> String {
    let needed: Vec<String> =
        fields.iter().filter_map(|field| field.required.map(|example| format!("{}: {example}", field.key))).collect();
    match fields.first() {
        Some(first) if needed.is_empty() => format!("{{ {}: … }}", first.key),
        _ => format!("{{ {} }}", needed.join(", ")),
    }
}

/// For a value that is in the way of its schema.
pub(in crate::parse) fn sample_value(what: &str, keyword: &str, value: &Value) -> String {
    match keyword {
        "type" if value.is_null() => format!("leave the {what} out, or write `nullable: true` in the schema"),
        "required" => "add the property, or leave it out of `required`".to_owned(),
        "additionalProperties" => "leave the property out, or list it among `properties`".to_owned(),
        "enum" => "write one of the values, or add this one to `enum`".to_owned(),
        _ => "write a value that the schema accepts, or widen the schema".to_owned(),
    }
}
