//! The variants of a union, with the tags that select them.

use super::document_side::DocumentSide;
use crate::resolve::{JsonType, MergedSchema, SchemaSite, UnionSchema};
use serde_json::Value;

/// A variant, and the tags that select it.
pub(super) struct TaggedVariant<'a> {
    pub(super) part: SchemaSite<'a>,
    pub(super) component: Option<usize>,
    pub(super) tags: Vec<String>,
    pub(super) kind: Option<JsonType>,
    /// Whether it accepts only listed values.
    pub(super) is_listed: bool,
}

/// A union on one side.
pub(super) struct TaggedUnion<'u, 'a> {
    pub(super) union: &'u UnionSchema<'a>,
    /// The variants, each once. Those of a nested `anyOf` take its place.
    pub(super) variants: Vec<TaggedVariant<'a>>,
    /// The nested unions.
    pub(super) nested: Vec<SchemaSite<'a>>,
}

impl<'u, 'a> TaggedUnion<'u, 'a> {
    pub(super) fn new(side: &mut DocumentSide<'a>, union: &'u UnionSchema<'a>) -> Self {
        let mut read = Self { union, variants: Vec::new(), nested: Vec::new() };
        read.add(side, union, 0);
        read
    }

    fn add(&mut self, side: &mut DocumentSide<'a>, union: &UnionSchema<'a>, depth: usize) {
        const DEEPEST: usize = 16;
        for part in &union.variants {
            let component = side.schemas.component_use(std::slice::from_ref(part)).map(|sole| sole.component);
            let merged = side.schemas.resolve(std::slice::from_ref(part));
            if depth < DEEPEST
                && let Some(nested) = nested(union, part, &merged)
            {
                self.nested.push(part.clone());
                self.add(side, nested, depth + 1);
                continue;
            }
            // A variant of an `anyOf` that repeats another one changes neither the values nor the crate.
            let repeats = |known: &TaggedVariant<'a>| match (known.component, component) {
                (None, None) => known.part.json() == part.json(),
                (known, component) => known == component,
            };
            if union.discriminator.is_none() && !union.exclusive && self.variants.iter().any(repeats) {
                continue;
            }
            let tags = mapped_tags(side, component, union);
            let tags = if tags.is_empty() { constant_tags(side, &merged, union.tag_property()) } else { tags };
            let (part, kind) = (part.clone(), merged.json_type);
            let is_listed = merged.values.is_some() && !merged.open;
            self.variants.push(TaggedVariant { part, component, tags, kind, is_listed });
        }
    }
}

/// Returns the union that a variant of an `anyOf` consists of, if it is an `anyOf` that is written in place.
fn nested<'m, 'a>(
    outer: &UnionSchema<'a>,
    part: &SchemaSite<'a>,
    merged: &'m MergedSchema<'a>,
) -> Option<&'m UnionSchema<'a>> {
    let is_plain = |union: &UnionSchema<'a>| !union.exclusive && union.discriminator.is_none();
    let says = |key: &String| matches!(key.as_str(), "anyOf" | "title" | "description" | "nullable");
    let alone = part.json().as_object().is_some_and(|schema| schema.keys().all(says));
    let mut unions = merged.unions.iter().chain(&merged.scalar_unions);
    let only = unions.next().filter(|_| unions.next().is_none())?;
    (alone && is_plain(outer) && is_plain(only)).then_some(only)
}

/// Returns the tags that a discriminator has for a component.
fn mapped_tags(side: &DocumentSide<'_>, component: Option<usize>, union: &UnionSchema<'_>) -> Vec<String> {
    let (Some(component), Some(_)) = (component, union.tag_property()) else { return Vec::new() };
    let key = side.schemas.components.key(component).unwrap_or_default();
    let selects = |value: &Value| side.schemas.components.mapping_target(value.as_str()?).filter(|it| *it == component);
    let mapped =
        union.mapping().into_iter().flatten().filter(|(_, value)| selects(value).is_some()).map(|(tag, _)| tag.clone());
    let mut tags: Vec<String> = mapped.collect();
    tags.sort_unstable();
    if tags.is_empty() {
        tags.push(key.to_owned());
    }
    tags
}

/// Returns the only value of a variant's tag; without a discriminator, that of the first property that has just one.
fn constant_tags<'a>(side: &mut DocumentSide<'a>, merged: &MergedSchema<'a>, property: Option<&str>) -> Vec<String> {
    for (name, parts) in &merged.properties {
        if property.is_none_or(|property| property == *name) && merged.required.contains_key(name) {
            let merged = side.schemas.resolve(parts);
            if let Some([value]) = merged.values.as_deref() {
                return value.as_str().map(str::to_owned).into_iter().collect();
            }
        }
    }
    Vec::new()
}
