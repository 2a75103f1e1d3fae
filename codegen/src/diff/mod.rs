//! Compares two revisions of a document, and judges each change for the wire and for callers of the generated crate.
//!
//! Each change is one edit of the document. A rule names it, and it has two verdicts: the *wire* verdict is about
//! requests and responses, the *source* verdict about Rust code that uses the generated crate.
//!
//! The files depend one way. At the bottom are the facts: `rules`, `impact_by_direction`, `located_value`, `difference` and
//! `comparison`, which holds the state. Above them each part of a document has a file that compares it; `document` is
//! the top. `unreported` finds the differences that none of them reports. `public_api_diff` compares the generated
//! crates, `attribution` finds the difference behind each of their changes, and `change_builder` makes the result.

mod annotations;
mod attribution;
mod bounds;
mod change_builder;
mod changes;
mod comparison;
mod components;
mod constraints;
mod describe;
mod difference;
mod disjointness;
mod document;
mod document_side;
mod enum_values;
mod examples;
mod excerpt;
mod external_references;
mod headers;
mod impact;
mod impact_by_direction;
mod inheritance;
mod located_value;
mod media_types;
mod objects;
mod operation_list;
mod operations;
mod parameters;
mod property_access;
mod public_api_diff;
mod reference_graph;
mod reference_walk;
mod request_bodies;
mod required_groups;
mod responses;
mod reused_names;
mod revision;
mod rules;
mod scalar_unions;
mod schema_pair;
mod schema_parts;
mod schema_renames;
mod schemas;
mod security;
mod servers;
mod shared_keys;
mod subtypes;
mod sunset;
mod union_form;
mod union_variants;
mod unions;
mod unreported;
mod value_types;
mod variant_overlap;

pub use changes::{Change, Diff, DocumentLocation, ItemChange, Reach};
pub use impact::{SourceImpact, WireImpact};
pub use revision::Revision;
pub use rules::{RULES, Rule, RuleId};

use crate::deep_stack;

/// Compares two revisions.
#[must_use]
pub fn compare(base: &Revision, head: &Revision) -> Diff {
    deep_stack::run(|| {
        let find = || {
            let mut comparison = comparison::Comparison::new(base, head);
            document::compare(&mut comparison);
            let unreported = unreported::find(&mut comparison);
            comparison.found.extend(unreported);
            document::report_overrun(&mut comparison);
            change_builder::Evidence::new([base, head], comparison)
        };
        // The indexes are needed only if something changes, but with two processors they cost no time.
        let indexes = || [base, head].map(change_builder::DocumentIndex::new);
        let (evidence, indexes) = revision::in_parallel(find, indexes);
        change_builder::build([base, head], evidence, indexes)
    })
}
