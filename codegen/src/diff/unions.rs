//! `oneOf` and `anyOf`: their variants, in pairs, their tags, and their order.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::impact::WireImpact;
use super::impact_by_direction::{BREAKING, COMPATIBLE, LOOSENED, RISKY, TIGHTENED};
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, ResolvedSchema, SchemaPair};
use super::schema_renames::counterpart;
use super::union_variants::{TaggedUnion, TaggedVariant};
use super::{scalar_unions, union_form, variant_overlap};
use crate::ir::{NumberBounds, SizeBounds};
use crate::pointer::join;
use crate::resolve::{MergedSchema, SchemaSite, UnionSchema};
use std::rc::Rc;

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
    // Old requests remain valid, but responses may have another form.
    let difference = Difference::new(RuleId::UnionAdded, both.usage());
    let head = TaggedUnion::new(&mut comparison.head, union);
    let keeping = keeping(comparison, both, &head, |old, variant| PartsPair { base: old, head: variant });
    let difference = judged_by_keeping(difference, &mut comparison.head, &head, &keeping);
    let difference = difference.at(&both.base.at(), &union.pointer);
    comparison.report(difference.showing(shown(&both.base), Some(names(union))));
}

/// Reports that one of several schemas becomes the only one.
fn report_removed<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, union: &UnionSchema<'a>) {
    let difference = Difference::new(RuleId::UnionRemoved, both.usage());
    let base = TaggedUnion::new(&mut comparison.base, union);
    let keeping = keeping(comparison, both, &base, |new, variant| PartsPair { base: variant, head: new });
    let difference = judged_by_keeping(difference, &mut comparison.base, &base, &keeping);
    let difference = difference.at(&union.pointer, &both.head.at());
    comparison.report(difference.showing(Some(names(union)), shown(&both.head)));
}

/// Judges that a schema becomes a union, or the reverse, by the variants that keep its values valid.
fn judged_by_keeping<'a>(
    difference: Difference,
    side: &mut DocumentSide<'a>,
    union: &TaggedUnion<'_, 'a>,
    keeping: &[usize],
) -> Difference {
    match keeping {
        [index] if !variant_overlap::overlaps_any(side, union, *index) => difference,
        [] => difference.judged(BREAKING),
        [_] => difference.at_worst(RISKY),
        // Every value of the schema is one of several variants.
        _ if union.union.exclusive => difference.judged(BREAKING),
        _ => difference,
    }
}

/// Returns the variants that stay valid, or were valid, as the only schema on the other side.
fn keeping<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    union: &TaggedUnion<'_, 'a>,
    parts: for<'p> fn(&'p [SchemaSite<'a>], &'p [SchemaSite<'a>]) -> PartsPair<'p, 'a>,
) -> Vec<usize> {
    let single = if both.base.merged.unions.is_empty() { &both.base } else { &both.head };
    let owner = if both.base.merged.unions.is_empty() { &both.head } else { &both.base };
    // Other keywords beside the union restrict its values too.
    let types = [owner.merged.json_type, single.merged.json_type];
    if restricts_beside(&owner.merged) || (types[0].is_some() && types[0] != types[1]) {
        return Vec::new();
    }
    let variants = union.variants.iter().enumerate();
    let kept = variants.filter(|(_, variant)| {
        let parts = parts(&single.parts, std::slice::from_ref(&variant.part));
        comparison.dry_run(|comparison| comparison.compare_schemas(parts, both.schema_use)) < WireImpact::Risky
    });
    kept.map(|(index, _)| index).collect()
}

/// Whether a schema restricts values by other keywords than its union.
fn restricts_beside(owner: &MergedSchema<'_>) -> bool {
    !scalar_unions::restricts_nothing(owner)
        || owner.has_members()
        || !owner.required.is_empty()
        || owner.values.is_some()
        || !owner.items.is_empty()
        || owner.unique
        || owner.number != NumberBounds::default()
        || [owner.item_count, owner.property_count, owner.property_names] != [SizeBounds::default(); 3]
}

fn compare_union<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &UnionSchema<'a>,
    is: &UnionSchema<'a>,
) {
    let usage = both.usage();
    let [before, after] = [was, is].map(UnionSchema::tag_property);
    if before != after {
        let difference = Difference::new(RuleId::DiscriminatorChanged, usage);
        let difference = if before.is_some() && after.is_some() { difference } else { difference.judged(RISKY) };
        let difference = difference.at(&discriminator(was), &discriminator(is));
        comparison.report(difference.showing(before.map(str::to_owned), after.map(str::to_owned)));
    }
    let was = TaggedUnion::new(&mut comparison.base, was);
    let is = TaggedUnion::new(&mut comparison.head, is);
    union_form::compare(comparison, both, &was, &is);
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
    for index in 0..was.variants.len() {
        if !pairs.iter().any(|(old, _)| *old == index) {
            let difference = variant_overlap::removed(comparison, was, index, usage);
            comparison.report(difference.about(&both.base.at(), &both.head.at()));
        }
    }
    for index in 0..is.variants.len() {
        if !pairs.iter().any(|(_, new)| *new == index) {
            let difference = variant_overlap::added(comparison, is, index, usage);
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
    variant_overlap::compare(comparison, both, [was, is], &pairs);
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

fn shown(schema: &ResolvedSchema<'_>) -> Option<String> {
    schema.parts.first().map(|part| excerpt::value(part.json()))
}

fn names(union: &UnionSchema<'_>) -> String {
    let names: Vec<String> = union.variants.iter().map(|variant| excerpt::value(variant.json())).collect();
    excerpt::cut(&format!("one of {}", names.join(", ")))
}
