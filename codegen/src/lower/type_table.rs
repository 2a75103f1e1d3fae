//! The types of the API: those of the components, and inline ones as they are found.

use super::object;
use crate::ir::{Additional, Docs, Schema, SizeBounds, Type, TypeDef, TypeId, TypeKind, Usage};
use crate::resolve::{ComponentSchemas, MAX_DEPTH, OwnerIndex};
use std::collections::HashMap;

/// Type definitions by id. The id of a component is its index.
pub(super) struct TypeTable {
    /// The components' definitions, followed by inline ones.
    defs: Vec<TypeDef>,
    /// The inline types of each component, followed by those of the operations.
    owned: Vec<Vec<TypeId>>,
    /// Inline types by their identity, which is usually their pointer.
    inline: HashMap<String, TypeId>,
}

impl TypeTable {
    pub(super) fn new(components: &ComponentSchemas<'_>) -> Self {
        let defs: Vec<TypeDef> =
            components.sites().iter().map(|site| placeholder(&site.type_name, &site.pointer)).collect();
        let owned = vec![Vec::new(); defs.len() + 1];
        Self { defs, owned, inline: HashMap::new() }
    }

    /// Returns a definition.
    pub(super) fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.defs.get(id.0)
    }

    /// Returns every definition.
    pub(super) fn defs(&self) -> &[TypeDef] {
        &self.defs
    }

    /// Returns every definition, to be changed in place.
    pub(super) fn defs_mut(&mut self) -> &mut Vec<TypeDef> {
        &mut self.defs
    }

    /// Returns the inline type with an identity.
    pub(super) fn inline(&self, identity: &str) -> Option<TypeId> {
        self.inline.get(identity).copied()
    }

    /// Defines a component.
    pub(super) fn define(&mut self, index: usize, def: TypeDef) {
        if let Some(slot) = self.defs.get_mut(index) {
            *slot = def;
        }
    }

    /// Adds an inline type before its kind is known, because inner schemas may refer back to it.
    pub(super) fn reserve(&mut self, identity: &str, owner: OwnerIndex, def: TypeDef) -> TypeId {
        let id = TypeId(self.defs.len());
        self.inline.insert(identity.to_owned(), id);
        self.defs.push(def);
        if let Some(owned) = self.owned.get_mut(owner) {
            owned.push(id);
        }
        id
    }

    /// Completes an inline type.
    pub(super) fn complete(&mut self, id: TypeId, kind: TypeKind) {
        if let Some(def) = self.defs.get_mut(id.0) {
            def.kind = kind;
            // The default of an inline schema belongs to its use.
            def.default = None;
        }
    }

    /// Returns the type of a schema after following aliases.
    pub(super) fn resolved<'s>(&'s self, schema: &'s Schema) -> &'s Type {
        let mut ty = &schema.ty;
        for _ in 0..MAX_DEPTH {
            let Type::Named(id) = ty else { break };
            match self.get(*id).map(|def| &def.kind) {
                Some(TypeKind::Alias(alias)) => ty = &alias.schema.ty,
                _ => break,
            }
        }
        ty
    }

    /// Returns the ids in the order of the document.
    pub(super) fn in_document_order(&self) -> Vec<TypeId> {
        let mut ids = Vec::with_capacity(self.defs.len());
        for (index, owned) in self.owned.iter().enumerate() {
            if index + 1 < self.owned.len() {
                ids.push(TypeId(index));
            }
            ids.extend(owned);
        }
        ids
    }
}

/// Returns a definition for a component that is not lowered yet.
fn placeholder(name: &str, pointer: &str) -> TypeDef {
    let object = object::object(Vec::new(), Additional::Any, SizeBounds::default());
    TypeDef {
        name: name.to_owned(),
        module: String::new(),
        schema: None,
        pointer: pointer.to_owned(),
        docs: Docs::default(),
        deprecated: false,
        usage: Usage::default(),
        default: None,
        kind: TypeKind::Object(object),
    }
}
