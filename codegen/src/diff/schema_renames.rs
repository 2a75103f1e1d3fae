//! Pairs component schemas of the old document with renamed ones of the new document.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::NOWHERE;
use super::rules::RuleId;
use crate::resolve::SchemaResolver;

/// Pairs schemas that are the same under another key.
pub(super) fn pair_equal(comparison: &mut Comparison<'_>) {
    let new = only_in_head(comparison);
    for base in only_in_base(comparison) {
        if comparison.renamed.contains_key(&base) {
            continue;
        }
        let is_same = |head: &&usize| {
            let pair = comparison.component_pair(base, **head);
            pair.is_some_and(|(was, is)| is.json() == was.json()) && !is_taken(comparison, **head)
        };
        if let Some(head) = new.iter().find(is_same).copied() {
            rename(comparison, base, head);
        }
    }
}

/// Returns the schemas whose keys only the old document has.
pub(super) fn only_in_base(comparison: &Comparison<'_>) -> Vec<usize> {
    missing_in(&comparison.base.schemas, &comparison.head.schemas)
}

/// Returns the schemas whose keys only the new document has.
pub(super) fn only_in_head(comparison: &Comparison<'_>) -> Vec<usize> {
    missing_in(&comparison.head.schemas, &comparison.base.schemas)
}

fn missing_in(schemas: &SchemaResolver<'_>, other: &SchemaResolver<'_>) -> Vec<usize> {
    let keys = schemas.components.keys().iter().enumerate();
    keys.filter(|(_, key)| other.components.index(key).is_none()).map(|(index, _)| index).collect()
}

/// Whether a schema of the new document is one of the old document under another key.
pub(super) fn is_taken(comparison: &Comparison<'_>, head: usize) -> bool {
    comparison.renamed.values().any(|known| *known == head)
}

/// Whether a component of the old document becomes one of the new document. A reference that changes from a removed key
/// to a new one pairs the two, if they are alike.
pub(super) fn continues(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    let was = comparison.base.schemas.components.key(base).unwrap_or_default();
    if let Some(same) = comparison.head.schemas.components.index(was) {
        return same == head;
    }
    if let Some(known) = comparison.renamed.get(&base) {
        return *known == head;
    }
    let is = comparison.head.schemas.components.key(head).unwrap_or_default();
    let taken = comparison.base.schemas.components.index(is).is_some() || is_taken(comparison, head);
    if taken || !is_alike(comparison, base, head) {
        return false;
    }
    rename(comparison, base, head);
    true
}

/// Whether two schemas are similar enough to be one renamed schema.
fn is_alike(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    let Some((was, is)) = comparison.component_pair(base, head) else { return false };
    let (was, is) = (comparison.base.schemas.resolve(&[was]), comparison.head.schemas.resolve(&[is]));
    let shares = was.properties.is_empty() || was.properties.keys().any(|name| is.properties.contains_key(name));
    was.json_type == is.json_type && was.unions.is_empty() == is.unions.is_empty() && shares
}

fn rename(comparison: &mut Comparison<'_>, base: usize, head: usize) {
    comparison.renamed.insert(base, head);
    let Some((was, is)) = comparison.component_pair(base, head) else { return };
    let name = |pointer: &str| Some(crate::pointer::last(pointer).into_owned());
    let difference = Difference::new(RuleId::SchemaRenamed, NOWHERE).at(&was.pointer, &is.pointer);
    comparison.report(difference.showing(name(&was.pointer), name(&is.pointer)));
}
