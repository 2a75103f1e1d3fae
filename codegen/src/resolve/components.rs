//! The component schemas of a document, by key and by reference.

use super::schema_site::{OwnerIndex, SchemaSite};
use crate::pointer;
use crate::rust_name;
use serde_json::Value;
use std::collections::HashMap;

/// The entries of `components.schemas`, in the order of the document. An index means the same in every list.
#[derive(Debug)]
pub(crate) struct ComponentSchemas<'a> {
    /// The prefix that `x-rust-crate.type-prefix` removes from the names of types.
    prefix: Option<&'a str>,
    keys: Vec<&'a str>,
    sites: Vec<SchemaSite<'a>>,
    by_key: HashMap<&'a str, usize>,
}

impl<'a> ComponentSchemas<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        let mut components = Self {
            prefix: root.pointer("/x-rust-crate/type-prefix").and_then(Value::as_str),
            keys: Vec::new(),
            sites: Vec::new(),
            by_key: HashMap::new(),
        };
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
        for (index, (key, json)) in schemas.into_iter().flatten().enumerate() {
            let type_name = components.type_name(key);
            let pointer = pointer::child("/components/schemas", key);
            components.sites.push(SchemaSite::new(pointer, json, &type_name, index));
            components.keys.push(key);
            components.by_key.insert(key, index);
        }
        components
    }

    /// Returns the keys in the order of the document.
    pub(crate) fn keys(&self) -> &[&'a str] {
        &self.keys
    }

    /// Returns the key of a component.
    pub(crate) fn key(&self, index: usize) -> Option<&'a str> {
        self.keys.get(index).copied()
    }

    /// Returns the index of a key.
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Returns a component as it is written.
    pub(crate) fn site(&self, index: usize) -> Option<&SchemaSite<'a>> {
        self.sites.get(index)
    }

    /// Returns every component, in the order of the document.
    pub(crate) fn sites(&self) -> &[SchemaSite<'a>] {
        &self.sites
    }

    /// Returns the owner of the inline types that operations have.
    pub(crate) fn operations_owner(&self) -> OwnerIndex {
        self.sites.len()
    }

    /// Returns the component that a `$ref` names.
    pub(crate) fn target(&self, reference: &str) -> Option<usize> {
        let pointer = pointer::of_reference(reference)?;
        let mut segments = pointer::segments(pointer.strip_prefix("/components/schemas")?);
        let key = segments.next()?;
        if segments.next().is_some() {
            return None;
        }
        self.index(&key)
    }

    /// Returns the component that a `mapping` of a discriminator names, by its key or by a reference.
    pub(crate) fn mapping_target(&self, target: &str) -> Option<usize> {
        self.index(target).or_else(|| self.target(target))
    }

    /// Returns the name of a component's type: its key in upper camel case, without the document's prefix.
    pub(crate) fn type_name(&self, key: &str) -> String {
        let rest = self.prefix.and_then(|prefix| key.strip_prefix(prefix));
        match rest {
            Some(rest) if rest.starts_with(|first: char| first.is_ascii_uppercase()) => rust_name::upper(rest),
            _ => rust_name::upper(key),
        }
    }
}
