//! The keywords of a schema, with references followed and parts put together.
//!
//! These spellings mean the same: a reference and its target, the parts of `allOf` and their keywords in one schema, a
//! union of one variant and that variant, a null variant and `nullable`.

use super::super::document_side::DocumentSide;
use super::super::located_value::LocatedValue;
use crate::resolve::MAX_DEPTH;
use indexmap::IndexMap;
use std::rc::Rc;

/// The keywords that describe a value and do not restrict it. Of several, the outermost counts.
pub(super) const ANNOTATIONS: [&str; 11] = [
    "title",
    "description",
    "example",
    "default",
    "externalDocs",
    "deprecated",
    "readOnly",
    "writeOnly",
    "x-rust-name",
    "x-rust-field",
    "x-rust-names",
];

/// A union, without null.
pub(super) struct FlatUnion<'a> {
    pub(super) list: LocatedValue<'a>,
    pub(super) is_exclusive: bool,
    pub(super) variants: Vec<LocatedValue<'a>>,
}

/// The keywords of a schema, each with every place that states it.
#[derive(Default)]
pub(super) struct FlatSchema<'a> {
    pub(super) keywords: IndexMap<&'a str, Vec<LocatedValue<'a>>>,
    pub(super) unions: Vec<FlatUnion<'a>>,
    /// The schemas that it consists of.
    pub(super) sites: Vec<Rc<str>>,
    /// The annotations of components. They do not apply to a schema that has keywords of its own.
    inherited: IndexMap<&'a str, LocatedValue<'a>>,
    /// How many of the sites restrict values.
    restricting: usize,
}

impl<'a> FlatSchema<'a> {
    /// Reads schemas that a value has to satisfy together.
    pub(super) fn new(side: &DocumentSide<'a>, schemas: &[LocatedValue<'a>]) -> Self {
        let mut flat = Self::default();
        for schema in schemas {
            flat.gather(side, schema, false, 0);
        }
        if flat.restricting <= 1 {
            for (key, value) in std::mem::take(&mut flat.inherited) {
                flat.keywords.entry(key).or_insert_with(|| vec![value]);
            }
        }
        flat
    }

    /// Returns the places of a keyword.
    pub(super) fn places(&self, keyword: &str) -> &[LocatedValue<'a>] {
        self.keywords.get(keyword).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it has no keywords but these and annotations.
    pub(super) fn has_only(&self, keywords: &[&str]) -> bool {
        self.unions.is_empty() && self.keywords.keys().all(|key| keywords.contains(key) || ANNOTATIONS.contains(key))
    }

    fn gather(&mut self, side: &DocumentSide<'a>, schema: &LocatedValue<'a>, is_inherited: bool, depth: usize) {
        if depth > MAX_DEPTH || self.sites.contains(&schema.at) {
            return;
        }
        self.sites.push(Rc::clone(&schema.at));
        if let Some(reference) = schema.child("$ref").filter(|reference| reference.raw.is_string()) {
            // OpenAPI ignores the keys beside a reference.
            return match target(side, schema) {
                Some(target) => self.gather(side, &target, true, depth + 1),
                None => self.keywords.entry("$ref").or_default().push(reference),
            };
        }
        let mut parts = Vec::new();
        let mut restricts = false;
        for (key, value) in schema.entries() {
            match key {
                "allOf" if value.raw.is_array() => parts.extend(value.elements()),
                "oneOf" | "anyOf" if value.raw.is_array() => {
                    restricts |= self.gather_union(side, value, key == "oneOf", &mut parts);
                }
                _ if !ANNOTATIONS.contains(&key) => {
                    restricts |= !matches!(key, "nullable" | "type");
                    self.keywords.entry(key).or_default().push(value);
                }
                _ if is_inherited => drop(self.inherited.entry(key).or_insert(value)),
                _ => self.keywords.entry(key).or_default().push(value),
            }
        }
        self.restricting += usize::from(restricts);
        for part in parts {
            self.gather(side, &part, is_inherited, depth + 1);
        }
    }

    /// Adds a union, and returns whether it has several variants. A single one is a part.
    fn gather_union(
        &mut self,
        side: &DocumentSide<'a>,
        list: LocatedValue<'a>,
        is_exclusive: bool,
        parts: &mut Vec<LocatedValue<'a>>,
    ) -> bool {
        let (null, mut variants): (Vec<_>, Vec<_>) =
            list.elements().partition(|variant| side.part(variant).schema.is_null());
        if !is_exclusive {
            variants = variants.into_iter().flat_map(nested_variants).collect();
        }
        if !null.is_empty() {
            self.keywords.entry("nullable").or_default().extend(null);
        }
        if variants.len() == 1 {
            parts.append(&mut variants);
            return false;
        }
        self.unions.push(FlatUnion { list, is_exclusive, variants });
        true
    }
}

/// Returns the variants of an `anyOf` within an `anyOf`, or the schema itself.
fn nested_variants(schema: LocatedValue<'_>) -> Vec<LocatedValue<'_>> {
    match schema.child("anyOf").filter(|inner| inner.raw.is_array()) {
        Some(inner) if schema.object().is_some_and(|object| object.len() == 1) => inner.elements().collect(),
        _ => vec![schema],
    }
}

/// Returns the schema that a reference leads to; `None` if it leads nowhere.
pub(super) fn target<'a>(side: &DocumentSide<'a>, schema: &LocatedValue<'a>) -> Option<LocatedValue<'a>> {
    let (at, raw) = crate::pointer::follow(&side.revision.raw, schema.text("$ref")?)?;
    Some(LocatedValue { at: at.into(), raw })
}
