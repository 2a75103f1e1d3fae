//! Help for wrong values: what to write instead.

use super::openapi_objects::{FieldType, FixedField, ObjectKind, PARAMETER_LOCATIONS, SCHEMA_TYPES};
use crate::suggest;
use serde_json::Value;

/// Words of other formats, each with the list of OpenAPI's words that it is mistaken for, and the help.
const WORDS: &[(&[&str], &str, &str)] = &[
    (PARAMETER_LOCATIONS, "body", "describe the body in `requestBody` of the operation"),
    (
        PARAMETER_LOCATIONS,
        "formData",
        "describe the form in `requestBody` of the operation, with `multipart/form-data` in `content`",
    ),
    (SCHEMA_TYPES, "any", "remove `type`, which allows anything"),
    (SCHEMA_TYPES, "bool", "write `type: boolean`"),
    (SCHEMA_TYPES, "date", "write `type: string` and `format: date`"),
    (SCHEMA_TYPES, "date-time", "write `type: string` and `format: date-time`"),
    (SCHEMA_TYPES, "datetime", "write `type: string` and `format: date-time`"),
    (SCHEMA_TYPES, "dict", "write `type: object`"),
    (SCHEMA_TYPES, "double", "write `type: number` and `format: double`"),
    (SCHEMA_TYPES, "file", "write `type: string` and `format: binary`"),
    (SCHEMA_TYPES, "float", "write `type: number` and `format: float`"),
    (SCHEMA_TYPES, "int", "write `type: integer`"),
    (SCHEMA_TYPES, "int32", "write `type: integer` and `format: int32`"),
    (SCHEMA_TYPES, "int64", "write `type: integer` and `format: int64`"),
    (SCHEMA_TYPES, "list", "write `type: array`"),
    (SCHEMA_TYPES, "long", "write `type: integer` and `format: int64`"),
    (SCHEMA_TYPES, "map", "write `type: object`"),
    (SCHEMA_TYPES, "uuid", "write `type: string` and `format: uuid`"),
];

/// Returns the help for a word that is not one of those that OpenAPI allows.
pub(super) fn word(words: &[&str], key: &str, word: &str) -> String {
    let known = WORDS.iter().find(|(among, other, _)| *among == words && *other == word);
    known
        .map(|(.., help)| (*help).to_owned())
        .or_else(|| suggest::did_you_mean(word, words.iter().copied()))
        .unwrap_or_else(|| match words {
            [only] => format!("write `{key}: {only}`"),
            _ => format!("write one of these, such as `{key}: {}`", words.first().unwrap_or(&"…")),
        })
}

/// Returns the help for a value that does not have the type of its field.
pub(super) fn field(field_type: FieldType, key: &str, value: &Value) -> String {
    match field_type {
        FieldType::Any => format!("write a value, or remove `{key}`"),
        FieldType::Text => text(value).unwrap_or_else(|| format!("write a string, such as `{key}: \"…\"`")),
        FieldType::Word(words) => format!("write a string, such as `{key}: {}`", words.first().unwrap_or(&"…")),
        FieldType::Boolean => flag(key, value),
        FieldType::Number | FieldType::Count => number(key, value),
        FieldType::Texts if key == "required" && value.is_boolean() => {
            "list the required properties in the object's `required`: `required: [name]`".to_owned()
        }
        FieldType::Texts | FieldType::Values => list(key, value),
        FieldType::TextMap => format!("write a mapping from names to strings, such as `{key}: {{ name: \"…\" }}`"),
        FieldType::AnyMap => format!("write a mapping, such as `{key}: {{ name: … }}`"),
        FieldType::Object(kind) => object(kind, value),
        FieldType::List(_) if value.is_object() => format!("write a list: start each element of `{key}` with `- `"),
        FieldType::List(kind) => format!("write a list, such as `{key}: [{}]`", sample(kind)),
        FieldType::Map(kind) => {
            let name = if kind == ObjectKind::MediaType { "application/json" } else { "name" };
            format!("write a mapping, such as `{key}: {{ {name}: {} }}`", sample(kind))
        }
        FieldType::SchemaOrBoolean => format!("write `{key}: true`, or a schema, such as `{key}: {{ type: string }}`"),
    }
}

/// Returns the help for a value that must be a string, if quotes make it one.
pub(super) fn text(value: &Value) -> Option<String> {
    (value.is_number() || value.is_boolean()).then(|| format!("quote it: `\"{value}\"`"))
}

/// Returns the help for an element that must be a string.
pub(super) fn element(value: &Value) -> String {
    text(value).unwrap_or_else(|| "write a string, in quotes if it is empty or looks like another type".to_owned())
}

fn flag(key: &str, value: &Value) -> String {
    match value.as_str().map(str::to_ascii_lowercase).as_deref() {
        Some("true" | "yes" | "on") => format!("write `{key}: true`"),
        Some("false" | "no" | "off") => format!("write `{key}: false`"),
        _ => format!("write `{key}: true` or `{key}: false`"),
    }
}

/// Returns the help for a value that must be a number. It suggests a non-negative integer, which every such field
/// allows.
pub(super) fn number(key: &str, value: &Value) -> String {
    let number = match value {
        Value::String(text) => text.parse::<f64>().ok(),
        other => other.as_f64(),
    };
    match number {
        Some(number) if number >= 0.0 && number.is_finite() && number.fract() == 0.0 => {
            format!("write `{key}: {number:.0}`")
        }
        _ => format!("write a number, such as `{key}: 10`"),
    }
}

fn list(key: &str, value: &Value) -> String {
    match value {
        Value::Null => format!("write a list: `{key}: []`"),
        Value::Object(_) | Value::Array(_) => format!("write a list, such as `{key}: [name]`"),
        Value::String(text) => format!("write a list: `{key}: [{text}]`"),
        // `enum` accepts any value. All other lists accept only strings.
        scalar if key == "enum" => format!("write a list: `{key}: [{scalar}]`"),
        scalar => format!("write a list: `{key}: [\"{scalar}\"]`"),
    }
}

/// Returns the help for a value that must be an object.
pub(super) fn object(kind: ObjectKind, value: &Value) -> String {
    match (kind, value) {
        (ObjectKind::Schema, Value::String(name)) if SCHEMA_TYPES.contains(&name.as_str()) => {
            format!("write `{{ type: {name} }}`")
        }
        (ObjectKind::SecurityRequirement, Value::String(name)) => format!("write `{{ {name}: [] }}`"),
        (_, Value::String(target)) if kind.may_be_reference() && target.starts_with("#/") => {
            format!("write `{{ $ref: '{target}' }}`")
        }
        _ => format!("write a mapping, such as `{}`", sample(kind)),
    }
}

/// Returns a small object of a kind.
fn sample(kind: ObjectKind) -> String {
    let sample = match kind {
        ObjectKind::Schema => "{ type: string }",
        ObjectKind::Parameter => "{ name: limit, in: query, schema: { type: integer } }",
        ObjectKind::Header | ObjectKind::MediaType => "{ schema: { type: string } }",
        ObjectKind::Paths => "{ /pets: { get: … } }",
        ObjectKind::PathItem => "{ get: … }",
        ObjectKind::Responses => "{ '200': { description: Done } }",
        ObjectKind::Callback => "{ '{$request.body#/url}': { post: … } }",
        ObjectKind::SecurityScheme => "{ type: http, scheme: bearer }",
        ObjectKind::SecurityRequirement => "{ ApiKey: [] }",
        ObjectKind::Link => "{ operationId: getPet }",
        ObjectKind::Example => "{ value: … }",
        _ => return of_fields(kind.fixed_fields()),
    };
    sample.to_owned()
}

/// Returns an object with the required keys, or with the first key if none is required.
fn of_fields(fields: &[FixedField]) -> String {
    let needed: Vec<String> =
        fields.iter().filter_map(|field| field.required.map(|example| format!("{}: {example}", field.key))).collect();
    match fields.first() {
        Some(first) if needed.is_empty() => format!("{{ {}: … }}", first.key),
        _ => format!("{{ {} }}", needed.join(", ")),
    }
}
