//! The state that all parts of the lowering share: the document, its schemas, and the types found so far.

use super::type_table::TypeTable;
use crate::diagnostics::Diagnostic;
use crate::resolve::SchemaResolver;
use serde_json::Value;
use std::rc::Rc;

/// A document on its way to an API.
pub(super) struct Lowerer<'a> {
    pub(super) root: &'a Value,
    pub(super) schemas: SchemaResolver<'a>,
    pub(super) types: TypeTable,
    /// The unions around the variant that is being lowered, all of which have the same value.
    pub(super) open_unions: Vec<Rc<str>>,
}

impl<'a> Lowerer<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        let schemas = SchemaResolver::new(root);
        let types = TypeTable::new(&schemas.components);
        Self { root, schemas, types, open_unions: Vec::new() }
    }

    /// Adds a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.schemas.report(diagnostic);
    }
}
