//! Examples. The generator checks that they validate, which includes the required properties.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;
use chatkit_codegen::ir::{Api, Schema, Type, TypeKind, UnionKind};
use chatkit_codegen::pointer::join;
use serde_json::Value;

pub(super) const EXAMPLE: Convention = Convention {
    name: "example",
    summary: "Each component schema, request body and response body has an `example`",
    judge: example,
};

pub(super) const EXAMPLE_ORDER: Convention = Convention {
    name: "example-order",
    summary: "An example has its properties in the order of the schema",
    judge: example_order,
};

fn example(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in &document.nodes {
        let (holds, kind) = match node.holder {
            "schemas" => (node.is_component(), "component"),
            "content" => (true, "body"),
            _ => continue,
        };
        if holds && !node.is_reference() && !node.object.contains_key("example") {
            let message = format!("the {kind} `{}` has no example", node.name().replace("~1", "/"));
            report.key(&node.pointer, message, "add an `example` with each required property, and invented ids");
        }
    }
}

fn example_order(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    let api = document.api;
    let mut walk = ExampleWalk { api, report };
    let example = |pointer: &str| {
        let at = join(pointer, "example");
        document.raw.pointer(&at).map(|value| (at, value))
    };
    for def in &api.types {
        if let Some((at, value)) = example(&def.pointer) {
            walk.definition(&def.kind, value, &at);
        }
    }
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let media = bodies.chain(operation.responses.iter().flat_map(|response| &response.content));
        for media in media {
            if let (Some(schema), Some((at, value))) = (&media.schema, example(&media.pointer)) {
                walk.value(schema, value, &at);
            }
        }
    }
}

/// A walk through an example beside its schema.
struct ExampleWalk<'a> {
    api: &'a Api,
    report: &'a mut ConventionReport,
}

impl ExampleWalk<'_> {
    fn value(&mut self, schema: &Schema, value: &Value, at: &str) {
        match (&schema.ty, value) {
            (Type::List(list), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&list.items, item, &join(at, &index.to_string()));
                }
            }
            (Type::Map(map), Value::Object(entries)) => {
                entries.iter().for_each(|(name, entry)| self.value(&map.values, entry, &join(at, name)));
            }
            (Type::Named(id), _) => {
                let api = self.api;
                self.definition(&api.type_def(*id).kind, value, at);
            }
            _ => {}
        }
    }

    fn definition(&mut self, kind: &TypeKind, value: &Value, at: &str) {
        match (kind, value) {
            (TypeKind::Object(object), Value::Object(entries)) => {
                let mut last: Option<usize> = None;
                for (name, entry) in entries {
                    let position = object.properties.iter().position(|property| property.name == *name);
                    let Some(position) = position else { continue };
                    if let Some(previous) = last.filter(|last| *last > position) {
                        let previous = &object.properties[previous].name;
                        let message = format!("the schema lists `{name}` before `{previous}`");
                        self.report.key(&join(at, name), message, "keep the order of the schema");
                    }
                    last = last.max(Some(position));
                    self.value(&object.properties[position].schema, entry, &join(at, name));
                }
            }
            (TypeKind::Union(union), _) => {
                // The value alone does not select a variant of another union.
                let UnionKind::Tagged { property, .. } = &union.kind else { return };
                let tag = value.get(property).and_then(Value::as_str).unwrap_or_default();
                let variant = union.variants.iter().find(|variant| variant.tags.iter().any(|known| known == tag));
                if let Some(variant) = variant {
                    self.value(&variant.schema, value, at);
                }
            }
            (TypeKind::Alias(alias), _) => self.value(&alias.schema, value, at),
            _ => {}
        }
    }
}
