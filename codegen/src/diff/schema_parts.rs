//! Visits the schemas that a value of a schema has to satisfy too: its targets, its parts and its variants.

use super::located_value::LocatedValue;
use crate::pointer::follow;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// Visits schemas and the parts below some of their keywords, each once and in the order of the document, until `visit`
/// returns a result. A reference stands for its target in `root`; without `root`, it is skipped.
pub(super) fn find_in_parts<'a, T>(
    root: Option<&'a Value>,
    schemas: impl DoubleEndedIterator<Item = LocatedValue<'a>>,
    keywords: &[&str],
    mut visit: impl FnMut(&LocatedValue<'a>) -> Option<T>,
) -> Option<T> {
    // References may lead to one schema many times, and in cycles.
    let mut seen = HashSet::new();
    let mut work: Vec<LocatedValue<'a>> = schemas.rev().collect();
    while let Some(schema) = work.pop() {
        if !seen.insert(Rc::clone(&schema.at)) {
            continue;
        }
        if let Some(reference) = schema.text("$ref") {
            let target = root.and_then(|root| follow(root, reference));
            work.extend(target.map(|(at, raw)| LocatedValue { at: at.into(), raw }));
            continue;
        }
        if let Some(found) = visit(&schema) {
            return Some(found);
        }
        let before = work.len();
        let parts = keywords.iter().filter_map(|keyword| schema.child(keyword));
        work.extend(parts.flat_map(|parts| parts.elements()));
        // The first part is next.
        work[before..].reverse();
    }
    None
}
