//! One of the two documents, as the comparison reads it.

use super::located_value::LocatedValue;
use super::revision::Revision;
use super::subtypes;
use crate::ir::Usage;
use crate::lower::flat::Part;
use crate::lower::reader::Reader;
use std::collections::HashMap;

/// A revision with its schemas resolved.
pub(super) struct DocumentSide<'a> {
    pub(super) revision: &'a Revision,
    pub(super) reader: Reader<'a>,
    /// The directions in which types cross the wire, by their pointers.
    usages: HashMap<String, Usage>,
}

impl<'a> DocumentSide<'a> {
    pub(super) fn new(revision: &'a Revision) -> Self {
        let mut usages = revision.api.types.iter().map(|def| (def.pointer.clone(), def.usage)).collect();
        let reader = Reader::new(&revision.raw);
        subtypes::spread_usage(&reader, &mut usages);
        Self { revision, reader, usages }
    }

    pub(super) fn root(&self) -> LocatedValue<'a> {
        LocatedValue::new("", &self.revision.raw)
    }

    /// Follows the references of anything but schemas.
    pub(super) fn resolve(&mut self, value: &LocatedValue<'a>) -> LocatedValue<'a> {
        let (at, raw) = self.reader.resolve(&value.at, value.raw);
        LocatedValue { at, raw }
    }

    /// Returns a schema as a part.
    pub(super) fn part(&self, value: &LocatedValue<'a>) -> Part<'a> {
        self.reader.part(&value.at, value.raw)
    }

    pub(super) fn usage(&self, pointer: &str) -> Usage {
        self.usages.get(pointer).copied().unwrap_or_default()
    }
}
