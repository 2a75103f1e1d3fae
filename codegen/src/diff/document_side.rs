//! One of the two documents, as the comparison reads it.

use super::located_value::LocatedValue;
use super::revision::Revision;
use super::subtypes;
use crate::ir::Usage;
use crate::resolve::{SchemaResolver, SchemaSite};
use std::collections::HashMap;
use std::rc::Rc;

/// A revision with its schemas resolved.
pub(super) struct DocumentSide<'a> {
    pub(super) revision: &'a Revision,
    pub(super) schemas: SchemaResolver<'a>,
    /// The directions in which types cross the wire, by their pointers.
    usages: HashMap<String, Usage>,
}

impl<'a> DocumentSide<'a> {
    pub(super) fn new(revision: &'a Revision) -> Self {
        let mut usages = revision.api.types.iter().map(|def| (def.pointer.clone(), def.usage)).collect();
        let schemas = SchemaResolver::without_diagnostics(&revision.raw);
        subtypes::spread_usage(&schemas, &mut usages);
        Self { revision, schemas, usages }
    }

    pub(super) fn root(&self) -> LocatedValue<'a> {
        LocatedValue::new("", &self.revision.raw)
    }

    /// Follows the references of anything but schemas.
    pub(super) fn resolve(&mut self, value: &LocatedValue<'a>) -> LocatedValue<'a> {
        let (at, raw) = self.schemas.follow(&value.at, value.raw);
        LocatedValue { at, raw }
    }

    /// Returns a schema as a part.
    pub(super) fn part(&self, value: &LocatedValue<'a>) -> SchemaSite<'a> {
        self.schemas.site(Rc::clone(&value.at), value.raw, "")
    }

    pub(super) fn usage(&self, pointer: &str) -> Usage {
        self.usages.get(pointer).copied().unwrap_or_default()
    }
}
