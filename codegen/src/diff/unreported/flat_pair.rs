//! A schema on both sides, and the keywords that several comparisons share.

use super::super::located_value::LocatedValue;
use super::super::schema_pair::restricts;
use super::flat_schema::{ANNOTATIONS, FlatSchema};
use super::search::{SchemaLists, Search};
use crate::ir::Usage;
use crate::numbers::{self, ByValue};
use crate::pointer::join;
use crate::resolve::MergedSchema;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// A schema on both sides: as it is written, flat, and merged.
pub(super) struct FlatPair<'a> {
    pub(super) flat: [FlatSchema<'a>; 2],
    pub(super) merged: [Rc<MergedSchema<'a>>; 2],
    pub(super) usage: Usage,
    /// Places whose differences account for keywords that a schema inherits.
    further: [Vec<Rc<str>>; 2],
}

impl<'a> FlatPair<'a> {
    pub(super) fn new(search: &mut Search<'_, 'a>, SchemaLists { schemas, usage }: SchemaLists<'a>) -> Self {
        let flat = [0, 1].map(|side| FlatSchema::new(search.side(side), &schemas[side]));
        let merged = [0, 1].map(|side| {
            let parts: Vec<_> = schemas[side].iter().map(|schema| search.side(side).part(schema)).collect();
            search.side_mut(side).schemas.resolve(&parts)
        });
        let further = [0, 1].map(|side| schemas[side].iter().map(|schema| join(&schema.at, "allOf").into()).collect());
        Self { flat, merged, usage, further }
    }

    pub(super) fn places(&self, keyword: &str) -> [&[LocatedValue<'a>]; 2] {
        [self.flat[0].places(keyword), self.flat[1].places(keyword)]
    }

    pub(super) fn check(&self, search: &mut Search<'_, 'a>, key: &str, values: [&[LocatedValue<'a>]; 2]) {
        search.check(key, values, [&self.further[0], &self.further[1]], self.usage);
    }

    /// Whether no value of the schema is of a kind that a keyword restricts.
    pub(super) fn is_idle(&self, keyword: &str) -> bool {
        self.merged.iter().all(|merged| merged.json_type.is_some_and(|kind| !restricts(keyword, kind)))
    }

    /// Whether only one side is a union.
    pub(super) fn is_union_on_one_side(&self) -> bool {
        self.flat[0].unions.is_empty() != self.flat[1].unions.is_empty()
    }
}

/// Keywords of which false is the same as none.
const FLAGS: [&str; 5] = ["deprecated", "readOnly", "writeOnly", "uniqueItems", "x-secret"];

/// Whether two lists have the same values.
pub(super) fn is_same_set(keyword: &str, values: [&[LocatedValue<'_>]; 2]) -> bool {
    let is_stated = |value: &&LocatedValue<'_>| !FLAGS.contains(&keyword) || value.raw != &Value::Bool(false);
    let has_all = |list: &[LocatedValue<'_>], other: &[LocatedValue<'_>]| {
        list.iter()
            .filter(is_stated)
            .all(|value| other.iter().any(|known| numbers::is_same_value(known.raw, value.raw)))
    };
    has_all(values[0], values[1]) && has_all(values[1], values[0])
}

/// Whether an annotation is the same on both sides. Of several, the outermost counts.
pub(super) fn is_same_annotation(keyword: &str, values: [&[LocatedValue<'_>]; 2]) -> bool {
    is_same_set(keyword, values.map(|list| list.get(..1).unwrap_or_default()))
}

/// Compares the annotations of two schemas alone.
pub(super) fn compare_annotations<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>) {
    for keyword in ANNOTATIONS {
        let values = pair.places(keyword);
        if !is_same_annotation(keyword, values) {
            pair.check(search, keyword, values);
        }
    }
}

/// Checks that each value of one side is listed on the other side, or reported.
pub(super) fn check_values<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    let elements = |list: &[LocatedValue<'a>]| {
        list.iter().flat_map(LocatedValue::elements).filter(|value| !value.raw.is_null()).collect::<Vec<_>>()
    };
    let lists = [elements(values[0]), elements(values[1])];
    let known = lists.each_ref().map(|list| list.iter().map(|value| ByValue(value.raw)).collect::<HashSet<_>>());
    for (side, other) in [(0, 1), (1, 0)] {
        for value in lists[side].iter().filter(|value| !known[other].contains(&ByValue(value.raw))) {
            let mut places: [&[LocatedValue<'a>]; 2] = [&[], &[]];
            places[side] = std::slice::from_ref(value);
            pair.check(search, "enum", places);
        }
    }
}
