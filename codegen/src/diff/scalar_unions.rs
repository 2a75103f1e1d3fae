//! Unions of strings, or of listed integers, which merge into one schema. `enum_values` compares the listed values. Here
//! are the other variants, which accept values without a list.

use super::annotations;
use super::comparison::Comparison;
use super::constraints::{is_hint, matches_everything};
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::impact::WireImpact;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, SchemaPair};
use super::union_variants::{TaggedUnion, TaggedVariant};
use super::{bounds, constraints, union_form, variant_overlap};
use crate::ir::SizeBounds;
use crate::resolve::{MergedSchema, UnionSchema};

/// Whether any string is valid although others are listed.
pub(super) fn is_free<'a>(side: &mut DocumentSide<'a>, merged: &MergedSchema<'a>) -> bool {
    let variants = merged.scalar_unions.iter().flat_map(|union| &union.variants);
    variants.into_iter().any(|variant| {
        let variant = side.schemas.resolve(std::slice::from_ref(variant));
        let is_listed = variant.values.is_some() && !variant.open;
        !is_listed && restricts_nothing(&variant) && (!variant.open || is_free(side, &variant))
    })
}

pub(super) fn restricts_nothing(merged: &MergedSchema<'_>) -> bool {
    merged.length == SizeBounds::default()
        && merged.format.is_none_or(is_hint)
        && merged.pattern.is_none_or(matches_everything)
}

/// Compares what restricts the values of two schemas, one of which at least is such a union.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    // A list that remains within the union restricts its values as before.
    let replaces_list = base.values.is_none() || head.values.is_none();
    match (base.scalar_unions.first(), head.scalar_unions.first()) {
        (Some(was), Some(is)) => compare_unions(comparison, both, was, is),
        (Some(union), None) if replaces_list && restricts_nothing(base) => {
            return compare_with_variants(comparison, both, union, RuleId::UnionRemoved);
        }
        (None, Some(union)) if replaces_list && restricts_nothing(head) => {
            return compare_with_variants(comparison, both, union, RuleId::UnionAdded);
        }
        (Some(union), None) => {
            let union = TaggedUnion::new(&mut comparison.base, union);
            report_overlap(comparison, both, &union, false);
        }
        (None, Some(union)) => {
            let union = TaggedUnion::new(&mut comparison.head, union);
            report_overlap(comparison, both, &union, true);
        }
        (None, None) => {}
    }
    constraints::compare_text(comparison, both);
    bounds::compare(comparison, both);
}

fn compare_unions<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &UnionSchema<'a>,
    is: &UnionSchema<'a>,
) {
    let was = TaggedUnion::new(&mut comparison.base, was);
    let is = TaggedUnion::new(&mut comparison.head, is);
    union_form::compare(comparison, both, &was, &is);
    let mut pairs = Vec::new();
    for listed in [false, true] {
        let of = |union: &TaggedUnion<'_, 'a>| -> Vec<usize> {
            let variants = union.variants.iter().enumerate();
            variants.filter(|(_, variant)| variant.is_listed == listed).map(|(index, _)| index).collect()
        };
        let (before, after) = (of(&was), of(&is));
        for (old, new) in before.iter().zip(&after) {
            pairs.push((*old, *new));
            compare_variant(comparison, both, &was.variants[*old], &is.variants[*new]);
        }
        if !listed {
            let count = before.len().min(after.len());
            for index in &before[count..] {
                let difference = variant_overlap::removed(comparison, &was, *index, both.usage());
                comparison.report(difference);
            }
            for index in &after[count..] {
                let difference = variant_overlap::added(comparison, &is, *index, both.usage());
                comparison.report(difference);
            }
        }
    }
    variant_overlap::compare(comparison, both, [&was, &is], &pairs);
}

fn compare_variant<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    old: &TaggedVariant<'a>,
    new: &TaggedVariant<'a>,
) {
    let parts = PartsPair { base: std::slice::from_ref(&old.part), head: std::slice::from_ref(&new.part) };
    let values = [
        comparison.base.schemas.resolve(parts.base).values.clone(),
        comparison.head.schemas.resolve(parts.head).values.clone(),
    ];
    // Otherwise the lists of the whole union are compared.
    if !old.is_listed || values[0] == values[1] {
        comparison.compare_schemas(parts, both.schema_use);
    } else if old.component.is_none() && new.component.is_none() {
        annotations::compare_schemas(comparison, parts, both.schema_use);
    }
}

/// Compares a schema with the variants of a union that accept values without a list.
fn compare_with_variants<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    union: &UnionSchema<'a>,
    rule: RuleId,
) {
    let is_added = rule == RuleId::UnionAdded;
    let side = if is_added { &mut comparison.head } else { &mut comparison.base };
    let union = TaggedUnion::new(side, union);
    let plain: Vec<&TaggedVariant<'a>> = union.variants.iter().filter(|variant| !variant.is_listed).collect();
    let compare_one = |comparison: &mut Comparison<'a>, variant: &TaggedVariant<'a>| {
        let sides = if is_added { [None, Some(&variant.part)] } else { [Some(&variant.part), None] };
        let pair = both.of_parts(comparison, sides);
        constraints::compare_text(comparison, &pair);
        bounds::compare(comparison, &pair);
    };
    match plain.as_slice() {
        [] => {
            constraints::compare_text(comparison, both);
            bounds::compare(comparison, both);
        }
        [only] => {
            compare_one(comparison, only);
            report_overlap(comparison, both, &union, is_added);
        }
        several => {
            let verdicts = several.iter().map(|variant| comparison.dry_run(|inner| compare_one(inner, variant)));
            let verdicts: Vec<WireImpact> = verdicts.collect();
            // One variant is enough for the values of a single schema, but it has to accept those of all variants.
            let usage = both.usage();
            let takes_one = if is_added { !usage.response } else { !usage.request };
            let wire = if takes_one { verdicts.into_iter().min() } else { verdicts.into_iter().max() };
            let wire = wire.unwrap_or(WireImpact::Breaking);
            let owner = if is_added { both.base.at() } else { both.head.at() };
            let at = &union.union.pointer;
            let (base, head) = if is_added { (&owner, at) } else { (at, &owner) };
            comparison.report(Difference { wire, ..Difference::new(rule, both.usage()).at(base, head) });
            report_overlap(comparison, both, &union, is_added);
        }
    }
}

/// Reports that a value of the only schema on one side may fit several variants of a `oneOf` on the other side.
fn report_overlap<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    union: &TaggedUnion<'_, 'a>,
    is_added: bool,
) {
    let side = if is_added { &mut comparison.head } else { &mut comparison.base };
    if (0..union.variants.len()).any(|index| variant_overlap::overlaps_any(side, union, index)) {
        let at = &union.union.pointer;
        let (base, head) = if is_added { (&both.base.at(), at) } else { (at, &both.head.at()) };
        comparison.report(Difference::new(RuleId::VariantsOverlap, both.usage()).at(base, head));
    }
}
