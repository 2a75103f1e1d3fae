//! A guard against silence: finds values that differ although no comparison has reported it.
//!
//! The comparisons of the files above know each keyword. One that is forgotten there would pass in silence. So this
//! search reads both documents on its own, key by key. It ignores only spellings that mean the same, each of which it
//! states. Any other difference must be at the place of a reported one, or it is reported here: prose as prose, and the
//! rest as `unknown-construct`.
//!
//! `coverage` has the places that are reported, `flat_schema` and `flat_pair` the keywords of a schema in any spelling,
//! and `search` the state. `variants`, `schema_keywords`, `object_fields` and `operation_fields` read the documents.

mod coverage;
mod flat_pair;
mod flat_schema;
mod object_fields;
mod operation_fields;
mod schema_keywords;
mod search;
#[cfg(test)]
mod tests;
mod variants;

use super::comparison::Comparison;
use super::difference::Difference;
use super::schema_renames;
use search::Search;

/// Returns the differences that no comparison has reported.
pub(super) fn find(comparison: &mut Comparison<'_>) -> Vec<Difference> {
    let both = comparison.roots();
    if both.base.raw == both.head.raw {
        return Vec::new();
    }
    let mut search = Search::new(comparison);
    object_fields::compare_document(&mut search, &both);
    operation_fields::compare_all(&mut search, &both);
    for (base, head) in schema_renames::component_pairs(search.comparison) {
        if let Some((was, is)) = search.comparison.component_pair(base, head) {
            search.add_schemas(
                &[vec![(&was).into()], vec![(&is).into()]],
                search.component_usage([&was.pointer, &is.pointer]),
            );
        }
    }
    // The end of the budget is reported for the whole comparison.
    while let Some(pair) = search.work.pop().filter(|pair| search.pays_for(pair)) {
        schema_keywords::compare(&mut search, pair);
    }
    search.found
}
