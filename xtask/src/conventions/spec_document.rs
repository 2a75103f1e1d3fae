//! A document with its objects, for the rules to look through.

use chatkit_codegen::LoweredDocument;
use chatkit_codegen::ir::Api;
use chatkit_codegen::pointer::join;
use serde_json::{Map, Value};

/// Keys whose value is a map from names to objects.
const NAME_MAPS: [&str; 10] = [
    "properties",
    "schemas",
    "parameters",
    "headers",
    "responses",
    "requestBodies",
    "securitySchemes",
    "content",
    "paths",
    "variables",
];

/// Keys whose value is data, not a part of the description.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Keys under which schemas are.
const SCHEMA_HOLDERS: [&str; 9] =
    ["schemas", "properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf", "not", "schema"];

/// A document, and all of its objects.
pub(super) struct SpecDocument<'a> {
    pub(super) raw: &'a Value,
    pub(super) api: &'a Api,
    pub(super) text: &'a str,
    /// In the order of the document.
    pub(super) nodes: Vec<SpecNode<'a>>,
}

/// An object of a document.
pub(super) struct SpecNode<'a> {
    pub(super) pointer: String,
    /// The key that holds it. For an entry of a list or of a map from names, it is the key of the list or map.
    pub(super) holder: &'a str,
    pub(super) object: &'a Map<String, Value>,
}

impl<'a> SpecDocument<'a> {
    pub(super) fn new(document: &'a LoweredDocument, text: &'a str) -> Self {
        let raw = &document.document.raw;
        let mut nodes = Vec::new();
        collect(raw, "", "", &mut nodes);
        Self { raw, api: &document.api, text, nodes }
    }

    /// Returns the schemas, inline ones included. References are schemas too.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &SpecNode<'a>> {
        self.nodes.iter().filter(|node| SCHEMA_HOLDERS.contains(&node.holder))
    }

    /// Returns the value that a local `$ref` names.
    pub(super) fn target(&self, reference: &str) -> Option<&'a Value> {
        self.raw.pointer(reference.strip_prefix('#')?)
    }
}

impl SpecNode<'_> {
    /// Returns the value of a key that holds a string.
    pub(super) fn string(&self, key: &str) -> Option<&str> {
        self.object.get(key)?.as_str()
    }

    /// Returns whether the value of a key is `true`.
    pub(super) fn is_true(&self, key: &str) -> bool {
        self.object.get(key) == Some(&Value::Bool(true))
    }

    /// Returns whether it is a reference.
    pub(super) fn is_reference(&self) -> bool {
        self.object.contains_key("$ref")
    }

    /// Returns whether it is a component, not a part of one.
    pub(super) fn is_component(&self) -> bool {
        self.pointer.starts_with("/components/") && self.pointer.matches('/').count() == 3
    }

    /// Returns its name among the properties, parameters or components around it.
    pub(super) fn name(&self) -> &str {
        self.string("name").filter(|_| self.holder == "parameters").unwrap_or_else(|| name_of(&self.pointer))
    }

    /// Returns the pointer of a key.
    pub(super) fn at(&self, key: &str) -> String {
        join(&self.pointer, key)
    }
}

/// Returns the last segment of a pointer or reference.
pub(super) fn name_of(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

fn collect<'a>(value: &'a Value, pointer: &str, holder: &'a str, nodes: &mut Vec<SpecNode<'a>>) {
    match value {
        Value::Object(object) => {
            nodes.push(SpecNode { pointer: pointer.to_owned(), holder, object });
            for (key, value) in object.iter().filter(|(key, _)| !is_data(key)) {
                let at = join(pointer, key);
                match value {
                    Value::Object(entries) if NAME_MAPS.contains(&key.as_str()) => {
                        entries.iter().for_each(|(name, entry)| collect(entry, &join(&at, name), key, nodes));
                    }
                    _ => collect(value, &at, key, nodes),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &join(pointer, &index.to_string()), holder, nodes);
            }
        }
        _ => {}
    }
}

fn is_data(key: &str) -> bool {
    DATA.contains(&key) || key.starts_with("x-")
}
