//! Converts the schemas of OpenAPI 3.0 to JSON Schema 2020-12.

use super::engine::PatternSupport;
use crate::parse::dialect::Direction;
use crate::parse::dialect::openapi_objects::{FieldType, ObjectKind};
use crate::pointer::{PointerBuf, follow, last, of_reference};
use serde_json::{Map, Value, json};

/// The key of the converted document in the schema around it.
pub(super) const DOCUMENT: &str = "document";

/// Converts all schemas of a document. They keep their pointers. The rest of the document is dropped.
pub(super) fn document(root: &Value, direction: Direction, patterns: &mut PatternSupport) -> Value {
    SchemaConverter { root, direction, patterns }.object(ObjectKind::Document, root, &mut PointerBuf::default())
}

/// Returns a `$ref` into the converted document.
pub(super) fn reference(root: &Value, pointer: &str) -> String {
    let mut reference = format!("#/{DOCUMENT}");
    for byte in moved(root, pointer).bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            reference.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
            reference.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    reference
}

/// Returns the pointer in the converted document. [`nullable`] has moved what is within some schemas.
fn moved(root: &Value, pointer: &str) -> String {
    let mut moved = String::with_capacity(pointer.len());
    let mut around = Some(root);
    for segment in pointer.split('/').skip(1) {
        if around.is_some_and(|value| value.get("nullable") == Some(&Value::Bool(true)) && is_combined(value)) {
            moved.push_str("/anyOf/1");
        }
        let step = format!("/{segment}");
        around = around.and_then(|value| value.pointer(&step));
        moved.push_str(&step);
    }
    moved
}

fn is_combined(schema: &Value) -> bool {
    ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| schema.get(*key).is_some())
}

/// Returns the pointer in the document for a pointer into the converted one.
pub(super) fn source(converted: &str) -> Option<&str> {
    converted.strip_prefix('/')?.strip_prefix(DOCUMENT).filter(|pointer| pointer.starts_with('/'))
}

struct SchemaConverter<'a> {
    root: &'a Value,
    direction: Direction,
    patterns: &'a mut PatternSupport,
}

impl SchemaConverter<'_> {
    /// Converts an object of any kind.
    fn object(&mut self, kind: ObjectKind, value: &Value, path: &mut PointerBuf) -> Value {
        let Some(object) = value.as_object() else {
            return json!({});
        };
        if kind == ObjectKind::Schema {
            return self.schema(object, path);
        }
        let mut converted = Map::new();
        for (key, value) in object {
            if let Some(field_type @ (FieldType::Object(_) | FieldType::List(_) | FieldType::Map(_))) =
                kind.field_type(key)
            {
                converted.insert(key.clone(), path.within(key, |path| self.value(field_type, value, path)));
            }
        }
        Value::Object(converted)
    }

    fn value(&mut self, field_type: FieldType, value: &Value, path: &mut PointerBuf) -> Value {
        match (field_type, value) {
            (FieldType::Object(kind), _) => self.object(kind, value, path),
            (FieldType::SchemaOrBoolean, Value::Object(_)) => self.object(ObjectKind::Schema, value, path),
            (FieldType::List(kind), Value::Array(items)) => {
                let item = |(index, item): (usize, &Value)| {
                    path.within(&index.to_string(), |path| self.object(kind, item, path))
                };
                Value::Array(items.iter().enumerate().map(item).collect())
            }
            (FieldType::Map(kind), Value::Object(properties)) => {
                let property = |(key, value): (&String, &Value)| {
                    (key.clone(), path.within(key, |path| self.object(kind, value, path)))
                };
                Value::Object(properties.iter().map(property).collect())
            }
            _ => value.clone(),
        }
    }

    fn schema(&mut self, schema: &Map<String, Value>, path: &mut PointerBuf) -> Value {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return json!({ "$ref": reference(self.root, &of_reference(target).unwrap_or_default()) });
        }
        let mut converted = Map::new();
        for (key, value) in schema {
            if let Some((key, value)) = self.keyword(schema, key, value, path) {
                converted.insert(key.to_owned(), value);
            }
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) { nullable(converted) } else { Value::Object(converted) }
    }

    /// Converts a keyword; `None` if it does not restrict values.
    fn keyword<'k>(
        &mut self,
        schema: &Map<String, Value>,
        key: &'k str,
        value: &Value,
        path: &mut PointerBuf,
    ) -> Option<(&'k str, Value)> {
        let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
        match key {
            "minimum" if flag("exclusiveMinimum") => Some(("exclusiveMinimum", value.clone())),
            "maximum" if flag("exclusiveMaximum") => Some(("exclusiveMaximum", value.clone())),
            "type" | "format" | "enum" | "multipleOf" | "minimum" | "maximum" | "minLength" | "maxLength"
            | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" => Some((key, value.clone())),
            "pattern" => self.patterns.supports(value.as_str()?, || path.child(key)).then(|| (key, value.clone())),
            "required" => Some((key, self.required(schema, value))),
            "x-property-names" => Some(("propertyNames", value.clone())),
            "allOf" | "oneOf" | "anyOf" | "not" | "items" | "properties" | "additionalProperties" => {
                let field_type = ObjectKind::Schema.field_type(key)?;
                let mut converted = path.within(key, |path| self.value(field_type, value, path));
                if let ("oneOf" | "anyOf", Some(discriminator)) = (key, schema.get("discriminator")) {
                    restrict_tags(discriminator, value, &mut converted);
                }
                Some((key, converted))
            }
            _ => None,
        }
    }

    /// Converts `required`: leaves out the properties that the direction does not have.
    fn required(&self, schema: &Map<String, Value>, names: &Value) -> Value {
        let properties = schema.get("properties");
        let expected = |name: &&Value| {
            let property = name.as_str().and_then(|name| properties?.get(name));
            let has = |key| property.is_some_and(|property| self.flag(property, key, 0));
            !((self.direction != Direction::Response && has("readOnly"))
                || (self.direction != Direction::Request && has("writeOnly")))
        };
        Value::Array(names.as_array().into_iter().flatten().filter(expected).cloned().collect())
    }

    /// Returns whether a schema, or a schema that it refers to, sets a flag.
    fn flag(&self, schema: &Value, key: &str, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let target = match schema.get("$ref").and_then(Value::as_str) {
            Some(target) => follow(self.root, target).map(|(_, schema)| schema),
            None => Some(schema),
        };
        let Some(schema) = target.filter(|_| depth < DEEPEST) else {
            return false;
        };
        schema.get(key) == Some(&Value::Bool(true))
            || schema
                .get("allOf")
                .and_then(Value::as_array)
                .is_some_and(|parts| parts.iter().any(|part| self.flag(part, key, depth + 1)))
    }
}

/// Restricts each variant that is a component to the values of the tag that select it, because the engine ignores
/// `discriminator`. Otherwise all subtypes of a base that lists them would match a value of one of them.
fn restrict_tags(discriminator: &Value, variants: &Value, converted: &mut Value) {
    let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else { return };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let converted = converted.as_array_mut().into_iter().flatten();
    for (variant, converted) in variants.as_array().into_iter().flatten().zip(converted) {
        let Some(pointer) = variant.get("$ref").and_then(Value::as_str).and_then(of_reference) else { continue };
        let key = last(&pointer);
        let selects = |target: &Value| {
            target.as_str().is_some_and(|target| target == key || of_reference(target).as_ref() == Some(&pointer))
        };
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| selects(target));
        let mut tags: Vec<&str> = mapped.map(|(tag, _)| tag.as_str()).collect();
        if tags.is_empty() {
            tags.push(&key);
        }
        if let Some(converted) = converted.as_object_mut() {
            converted.insert("properties".to_owned(), json!({ property: { "enum": tags } }));
        }
    }
}

/// Allows `null`, in the form with the simplest messages.
fn nullable(mut schema: Map<String, Value>) -> Value {
    if ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| schema.contains_key(*key)) {
        return json!({ "anyOf": [{ "type": "null" }, schema] });
    }
    if let Some(name) = schema.get_mut("type") {
        *name = json!([name, "null"]);
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    Value::Object(schema)
}
