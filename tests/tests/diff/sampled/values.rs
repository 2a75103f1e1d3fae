//! Values near the borders of a schema: at its bounds, just beyond them, with and without each property.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Number, Value, json};

use super::json_schema::{referenced, tags};
use super::random::Random;

/// The depth below which values have no optional parts.
const DEPTH: usize = 5;

/// A source of values for the schemas of a document.
pub struct Values<'a> {
    pub document: &'a Value,
    pub random: &'a mut Random,
    /// Names for properties that a schema does not list.
    pub names: &'a [String],
    pub runner: &'a mut TestRunner,
}

impl Values<'_> {
    /// Returns a value that often satisfies a schema.
    pub fn of(&mut self, schema: &Value) -> Value {
        self.value(schema, DEPTH)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let merged = self.merged(schema, 12);
        let may_be_null = merged.get("nullable") == Some(&json!(true));
        if (may_be_null && self.random.one_in(4)) || self.random.one_in(60) {
            return Value::Null;
        }
        if let Some(list) = merged.get("enum").and_then(Value::as_array)
            && !self.random.one_in(12)
        {
            return self.random.choose(list).cloned().unwrap_or_default();
        }
        match self.type_of(&merged).as_str() {
            "boolean" => json!(self.random.one_in(2)),
            "integer" | "number" => self.number(&merged),
            "string" => json!(self.text(&merged)),
            "array" => self.list(&merged, depth),
            _ => self.object(&merged, depth),
        }
    }

    /// Merges the parts of a schema and one of its variants.
    fn merged(&mut self, schema: &Value, depth: usize) -> Map<String, Value> {
        if depth == 0 {
            return Map::new();
        }
        if let Some(name) = referenced(schema) {
            let target = self.document.pointer("/components/schemas").and_then(|schemas| schemas.get(&name));
            let target = target.cloned().unwrap_or_default();
            return self.merged(&target, depth - 1);
        }
        let mut merged = schema.as_object().cloned().unwrap_or_default();
        for part in merged.remove("allOf").as_ref().and_then(Value::as_array).into_iter().flatten() {
            let part = self.merged(part, depth - 1);
            add(&mut merged, part);
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(list) = merged.remove(keyword) else { continue };
            let tags = tags(&merged, &list);
            let variants = list.as_array().cloned().unwrap_or_default();
            let index = self.random.below(variants.len());
            let Some(variant) = variants.get(index) else { continue };
            let variant = self.merged(variant, depth - 1);
            if variant.contains_key("type") {
                merged.remove("type");
            }
            add(&mut merged, variant);
            if let Some((property, tags)) = tags.get(index).cloned().flatten() {
                let tag = json!({ "required": [property], "properties": { property: { "enum": tags } } });
                add(&mut merged, tag.as_object().cloned().unwrap_or_default());
            }
        }
        merged
    }

    fn type_of(&mut self, schema: &Map<String, Value>) -> String {
        let implied = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
        match schema.get("type").and_then(Value::as_str) {
            Some(name) if !self.random.one_in(60) => name.to_owned(),
            None if implied(&["properties", "required", "additionalProperties"]) => "object".to_owned(),
            None if implied(&["items"]) => "array".to_owned(),
            _ => {
                let types = ["boolean", "integer", "number", "string", "array", "object"];
                (*self.random.choose(&types).expect("there are types")).to_owned()
            }
        }
    }

    fn number(&mut self, schema: &Map<String, Value>) -> Value {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let mut near: Vec<f64> = vec![0.0, 1.0, 2.0, 3.0, 5.0, 6.0, -1.0, 7.0, 12.0, 100.0, 3e9];
        for bound in [bound("minimum"), bound("maximum"), bound("multipleOf")].into_iter().flatten() {
            near.extend([bound - 1.0, bound, bound + 1.0, bound * 2.0, bound * 3.0]);
        }
        let number = self.random.choose(&near).copied().unwrap_or_default();
        let is_whole = schema.get("type") == Some(&json!("integer")) && !self.random.one_in(20);
        if is_whole || self.random.one_in(2) {
            #[allow(clippy::cast_possible_truncation, reason = "the numbers are small")]
            return json!(number.round() as i64);
        }
        Number::from_f64(number + 0.5).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, schema: &Map<String, Value>) -> String {
        const TEXTS: [&str; 14] = [
            "",
            "a",
            "b1",
            "Abc",
            "hello",
            "2026-11-29",
            "2026-11-29T03:00:00Z",
            "12:00:00Z",
            "a@example.org",
            "https://example.org/a",
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "127.0.0.1",
            "12",
            "true",
        ];
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && self.random.one_in(2)
            && let Ok(strategy) = string_regex(pattern.trim_start_matches('^').trim_end_matches('$'))
            && let Ok(tree) = strategy.new_tree(self.runner)
        {
            return tree.current();
        }
        if let Some(format) = schema.get("format").and_then(Value::as_str)
            && !self.random.one_in(5)
        {
            let fitting = match format {
                "date" => TEXTS[5],
                "date-time" => TEXTS[6],
                "time" => TEXTS[7],
                "email" => TEXTS[8],
                "uri" | "url" => TEXTS[9],
                "uuid" => TEXTS[10],
                "ipv4" => TEXTS[11],
                _ => TEXTS[4],
            };
            return fitting.to_owned();
        }
        let bound = |key: &str| schema.get(key).and_then(Value::as_u64);
        let bounds: Vec<u64> = ["minLength", "maxLength"].iter().filter_map(|key| bound(key)).collect();
        if let Some(bound) = self.random.choose(&bounds).copied()
            && !self.random.one_in(4)
        {
            let length = (bound + 1).saturating_sub(self.random.below(3) as u64).min(5000);
            return "a".repeat(usize::try_from(length).unwrap_or_default());
        }
        (*self.random.choose(&TEXTS).expect("there are texts")).to_owned()
    }

    fn list(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let bound = |key: &str| schema.get(key).and_then(Value::as_u64).map(|bound| bound.min(40));
        let mut lengths: Vec<u64> = vec![0, 1, 2];
        for bound in ["minItems", "maxItems"].iter().filter_map(|key| bound(key)) {
            lengths.extend([bound.saturating_sub(1), bound, bound + 1]);
        }
        let length = self.random.choose(&lengths).copied().unwrap_or_default();
        let length = if depth == 0 { bound("minItems").unwrap_or_default() } else { length };
        let items = schema.get("items").cloned().unwrap_or_else(|| json!({ "type": "string" }));
        let repeats = self.random.one_in(3);
        let mut list: Vec<Value> = Vec::new();
        for _ in 0..length {
            let value = list.first().filter(|_| repeats).cloned();
            list.push(value.unwrap_or_else(|| self.value(&items, depth.saturating_sub(1))));
        }
        Value::Array(list)
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let mut object = Map::new();
        let often = 1 + self.random.below(4);
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let is_required = required.contains(&name.as_str());
            let is_kept = if is_required { !self.random.one_in(25) } else { depth > 0 && self.random.one_in(often) };
            if is_kept {
                object.insert(name.clone(), self.value(property, depth.saturating_sub(1)));
            }
        }
        let other = schema.get("additionalProperties").filter(|other| other.is_object()).cloned();
        for name in required {
            if !object.contains_key(name) && !self.random.one_in(25) {
                object.insert(name.to_owned(), json!("a"));
            }
        }
        let extra =
            if other.is_some() && depth > 0 { self.random.below(4) } else { usize::from(self.random.one_in(12)) };
        for _ in 0..extra {
            // Only typed properties may have a name that another revision lists: the others may be of any type.
            let name = self.random.choose(self.names).filter(|_| other.is_some()).map_or("further", String::as_str);
            let value = match &other {
                Some(schema) => self.value(schema, depth.saturating_sub(1)),
                None => json!(1),
            };
            object.entry(name.to_owned()).or_insert(value);
        }
        Value::Object(object)
    }
}

/// Adds the keywords of another schema for the same values.
fn add(schema: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, value) in other {
        match (key.as_str(), schema.get_mut(&key), value) {
            ("properties", Some(Value::Object(mine)), Value::Object(theirs)) => mine.extend(theirs),
            ("required", Some(Value::Array(mine)), Value::Array(theirs)) => mine.extend(theirs),
            (_, _, value) => {
                schema.insert(key, value);
            }
        }
    }
}

/// Returns the names of all properties of a document.
pub fn property_names(document: &Value) -> Vec<String> {
    fn gather(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                    found.extend(properties.keys().cloned());
                }
                object.values().for_each(|value| gather(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let mut found = vec!["further".to_owned()];
    gather(document, &mut found);
    found.sort();
    found.dedup();
    found
}
