//! Resolves schemas: follows references, merges `allOf`, and replaces a union of one variant by that variant.
//!
//! The methods that merge call each other, because components may contain each other to any depth. All of them are in
//! this file. Code that does not follow references is in separate files.

use super::annotations::Annotations;
use super::budget::{Budget, MAX_DEPTH};
use super::component_use::{ComponentUse, component_use};
use super::components::ComponentSchemas;
use super::diagnostic_sink::DiagnosticSink;
use super::merged_schema::{MergedSchema, UnionSchema};
use super::raw_schema::RawSchema;
use super::schema_diagnostics;
use super::schema_site::{SchemaSite, SiteKey};
use super::{repeated_variants, scalar_union, variant_choice};
use crate::diagnostics::Diagnostic;
use crate::pointer;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How far a component has been merged.
enum Progress<'a> {
    Fresh,
    Open,
    Done(Rc<MergedSchema<'a>>),
}

/// The resolver of a document's schemas.
pub(crate) struct SchemaResolver<'a> {
    pub(super) root: &'a Value,
    pub(crate) components: ComponentSchemas<'a>,
    pub(crate) diagnostics: DiagnosticSink,
    merged: Vec<Progress<'a>>,
    /// The targets of references to anything but components.
    targets: HashMap<SiteKey, Progress<'a>>,
    /// The schemas that are resolved, apart from uses of components.
    resolved: HashMap<SiteKey, Rc<MergedSchema<'a>>>,
    /// The unions whose variants are being resolved.
    open_unions: HashSet<Rc<str>>,
    /// The variants of each union, by its pointer.
    choices: HashMap<Rc<str>, Rc<HashSet<Rc<str>>>>,
    budget: Budget,
}

impl<'a> SchemaResolver<'a> {
    /// Reads the components of a document, and keeps the diagnostics.
    pub(crate) fn new(root: &'a Value) -> Self {
        Self::with(root, DiagnosticSink::kept())
    }

    /// Reads the components of a document for a comparison, which does not report diagnostics.
    pub(crate) fn without_diagnostics(root: &'a Value) -> Self {
        Self::with(root, DiagnosticSink::dropped())
    }

    fn with(root: &'a Value, diagnostics: DiagnosticSink) -> Self {
        let components = ComponentSchemas::new(root);
        let merged = components.sites().iter().map(|_| Progress::Fresh).collect();
        Self {
            root,
            components,
            diagnostics,
            merged,
            targets: HashMap::new(),
            resolved: HashMap::new(),
            open_unions: HashSet::new(),
            choices: HashMap::new(),
            budget: Budget::of(root),
        }
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Returns whether the depth limit is reached, and reports it.
    pub(crate) fn is_too_deep(&mut self, at: &str) -> bool {
        let error = self.budget.depth_error(at);
        let is_too_deep = error.is_some();
        self.diagnostics.extend(error);
        is_too_deep
    }

    /// Spends work, and returns whether any was left. Reports the end of the budget once.
    pub(crate) fn spend(&mut self, at: &str, work: usize) -> bool {
        let (is_paid, error) = self.budget.spend(at, work);
        self.diagnostics.extend(error);
        is_paid
    }

    /// Returns whether one more error may suggest a name.
    pub(crate) fn may_suggest(&mut self) -> bool {
        self.budget.may_suggest()
    }

    /// Returns the first place at which a limit was reached. The schemas from there on are not resolved.
    pub(crate) fn overrun(&self) -> Option<&Rc<str>> {
        self.budget.overrun()
    }

    /// Goes one level deeper.
    pub(crate) fn descend(&mut self) {
        self.budget.descend();
    }

    /// Leaves a level that [`Self::descend`] entered.
    pub(crate) fn ascend(&mut self) {
        self.budget.ascend();
    }

    /// Returns a schema in an operation, or anywhere outside of `components.schemas`.
    pub(crate) fn site(&self, pointer: Rc<str>, json: &'a Value, type_name: &str) -> SchemaSite<'a> {
        SchemaSite::new(pointer, json, type_name, self.components.operations_owner())
    }

    /// Returns the schema that a reference within a site leads to.
    pub(super) fn target_site(&self, site: &SchemaSite<'a>, reference: &str) -> Option<SchemaSite<'a>> {
        if let Some(index) = self.components.target(reference) {
            return self.components.site(index).cloned();
        }
        let (pointer, json) = pointer::follow(self.root, reference)?;
        Some(site.target(pointer.into(), json))
    }

    /// Follows the references of objects other than schemas.
    pub(crate) fn follow(&mut self, pointer: &Rc<str>, json: &'a Value) -> (Rc<str>, &'a Value) {
        let (mut at, mut value) = (Rc::clone(pointer), json);
        let mut passed = HashSet::new();
        while passed.insert(Rc::clone(&at)) {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return (at, value) };
            let Some((next, target)) = pointer::target(self.root, reference) else {
                let diagnostic = self.dangling(pointer, reference);
                self.report(diagnostic);
                return (at, value);
            };
            (at, value) = (next, target);
        }
        self.report(schema_diagnostics::leads_to_itself(pointer));
        (at, &Value::Null)
    }

    fn dangling(&mut self, at: &str, reference: &str) -> Diagnostic {
        let names = if self.may_suggest() { self.components.keys() } else { &[] };
        schema_diagnostics::dangling(names, at, reference)
    }

    /// Returns the component that the schemas use, if they only add annotations.
    pub(crate) fn component_use(&mut self, sites: &[SchemaSite<'a>]) -> Option<ComponentUse<'a>> {
        let schemas: Vec<&Rc<RawSchema<'a>>> = sites.iter().map(|site| &site.schema).collect();
        let found = component_use(&self.components, &schemas, MAX_DEPTH + 1)?;
        // A `type` beside the reference may repeat that of the component. Another type contradicts it.
        if found.beside.is_some() && self.component(found.component)?.json_type != found.beside {
            return None;
        }
        Some(found)
    }

    /// Reports variants that no value selects, and returns the indices of those that repeat another.
    pub(crate) fn repeated_variants(
        &mut self,
        union: &UnionSchema<'a>,
        components: &[Option<usize>],
        variants: &[Rc<MergedSchema<'a>>],
    ) -> Vec<usize> {
        repeated_variants::repeated(union, components, variants, &mut self.diagnostics)
    }

    /// Returns a merged component; `None` while it is being merged, which means a cycle.
    pub(crate) fn component(&mut self, index: usize) -> Option<Rc<MergedSchema<'a>>> {
        match self.merged.get(index)? {
            Progress::Done(merged) => return Some(Rc::clone(merged)),
            Progress::Open => return None,
            Progress::Fresh => {}
        }
        let site = self.components.site(index)?.clone();
        if self.is_too_deep(&site.pointer) {
            return None;
        }
        self.descend();
        self.set(index, Progress::Open);
        let merged = self.merge_component(index, &site);
        self.ascend();
        Some(merged)
    }

    fn merge_component(&mut self, index: usize, site: &SchemaSite<'a>) -> Rc<MergedSchema<'a>> {
        let merged = Rc::new(self.merge_all(std::slice::from_ref(site)));
        self.set(index, Progress::Done(Rc::clone(&merged)));
        if merged.unions.is_empty() {
            return merged;
        }
        // The variants may refer back to the component, so its first result is stored before they are resolved.
        let mut settled = (*merged).clone();
        self.merge_scalar_union(&mut settled);
        let settled = Rc::new(settled);
        self.set(index, Progress::Done(Rc::clone(&settled)));
        settled
    }

    fn set(&mut self, index: usize, progress: Progress<'a>) {
        if let Some(slot) = self.merged.get_mut(index) {
            *slot = progress;
        }
    }

    /// Returns the merged schema. A component is shared, not copied.
    pub(crate) fn resolve(&mut self, sites: &[SchemaSite<'a>]) -> Rc<MergedSchema<'a>> {
        let sites = &*self.without_inherited(sites);
        if let Some(found) = self.component_use(sites)
            && let Some(merged) = self.component(found.component)
        {
            if found.nullable.is_none_or(|null| null == merged.is_nullable()) {
                return merged;
            }
            return Rc::new(MergedSchema { nullable: found.nullable, ..(*merged).clone() });
        }
        self.resolve_inline(sites)
    }

    /// Merges schemas that are not just a use of a component.
    pub(crate) fn resolve_inline(&mut self, sites: &[SchemaSite<'a>]) -> Rc<MergedSchema<'a>> {
        let key = match sites {
            [site] if site.schema.reference.is_some() || site.schema.is_combined() => Some(site.key()),
            _ => None,
        };
        if let Some(known) = key.as_ref().and_then(|key| self.resolved.get(key)) {
            return Rc::clone(known);
        }
        let mut merged = self.merge_all(sites);
        self.merge_scalar_union(&mut merged);
        let merged = Rc::new(merged);
        if let Some(key) = key {
            self.resolved.insert(key, Rc::clone(&merged));
        }
        merged
    }

    /// Leaves out components that another schema inherits: a subtype overrides its base.
    pub(crate) fn without_inherited<'n>(&mut self, sites: &'n [SchemaSite<'a>]) -> Cow<'n, [SchemaSite<'a>]> {
        if sites.len() < 2 {
            return Cow::Borrowed(sites);
        }
        let component = |site: &SchemaSite<'a>| self.components.target(site.schema.reference?);
        let components: Vec<Option<usize>> = sites.iter().map(component).collect();
        let mut inherited = Vec::new();
        for component in components.iter().flatten() {
            if let Some(merged) = self.component(*component) {
                inherited.extend(merged.ancestors.iter().copied());
            }
        }
        let adds = |component: &Option<usize>| component.is_none_or(|component| !inherited.contains(&component));
        sites.iter().zip(&components).filter(|(_, component)| adds(component)).map(|(site, _)| site.clone()).collect()
    }

    /// Removes the unions that a schema inherits, if it is one of their variants.
    fn remove_chosen_unions(&mut self, site: &SchemaSite<'a>, merged: &mut MergedSchema<'a>) {
        merged.unions.retain(|union| union.owner == site.pointer || !self.choices(union).contains(&site.pointer));
    }

    fn choices(&mut self, union: &UnionSchema<'a>) -> Rc<HashSet<Rc<str>>> {
        if let Some(known) = self.choices.get(&union.pointer) {
            return Rc::clone(known);
        }
        let choices = Rc::new(variant_choice::choices(union, |site, reference| self.target_site(site, reference)));
        self.choices.insert(Rc::clone(&union.pointer), Rc::clone(&choices));
        choices
    }

    /// Merges a union of strings or of integers into one schema, and makes the schema nullable if a variant is.
    fn merge_scalar_union(&mut self, merged: &mut MergedSchema<'a>) {
        let [union] = merged.unions.as_slice() else { return };
        if self.is_too_deep(&union.pointer) {
            return;
        }
        if !self.open_unions.insert(Rc::clone(&union.pointer)) {
            self.report(schema_diagnostics::variant_of_itself(&merged.pointer, &union.pointer));
            return;
        }
        self.descend();
        let variants: Vec<Rc<MergedSchema<'a>>> =
            union.variants.iter().map(|variant| self.resolve(std::slice::from_ref(variant))).collect();
        self.ascend();
        self.open_unions.remove(&union.pointer);
        let nullable = variants.iter().any(|variant| variant.is_nullable());
        let json_type = scalar_union::common_type(&variants)
            .filter(|found| !merged.has_members() && merged.json_type.is_none_or(|own| own == *found));
        if json_type.is_some() {
            let component = |variant| Some(self.component_use(std::slice::from_ref(variant))?.component);
            let components: Vec<Option<usize>> = union.variants.iter().map(component).collect();
            self.repeated_variants(union, &components, &variants);
        }
        if nullable {
            merged.nullable = Some(true);
        }
        if let Some(json_type) = json_type {
            scalar_union::replace_union(merged, json_type, &variants);
        }
    }

    fn merge_all(&mut self, sites: &[SchemaSite<'a>]) -> MergedSchema<'a> {
        let Some((first, rest)) = sites.split_first() else { return MergedSchema::anything("".into()) };
        let mut merged = self.merge_site(first);
        for site in rest {
            let other = self.merge_site(site);
            self.merge(&mut merged, other);
        }
        merged
    }

    /// Narrows a schema by another one.
    fn merge(&mut self, merged: &mut MergedSchema<'a>, other: MergedSchema<'a>) {
        if self.spend(&other.pointer, other.members()) {
            merged.merge(other, &mut self.diagnostics);
        }
    }

    fn merge_site(&mut self, site: &SchemaSite<'a>) -> MergedSchema<'a> {
        if self.is_too_deep(&site.pointer) || !self.spend(&site.pointer, 1) {
            return MergedSchema::anything(Rc::clone(&site.pointer));
        }
        self.descend();
        let merged = match site.schema.reference {
            Some(reference) => self.merge_reference(site, reference),
            None => self.merge_written(site),
        };
        self.ascend();
        merged
    }

    fn merge_reference(&mut self, site: &SchemaSite<'a>, reference: &str) -> MergedSchema<'a> {
        if let Some(index) = self.components.target(reference) {
            let Some(merged) = self.component(index) else {
                self.report(schema_diagnostics::made_of_itself(&site.pointer, reference));
                return MergedSchema::anything(Rc::clone(&site.pointer));
            };
            let mut merged = (*merged).clone();
            if !merged.ancestors.contains(&index) {
                merged.ancestors.push(index);
            }
            merged.pointer = Rc::clone(&site.pointer);
            // A component's annotations do not apply to schemas that inherit it. A default does, unless it is an object,
            // which may lack the properties that are added to it.
            let Annotations { rust_names, default, .. } = merged.annotations;
            let default = default.filter(|default| !default.is_object());
            merged.annotations = Annotations { default, rust_names, ..Annotations::default() };
            return merged;
        }
        match pointer::target(self.root, reference) {
            Some((pointer, json)) if json.is_object() => {
                self.merge_target(&site.target(pointer, json), site, reference)
            }
            _ => {
                let diagnostic = self.dangling(&site.pointer, reference);
                self.report(diagnostic);
                MergedSchema::anything(Rc::clone(&site.pointer))
            }
        }
    }

    /// Merges the target of a reference to anything but a component. It may be the target of many references.
    fn merge_target(&mut self, target: &SchemaSite<'a>, site: &SchemaSite<'a>, reference: &str) -> MergedSchema<'a> {
        let key = target.key();
        match self.targets.get(&key) {
            Some(Progress::Done(merged)) => return (**merged).clone(),
            Some(_) => {
                self.report(schema_diagnostics::made_of_itself(&site.pointer, reference));
                return MergedSchema::anything(Rc::clone(&site.pointer));
            }
            None => {}
        }
        self.targets.insert(key.clone(), Progress::Open);
        let merged = self.merge_site(target);
        self.targets.insert(key, Progress::Done(Rc::new(merged.clone())));
        merged
    }

    fn merge_written(&mut self, site: &SchemaSite<'a>) -> MergedSchema<'a> {
        let schema = &*site.schema;
        let own = MergedSchema::own(site);
        self.diagnostics.extend(schema_diagnostics::without_effect(&site.pointer, schema));
        if !schema.is_combined() {
            return own;
        }
        let annotations = own.annotations;
        let mut merged = MergedSchema::anything(Rc::clone(&site.pointer));
        let mut own = Some(own);
        if schema.own_first
            && let Some(own) = own.take()
        {
            self.merge(&mut merged, own);
        }
        for (index, part) in schema.all_of.iter().enumerate() {
            let other = self.merge_site(&site.part(pointer::element(&site.pointer, "allOf", index), part));
            self.merge(&mut merged, other);
        }
        let null = self.merge_unions(site, &mut merged);
        self.remove_chosen_unions(site, &mut merged);
        if let Some(own) = own {
            self.merge(&mut merged, own);
        }
        merged.annotations = Annotations { rust_name: annotations.rust_name, ..annotations.or(merged.annotations) };
        merged.nullable = schema.nullable.or(null.then_some(true)).or(merged.nullable);
        merged
    }

    /// Adds `oneOf` and `anyOf`, and returns whether null is among the variants.
    fn merge_unions(&mut self, site: &SchemaSite<'a>, merged: &mut MergedSchema<'a>) -> bool {
        let mut null = false;
        for (keyword, list) in [("oneOf", &site.schema.one_of), ("anyOf", &site.schema.any_of)] {
            let variants: Vec<SchemaSite<'a>> = list
                .iter()
                .enumerate()
                .filter(|(_, variant)| !variant.is_null())
                .map(|(index, variant)| site.part(pointer::element(&site.pointer, keyword, index), variant))
                .collect();
            null |= variants.len() < list.len();
            let at = pointer::child(&site.pointer, keyword);
            if !variants.is_empty() && variants.iter().all(|variant| variant.schema.only_requires()) {
                self.report(schema_diagnostics::unchecked_requirements(&at));
            } else if let [only] = variants.as_slice() {
                let other = self.merge_site(only);
                self.merge(merged, other);
            } else if !variants.is_empty() {
                merged.unions.push(UnionSchema {
                    pointer: at,
                    owner: Rc::clone(&site.pointer),
                    exclusive: keyword == "oneOf",
                    variants,
                    discriminator: site.schema.discriminator,
                });
            }
        }
        null
    }
}
