//! Which component schema of the old document goes on as which one of the new document.

use super::comparison::Comparison;
use super::finding::Finding;
use super::rules::RuleId;
use super::wire_verdict::NOWHERE;
use crate::lower::reader::Reader;

/// Pairs schemas that are the same under another key.
pub(super) fn pair_equal(comparison: &mut Comparison<'_>) {
    let new = only_in_head(comparison);
    for base in only_in_base(comparison) {
        let Some(was) = comparison.base.reader.component(base).filter(|_| !comparison.renamed.contains_key(&base))
        else {
            continue;
        };
        let is_same = |head: &&usize| {
            let is = comparison.head.reader.component(**head);
            is.is_some_and(|is| is.raw == was.raw) && !is_taken(comparison, **head)
        };
        if let Some(head) = new.iter().find(is_same).copied() {
            rename(comparison, base, head);
        }
    }
}

/// Returns the schemas whose keys only the old document has.
pub(super) fn only_in_base(comparison: &Comparison<'_>) -> Vec<usize> {
    missing_in(&comparison.base.reader, &comparison.head.reader)
}

/// Returns the schemas whose keys only the new document has.
pub(super) fn only_in_head(comparison: &Comparison<'_>) -> Vec<usize> {
    missing_in(&comparison.head.reader, &comparison.base.reader)
}

fn missing_in(reader: &Reader<'_>, other: &Reader<'_>) -> Vec<usize> {
    let keys = reader.keys().iter().enumerate();
    keys.filter(|(_, key)| other.index(key).is_none()).map(|(index, _)| index).collect()
}

/// Whether a schema of the new document is one of the old document under another key.
pub(super) fn is_taken(comparison: &Comparison<'_>, head: usize) -> bool {
    comparison.renamed.values().any(|known| *known == head)
}

/// Whether a component of the old document goes on as one of the new. Uses that lead from a removed key to a new one
/// pair the two, if they are alike.
pub(super) fn continues(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    let was = comparison.base.reader.keys().get(base).copied().unwrap_or_default();
    if let Some(same) = comparison.head.reader.index(was) {
        return same == head;
    }
    if let Some(known) = comparison.renamed.get(&base) {
        return *known == head;
    }
    let is = comparison.head.reader.keys().get(head).copied().unwrap_or_default();
    let taken = comparison.base.reader.index(is).is_some() || is_taken(comparison, head);
    if taken || !is_alike(comparison, base, head) {
        return false;
    }
    rename(comparison, base, head);
    true
}

/// Whether two schemas have anything in common beyond being schemas.
fn is_alike(comparison: &mut Comparison<'_>, base: usize, head: usize) -> bool {
    let was = comparison.base.reader.component(base);
    let is = comparison.head.reader.component(head);
    let (Some(was), Some(is)) = (was, is) else { return false };
    let (was, is) = (comparison.base.reader.flat(&[was]), comparison.head.reader.flat(&[is]));
    let shares = was.properties.is_empty() || was.properties.keys().any(|name| is.properties.contains_key(name));
    was.kind == is.kind && was.unions.is_empty() == is.unions.is_empty() && shares
}

fn rename(comparison: &mut Comparison<'_>, base: usize, head: usize) {
    comparison.renamed.insert(base, head);
    let was = comparison.base.reader.component(base);
    let is = comparison.head.reader.component(head);
    let (Some(was), Some(is)) = (was, is) else { return };
    let name = |pointer: &str| Some(crate::pointer::last(pointer).into_owned());
    let finding = Finding::new(RuleId::SchemaRenamed, NOWHERE).at(&was.pointer, &is.pointer);
    comparison.report(finding.showing(name(&was.pointer), name(&is.pointer)));
}
