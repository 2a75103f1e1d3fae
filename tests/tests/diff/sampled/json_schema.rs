//! Converts the schemas of a document to JSON Schema, for a judge that shares no code with the comparison.

use chatkit_codegen::pointer::segments;
use serde_json::{Map, Value, json};

/// How a schema is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A server reads a request: only what the document accepts.
    Request,
    /// A response, by the document alone.
    Response,
    /// A client reads a response: it keeps unknown properties, values of `enum` and variants.
    Lenient,
}

/// Returns a JSON Schema for a component of a document.
pub fn of_component(document: &Value, name: &str, reading: Reading) -> Value {
    of_schema(document, &json!({ "$ref": format!("#/components/schemas/{name}") }), reading)
}

/// Returns a JSON Schema for a schema within a document.
pub fn of_schema(document: &Value, schema: &Value, reading: Reading) -> Value {
    let components = document.pointer("/components/schemas").and_then(Value::as_object);
    let converted = |(name, schema): (&String, &Value)| (name.clone(), convert(document, schema, reading));
    let defs: Map<String, Value> = components.into_iter().flatten().map(converted).collect();
    json!({ "allOf": [convert(document, schema, reading)], "$defs": defs })
}

fn convert(document: &Value, schema: &Value, reading: Reading) -> Value {
    let Some(object) = schema.as_object() else { return json!({}) };
    if let Some(name) = referenced(schema) {
        return json!({ "$ref": format!("#/$defs/{}", name.replace('~', "~0").replace('/', "~1")) });
    }
    let mut converted = Map::new();
    for (key, value) in object {
        if let Some((key, value)) = keyword(document, object, (key, value), reading) {
            converted.insert(key.to_owned(), value);
        }
    }
    // As the generator reads it, these keywords imply the type.
    let implies = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    if !object.contains_key("type") && implies(&["properties", "additionalProperties"]) {
        converted.insert("type".to_owned(), json!("object"));
    } else if !object.contains_key("type") && implies(&["items"]) {
        converted.insert("type".to_owned(), json!("array"));
    }
    if let Some(bounds) = integer_bounds(object) {
        converted = Map::from_iter([("allOf".to_owned(), json!([converted, bounds]))]);
    }
    let listed = object.get("enum").and_then(Value::as_array);
    let lists_null = listed.is_some_and(|list| list.iter().any(Value::is_null));
    // By OpenAPI 3.0.3, an `enum` beside `nullable` has to list null.
    let nullable = object.get("nullable") == Some(&json!(true)) && (listed.is_none() || reading == Reading::Lenient);
    if nullable || lists_null { json!({ "anyOf": [{ "type": "null" }, converted] }) } else { Value::Object(converted) }
}

/// Returns the name of the component that a schema refers to.
pub fn referenced(schema: &Value) -> Option<String> {
    let target = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    segments(target).nth(2).map(std::borrow::Cow::into_owned)
}

fn keyword<'k>(
    document: &Value,
    schema: &Map<String, Value>,
    (key, value): (&'k str, &Value),
    reading: Reading,
) -> Option<(&'k str, Value)> {
    let is_set = |key: &str| schema.get(key) == Some(&json!(true));
    let inner = |schema: &Value| convert(document, schema, reading);
    Some(match key {
        "minimum" if is_set("exclusiveMinimum") => ("exclusiveMinimum", value.clone()),
        "maximum" if is_set("exclusiveMaximum") => ("exclusiveMaximum", value.clone()),
        "type" if !value.is_string() => return None,
        "enum" if reading == Reading::Lenient => return None,
        "type" | "format" | "enum" | "pattern" | "multipleOf" | "minimum" | "maximum" | "minLength" | "maxLength"
        | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" => (key, value.clone()),
        "x-property-names" => ("propertyNames", value.clone()),
        "required" => (key, required(document, schema, value, reading)),
        "oneOf" | "anyOf" if reading == Reading::Lenient && !only_requires(value) => return None,
        "oneOf" | "anyOf" => (key, variants(document, schema, value, reading)),
        "allOf" => (key, value.as_array()?.iter().map(inner).collect()),
        "additionalProperties" if value == &json!(false) && reading == Reading::Lenient => return None,
        "additionalProperties" if value.is_boolean() => (key, value.clone()),
        "not" | "items" | "additionalProperties" => (key, inner(value)),
        "properties" => {
            // Only the other direction has such a property.
            let other = if reading == Reading::Request { "readOnly" } else { "writeOnly" };
            let property = |schema: &Value| {
                if has_flag(document, schema, other, 8) { json!(reading == Reading::Lenient) } else { inner(schema) }
            };
            let properties = value.as_object()?.iter().map(|(name, schema)| (name.clone(), property(schema)));
            (key, Value::Object(properties.collect()))
        }
        _ => return None,
    })
}

fn only_requires(variants: &Value) -> bool {
    variants
        .as_array()
        .into_iter()
        .flatten()
        .all(|variant| variant.get("required").is_some() && variant.get("properties").is_none())
}

/// Converts variants. A discriminator rules out values with the tag of another one.
fn variants(document: &Value, schema: &Map<String, Value>, list: &Value, reading: Reading) -> Value {
    let tags = tags(schema, list);
    let variants = list.as_array().into_iter().flatten().zip(tags);
    variants
        .map(|(variant, tags)| {
            // Beside other variants, a bare `nullable` adds only null.
            let says = |key: &String| {
                matches!(key.as_str(), "nullable" | "description" | "deprecated" | "readOnly" | "writeOnly")
            };
            let is_null = variant.get("nullable") == Some(&json!(true))
                && variant.as_object().is_some_and(|variant| variant.keys().all(says));
            let converted = if is_null { json!({ "type": "null" }) } else { convert(document, variant, reading) };
            match tags {
                Some((property, tags)) => {
                    let tag = json!({ "required": [property], "properties": { property: { "enum": tags } } });
                    json!({ "allOf": [converted, tag] })
                }
                None => converted,
            }
        })
        .collect()
}

/// Returns the property of a discriminator and the tags of each variant.
pub fn tags(schema: &Map<String, Value>, variants: &Value) -> Vec<Option<(String, Vec<String>)>> {
    let discriminator = schema.get("discriminator");
    let property = discriminator.and_then(|discriminator| discriminator.get("propertyName")?.as_str());
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping")?.as_object());
    let of_variant = |variant: &Value| {
        let name = referenced(variant)?;
        let leads_here = |target: &Value| {
            target.as_str().is_some_and(|target| target == name || target.ends_with(&format!("/{name}")))
        };
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| leads_here(target));
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            tags.push(name);
        }
        Some((property?.to_owned(), tags))
    };
    variants.as_array().into_iter().flatten().map(of_variant).collect()
}

/// Leaves out the required properties that the direction does not have.
fn required(document: &Value, schema: &Map<String, Value>, names: &Value, reading: Reading) -> Value {
    let other = if reading == Reading::Request { "readOnly" } else { "writeOnly" };
    let is_other = |name: &Value| {
        let property = name.as_str().and_then(|name| schema.get("properties")?.get(name));
        property.is_some_and(|property| has_flag(document, property, other, 8))
    };
    names.as_array().into_iter().flatten().filter(|name| !is_other(name)).cloned().collect()
}

fn has_flag(document: &Value, schema: &Value, flag: &str, depth: usize) -> bool {
    let target = referenced(schema).and_then(|name| document.pointer("/components/schemas")?.get(name));
    let schema = target.unwrap_or(schema);
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    depth > 0
        && (schema.get(flag) == Some(&json!(true))
            || parts.into_iter().any(|part| has_flag(document, part, flag, depth - 1)))
}

/// Returns the bounds that the format of an integer means.
fn integer_bounds(schema: &Map<String, Value>) -> Option<Value> {
    let bounds = match schema.get("format")?.as_str()? {
        "int32" => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        "int64" => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        _ => return None,
    };
    (schema.get("type").and_then(Value::as_str) == Some("integer")).then_some(bounds)
}
