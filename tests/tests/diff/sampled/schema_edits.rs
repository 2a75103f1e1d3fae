//! Edits of each keyword of a schema: added, removed, tightened, loosened.

use chatkit_codegen::pointer::join;
use serde_json::{Map, Value, json};

/// A schema after an edit.
pub struct SchemaEdit {
    /// The place of the edited schema within the component.
    pub pointer: String,
    pub kind: String,
    /// The component with the edit.
    pub after: Value,
}

/// Returns the edits of a component and of the schemas that are written within it.
pub fn edits(component: &Value) -> Vec<SchemaEdit> {
    let mut places = Vec::new();
    collect_schemas(component, "", &mut places);
    let mut found = Vec::new();
    for pointer in places {
        let Some(schema) = component.pointer(&pointer) else { continue };
        for (kind, edited) in edits_of(schema) {
            let mut after = component.clone();
            if let Some(place) = after.pointer_mut(&pointer) {
                *place = edited;
            }
            found.push(SchemaEdit { pointer: pointer.clone(), kind, after });
        }
    }
    found
}

/// Collects the pointers of a schema and of those within it.
fn collect_schemas(schema: &Value, at: &str, found: &mut Vec<String>) {
    let Some(object) = schema.as_object() else { return };
    found.push(at.to_owned());
    for (key, value) in object {
        let inner = join(at, key);
        match (key.as_str(), value) {
            ("items" | "additionalProperties" | "not", _) => collect_schemas(value, &inner, found),
            ("properties", Value::Object(properties)) => {
                properties.iter().for_each(|(name, schema)| collect_schemas(schema, &join(&inner, name), found));
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                let parts = parts.iter().enumerate();
                parts.for_each(|(index, part)| collect_schemas(part, &join(&inner, &index.to_string()), found));
            }
            _ => {}
        }
    }
}

fn edits_of(schema: &Value) -> Vec<(String, Value)> {
    let object = schema.as_object().cloned().unwrap_or_default();
    let mut edits = Edits { schema: object, found: Vec::new() };
    edits.whole();
    if !edits.schema.contains_key("$ref") {
        edits.types();
        edits.values();
        edits.texts();
        edits.numbers();
        edits.lists();
        edits.objects();
        edits.unions();
        edits.annotations();
    }
    edits.found
}

struct Edits {
    schema: Map<String, Value>,
    found: Vec<(String, Value)>,
}

impl Edits {
    fn push(&mut self, kind: impl Into<String>, schema: impl Into<Value>) {
        let schema = schema.into();
        if schema != Value::Object(self.schema.clone()) {
            self.found.push((kind.into(), schema));
        }
    }

    fn with(&mut self, key: &str, value: Value) {
        let mut schema = self.schema.clone();
        let kind = format!("{key} = {value}");
        schema.insert(key.to_owned(), value);
        self.push(kind, schema);
    }

    fn without(&mut self, key: &str) {
        let mut schema = self.schema.clone();
        if schema.shift_remove(key).is_some() {
            self.push(format!("without {key}"), schema);
        }
    }

    fn is(&self, names: &[&str]) -> bool {
        self.schema.get("type").and_then(Value::as_str).is_none_or(|name| names.contains(&name))
            && !["allOf", "oneOf", "anyOf"].iter().any(|key| self.schema.contains_key(*key))
    }

    /// Adds, moves and removes a bound.
    fn bound(&mut self, key: &str, added: u64, step: u64) {
        let Some(bound) = self.schema.get(key).cloned() else { return self.with(key, json!(added)) };
        self.without(key);
        if let Some(bound) = bound.as_u64() {
            self.with(key, json!(bound.saturating_add(step)));
            self.with(key, json!(bound.saturating_sub(step)));
        } else if let Some(bound) = bound.as_f64() {
            self.with(key, json!(bound + 1.0));
            self.with(key, json!(bound - 1.0));
        }
    }

    /// Wraps and replaces the schema.
    fn whole(&mut self) {
        let schema = Value::Object(self.schema.clone());
        self.push("in oneOf", json!({ "oneOf": [schema, { "type": "boolean" }] }));
        self.push("in oneOf of any object", json!({ "oneOf": [schema, { "type": "object" }] }));
        self.push("in anyOf", json!({ "anyOf": [schema, { "type": "array", "items": { "type": "boolean" } }] }));
        self.push("in oneOf twice", json!({ "oneOf": [schema, { "allOf": [schema] }] }));
        self.push(
            "in allOf with a bound",
            json!({ "allOf": [schema, { "maxProperties": 2, "maxLength": 3, "maximum": 5 }] }),
        );
        self.push("nullable in allOf", json!({ "nullable": true, "allOf": [schema] }));
        self.push("any", json!({}));
        self.push("any object", json!({ "type": "object" }));
        self.push("other text", json!({ "type": "string", "format": "uuid" }));
        self.push("a mixed enum", json!({ "enum": ["a", 1, true] }));
    }

    fn types(&mut self) {
        for name in ["string", "integer", "number", "boolean"] {
            self.with("type", json!(name));
        }
        self.without("type");
        self.with("nullable", json!(true));
        self.without("nullable");
        self.with("not", json!({ "enum": ["hello", 3] }));
        self.without("not");
    }

    fn values(&mut self) {
        let Some(list) = self.schema.get("enum").and_then(Value::as_array).cloned() else {
            if self.is(&["string"]) {
                self.with("enum", json!(["a", "hello"]));
                self.with("enum", json!(["a", "hello", null]));
            }
            if self.is(&["integer", "number"]) {
                self.with("enum", json!([1, 5]));
            }
            return;
        };
        self.without("enum");
        self.with("enum", list.iter().skip(1).cloned().collect());
        self.with("enum", list.iter().take(1).cloned().collect());
        let more = if list.iter().any(Value::is_number) { json!(12) } else { json!("b1") };
        for more in [more, Value::Null] {
            self.with("enum", list.iter().cloned().chain([more]).collect());
        }
        self.with("enum", list.iter().filter(|value| !value.is_null()).cloned().collect());
    }

    fn texts(&mut self) {
        if !self.is(&["string"]) {
            return;
        }
        self.bound("minLength", 2, 1);
        self.bound("maxLength", 4, 1);
        for pattern in ["^[a-c]+$", "^[a-z0-9]+$", ".*"] {
            self.with("pattern", json!(pattern));
        }
        self.without("pattern");
        for format in ["date", "date-time", "uuid", "uri", "password"] {
            self.with("format", json!(format));
        }
        self.without("format");
    }

    fn numbers(&mut self) {
        if !self.is(&["integer", "number"]) {
            return;
        }
        self.bound("minimum", 2, 1);
        self.bound("maximum", 6, 1);
        for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if self.schema.contains_key(bound) {
                self.with(key, json!(true));
                self.without(key);
            }
        }
        for step in [2, 3, 6] {
            self.with("multipleOf", json!(step));
        }
        self.without("multipleOf");
        for format in ["int32", "int64", "float", "double"] {
            self.with("format", json!(format));
        }
        self.without("format");
    }

    fn lists(&mut self) {
        if self.schema.get("type") != Some(&json!("array")) {
            return;
        }
        self.bound("minItems", 1, 1);
        self.bound("maxItems", 2, 1);
        self.with("uniqueItems", json!(true));
        self.without("uniqueItems");
        self.with("items", json!({ "type": "integer" }));
        self.with("items", json!({}));
    }

    fn objects(&mut self) {
        if !self.is(&["object"]) {
            return;
        }
        let properties = self.schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let required = self.schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        for name in properties.keys().take(3) {
            if required.contains(&json!(name)) {
                self.with("required", required.iter().filter(|other| **other != json!(name)).cloned().collect());
            } else {
                self.with("required", required.iter().cloned().chain([json!(name)]).collect());
            }
            self.with(
                "properties",
                properties
                    .iter()
                    .filter(|(other, _)| *other != name)
                    .map(|(name, schema)| (name.clone(), schema.clone()))
                    .collect(),
            );
        }
        self.without("required");
        self.with("required", required.iter().cloned().chain([json!("unlisted")]).collect());
        for schema in [json!({ "type": "string" }), json!({ "type": "integer" })] {
            let mut more = properties.clone();
            more.insert("unlisted".to_owned(), schema);
            self.with("properties", Value::Object(more));
        }
        for other in [json!(false), json!(true), json!({ "type": "integer" }), json!({ "type": "string" })] {
            self.with("additionalProperties", other);
        }
        self.without("additionalProperties");
        self.bound("minProperties", 2, 1);
        self.bound("maxProperties", 3, 1);
    }

    fn unions(&mut self) {
        for (keyword, other) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
            let Some(list) = self.schema.get(keyword).and_then(Value::as_array).cloned() else { continue };
            let mut switched = self.schema.clone();
            switched.shift_remove(keyword);
            switched.insert(other.to_owned(), Value::Array(list.clone()));
            self.push(format!("{keyword} as {other}"), switched);
            for index in [0, list.len().saturating_sub(1)] {
                let rest = list.iter().enumerate().filter(|(other, _)| *other != index);
                self.with(keyword, rest.map(|(_, variant)| variant.clone()).collect());
            }
            let more = [
                json!({ "type": "string", "maxLength": 3 }),
                json!({ "type": "integer" }),
                json!({ "type": "object", "required": ["unlisted"], "properties": { "unlisted": { "type": "integer" } } }),
                json!({ keyword: [{ "type": "boolean" }, { "type": "integer", "minimum": 5 }] }),
            ];
            for variant in more {
                self.with(keyword, list.iter().cloned().chain([variant]).collect());
            }
            if let Some(first) = list.first() {
                self.push("only the first variant", first.clone());
            }
            self.without("discriminator");
            self.with("description", json!("Other words."));
        }
    }

    fn annotations(&mut self) {
        self.with("description", json!("Other words."));
        if self.is(&["string"]) {
            self.with("default", json!("hello"));
        } else if self.is(&["integer", "number"]) {
            self.with("default", json!(3));
        }
        self.without("default");
        for key in ["readOnly", "writeOnly", "deprecated"] {
            self.with(key, json!(true));
            self.without(key);
        }
    }
}
