//! `oneOf` and `anyOf`: their variants, in pairs, their tags, and their order.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::impact::WireImpact;
use super::impact_by_direction::{BREAKING, COMPATIBLE, LOOSENED, RISKY, TIGHTENED};
use super::located_value::LocatedValue;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, ResolvedSchema, SchemaPair};
use super::schema_renames::counterpart;
use crate::pointer::join;
use crate::resolve::{JsonType, MergedSchema, SchemaSite, UnionSchema};
use serde_json::Value;
use std::rc::Rc;

/// A variant, and the tags that select it.
struct TaggedVariant<'a> {
    part: SchemaSite<'a>,
    component: Option<usize>,
    tags: Vec<String>,
    kind: Option<JsonType>,
}

/// A union on one side.
struct TaggedUnion<'u, 'a> {
    union: &'u UnionSchema<'a>,
    variants: Vec<TaggedVariant<'a>>,
}

/// Compares the unions of two schemas.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged.unions, &both.head.merged.unions);
    match (base.as_slice(), head.as_slice()) {
        ([], [union, ..]) => report_added(comparison, both, union),
        ([union, ..], []) => report_removed(comparison, both, union),
        _ => {
            for (was, is) in base.iter().zip(head) {
                compare_union(comparison, both, was, is);
            }
            let count = base.len().min(head.len());
            // A value has to satisfy all unions of a schema at once.
            for union in &base[count..] {
                let difference = Difference::new(RuleId::UnionRemoved, both.usage()).judged(LOOSENED);
                comparison.report(difference.at(&union.pointer, &both.head.at()));
            }
            for union in &head[count..] {
                let difference = Difference::new(RuleId::UnionAdded, both.usage()).judged(TIGHTENED);
                comparison.report(difference.at(&both.base.at(), &union.pointer));
            }
        }
    }
}

/// Reports that one schema becomes one of several.
fn report_added<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, union: &UnionSchema<'a>) {
    let is_kept = union.variants.iter().any(|variant| {
        let parts = PartsPair { base: &both.base.parts, head: std::slice::from_ref(variant) };
        comparison.dry_run(|comparison| comparison.compare_schemas(parts, both.schema_use)) < WireImpact::Risky
    });
    // Old requests remain valid, but responses may have another form.
    let difference = Difference::new(RuleId::UnionAdded, both.usage());
    let difference = if is_kept { difference } else { difference.judged(BREAKING) };
    let difference = difference.at(&both.base.at(), &union.pointer);
    comparison.report(difference.showing(shown(&both.base), Some(names(union))));
}

/// Reports that one of several schemas becomes the only one.
fn report_removed<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, union: &UnionSchema<'a>) {
    let is_kept = union.variants.iter().any(|variant| {
        let parts = PartsPair { base: std::slice::from_ref(variant), head: &both.head.parts };
        comparison.dry_run(|comparison| comparison.compare_schemas(parts, both.schema_use)) < WireImpact::Risky
    });
    let difference = Difference::new(RuleId::UnionRemoved, both.usage());
    let difference = if is_kept { difference } else { difference.judged(BREAKING) };
    let difference = difference.at(&union.pointer, &both.head.at());
    comparison.report(difference.showing(Some(names(union)), shown(&both.head)));
}

fn compare_union<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &UnionSchema<'a>,
    is: &UnionSchema<'a>,
) {
    let usage = both.usage();
    if was.exclusive != is.exclusive {
        let word = |union: &UnionSchema<'_>| Some(if union.exclusive { "oneOf" } else { "anyOf" }.to_owned());
        let difference = Difference::new(RuleId::UnionExclusivenessChanged, usage);
        comparison.report(difference.at(&was.pointer, &is.pointer).showing(word(was), word(is)));
    }
    let [before, after] = [was, is].map(UnionSchema::tag_property);
    if before != after {
        let difference = Difference::new(RuleId::DiscriminatorChanged, usage);
        let difference = if before.is_some() && after.is_some() { difference } else { difference.judged(RISKY) };
        let difference = difference.at(&discriminator(was), &discriminator(is));
        comparison.report(difference.showing(before.map(str::to_owned), after.map(str::to_owned)));
    }
    let was = TaggedUnion { union: was, variants: variants(&mut comparison.base, was) };
    let is = TaggedUnion { union: is, variants: variants(&mut comparison.head, is) };
    compare_variants(comparison, both, &was, &is);
}

fn compare_variants<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &TaggedUnion<'_, 'a>,
    is: &TaggedUnion<'_, 'a>,
) {
    let usage = both.usage();
    let pairs = paired(comparison, &was.variants, &is.variants);
    for (index, variant) in was.variants.iter().enumerate() {
        if !pairs.iter().any(|(old, _)| *old == index) {
            let difference =
                Difference::new(RuleId::UnionVariantRemoved, usage).removed(&LocatedValue::from(&variant.part));
            comparison.report(difference.about(&both.base.at(), &both.head.at()));
        }
    }
    for (index, variant) in is.variants.iter().enumerate() {
        if !pairs.iter().any(|(_, new)| *new == index) {
            let difference =
                Difference::new(RuleId::UnionVariantAdded, usage).added(&LocatedValue::from(&variant.part));
            comparison.report(difference.about(&both.base.at(), &both.head.at()));
        }
    }
    for (old, new) in &pairs {
        let (Some(old), Some(new)) = (was.variants.get(*old), is.variants.get(*new)) else { continue };
        if let Some(difference) = changed_tags((was.union, old), (is.union, new), both) {
            comparison.report(difference);
        }
        let parts = PartsPair { base: std::slice::from_ref(&old.part), head: std::slice::from_ref(&new.part) };
        comparison.compare_schemas(parts, both.schema_use);
    }
    if !pairs.iter().is_sorted_by_key(|(_, new)| new) {
        let difference = Difference::new(RuleId::UnionOrderChanged, usage).at(&was.union.pointer, &is.union.pointer);
        comparison.report(difference.showing(Some(names(was.union)), Some(names(is.union))));
    }
}

/// Returns a difference if other tags select a variant.
fn changed_tags<'a>(
    (was, old): (&UnionSchema<'a>, &TaggedVariant<'a>),
    (is, new): (&UnionSchema<'a>, &TaggedVariant<'a>),
    both: &SchemaPair<'a>,
) -> Option<Difference> {
    if was.discriminator.is_none() || is.discriminator.is_none() || old.tags == new.tags {
        return None;
    }
    let place = |union: &UnionSchema<'a>, variant: &TaggedVariant<'a>, other: &TaggedVariant<'a>| -> Rc<str> {
        let written = union.mapping();
        let own = || variant.tags.iter().filter(|tag| written.is_some_and(|map| map.contains_key(*tag)));
        let own = own().find(|tag| !other.tags.contains(tag)).or_else(|| own().next());
        let at = discriminator(union);
        own.map_or_else(|| Rc::clone(&at), |tag| join(&join(&at, "mapping"), tag).into())
    };
    let keeps_tags = old.tags.iter().all(|tag| new.tags.contains(tag));
    let difference = Difference::new(RuleId::VariantTagsChanged, both.usage());
    let difference = if keeps_tags { difference.judged(COMPATIBLE) } else { difference };
    let difference =
        difference.at(&place(was, old, new), &place(is, new, old)).about(&old.part.pointer, &new.part.pointer);
    Some(difference.showing(Some(old.tags.join(", ")), Some(new.tags.join(", "))))
}

/// Pairs the variants of two unions: by key, by tag, by content, by kind, and finally by position.
fn paired<'a>(
    comparison: &Comparison<'a>,
    before: &[TaggedVariant<'a>],
    after: &[TaggedVariant<'a>],
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for round in 0..6 {
        for (old, was) in before.iter().enumerate() {
            if pairs.iter().any(|(index, _)| *index == old) {
                continue;
            }
            let is_free = |new: usize| !pairs.iter().any(|(_, index)| *index == new);
            let found = after.iter().enumerate().find(|(new, is)| {
                is_free(*new)
                    && match round {
                        0 => is_same_key(comparison, was, is),
                        1 => was.tags.iter().any(|tag| is.tags.contains(tag)) && may_continue(comparison, was, is),
                        2 => was.part.json() == is.part.json(),
                        3 => may_continue(comparison, was, is) && was.component.is_some() != is.component.is_some(),
                        4 => was.component.is_none() && is.component.is_none() && was.kind == is.kind,
                        // Without a tag, a variant in the same position has taken the place of the old one.
                        _ => old == *new && was.tags.is_empty() && is.tags.is_empty(),
                    }
            });
            if let Some((new, _)) = found {
                pairs.push((old, new));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn is_same_key<'a>(comparison: &Comparison<'a>, was: &TaggedVariant<'a>, is: &TaggedVariant<'a>) -> bool {
    was.component.and_then(|index| counterpart(comparison, index)).is_some_and(|index| is.component == Some(index))
}

/// Whether two variants may be paired. A component that both documents have is paired only with itself.
fn may_continue<'a>(comparison: &Comparison<'a>, was: &TaggedVariant<'a>, is: &TaggedVariant<'a>) -> bool {
    let counterpart = |own: &DocumentSide<'a>, other: &DocumentSide<'a>, variant: &TaggedVariant<'a>| {
        variant.component.and_then(|index| other.schemas.components.index(own.schemas.components.key(index)?))
    };
    match (was.component, is.component) {
        (Some(_), Some(_)) => {
            counterpart(&comparison.base, &comparison.head, was).is_none()
                && counterpart(&comparison.head, &comparison.base, is).is_none()
        }
        _ => was.kind == is.kind,
    }
}

/// Returns the place of a union's discriminator, or of the union if it has none.
fn discriminator(union: &UnionSchema<'_>) -> Rc<str> {
    if union.discriminator.is_some() { join(&union.owner, "discriminator").into() } else { Rc::clone(&union.pointer) }
}

fn variants<'a>(side: &mut DocumentSide<'a>, union: &UnionSchema<'a>) -> Vec<TaggedVariant<'a>> {
    let mut found = Vec::new();
    for part in &union.variants {
        let component = side.schemas.component_use(std::slice::from_ref(part)).map(|sole| sole.component);
        let merged = side.schemas.resolve(std::slice::from_ref(part));
        let tags = mapped_tags(side, component, union);
        let tags = if tags.is_empty() { constant_tags(side, &merged, union.tag_property()) } else { tags };
        found.push(TaggedVariant { part: part.clone(), component, tags, kind: merged.json_type });
    }
    found
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

fn shown(schema: &ResolvedSchema<'_>) -> Option<String> {
    schema.parts.first().map(|part| excerpt::value(part.json()))
}

fn names(union: &UnionSchema<'_>) -> String {
    let names: Vec<String> = union.variants.iter().map(|variant| excerpt::value(variant.json())).collect();
    excerpt::cut(&format!("one of {}", names.join(", ")))
}
