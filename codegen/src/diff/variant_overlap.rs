//! Variants of a `oneOf` that a value may satisfy together. Such a value is invalid, and a change of one variant decides
//! about values of the others.

use super::comparison::Comparison;
use super::difference::Difference;
use super::disjointness::are_disjoint;
use super::document_side::DocumentSide;
use super::impact::WireImpact;
use super::impact_by_direction::RISKY;
use super::located_value::LocatedValue;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, SchemaPair};
use super::union_variants::{TaggedUnion, TaggedVariant};
use crate::ir::Usage;

/// The number of variants up to which each two are examined.
const MOST: usize = 64;

/// Whether a value may satisfy two variants of a `oneOf`.
pub(super) fn may_overlap<'a>(
    side: &mut DocumentSide<'a>,
    union: &TaggedUnion<'_, 'a>,
    [one, other]: [usize; 2],
) -> bool {
    let (Some(one), Some(other)) = (union.variants.get(one), union.variants.get(other)) else { return false };
    let is_tagged = union.union.discriminator.is_some() && !one.tags.is_empty() && !other.tags.is_empty();
    if is_tagged && !one.tags.iter().any(|tag| other.tags.contains(tag)) {
        return false;
    }
    let [one, other] = [one, other].map(|variant| std::slice::from_ref(&variant.part));
    union.variants.len() > MOST || !are_disjoint(side, one, other)
}

/// Whether a value may satisfy a variant of a `oneOf` and any other one.
pub(super) fn overlaps_any<'a>(side: &mut DocumentSide<'a>, union: &TaggedUnion<'_, 'a>, index: usize) -> bool {
    union.union.exclusive
        && (0..union.variants.len()).any(|other| other != index && may_overlap(side, union, [index, other]))
}

/// Returns the difference for a variant that only the old document has. A value that it shares with another one was
/// invalid, and may be valid now.
pub(super) fn removed<'a>(
    comparison: &mut Comparison<'a>,
    union: &TaggedUnion<'_, 'a>,
    index: usize,
    usage: Usage,
) -> Difference {
    let difference = Difference::new(RuleId::UnionVariantRemoved, usage);
    let difference = difference.removed(&LocatedValue::from(&union.variants[index].part));
    if overlaps_any(&mut comparison.base, union, index) { difference.at_worst(RISKY) } else { difference }
}

/// Returns the difference for a variant that only the new document has. A value that it shares with another one may
/// have been valid, and is not now.
pub(super) fn added<'a>(
    comparison: &mut Comparison<'a>,
    union: &TaggedUnion<'_, 'a>,
    index: usize,
    usage: Usage,
) -> Difference {
    let difference = Difference::new(RuleId::UnionVariantAdded, usage);
    let difference = difference.added(&LocatedValue::from(&union.variants[index].part));
    if overlaps_any(&mut comparison.head, union, index) { difference.at_worst(RISKY) } else { difference }
}

/// Reports that variants of a `oneOf` change, and a value may satisfy several of them before or after.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    [was, is]: [&TaggedUnion<'_, 'a>; 2],
    pairs: &[(usize, usize)],
) {
    // Other changes of the union's form have differences of their own, which are as bad.
    let is_kept = was.union.tag_property() == is.union.tag_property();
    if !(was.union.exclusive && is.union.exclusive && is_kept) {
        return;
    }
    let changed: Vec<bool> = pairs
        .iter()
        .map(|(old, new)| {
            let variants = was.variants.get(*old).zip(is.variants.get(*new));
            variants.is_some_and(|(old, new)| changes(comparison, both, old, new))
        })
        .collect();
    let decides = |comparison: &mut Comparison<'a>, one: usize, other: usize| {
        let ((old, new), (second_old, second_new)) = (pairs[one], pairs[other]);
        let before = may_overlap(&mut comparison.base, was, [old, second_old]);
        let after = may_overlap(&mut comparison.head, is, [new, second_new]);
        before != after || (before && (changed[one] || changed[other]))
    };
    let mut indices = (0..pairs.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    if indices.any(|(one, other)| decides(comparison, one, other)) {
        let difference = Difference::new(RuleId::VariantsOverlap, both.usage());
        comparison.report(difference.at(&was.union.pointer, &is.union.pointer));
    }
}

/// Whether a variant accepts other values. The components within it are not examined.
fn changes<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    old: &TaggedVariant<'a>,
    new: &TaggedVariant<'a>,
) -> bool {
    let components = old.component.zip(new.component).and_then(|(old, new)| comparison.component_pair(old, new));
    let (old, new) = components.unwrap_or_else(|| (old.part.clone(), new.part.clone()));
    let parts = PartsPair { base: &[old], head: &[new] };
    comparison.dry_run(|comparison| comparison.compare_schemas(parts, both.schema_use)) != WireImpact::None
}
