//! A written schema with its place in the document.

use super::raw_schema::RawSchema;
use serde_json::Value;
use std::rc::Rc;

/// The index of the component that an inline type belongs to. Operations have the index after the last component.
pub(crate) type OwnerIndex = usize;

/// The pointer, the name and the owner of a site, on which its merged schema depends.
pub(super) type SiteKey = (Rc<str>, Rc<str>, OwnerIndex);

/// A written schema, its place in the document, and the name of an inline type made from it.
///
/// The name depends on the place of the schema and not on its uses. So a schema that several `allOf`s inherit is one
/// type with one name.
#[derive(Clone, Debug)]
pub(crate) struct SchemaSite<'a> {
    pub(crate) pointer: Rc<str>,
    pub(crate) schema: Rc<RawSchema<'a>>,
    pub(crate) type_name: Rc<str>,
    pub(crate) owner: OwnerIndex,
}

/// Schemas that a value must satisfy together. Almost always one.
pub(crate) type AllOf<'a> = Vec<SchemaSite<'a>>;

impl<'a> SchemaSite<'a> {
    /// Parses the schema at a pointer. `x-rust-name` overrides `type_name`.
    pub(super) fn new(pointer: Rc<str>, json: &'a Value, type_name: &str, owner: OwnerIndex) -> Self {
        let schema = Rc::new(RawSchema::parse(json));
        let type_name = schema.annotations.rust_name.unwrap_or(type_name).into();
        Self { pointer, schema, type_name, owner }
    }

    /// Parses a schema within this one. An inline type made of it takes this one's name and a suffix.
    pub(super) fn inner(&self, pointer: Rc<str>, json: &'a Value, suffix: &str) -> Self {
        Self::new(pointer, json, &format!("{}{suffix}", self.type_name), self.owner)
    }

    /// Returns a part of this schema's combinators.
    pub(super) fn part(&self, pointer: Rc<str>, schema: &Rc<RawSchema<'a>>) -> Self {
        let own = schema.annotations.rust_name;
        let type_name = own.map_or_else(|| Rc::clone(&self.type_name), Rc::from);
        Self { pointer, schema: Rc::clone(schema), type_name, owner: self.owner }
    }

    /// Returns the same schema at another pointer, which a reference leads to.
    pub(super) fn target(&self, pointer: Rc<str>, json: &'a Value) -> Self {
        let schema = Rc::new(RawSchema::parse(json));
        Self { pointer, schema, type_name: Rc::clone(&self.type_name), owner: self.owner }
    }

    /// Returns the key of this site.
    pub(super) fn key(&self) -> SiteKey {
        (Rc::clone(&self.pointer), Rc::clone(&self.type_name), self.owner)
    }

    /// Returns the untyped schema.
    pub(crate) fn json(&self) -> &'a Value {
        self.schema.json
    }
}
