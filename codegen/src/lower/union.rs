//! `oneOf` and `anyOf`.

use super::flat::{Flat, Kind, Part, UnionPart};
use super::kinds::{self, Kinds};
use super::names::{self, Scope};
use super::schema::{Sort, Spot};
use super::view::Notes;
use super::{Lowerer, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{EnumRepr, Union, UnionKind, Variant};
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

const RENAME: &str = "name it with `x-rust-names` on the union, a map from the tag value, the schema's name or the JSON \
                      type to the Rust name; or, where it is inline, with `x-rust-name` on the variant";

/// A variant before it is lowered.
pub(super) struct Member<'a> {
    pub(super) part: Part<'a>,
    pub(super) component: Option<usize>,
    pub(super) flat: Rc<Flat<'a>>,
    /// Properties that stand beside the union were laid into it, so that it is no component any more.
    pub(super) extended: bool,
    pub(super) tags: Vec<String>,
    /// Another variant takes its place, which has been reported.
    pub(super) repeated: bool,
}

impl<'a> Lowerer<'a> {
    /// Makes one enum of a union of strings or of integers, and finds out whether a variant of a union may be null.
    pub(super) fn settle(&mut self, flat: &mut Flat<'a>) {
        let [union] = flat.unions.as_slice() else { return };
        let shapes: Vec<Rc<Flat<'a>>> =
            union.variants.iter().map(|variant| self.shape(std::slice::from_ref(variant))).collect();
        if shapes.iter().any(|shape| shape.is_nullable()) {
            flat.nullable = Some(true);
        }
        let all = |kind| shapes.iter().all(|shape| shape.kind == Some(kind) && shape.unions.is_empty());
        let listed = shapes.iter().all(|shape| shape.values.is_some());
        let kind = if all(Kind::String) {
            Kind::String
        } else if all(Kind::Integer) && listed {
            Kind::Integer
        } else {
            return;
        };
        if flat.has_members() || flat.kind.is_some_and(|own| own != kind) {
            return;
        }
        let union = union.clone();
        self.check_distinct(&union, &shapes);
        let mut values: Vec<&'a Value> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for value in shapes.iter().filter_map(|shape| shape.values.as_ref()).flatten() {
            if seen.insert(value.to_string()) {
                values.push(value);
            }
        }
        flat.kind = Some(kind);
        flat.open = !listed;
        flat.secret |= shapes.iter().any(|shape| shape.secret);
        // Where one variant is a secret, so is whatever stands in its place.
        flat.values = (!values.is_empty() && !flat.secret).then_some(values);
        flat.unions.clear();
    }

    /// Finds variants that no value selects, and gives the indices of those that repeat another.
    fn check_distinct(&mut self, union: &UnionPart<'a>, shapes: &[Rc<Flat<'a>>]) -> Vec<usize> {
        let mut repeated = Vec::new();
        let mut seen: HashMap<String, &Part<'a>> = HashMap::new();
        for (index, variant) in union.variants.iter().enumerate() {
            let sole = self.sole_reference(std::slice::from_ref(variant));
            let key = sole.map_or_else(|| variant.raw.to_string(), |sole| format!("#{}", sole.component));
            if let Some(first) = seen.get(&key) {
                repeated.push(index);
                self.diagnostics.push(
                    Diagnostic::error("never-matches", &*variant.pointer, "this variant is the same as another one")
                        .related(&*first.pointer, "the other one")
                        .help("leave one of them out"),
                );
            } else {
                seen.insert(key, variant);
            }
        }
        let find = |kind| shapes.iter().position(|shape| shape.kind == Some(kind) && shape.unions.is_empty());
        if union.exclusive
            && let (Some(integer), Some(number)) = (find(Kind::Integer), find(Kind::Number))
            && let (Some(integer), Some(number)) = (union.variants.get(integer), union.variants.get(number))
        {
            self.diagnostics.push(
                Diagnostic::error(
                    "never-matches",
                    &*integer.pointer,
                    "an integer is a number too, so `oneOf` refuses every integer",
                )
                .related(&*number.pointer, "the number")
                .help("an integer matches both; write `anyOf`"),
            );
        }
        repeated
    }

    /// Lowers a union.
    pub(super) fn union(&mut self, flat: &Flat<'a>, spot: &Spot) -> Union {
        let mut unions = flat.unions.iter();
        let empty = Union { kind: UnionKind::Untagged, exclusive: false, variants: Vec::new() };
        let Some(part) = unions.next() else { return empty };
        for other in unions {
            self.diagnostics.push(
                Diagnostic::error("unsupported-union", &*other.pointer, "a value cannot be of two unions at once")
                    .related(&*part.pointer, "the other union")
                    .help("write one union that lists the combinations"),
            );
        }
        let mut members = self.members(flat, part);
        let kind = self.union_kind(part, &mut members);
        if !matches!(kind, UnionKind::Tagged { .. }) || part.discriminator.is_none() {
            let shapes: Vec<Rc<Flat<'a>>> = members.iter().map(|member| Rc::clone(&member.flat)).collect();
            for index in self.check_distinct(part, &shapes) {
                if let Some(member) = members.get_mut(index) {
                    member.repeated = true;
                }
            }
        }
        members.retain(|member| !member.repeated);
        if kind == UnionKind::Untagged {
            let order = kinds::order(&members.iter().map(|member| &*member.flat).collect::<Vec<_>>());
            let mut slots: Vec<Option<Member<'a>>> = members.into_iter().map(Some).collect();
            members = order.into_iter().filter_map(|index| slots.get_mut(index)?.take()).collect();
        }
        let variants = self.variants(flat, members, spot);
        Union { kind, exclusive: part.exclusive, variants }
    }

    fn members(&mut self, flat: &Flat<'a>, union: &UnionPart<'a>) -> Vec<Member<'a>> {
        let base = Flat { unions: Vec::new(), nullable: None, ..flat.clone() };
        let mut members = Vec::with_capacity(union.variants.len());
        for part in &union.variants {
            let node = std::slice::from_ref(part);
            let component = self.sole_reference(node).map(|sole| sole.component);
            let shape = self.shape(node);
            let extended = base.has_members() || base.required.keys().any(|name| !shape.required.contains_key(name));
            let member = if extended {
                let mut merged = base.clone();
                merged.kind = merged.kind.or(Some(Kind::Object));
                let notes = if component.is_some() { Notes::default() } else { shape.notes };
                merged.unite(Flat { notes, ..(*shape).clone() }, &mut self.diagnostics);
                merged.notes = notes;
                merged.pointer = Rc::clone(&part.pointer);
                Rc::new(merged)
            } else {
                shape
            };
            members.push(Member {
                part: part.clone(),
                component,
                flat: member,
                extended,
                tags: Vec::new(),
                repeated: false,
            });
        }
        members
    }

    fn union_kind(&mut self, union: &UnionPart<'a>, members: &mut [Member<'a>]) -> UnionKind {
        if let Some(discriminator) = union.discriminator
            && let Some(property) = discriminator.get("propertyName").and_then(Value::as_str)
        {
            self.tag(union, discriminator, property, members);
            return UnionKind::Tagged { property: property.to_owned(), inferred: false };
        }
        if let Some(property) = self.inferred_tag(members) {
            return UnionKind::Tagged { property: property.to_owned(), inferred: true };
        }
        let mut seen: Vec<Kinds> = Vec::new();
        let disjoint = members.iter().all(|member| {
            let kinds = self.kinds(&member.flat);
            let fresh = kinds.is_one() && !seen.iter().any(|other| other.overlaps(kinds));
            seen.push(kinds);
            fresh
        });
        if disjoint { UnionKind::ByJsonType } else { UnionKind::Untagged }
    }

    fn variants(&mut self, flat: &Flat<'a>, members: Vec<Member<'a>>, spot: &Spot) -> Vec<Variant> {
        let what = format!("variant of `{}`", spot.name);
        let mut scope = Scope::new(&what, RENAME, &["Unknown"]);
        let own = flat.notes.rust_names;
        let mut known: Vec<String> = Vec::new();
        let mut variants = Vec::with_capacity(members.len());
        for member in members {
            let keys = self.keys_of(&member);
            let given = own.and_then(|own| keys.iter().find_map(|key| own.get(key)?.as_str()));
            let rust_name = given.map_or_else(|| self.variant_name(&member), str::to_owned);
            known.extend(keys);
            if let Some(finding) = scope.claim(&rust_name, &member.part.pointer) {
                self.diagnostics.push(finding);
            }
            variants.push(self.variant(member, rust_name, spot));
        }
        self.check_names_used(own, &flat.pointer, "variant", |key| known.iter().any(|name| name == key), &known);
        variants
    }

    fn variant(&mut self, member: Member<'a>, rust_name: String, spot: &Spot) -> Variant {
        let Member { mut part, flat, extended, tags, .. } = member;
        let pointer = part.pointer.as_ref().to_owned();
        let inner = spot.inner(&rust_name);
        if part.raw.get("x-rust-name").is_none() {
            part.name = Rc::clone(&inner.name);
        }
        part.home = spot.home;
        let mut schema = if extended {
            let identity = format!("{pointer} in {}", spot.name);
            self.use_flat(&flat, &identity, &inner, false).schema
        } else {
            self.schema(&[part], &inner, false).schema
        };
        schema.nullable = false;
        Variant { rust_name, tags, schema, pointer, boxed: false }
    }

    /// The keys of `x-rust-names` that mean a variant.
    fn keys_of(&self, member: &Member<'a>) -> Vec<String> {
        if !member.tags.is_empty() {
            return member.tags.clone();
        }
        let schema = member.component.and_then(|index| self.component_key(index));
        let kind = member.flat.kind.filter(|_| member.flat.unions.is_empty()).map(Kind::name);
        schema.map(str::to_owned).into_iter().chain(kind.map(str::to_owned)).collect()
    }

    /// What a variant is called: after its tag, its schema, or the kind of JSON value that it is.
    fn variant_name(&self, member: &Member<'a>) -> String {
        if let Some(tag) = member.tags.first() {
            return names::variant(tag);
        }
        if let Some(component) = member.component.and_then(|index| self.components.get(index)) {
            return component.name.as_ref().to_owned();
        }
        if let Some(name) = member.part.raw.get("x-rust-name").and_then(Value::as_str) {
            return name.to_owned();
        }
        let name = match Sort::of(&member.flat) {
            Sort::Any => "Any",
            Sort::Boolean => "Boolean",
            Sort::Integer | Sort::Enum(EnumRepr::Integer) => "Integer",
            Sort::Number => "Number",
            Sort::String | Sort::Enum(EnumRepr::String) => "String",
            Sort::List => "List",
            Sort::Map => "Map",
            Sort::Struct => "Object",
            Sort::Union => "Union",
        };
        name.to_owned()
    }

    /// The key of a component in the document.
    pub(super) fn component_key(&self, index: usize) -> Option<&'a str> {
        self.keys.get(index).copied()
    }

    /// Reports something about a union's tag.
    pub(super) fn tag_error(&mut self, at: &str, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error("union-tag", at, message).help(help));
    }

    /// The pointer of a member of a union's discriminator.
    pub(super) fn discriminator_pointer(union: &UnionPart<'a>, rest: &[&str]) -> Rc<str> {
        let start = pointer::child(&union.owner, "discriminator");
        rest.iter().fold(start, |at, segment| pointer::child(&at, segment))
    }
}
