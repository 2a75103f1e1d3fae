//! Properties that the spec does not list.
//!
//! The spec leaves objects open, since services add properties to their responses. In a request, such a property is
//! usually misspelt, and many services reject it. So a request may only have listed properties, unless the schema
//! itself has `additionalProperties`.

use super::field_path;
use super::rejection::Problem;
use super::values::unaliased;
use chatkit_codegen::ir::{Additional, Api, Schema, Type, TypeDef, TypeKind, Union, UnionKind};
use chatkit_codegen::suggest;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// The most problems that are found, since a body may have a million. A message lists far fewer.
const MOST: usize = 10_000;

/// Finds the properties of a value that the spec does not list.
pub(super) struct UnknownFields<'a> {
    api: &'a Api,
    /// The document.
    raw: &'a Value,
}

impl<'a> UnknownFields<'a> {
    pub(super) fn new(api: &'a Api, raw: &'a Value) -> Self {
        Self { api, raw }
    }

    /// Adds a problem for each property that is not listed, if the schema lists any. It stops at [`MOST`].
    pub(super) fn find(&self, schema: &Schema, value: &Value, at: &str, found: &mut Vec<Problem>) {
        if found.len() >= MOST {
            return;
        }
        match (unaliased(self.api, schema), value) {
            (Type::List(list), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.find(&list.items, item, &field_path::element(at, index), found);
                }
            }
            (Type::Map(map), Value::Object(properties)) => {
                for (name, value) in properties {
                    self.find(&map.values, value, &field_path::property(at, name), found);
                }
            }
            (Type::Named(id), _) => {
                let def = self.api.type_def(*id);
                match (&def.kind, value) {
                    (TypeKind::Object(_), Value::Object(properties)) => self.object(def, properties, at, found),
                    (TypeKind::Union(union), _) => self.union(union, value, at, found),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn object(&self, def: &TypeDef, properties: &Map<String, Value>, at: &str, found: &mut Vec<Problem>) {
        let TypeKind::Object(object) = &def.kind else { return };
        let open = self.raw.pointer(&def.pointer).and_then(|raw| raw.get("additionalProperties")).is_some();
        for (name, value) in properties {
            let here = field_path::property(at, name);
            if let Some(property) = object.properties.iter().find(|property| property.name == *name) {
                self.find(&property.schema, value, &here, found);
                continue;
            }
            match &object.additional {
                Additional::Typed(values) => self.find(values, value, &here, found),
                Additional::Any if open => {}
                Additional::Any | Additional::Closed if found.len() >= MOST => return,
                Additional::Any | Additional::Closed => {
                    let names = object.properties.iter().map(|property| property.name.as_str());
                    let hint = suggest::did_you_mean(name, names).map(|hint| format!(", {hint}")).unwrap_or_default();
                    found.push(Problem::new("", &here, &format!("there is no such property{hint}")));
                }
            }
        }
    }

    fn union(&self, union: &Union, value: &Value, at: &str, found: &mut Vec<Problem>) {
        let mut meant = union.variants.iter().filter(|variant| match &union.kind {
            UnionKind::Tagged { property, .. } => {
                let tag = value.get(property).and_then(Value::as_str);
                tag.is_some_and(|tag| variant.tags.iter().any(|listed| listed == tag))
            }
            UnionKind::ByJsonType | UnionKind::Untagged => self.takes(&variant.schema, value),
        });
        let Some(first) = meant.next() else { return };
        let start = found.len();
        self.find(&first.schema, value, at, found);
        // A value may match several variants at once, each of which lists some of its properties.
        for variant in meant {
            let mut others = Vec::new();
            self.find(&variant.schema, value, at, &mut others);
            let mut index = 0;
            // If the search for the others stopped early, they may be anywhere.
            let all_found = others.len() < MOST;
            let others: HashSet<&str> = others.iter().map(|other| other.param.as_str()).collect();
            found.retain(|problem| {
                index += 1;
                index <= start || !all_found || others.contains(problem.param.as_str())
            });
        }
    }

    /// Returns whether a schema has objects or lists, whichever the value is.
    fn takes(&self, schema: &Schema, value: &Value) -> bool {
        match unaliased(self.api, schema) {
            Type::Any => true,
            Type::List(_) => value.is_array(),
            Type::Map(_) => value.is_object(),
            Type::Named(id) => match &self.api.type_def(*id).kind {
                TypeKind::Object(_) => value.is_object(),
                TypeKind::Union(_) => true,
                TypeKind::Enum(_) | TypeKind::Alias(_) => false,
            },
            _ => false,
        }
    }
}
