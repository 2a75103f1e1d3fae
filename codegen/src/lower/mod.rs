//! From a document to the intermediate representation.
//!
//! Schemas are read untyped (`view`), freed of references and `allOf` (`flatten`), and become types (`schema`,
//! `object`, `enums`, `union`). Operations follow, since their inline types come after those of the components.
//! What depends on all types at once comes last: boxing, directions, names of types.

mod client_names;
mod cycles;
mod defaults;
mod discriminator;
mod document;
mod document_order;
mod enums;
mod media;
pub(crate) mod merged_schema;
mod name_scope;
mod object;
pub(crate) mod operation;
mod paging;
mod parameter;
mod pointer;
pub(crate) mod raw_schema;
pub(crate) mod reader;
mod recursive_unions;
mod resolver;
mod schema;
mod specificity;
#[cfg(test)]
mod tests;
mod union;
mod unsupported;
mod usage;

use crate::diagnostics::Diagnostic;
use crate::ir::{Additional, Api, Object, SizeBounds, TypeDef, TypeId, TypeKind, Usage};
use crate::parse::Document;
use merged_schema::{Flat, Part};
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// What lowering gives: always an API, as good as the document allows, and everything found on the way.
#[derive(Debug)]
pub struct Lowered {
    /// The API; complete where no finding is an error.
    pub api: Api,
    /// Errors and warnings, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a document.
#[must_use]
pub fn lower(document: &Document) -> Lowered {
    lower_value(&document.raw)
}

pub(crate) fn lower_value(root: &Value) -> Lowered {
    let mut lowerer = Lowerer::new(root);
    for index in 0..lowerer.components.len() {
        lowerer.define_component(index);
    }
    let operations = lowerer.operations();
    lowerer.fix_tags();
    cycles::box_cycles(&mut lowerer.types, &mut lowerer.diagnostics);
    recursive_unions::find_endless(&lowerer.types, &mut lowerer.diagnostics);
    let sequence = lowerer.sequence();
    let mut api = lowerer.api(operations);
    document_order::renumber(&mut api, &sequence);
    usage::directions(&mut api);
    defaults::check(&api, &mut lowerer.diagnostics);
    usage::binary_in_json(&api, &mut lowerer.diagnostics);
    name_scope::check_type_names(&api.types, &mut lowerer.diagnostics);
    let diagnostics = document_order::sorted(root, lowerer.diagnostics);
    Lowered { api, diagnostics }
}

/// How far a component has been flattened.
enum Slot<'a> {
    Fresh,
    Open,
    Done(Rc<Flat<'a>>),
}

/// A document on its way to an API.
struct Lowerer<'a> {
    root: &'a Value,
    /// What `x-rust-crate.type-prefix` has type names leave out.
    prefix: Option<&'a str>,
    /// The keys of `components.schemas`; its other tables have the same indices.
    keys: Vec<&'a str>,
    components: Vec<Part<'a>>,
    by_key: HashMap<&'a str, usize>,
    slots: Vec<Slot<'a>>,
    /// The components' definitions, followed by inline ones as they are found.
    types: Vec<TypeDef>,
    /// The inline types of each component, and last those of the operations.
    homes: Vec<Vec<TypeId>>,
    /// Inline types by what tells them apart, their pointer for most.
    inline: HashMap<String, TypeId>,
    diagnostics: Vec<Diagnostic>,
    depth: usize,
}

impl<'a> Lowerer<'a> {
    fn new(root: &'a Value) -> Self {
        let mut lowerer = Self {
            root,
            prefix: root.pointer("/x-rust-crate/type-prefix").and_then(Value::as_str),
            keys: Vec::new(),
            components: Vec::new(),
            by_key: HashMap::new(),
            slots: Vec::new(),
            types: Vec::new(),
            homes: Vec::new(),
            inline: HashMap::new(),
            diagnostics: Vec::new(),
            depth: 0,
        };
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
        for (index, (key, raw)) in schemas.into_iter().flatten().enumerate() {
            let name: Rc<str> = lowerer.type_name(key, raw.get("x-rust-name").and_then(Value::as_str)).into();
            let pointer = pointer::child("/components/schemas", key);
            lowerer.types.push(placeholder(&name, &pointer));
            lowerer.components.push(Part { pointer, raw, name, home: index });
            lowerer.keys.push(key);
            lowerer.by_key.insert(key, index);
            lowerer.slots.push(Slot::Fresh);
        }
        lowerer.homes.resize(lowerer.components.len() + 1, Vec::new());
        lowerer
    }

    /// The home of inline types in operations.
    fn operations_home(&self) -> merged_schema::Home {
        self.components.len()
    }

    /// The types in the order of the document.
    fn sequence(&self) -> Vec<TypeId> {
        let mut sequence = Vec::with_capacity(self.types.len());
        for (index, inline) in self.homes.iter().enumerate() {
            if index < self.components.len() {
                sequence.push(TypeId(index));
            }
            sequence.extend(inline);
        }
        sequence
    }
}

/// Keeps the place of a definition that is yet to be lowered.
fn placeholder(name: &str, pointer: &str) -> TypeDef {
    let object = Object { properties: Vec::new(), additional: Additional::Any, size: SizeBounds::default() };
    TypeDef {
        name: name.to_owned(),
        module: String::new(),
        schema: None,
        pointer: pointer.to_owned(),
        docs: crate::ir::Docs::default(),
        deprecated: false,
        usage: Usage::default(),
        default: None,
        kind: TypeKind::Object(object),
    }
}
