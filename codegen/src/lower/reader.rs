//! Schemas as a comparison of documents reads them: flat, without the types that are made of them.

use super::Lowerer;
use super::merged_schema::{Flat, Part};
use super::pointer;
use super::raw_schema::View;
use super::resolver::Sole;
use serde_json::Value;
use std::rc::Rc;

/// A document whose schemas are read one by one. It never fails: what a document gets wrong is `lower`'s to report.
pub(crate) struct Reader<'a>(Lowerer<'a>);

impl<'a> Reader<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self(Lowerer::new(root))
    }

    /// The keys of `components.schemas`, in the order of the document.
    pub(crate) fn keys(&self) -> &[&'a str] {
        &self.0.keys
    }

    /// The index of a component schema.
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        self.0.by_key.get(key).copied()
    }

    /// The component schema that a `$ref` leads to.
    pub(crate) fn target(&self, reference: &str) -> Option<usize> {
        self.0.component_of(reference)
    }

    /// A component schema as it is written.
    pub(crate) fn component(&self, index: usize) -> Option<Part<'a>> {
        self.0.components.get(index).cloned()
    }

    /// A schema within an operation, or anywhere else.
    pub(crate) fn part(&self, pointer: &str, raw: &'a Value) -> Part<'a> {
        self.0.part(pointer.into(), raw, "")
    }

    /// The component that a schema is, where it adds nothing but notes.
    pub(crate) fn sole(&mut self, node: &[Part<'a>]) -> Option<Sole<'a>> {
        let node = self.0.pruned(node);
        self.0.sole_reference(&node)
    }

    /// What a schema comes to.
    pub(crate) fn flat(&mut self, node: &[Part<'a>]) -> Rc<Flat<'a>> {
        self.0.diagnostics.clear();
        self.0.shape(node)
    }

    /// Follows the references of anything but schemas.
    pub(crate) fn resolve(&mut self, at: &str, raw: &'a Value) -> (Rc<str>, &'a Value) {
        self.0.diagnostics.clear();
        self.0.resolve(&at.into(), raw)
    }

    /// Where a schema says a keyword: itself, or in one of its parts.
    pub(crate) fn stated(&self, node: &[Part<'a>], keyword: &str) -> Option<(Rc<str>, &'a Value)> {
        node.iter().rev().find_map(|part| self.stated_at(&part.pointer, part.raw, keyword, 0))
    }

    fn stated_at(&self, at: &str, raw: &'a Value, keyword: &str, depth: usize) -> Option<(Rc<str>, &'a Value)> {
        if depth > super::resolver::DEPTH {
            return None;
        }
        if let Some(reference) = raw.get("$ref").and_then(Value::as_str) {
            let (at, raw) = pointer::follow(self.0.root, reference)?;
            return self.stated_at(&at, raw, keyword, depth + 1);
        }
        if let Some(value) = raw.get(keyword) {
            return Some((pointer::child(at, keyword), value));
        }
        ["allOf", "oneOf", "anyOf"].iter().find_map(|combinator| {
            let parts = raw.get(combinator).and_then(Value::as_array)?;
            // What one of several variants says is not said of the whole.
            if *combinator != "allOf" && parts.iter().filter(|part| !View::of(part).is_null()).count() > 1 {
                return None;
            }
            parts.iter().enumerate().find_map(|(index, part)| {
                self.stated_at(&pointer::element(at, combinator, index), part, keyword, depth + 1)
            })
        })
    }
}
