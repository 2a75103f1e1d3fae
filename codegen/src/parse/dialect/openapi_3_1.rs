//! Keys and values of OpenAPI 3.1 and JSON Schema that 3.0 does not have, and what to write instead.

use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use serde_json::Value;

const RULE: &str = "only-in-3.1";

/// Keys that 3.0 does not have, each with the help.
const KEYS: &[(ObjectKind, &str, &str)] = &[
    (ObjectKind::Schema, "const", "write an `enum` with one value: `enum: [value]`"),
    (
        ObjectKind::Schema,
        "examples",
        "write one `example`, or `examples` beside the schema in the media type or parameter",
    ),
    (ObjectKind::Schema, "if", "write the alternatives as `oneOf`"),
    (ObjectKind::Schema, "then", "write the alternatives as `oneOf`"),
    (ObjectKind::Schema, "else", "write the alternatives as `oneOf`"),
    (
        ObjectKind::Schema,
        "prefixItems",
        "write `items` with a `oneOf` of the elements' schemas, and `minItems` and `maxItems`",
    ),
    (ObjectKind::Schema, "contains", "describe it in `description`"),
    (ObjectKind::Schema, "minContains", "describe it in `description`"),
    (ObjectKind::Schema, "maxContains", "describe it in `description`"),
    (ObjectKind::Schema, "patternProperties", "write `additionalProperties` with the values' schema"),
    (
        ObjectKind::Schema,
        "propertyNames",
        "write `x-property-names` for bounds on the length of keys, or describe it in `description`",
    ),
    (ObjectKind::Schema, "dependentRequired", "write the combinations as `oneOf`"),
    (ObjectKind::Schema, "dependentSchemas", "write the combinations as `oneOf`"),
    (ObjectKind::Schema, "dependencies", "write the combinations as `oneOf`"),
    (ObjectKind::Schema, "unevaluatedProperties", "write `additionalProperties`"),
    (ObjectKind::Schema, "unevaluatedItems", "write `items`"),
    (ObjectKind::Schema, "additionalItems", "write `items`"),
    (ObjectKind::Schema, "$defs", "move the schemas to `components.schemas`"),
    (ObjectKind::Schema, "definitions", "move the schemas to `components.schemas`"),
    (ObjectKind::Schema, "$id", "remove it, and refer to the schema by `#/components/schemas/…`"),
    (ObjectKind::Schema, "id", "remove it, and refer to the schema by `#/components/schemas/…`"),
    (ObjectKind::Schema, "$schema", "remove it: OpenAPI 3.0 has its own schema dialect"),
    (ObjectKind::Schema, "$vocabulary", "remove it: OpenAPI 3.0 has its own schema dialect"),
    (ObjectKind::Schema, "$anchor", "refer to the schema by `#/components/schemas/…`"),
    (ObjectKind::Schema, "$dynamicAnchor", "refer to the schema by `#/components/schemas/…`"),
    (ObjectKind::Schema, "$dynamicRef", "write `$ref`"),
    (ObjectKind::Schema, "$recursiveAnchor", "refer to the schema by `#/components/schemas/…`"),
    (ObjectKind::Schema, "$recursiveRef", "write `$ref`"),
    (ObjectKind::Schema, "contentEncoding", "write `format: byte` for base64, `format: binary` for raw bytes"),
    (ObjectKind::Schema, "contentMediaType", "write `format: binary`, with the media type as the key in `content`"),
    (ObjectKind::Schema, "contentSchema", "describe it in `description`"),
    (ObjectKind::Schema, "$comment", "write a YAML comment"),
    (ObjectKind::Document, "webhooks", "write `callbacks` on the operation that registers them, or leave them out"),
    (ObjectKind::Document, "jsonSchemaDialect", "remove it: OpenAPI 3.0 has its own schema dialect"),
    (ObjectKind::Components, "pathItems", "write the path items in `paths`"),
    (ObjectKind::Info, "summary", "write it in `description`"),
    (ObjectKind::License, "identifier", "write `name` and `url`"),
];

/// Returns the error for a key that only a later version has.
pub(super) fn key(kind: ObjectKind, key: &str, pointer: &str) -> Option<Diagnostic> {
    let (_, _, instead) = KEYS.iter().find(|(of, name, _)| *of == kind && *name == key)?;
    let newer = if kind == ObjectKind::Schema { "JSON Schema and OpenAPI 3.1" } else { "OpenAPI 3.1" };
    let message = format!("`{key}` is not part of OpenAPI 3.0, only of {newer}");
    Some(Diagnostic::error(RULE, pointer, message).at_key().help(*instead))
}

/// Returns the error for a value that is valid in 3.1 but not in 3.0.
pub(super) fn value(kind: ObjectKind, key: &str, value: &Value, pointer: &str) -> Option<Diagnostic> {
    let error = |message: &str, help: String| Some(Diagnostic::error(RULE, pointer, message).help(help));
    match (kind, key, value) {
        (ObjectKind::Schema, "type", Value::Array(types)) => {
            error("OpenAPI 3.0 allows only one `type`", types_in_3_0(types))
        }
        (ObjectKind::Schema, "type", Value::String(name)) if name == "null" => error(
            "OpenAPI 3.0 does not have the type `null`",
            "write `nullable: true` beside the type of the other values".to_owned(),
        ),
        (ObjectKind::Schema, "exclusiveMinimum", Value::Number(limit)) => error(
            "`exclusiveMinimum` is a boolean in OpenAPI 3.0",
            format!("write `minimum: {limit}` and `exclusiveMinimum: true`"),
        ),
        (ObjectKind::Schema, "exclusiveMaximum", Value::Number(limit)) => error(
            "`exclusiveMaximum` is a boolean in OpenAPI 3.0",
            format!("write `maximum: {limit}` and `exclusiveMaximum: true`"),
        ),
        (ObjectKind::SecurityScheme, "type", Value::String(name)) if name == "mutualTLS" => {
            let help = "remove the scheme: certificates are set in the HTTP client";
            error("OpenAPI 3.0 does not have `mutualTLS`", help.to_owned())
        }
        _ => None,
    }
}

/// Returns the error for a schema that is a boolean.
pub(super) fn boolean_schema(value: &Value, pointer: &str) -> Option<Diagnostic> {
    let instead = match value {
        Value::Bool(true) => "write `{}`, which allows anything",
        Value::Bool(false) => "write `not: {}`, which allows nothing",
        _ => return None,
    };
    Some(Diagnostic::error(RULE, pointer, "in OpenAPI 3.0, a schema must be an object, not a boolean").help(instead))
}

fn types_in_3_0(types: &[Value]) -> String {
    let nullable = types.iter().any(|name| name == "null");
    let others: Vec<&str> = types.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect();
    match (others.as_slice(), nullable) {
        ([only], true) => format!("write `type: {only}` and `nullable: true`"),
        ([only], false) => format!("write `type: {only}`"),
        (_, true) => "write a `oneOf` with one schema for each type, and `nullable: true` beside it".to_owned(),
        _ => "write a `oneOf` with one schema for each type".to_owned(),
    }
}
