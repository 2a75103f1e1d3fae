//! Pairs component schemas of the old document with renamed ones of the new document.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::NOWHERE;
use super::rules::RuleId;
use std::collections::HashSet;

/// Pairs schemas that are the same under another key.
pub(super) fn pair_equal(comparison: &mut Comparison<'_>) {
    let new = only_in_head(comparison);
    for base in only_in_base(comparison) {
        let is_same = |head: &&usize| {
            let pair = comparison.component_pair(base, **head);
            pair.is_some_and(|(was, is)| is.json() == was.json()) && !is_taken(comparison, **head)
        };
        if let Some(head) = new.iter().find(is_same).copied() {
            rename(comparison, base, head);
        }
    }
}

/// Returns the schemas of the old document without a counterpart in the new one.
pub(super) fn only_in_base(comparison: &Comparison<'_>) -> Vec<usize> {
    let all = 0..comparison.base.schemas.components.keys().len();
    all.filter(|base| counterpart(comparison, *base).is_none()).collect()
}

/// Returns the schemas of the new document without a counterpart in the old one.
pub(super) fn only_in_head(comparison: &Comparison<'_>) -> Vec<usize> {
    let taken: HashSet<usize> = component_pairs(comparison).into_iter().map(|(_, head)| head).collect();
    let all = 0..comparison.head.schemas.components.keys().len();
    all.filter(|head| !taken.contains(head)).collect()
}

/// Returns the schema of the new document that a schema of the old one becomes: the renamed one, or that of the same
/// key.
pub(super) fn counterpart(comparison: &Comparison<'_>, base: usize) -> Option<usize> {
    comparison.renamed.get(&base).copied().or_else(|| {
        let same = comparison.head.schemas.components.index(comparison.base.schemas.components.key(base)?)?;
        (!is_taken(comparison, same)).then_some(same)
    })
}

/// Returns the component schemas of the old document with their counterparts in the new one.
pub(super) fn component_pairs(comparison: &Comparison<'_>) -> Vec<(usize, usize)> {
    let all = 0..comparison.base.schemas.components.keys().len();
    all.filter_map(|base| Some((base, counterpart(comparison, base)?))).collect()
}

/// Whether a schema of the new document is one of the old document under another key.
pub(super) fn is_taken(comparison: &Comparison<'_>, head: usize) -> bool {
    comparison.renamed.values().any(|known| *known == head)
}

/// Whether a component of the old document becomes one of the new document. A reference that changes from a removed key
/// to a new one pairs the two, if they are alike.
pub(super) fn continues(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    if let Some(known) = counterpart(comparison, base) {
        return known == head;
    }
    let is = comparison.head.schemas.components.key(head).unwrap_or_default();
    let same = comparison.base.schemas.components.index(is);
    let is_kept = same.is_some_and(|same| counterpart(comparison, same) == Some(head));
    if is_kept || is_taken(comparison, head) || !is_alike(comparison, base, head) {
        return false;
    }
    rename(comparison, base, head);
    true
}

/// Whether two schemas are similar enough to be one renamed schema.
pub(super) fn is_alike(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    let Some((was, is)) = comparison.component_pair(base, head) else { return false };
    let (was, is) = (comparison.base.schemas.resolve(&[was]), comparison.head.schemas.resolve(&[is]));
    let shares = was.properties.is_empty() || was.properties.keys().any(|name| is.properties.contains_key(name));
    was.json_type == is.json_type && was.unions.is_empty() == is.unions.is_empty() && shares
}

pub(super) fn rename(comparison: &mut Comparison<'_>, base: usize, head: usize) {
    comparison.renamed.insert(base, head);
    let Some((was, is)) = comparison.component_pair(base, head) else { return };
    let name = |pointer: &str| Some(crate::pointer::last(pointer).into_owned());
    let difference = Difference::new(RuleId::SchemaRenamed, NOWHERE).at(&was.pointer, &is.pointer);
    comparison.report(difference.showing(name(&was.pointer), name(&is.pointer)));
}
