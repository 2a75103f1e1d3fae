//! From the schemas of OpenAPI 3.0 to JSON Schema 2020-12.

use super::super::dialect::Direction;
use super::super::dialect::openapi_objects::{FieldType, ObjectKind};
use crate::diagnostics::Diagnostic;
use crate::pointer::{Path, follow, of_reference};
use jsonschema::Draft;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The key of the converted document in the schema around it.
pub(super) const DOCUMENT: &str = "document";

/// Which regular expressions the engine can compile.
#[derive(Default)]
pub(super) struct PatternSupport {
    known: HashMap<String, bool>,
    unsupported: Vec<(String, String)>,
}

impl PatternSupport {
    fn supports(&mut self, pattern: &str, path: &Path) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let schema = json!({ "pattern": pattern });
        let supported = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).is_ok();
        if !supported {
            self.unsupported.push((path.child("pattern"), pattern.to_owned()));
        }
        self.known.insert(pattern.to_owned(), supported);
        supported
    }

    /// A warning for each that it cannot.
    pub(super) fn into_diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.unsupported.into_iter().map(|(pointer, pattern)| {
            let message = format!("the pattern `{pattern}` is not checked: it is no regular expression we can compile");
            Diagnostic::warning("unsupported-pattern", pointer, message)
                .help("write a regular expression as JavaScript has it, as in `'^[a-z]+$'`")
        })
    }
}

/// Converts all schemas of a document and leaves them where they are; the rest is dropped.
pub(super) fn document(root: &Value, direction: Direction, patterns: &mut PatternSupport) -> Value {
    SchemaConverter { root, direction, patterns }.object(ObjectKind::Document, root, &mut Path::default())
}

/// A `$ref` into the converted document.
pub(super) fn reference(pointer: &str) -> String {
    let mut reference = format!("#/{DOCUMENT}");
    for byte in pointer.bytes() {
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

/// The pointer in the document of a place in what it was converted to.
pub(super) fn source(converted: &str) -> Option<&str> {
    converted.strip_prefix('/')?.strip_prefix(DOCUMENT).filter(|pointer| pointer.starts_with('/'))
}

struct SchemaConverter<'a> {
    root: &'a Value,
    direction: Direction,
    patterns: &'a mut PatternSupport,
}

impl SchemaConverter<'_> {
    /// Converts what is below an object that is no schema.
    fn object(&mut self, kind: ObjectKind, value: &Value, path: &mut Path) -> Value {
        let Some(object) = value.as_object() else {
            return json!({});
        };
        if kind == ObjectKind::Schema {
            return self.schema(object, path);
        }
        let mut converted = Map::new();
        for (key, value) in object {
            if let Some(shape @ (FieldType::Object(_) | FieldType::List(_) | FieldType::Map(_))) = kind.field_type(key)
            {
                converted.insert(key.clone(), path.within(key, |path| self.value(shape, value, path)));
            }
        }
        Value::Object(converted)
    }

    fn value(&mut self, shape: FieldType, value: &Value, path: &mut Path) -> Value {
        match (shape, value) {
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

    fn schema(&mut self, schema: &Map<String, Value>, path: &mut Path) -> Value {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return json!({ "$ref": reference(&of_reference(target).unwrap_or_default()) });
        }
        let mut converted = Map::new();
        for (key, value) in schema {
            if let Some((key, value)) = self.keyword(schema, key, value, path) {
                converted.insert(key.to_owned(), value);
            }
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) { nullable(converted) } else { Value::Object(converted) }
    }

    /// What a keyword becomes; `None` where it says nothing about a value.
    fn keyword<'k>(
        &mut self,
        schema: &Map<String, Value>,
        key: &'k str,
        value: &Value,
        path: &mut Path,
    ) -> Option<(&'k str, Value)> {
        let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
        match key {
            "minimum" if flag("exclusiveMinimum") => Some(("exclusiveMinimum", value.clone())),
            "maximum" if flag("exclusiveMaximum") => Some(("exclusiveMaximum", value.clone())),
            "type" | "format" | "enum" | "multipleOf" | "minimum" | "maximum" | "minLength" | "maxLength"
            | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" => Some((key, value.clone())),
            "pattern" => self.patterns.supports(value.as_str()?, path).then(|| (key, value.clone())),
            "required" => Some((key, self.required(schema, value))),
            "x-property-names" => Some(("propertyNames", value.clone())),
            "allOf" | "oneOf" | "anyOf" | "not" | "items" | "properties" | "additionalProperties" => {
                let shape = ObjectKind::Schema.field_type(key)?;
                Some((key, path.within(key, |path| self.value(shape, value, path))))
            }
            _ => None,
        }
    }

    /// `required`, without the properties that the direction does not have.
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

    /// Whether a schema, or what it refers to, has a flag.
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

/// Allows null, in the way that keeps messages simple.
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
