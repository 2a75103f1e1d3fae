//! The types that the spec describes, read from its YAML.

use std::collections::{BTreeMap, BTreeSet};

use chatkit_tests::spec;
use serde_yaml::{Mapping, Value};

/// A type that the generated crate must have.
#[derive(Debug)]
pub struct Type {
    /// The Rust name.
    pub name: String,
    /// The key of the component.
    pub schema: Option<String>,
    pub description: String,
    /// The descriptions of fields and constants.
    pub descriptions: BTreeMap<String, String>,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Object {
        /// The wire names of all properties.
        properties: Vec<String>,
        /// Rust names and types of fields.
        fields: BTreeMap<String, String>,
        /// The fields that a constructor takes, in order.
        required: Vec<String>,
        /// Rust names and values of constants.
        constants: BTreeMap<String, String>,
        /// Rust names and values of defaults other than null.
        defaults: BTreeMap<String, Value>,
        /// Rust names of properties with another name in payloads.
        wire_names: BTreeMap<String, String>,
    },
    Enum(Vec<String>),
    Union {
        tag: Option<String>,
        variants: Vec<Variant>,
    },
}

#[derive(Debug)]
pub struct Variant {
    pub name: String,
    pub payload: String,
    pub tag: Option<String>,
}

/// Returns every type of the spec: the components, and the named inline objects.
pub fn spec_types() -> Vec<Type> {
    let document: Value = serde_yaml::from_str(&spec::TEXT).unwrap();
    let prefix = document["x-rust-crate"]["type-prefix"].as_str().unwrap().to_owned();
    let mut reader = Reader { prefix, requested: BTreeSet::new() };
    for path in document["paths"].as_mapping().unwrap().values() {
        for operation in path.as_mapping().unwrap().values() {
            reader.request(&document, &operation["requestBody"]);
        }
    }
    let mut types = Vec::new();
    for (key, schema) in document["components"]["schemas"].as_mapping().unwrap() {
        let key = key.as_str().unwrap();
        types.push(reader.define(&reader.rust_name(key), Some(key), schema));
    }
    reader.inline(&document["components"]["responses"], &mut types);
    reader.inline(&document["paths"], &mut types);
    types
}

struct Reader {
    prefix: String,
    /// The keys of the components that bodies of requests refer to.
    requested: BTreeSet<String>,
}

impl Reader {
    fn rust_name(&self, key: &str) -> String {
        key.strip_prefix(&self.prefix).unwrap_or(key).to_owned()
    }

    /// Notes the components that part of a request refers to.
    fn request(&mut self, document: &Value, value: &Value) {
        if let Some(target) = text(value, "$ref") {
            let [kind, key] = target.trim_start_matches("#/components/").split('/').collect::<Vec<_>>()[..] else {
                panic!("{target} is not a component")
            };
            if self.requested.insert(key.to_owned()) {
                self.request(document, &document["components"][kind][key]);
            }
        }
        match value {
            Value::Mapping(map) => map.values().for_each(|value| self.request(document, value)),
            Value::Sequence(list) => list.iter().for_each(|value| self.request(document, value)),
            _ => {}
        }
    }

    /// Collects the named objects outside of the components.
    fn inline(&self, value: &Value, types: &mut Vec<Type>) {
        match value {
            Value::Mapping(map) => {
                if let (Some(name), true) = (text(value, "x-rust-name"), map.contains_key("properties")) {
                    types.push(self.define(name, None, value));
                }
                map.values().for_each(|value| self.inline(value, types));
            }
            Value::Sequence(list) => list.iter().for_each(|value| self.inline(value, types)),
            _ => {}
        }
    }

    fn define(&self, name: &str, schema: Option<&str>, value: &Value) -> Type {
        let properties = value.get("properties").and_then(Value::as_mapping);
        let kind = if let Some(properties) = properties {
            self.object(value, properties, schema.is_some_and(|key| self.requested.contains(key)))
        } else if let Some(values) = value.get("enum") {
            Kind::Enum(strings(values))
        } else {
            self.union(value)
        };
        let described = properties.into_iter().flatten().filter_map(|(name, property)| {
            let description = text(property, "description")?;
            Some((field_name(name.as_str()?, property), description.to_owned()))
        });
        Type {
            name: name.to_owned(),
            schema: schema.map(str::to_owned),
            description: text(value, "description").unwrap_or_default().to_owned(),
            descriptions: described.collect(),
            kind,
        }
    }

    fn object(&self, value: &Value, properties: &Mapping, is_requested: bool) -> Kind {
        let listed = value.get("required").map(strings).unwrap_or_default();
        let (mut fields, mut constants) = (BTreeMap::new(), BTreeMap::new());
        let (mut required, mut defaults, mut names) = (Vec::new(), BTreeMap::new(), Vec::new());
        let mut wire_names = BTreeMap::new();
        for (key, property) in properties {
            let key = key.as_str().unwrap();
            let name = field_name(key, property);
            let (is_required, nullable) = (listed.contains(&key.to_owned()), flag(property, "nullable"));
            let default = property.get("default").filter(|default| !default.is_null());
            names.push(key.to_owned());
            wire_names.insert(name.clone(), key.to_owned());
            if let (Some(Value::Sequence(values)), true) = (property.get("enum"), is_required && !nullable) {
                let [only] = values.as_slice() else { panic!("an inline enum at {key}") };
                constants.insert(name, only.as_str().unwrap().to_owned());
                continue;
            }
            let ty = self.rust_type(property);
            let ty = match (is_required, nullable) {
                (true, false) => ty,
                (true, true) | (false, false) => format!("Option < {ty} >"),
                (false, true) => format!("OptionalNullable < {ty} >"),
            };
            // A response may lack it, or its absence has a value.
            let may_be_absent = default.is_some() || (nullable && (!is_requested || property.get("default").is_some()));
            if is_required && !may_be_absent {
                required.push(name.clone());
            }
            defaults.extend(default.map(|default| (name.clone(), default.clone())));
            fields.insert(name, ty);
        }
        Kind::Object { properties: names, fields, required, constants, defaults, wire_names }
    }

    fn union(&self, value: &Value) -> Kind {
        let Some(discriminator) = value.get("discriminator") else {
            let variants = value["anyOf"].as_sequence().unwrap().iter();
            let variants = variants.map(|variant| Variant {
                name: camel(variant["type"].as_str().unwrap()),
                payload: self.rust_type(variant),
                tag: None,
            });
            return Kind::Union { tag: None, variants: variants.collect() };
        };
        let mapping = discriminator["mapping"].as_mapping().unwrap();
        let variants = value["oneOf"].as_sequence().unwrap().iter().map(|variant| {
            let target = variant["$ref"].as_str().unwrap();
            let tag = mapping.iter().find(|(_, other)| other.as_str() == Some(target)).unwrap().0.as_str().unwrap();
            let named = value.get("x-rust-names").and_then(|names| text(names, tag));
            Variant {
                name: named.map_or_else(|| camel(tag), str::to_owned),
                payload: self.rust_type(variant),
                tag: Some(tag.to_owned()),
            }
        });
        Kind::Union { tag: text(discriminator, "propertyName").map(str::to_owned), variants: variants.collect() }
    }

    fn rust_type(&self, schema: &Value) -> String {
        if let Some(target) = text(schema, "$ref") {
            return self.rust_name(target.rsplit('/').next().unwrap());
        }
        if let Some([only]) = schema.get("allOf").and_then(Value::as_sequence).map(Vec::as_slice) {
            return self.rust_type(only);
        }
        if let Some(name) = text(schema, "x-rust-name") {
            return name.to_owned();
        }
        match text(schema, "type").unwrap_or_default() {
            "string" if flag(schema, "x-secret") => "Secret".to_owned(),
            "string" => "String".to_owned(),
            "integer" => "i64".to_owned(),
            "number" => "f64".to_owned(),
            "boolean" => "bool".to_owned(),
            "array" => format!("Vec < {} >", self.rust_type(&schema["items"])),
            "object" => format!("BTreeMap < String , {} >", self.rust_type(&schema["additionalProperties"])),
            other => panic!("the type {other:?} of {schema:?}"),
        }
    }
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn strings(values: &Value) -> Vec<String> {
    values.as_sequence().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

fn field_name(key: &str, property: &Value) -> String {
    text(property, "x-rust-field").unwrap_or(key).to_owned()
}

/// Returns `InputText` for `input_text`, and `ChatkitTask` for `chatkit.task`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(word).collect()
}
