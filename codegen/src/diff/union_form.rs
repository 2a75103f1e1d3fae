//! How a union is written: as `oneOf` or `anyOf`, and whether unions within it are written out.

use super::annotations;
use super::comparison::Comparison;
use super::difference::Difference;
use super::rules::RuleId;
use super::schema_pair::{PartsPair, SchemaPair};
use super::union_variants::TaggedUnion;
use crate::resolve::UnionSchema;

pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &TaggedUnion<'_, 'a>,
    is: &TaggedUnion<'_, 'a>,
) {
    let difference = |rule| Difference::new(rule, both.usage()).at(&was.union.pointer, &is.union.pointer);
    if was.union.exclusive != is.union.exclusive {
        let word = |union: &UnionSchema<'_>| Some(if union.exclusive { "oneOf" } else { "anyOf" }.to_owned());
        let difference = difference(RuleId::UnionExclusivenessChanged);
        comparison.report(difference.showing(word(was.union), word(is.union)));
    }
    if was.nested.len() != is.nested.len() {
        let shown = |union: &TaggedUnion<'_, 'a>| Some(format!("{} nested", union.nested.len()));
        comparison.report(difference(RuleId::UnionFlattened).showing(shown(was), shown(is)));
    }
    for (old, new) in was.nested.iter().zip(&is.nested) {
        let parts = PartsPair { base: std::slice::from_ref(old), head: std::slice::from_ref(new) };
        annotations::compare_schemas(comparison, parts, both.schema_use);
    }
}
