//! From written schemas to flat ones: references and `allOf` are followed here, and nowhere else.

use super::merged_schema::{Flat, Kind, Part, UnionPart};
use super::pointer;
use super::raw_schema::{Notes, View};
use super::{Lowerer, Slot};
use crate::diagnostics::Diagnostic;
use serde_json::Value;
use std::borrow::Cow;
use std::rc::Rc;

/// How far references and nested schemas are followed. Documents stay below ten; what goes deeper is a circle, or
/// would overflow the stack.
pub(super) const DEPTH: usize = 200;

/// A use of a component, with what the use says about itself.
pub(crate) struct Sole<'a> {
    pub(crate) component: usize,
    pub(crate) notes: Notes<'a>,
    pub(crate) nullable: Option<bool>,
}

/// What a schema is, as far as that shows without following a reference.
enum Look<'a> {
    /// A component, with a `type` that stands beside the reference, if any.
    Reference(Sole<'a>, Option<Kind>),
    /// Nothing but prose, a default and the like.
    Notes(Notes<'a>, Option<bool>),
    /// Something of its own.
    Structure,
}

impl<'a> Lowerer<'a> {
    /// The component that a `$ref` names.
    pub(super) fn component_of(&self, reference: &str) -> Option<usize> {
        let pointer = pointer::of_reference(reference)?;
        let mut segments = pointer::segments(pointer.strip_prefix("/components/schemas")?);
        let key = segments.next()?;
        if segments.next().is_some() {
            return None;
        }
        self.by_key.get(key.as_ref()).copied()
    }

    /// The component that a node is, where it adds nothing but notes.
    pub(super) fn sole_reference(&mut self, node: &[Part<'a>]) -> Option<Sole<'a>> {
        match self.look_at_all(node.iter().map(|part| part.raw), 0) {
            Look::Reference(sole, None) => Some(sole),
            Look::Reference(sole, Some(kind)) => {
                // `type: object` beside the reference repeats what the target says; another type contradicts it.
                let flat = self.component_flat(sole.component)?;
                (flat.kind == Some(kind)).then_some(sole)
            }
            _ => None,
        }
    }

    fn look_at_all(&self, parts: impl Iterator<Item = &'a Value>, depth: usize) -> Look<'a> {
        let mut found: Option<(usize, Option<Kind>)> = None;
        let (mut notes, mut nullable) = (Notes::default(), None);
        for raw in parts {
            match self.look(raw, depth) {
                Look::Structure => return Look::Structure,
                Look::Notes(more, null) => {
                    notes = more.over(notes);
                    nullable = null.or(nullable);
                }
                Look::Reference(sole, kind) => {
                    if found.is_some_and(|(component, _)| component != sole.component) {
                        return Look::Structure;
                    }
                    notes = sole.notes.over(notes);
                    nullable = sole.nullable.or(nullable);
                    found = Some((sole.component, kind));
                }
            }
        }
        match found {
            Some((component, kind)) => Look::Reference(Sole { component, notes, nullable }, kind),
            None => Look::Notes(notes, nullable),
        }
    }

    fn look(&self, raw: &'a Value, depth: usize) -> Look<'a> {
        let view = View::of(raw);
        if let Some(reference) = view.reference {
            return self.component_of(reference).map_or(Look::Structure, |component| {
                Look::Reference(Sole { component, notes: Notes::default(), nullable: None }, None)
            });
        }
        if view.structural || depth > DEPTH {
            return Look::Structure;
        }
        let mut nullable = view.nullable;
        let mut inner: Vec<&'a Value> = view.all_of.iter().collect();
        for union in [view.one_of, view.any_of] {
            let before = inner.len();
            inner.extend(union.iter().filter(|variant| !View::of(variant).is_null()));
            let kept = inner.len() - before;
            if kept > 1 {
                return Look::Structure;
            }
            if kept < union.len() {
                nullable = Some(true);
            }
        }
        let kind = view.kind.and_then(Kind::of);
        match self.look_at_all(inner.into_iter(), depth + 1) {
            Look::Reference(sole, below) => Look::Reference(
                Sole { notes: view.notes.over(sole.notes), nullable: nullable.or(sole.nullable), ..sole },
                kind.or(below),
            ),
            Look::Notes(notes, null) if view.kind.is_none() => Look::Notes(view.notes.over(notes), nullable.or(null)),
            _ => Look::Structure,
        }
    }

    /// What a component comes to; nothing while that is being found out, which is a circle.
    pub(super) fn component_flat(&mut self, index: usize) -> Option<Rc<Flat<'a>>> {
        match self.slots.get(index)? {
            Slot::Done(flat) => return Some(Rc::clone(flat)),
            Slot::Open => return None,
            Slot::Fresh => {}
        }
        let part = self.components.get(index)?.clone();
        if self.depth > DEPTH {
            self.too_deep(&part.pointer);
            return None;
        }
        self.set(index, Slot::Open);
        self.depth += 1;
        let flat = self.settled_component(index, &part);
        self.depth -= 1;
        Some(flat)
    }

    fn settled_component(&mut self, index: usize, part: &Part<'a>) -> Rc<Flat<'a>> {
        let flat = Rc::new(self.flatten(std::slice::from_ref(part)));
        self.set(index, Slot::Done(Rc::clone(&flat)));
        if flat.unions.is_empty() {
            return flat;
        }
        let mut settled = (*flat).clone();
        self.settle(&mut settled);
        let settled = Rc::new(settled);
        self.set(index, Slot::Done(Rc::clone(&settled)));
        settled
    }

    fn set(&mut self, index: usize, slot: Slot<'a>) {
        if let Some(place) = self.slots.get_mut(index) {
            *place = slot;
        }
    }

    /// What a node comes to, its unions settled; shared where it is a component.
    pub(super) fn shape(&mut self, node: &[Part<'a>]) -> Rc<Flat<'a>> {
        let node = &*self.pruned(node);
        if let Some(sole) = self.sole_reference(node)
            && let Some(flat) = self.component_flat(sole.component)
        {
            if sole.nullable.is_none_or(|null| null == flat.is_nullable()) {
                return flat;
            }
            return Rc::new(Flat { nullable: sole.nullable, ..(*flat).clone() });
        }
        let mut flat = self.flatten(node);
        self.settle(&mut flat);
        Rc::new(flat)
    }

    /// Leaves out components that another part of the node inherits: a subtype overrides its base.
    pub(super) fn pruned<'n>(&mut self, node: &'n [Part<'a>]) -> Cow<'n, [Part<'a>]> {
        if node.len() < 2 {
            return Cow::Borrowed(node);
        }
        let reference = |part: &Part<'a>| part.raw.get("$ref").and_then(Value::as_str);
        let components: Vec<Option<usize>> =
            node.iter().map(|part| reference(part).and_then(|reference| self.component_of(reference))).collect();
        let mut inherited = Vec::new();
        for component in components.iter().flatten() {
            if let Some(flat) = self.component_flat(*component) {
                inherited.extend(flat.ancestors.iter().copied());
            }
        }
        let adds = |component: &Option<usize>| component.is_none_or(|component| !inherited.contains(&component));
        node.iter().zip(&components).filter(|(_, component)| adds(component)).map(|(part, _)| part.clone()).collect()
    }

    /// Unites the parts of a node.
    pub(super) fn flatten(&mut self, node: &[Part<'a>]) -> Flat<'a> {
        let mut parts = node.iter();
        let Some(first) = parts.next() else { return Flat::any("".into()) };
        let mut flat = self.flatten_part(first);
        for part in parts {
            let other = self.flatten_part(part);
            flat.unite(other, &mut self.diagnostics);
        }
        flat
    }

    fn flatten_part(&mut self, part: &Part<'a>) -> Flat<'a> {
        if self.depth > DEPTH {
            self.too_deep(&part.pointer);
            return Flat::any(Rc::clone(&part.pointer));
        }
        self.depth += 1;
        let view = View::of(part.raw);
        let flat = match view.reference {
            Some(reference) => self.flatten_reference(part, reference),
            None => self.flatten_written(part, &view),
        };
        self.depth -= 1;
        flat
    }

    pub(super) fn too_deep(&mut self, at: &str) {
        self.diagnostics.push(
            Diagnostic::error(
                "cyclic-schema",
                at,
                format!("this is nested or referred to more than {DEPTH} levels deep"),
            )
            .help("break the circle of references, or make a component of an inner schema"),
        );
    }

    fn flatten_reference(&mut self, part: &Part<'a>, reference: &str) -> Flat<'a> {
        if let Some(index) = self.component_of(reference) {
            let Some(flat) = self.component_flat(index) else {
                let name = reference.rsplit('/').next().unwrap_or(reference);
                self.diagnostics.push(
                    Diagnostic::error("cyclic-schema", &*part.pointer, format!("`{name}` is made of itself"))
                        .help("a schema can refer to itself from a property, a list or a map, not from its own parts"),
                );
                return Flat::any(Rc::clone(&part.pointer));
            };
            let mut flat = (*flat).clone();
            if !flat.ancestors.contains(&index) {
                flat.ancestors.push(index);
            }
            flat.pointer = Rc::clone(&part.pointer);
            // What a component says about itself is not said about what is made of it.
            flat.notes = Notes { rust_names: flat.notes.rust_names, ..Notes::default() };
            return flat;
        }
        match pointer::follow(self.root, reference) {
            Some((pointer, raw)) if raw.is_object() => self.flatten_part(&Part { pointer, raw, ..part.clone() }),
            _ => {
                self.dangling(&part.pointer, reference);
                Flat::any(Rc::clone(&part.pointer))
            }
        }
    }

    pub(super) fn dangling(&mut self, at: &str, reference: &str) {
        let finding = Diagnostic::error("dangling-ref", at, format!("`{reference}` leads nowhere"));
        let name = reference.rsplit('/').next().unwrap_or(reference);
        self.diagnostics.push(match super::name_scope::closest(name, self.by_key.keys().copied()) {
            Some(near) => finding.help(format!("did you mean `#/components/schemas/{near}`?")),
            None => finding.help("define it in `components.schemas`, or refer to a schema that is there"),
        });
    }

    fn flatten_written(&mut self, part: &Part<'a>, view: &View<'a>) -> Flat<'a> {
        let own = Flat::own(part, view);
        if view.discriminator.is_some() && view.one_of.is_empty() && view.any_of.is_empty() {
            self.unused_discriminator(part);
        }
        if view.not.is_some() {
            self.diagnostics.push(
                Diagnostic::warning(
                    "unchecked-constraint",
                    pointer::child(&part.pointer, "not").as_ref(),
                    "`not` is not checked",
                )
                .help("say what a value is, rather than what it is not"),
            );
        }
        if view.all_of.is_empty() && view.one_of.is_empty() && view.any_of.is_empty() {
            return own;
        }
        let notes = own.notes;
        let mut flat = Flat::any(Rc::clone(&part.pointer));
        let mut own = Some(own);
        if view.own_first
            && let Some(own) = own.take()
        {
            flat.unite(own, &mut self.diagnostics);
        }
        for (index, raw) in view.all_of.iter().enumerate() {
            let inner = part.inner(pointer::element(&part.pointer, "allOf", index), raw, "");
            let other = self.flatten_part(&inner);
            flat.unite(other, &mut self.diagnostics);
        }
        let null = self.flatten_unions(part, view, &mut flat);
        if let Some(own) = own {
            flat.unite(own, &mut self.diagnostics);
        }
        flat.notes = Notes { rust_name: notes.rust_name, ..notes.over(flat.notes) };
        flat.nullable = view.nullable.or(null.then_some(true)).or(flat.nullable);
        flat
    }

    fn unused_discriminator(&mut self, part: &Part<'a>) {
        let at = pointer::child(&part.pointer, "discriminator");
        self.diagnostics.push(
            Diagnostic::warning("unused-discriminator", &*at, "there is no `oneOf` or `anyOf` for it to tell apart")
                .help("list the schemas that it selects in a `oneOf` of its own, with this discriminator"),
        );
    }

    /// Adds `oneOf` and `anyOf`, and tells whether null is among the variants.
    fn flatten_unions(&mut self, part: &Part<'a>, view: &View<'a>, flat: &mut Flat<'a>) -> bool {
        let mut null = false;
        for (keyword, list) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            let variants: Vec<Part<'a>> = list
                .iter()
                .enumerate()
                .filter(|(_, raw)| !View::of(raw).is_null())
                .map(|(index, raw)| part.inner(pointer::element(&part.pointer, keyword, index), raw, ""))
                .collect();
            null |= variants.len() < list.len();
            let at = pointer::child(&part.pointer, keyword);
            if !variants.is_empty() && variants.iter().all(|variant| View::of(variant.raw).is_constraint_only()) {
                self.diagnostics.push(
                    Diagnostic::warning("unchecked-constraint", &*at, "which of these properties must be there is not checked")
                        .help("list the properties in each variant to tell them apart, or say in the description which belong together"),
                );
            } else if let [only] = variants.as_slice() {
                let other = self.flatten_part(only);
                flat.unite(other, &mut self.diagnostics);
            } else if !variants.is_empty() {
                flat.unions.push(UnionPart {
                    pointer: at,
                    owner: Rc::clone(&part.pointer),
                    exclusive: keyword == "oneOf",
                    variants,
                    discriminator: view.discriminator,
                });
            }
        }
        null
    }
}
