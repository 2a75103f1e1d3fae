//! Sorts the variants of an untagged union, because the more specific must be tried first.

use crate::resolve::{JsonType, MergedSchema};
use std::collections::BTreeSet;

/// Returns whether the second schema probably accepts every value of the first.
fn more_specific(a: &MergedSchema<'_>, b: &MergedSchema<'_>) -> bool {
    if !(a.unions.is_empty() && b.unions.is_empty()) {
        return false;
    }
    match (a.json_type, b.json_type) {
        (Some(JsonType::Object), Some(JsonType::Object)) => {
            a.required.len() > b.required.len() && b.required.keys().all(|name| a.required.contains_key(name))
        }
        (Some(JsonType::Integer), Some(JsonType::Number)) | (Some(_), None) => true,
        (Some(a_type), Some(b_type)) => a_type == b_type && a.values.is_some() && b.values.is_none(),
        _ => false,
    }
}

/// Returns the order in which to try schemas: the more specific first, otherwise in the order of the document.
pub(super) fn most_specific_first(schemas: &[&MergedSchema<'_>]) -> Vec<usize> {
    // A schema waits for those that are more specific. The first that does not wait is next.
    let mut waits: Vec<usize> = Vec::with_capacity(schemas.len());
    for b in schemas {
        waits.push(schemas.iter().filter(|a| more_specific(a, b)).count());
    }
    let mut ready: BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, waiting)| **waiting == 0).map(|(index, _)| index).collect();
    let mut order = Vec::with_capacity(schemas.len());
    while let Some(next) = ready.pop_first() {
        order.push(next);
        let Some(done) = schemas.get(next) else { continue };
        for (index, (schema, waiting)) in schemas.iter().zip(&mut waits).enumerate() {
            if *waiting > 0 && more_specific(done, schema) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.insert(index);
                }
            }
        }
    }
    order
}
