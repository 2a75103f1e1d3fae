//! Lowers schemas to types.
//!
//! Schemas contain schemas, so the methods here call each other. Decisions about one schema that do not depend on
//! another are in separate files.

use super::inline_name::InlineName;
use super::lowerer::Lowerer;
use super::object::{self, LoweredSchema};
use super::schema_form::{SchemaForm, constant_type, docs_of, integer_type, number_type, only_value, string_type};
use super::union;
use super::union_member::UnionMember;
use super::{enums, unchecked};
use crate::diagnostics::Diagnostic;
use crate::ir::{
    Additional, Alias, Enum, ListType, MapType, Object, Schema, Type, TypeDef, TypeId, TypeKind, Union, Usage, Variant,
};
use crate::pointer;
use crate::resolve::{Annotations, ComponentUse, MergedSchema, SchemaSite, variant_of_itself};
use crate::rust_name;
use serde_json::Value;
use std::rc::Rc;

const ANY: Schema = Schema { ty: Type::Any, nullable: false };

impl<'a> Lowerer<'a> {
    /// Lowers every component to its definition.
    pub(super) fn define_components(&mut self) {
        for index in 0..self.schemas.components.sites().len() {
            let Some(site) = self.schemas.components.site(index).cloned() else { continue };
            let (kind, annotations) = self.component_kind(index, &site);
            let def = self.definition(&site.type_name, &site.pointer, &annotations, kind);
            self.types.define(index, def);
        }
    }

    fn component_kind(&mut self, index: usize, site: &SchemaSite<'a>) -> (TypeKind, Annotations<'a>) {
        let alias = |schema| TypeKind::Alias(Alias { schema, recursive: false });
        if let Some(used) = self.schemas.component_use(std::slice::from_ref(site)) {
            let annotations = used.annotations;
            let target = self.use_component(&used, &site.pointer, false);
            return (alias(Schema { nullable: false, ..target.schema }), annotations);
        }
        let Some(merged) = self.schemas.component(index) else { return (alias(ANY), Annotations::default()) };
        let name = InlineName::of(site);
        let kind = self.kind(&merged, &name).unwrap_or_else(|| {
            let ty = self.plain_type(&merged, &name);
            alias(Schema { ty, nullable: false })
        });
        (kind, merged.annotations)
    }

    fn definition(&self, name: &str, pointer: &str, annotations: &Annotations<'_>, kind: TypeKind) -> TypeDef {
        let key = pointer.strip_prefix("/components/schemas/").and_then(|_| {
            let mut segments = pointer::segments(pointer).skip(2);
            let key = segments.next()?;
            segments.next().is_none().then(|| key.into_owned())
        });
        TypeDef {
            name: name.to_owned(),
            module: rust_name::file(name),
            schema: key.filter(|key| self.schemas.components.index(key).is_some()),
            pointer: pointer.to_owned(),
            docs: docs_of(annotations),
            deprecated: annotations.deprecated.unwrap_or_default(),
            usage: Usage::default(),
            default: annotations.default.cloned(),
            kind,
        }
    }

    /// Lowers a schema at its use. If `constant`, a schema with one value becomes that value, without a type.
    pub(super) fn schema(&mut self, sites: &[SchemaSite<'a>], name: &InlineName, constant: bool) -> LoweredSchema<'a> {
        let sites = &*self.schemas.without_inherited(sites);
        let pointer = sites.last().map_or_else(|| Rc::from(""), |site| Rc::clone(&site.pointer));
        if let Some(used) = self.schemas.component_use(sites) {
            return self.use_component(&used, &pointer, constant);
        }
        let merged = self.schemas.resolve_inline(sites);
        let (name, identity) = match sites {
            [site] => (InlineName::of(site), Rc::clone(&site.pointer)),
            _ => (name.clone(), identity(sites)),
        };
        let around = std::mem::take(&mut self.open_unions);
        let lowered = self.use_merged(&merged, &identity, &name, constant);
        self.open_unions = around;
        lowered
    }

    fn use_component(&mut self, used: &ComponentUse<'a>, pointer: &str, constant: bool) -> LoweredSchema<'a> {
        let merged = self.schemas.component(used.component);
        if merged.is_none() {
            self.report(
                Diagnostic::error("cyclic-schema", pointer, "this schema only refers to itself")
                    .help("give it a type, properties, items or variants"),
            );
        }
        let merged = merged.as_deref();
        let any = merged.is_some_and(|merged| SchemaForm::of(merged) == SchemaForm::Any);
        let own = merged.is_some_and(MergedSchema::is_nullable);
        let nullable = used.nullable.unwrap_or(own) && !any;
        let value = merged.and_then(only_value).filter(|_| constant && !nullable);
        let ty = Type::Named(TypeId(used.component));
        let mut annotations = used.annotations;
        // The prose of a component describes the component. Its default is the default of each use.
        annotations.default = annotations.default.or_else(|| self.component_default(used.component));
        LoweredSchema { schema: Schema { ty, nullable }, constant: value.cloned(), annotations }
    }

    /// Returns the default of a component, or that of the component which it refers to.
    fn component_default(&mut self, index: usize) -> Option<&'a Value> {
        let mut component = index;
        for _ in 0..=self.schemas.components.sites().len() {
            let site = self.schemas.components.site(component)?.clone();
            let Some(used) = self.schemas.component_use(&[site]) else { break };
            if used.annotations.default.is_some() {
                return used.annotations.default;
            }
            component = used.component;
        }
        self.schemas.component(component)?.annotations.default
    }

    /// Lowers a merged schema at its use. `identity` is unique to each inline schema.
    fn use_merged(
        &mut self,
        merged: &MergedSchema<'a>,
        identity: &str,
        name: &InlineName,
        constant: bool,
    ) -> LoweredSchema<'a> {
        if self.schemas.is_too_deep(&merged.pointer) || !self.schemas.spend(&merged.pointer, merged.members()) {
            return LoweredSchema { schema: ANY, constant: None, annotations: Annotations::default() };
        }
        let nullable = merged.is_nullable() && SchemaForm::of(merged) != SchemaForm::Any;
        let value = only_value(merged).filter(|_| constant && !nullable);
        self.schemas.descend();
        let ty = match value {
            Some(value) => constant_type(value),
            None => self.inline_type(merged, identity, name),
        };
        self.schemas.ascend();
        LoweredSchema { schema: Schema { ty, nullable }, constant: value.cloned(), annotations: merged.annotations }
    }

    fn inline_type(&mut self, merged: &MergedSchema<'a>, identity: &str, name: &InlineName) -> Type {
        if !matches!(SchemaForm::of(merged), SchemaForm::Struct | SchemaForm::Enum(_) | SchemaForm::Union) {
            return self.plain_type(merged, name);
        }
        if let Some(id) = self.types.inline(identity) {
            return Type::Named(id);
        }
        let own = merged.annotations.rust_name.map_or_else(|| Rc::clone(&name.name), Rc::from);
        let name = InlineName { name: own, owner: name.owner };
        // An inner schema may refer back to this one.
        let empty = object::object(Vec::new(), Additional::Any, merged.property_count);
        let def = self.definition(&name.name, &merged.pointer, &merged.annotations, TypeKind::Object(empty));
        let id = self.types.reserve(identity, name.owner, def);
        if let Some(kind) = self.kind(merged, &name) {
            self.types.complete(id, kind);
        }
        Type::Named(id)
    }

    /// Returns the definition that a schema needs, if it needs one.
    fn kind(&mut self, merged: &MergedSchema<'a>, name: &InlineName) -> Option<TypeKind> {
        Some(match SchemaForm::of(merged) {
            SchemaForm::Struct => TypeKind::Object(self.object(merged, name)),
            SchemaForm::Enum(repr) => {
                let values = enums::enum_values(self.root, merged, &name.name, &mut self.schemas.diagnostics);
                TypeKind::Enum(Enum { repr, values })
            }
            SchemaForm::Union => TypeKind::Union(self.union(merged, name)),
            _ => return None,
        })
    }

    /// Returns the type of a schema that needs no definition.
    fn plain_type(&mut self, merged: &MergedSchema<'a>, name: &InlineName) -> Type {
        unchecked::report_listed_values(merged, &mut self.schemas.diagnostics);
        unchecked::report_unchecked(merged, &mut self.schemas.diagnostics);
        match SchemaForm::of(merged) {
            SchemaForm::Boolean => Type::Boolean,
            SchemaForm::Integer => Type::Integer(integer_type(merged)),
            SchemaForm::Number => Type::Number(number_type(merged)),
            SchemaForm::String => Type::String(string_type(merged)),
            SchemaForm::List => {
                let items = self.element(&merged.items, &name.inner("Item"));
                Type::List(Box::new(ListType { items, size: merged.item_count, unique: merged.unique }))
            }
            SchemaForm::Map => {
                unchecked::report_required_keys(merged, &mut self.schemas.diagnostics);
                let values = self.element(&merged.additional, &name.inner("Value"));
                Type::Map(Box::new(MapType { values, keys: merged.property_names, size: merged.property_count }))
            }
            _ => Type::Any,
        }
    }

    /// Lowers the elements of a list or the values of a map.
    fn element(&mut self, sites: &[SchemaSite<'a>], name: &InlineName) -> Schema {
        if sites.is_empty() { ANY } else { self.schema(sites, name, false).schema }
    }

    fn object(&mut self, merged: &MergedSchema<'a>, name: &InlineName) -> Object {
        let typed = !merged.additional.is_empty();
        let mut properties = Vec::with_capacity(merged.properties.len());
        for (key, sites) in &merged.properties {
            let required = merged.required.contains_key(key);
            let used = self.schema(sites, &name.inner(&rust_name::upper(key)), required);
            properties.push(object::property(key, sites, required, used));
        }
        object::check_names(&properties, typed, &name.name, &mut self.schemas.diagnostics);
        object::check_required(merged, &mut self.schemas.diagnostics);
        let additional = if typed {
            Additional::Typed(Box::new(self.element(&merged.additional, &name.inner("Value"))))
        } else if merged.closed {
            Additional::Closed
        } else {
            Additional::Any
        };
        object::object(properties, additional, merged.property_count)
    }

    fn union(&mut self, merged: &MergedSchema<'a>, name: &InlineName) -> Union {
        let Some(decided) = union::decide(&mut self.schemas, merged, &name.name) else {
            return Union { kind: crate::ir::UnionKind::Untagged, exclusive: false, variants: Vec::new() };
        };
        self.open_unions.extend(merged.unions.iter().map(|union| Rc::clone(&union.pointer)).take(1));
        let variants = decided.members.into_iter().map(|member| self.variant(member, name)).collect();
        self.open_unions.pop();
        Union { kind: decided.kind, exclusive: decided.exclusive, variants }
    }

    fn variant(&mut self, member: UnionMember<'a>, union: &InlineName) -> Variant {
        let UnionMember { mut site, merged, extended, tags, rust_name, .. } = member;
        let pointer = site.pointer.as_ref().to_owned();
        let inner = union.inner(&rust_name);
        if site.schema.annotations.rust_name.is_none() {
            site.type_name = Rc::clone(&inner.name);
        }
        site.owner = union.owner;
        let again = merged.unions.first().filter(|inner| self.open_unions.contains(&inner.pointer));
        let schema = if let Some(again) = again {
            self.report(variant_of_itself(&pointer, &again.pointer));
            ANY
        } else if extended {
            let identity = format!("{pointer} in {}", union.name);
            self.use_merged(&merged, &identity, &inner, false).schema
        } else {
            self.schema(&[site], &inner, false).schema
        };
        Variant { rust_name, tags, schema: Schema { nullable: false, ..schema }, pointer, boxed: false }
    }
}

/// Returns the identity of a combination of schemas.
fn identity(sites: &[SchemaSite<'_>]) -> Rc<str> {
    let pointers: Vec<&str> = sites.iter().map(|site| site.schema.reference.unwrap_or(&site.pointer)).collect();
    pointers.join(" ").into()
}
