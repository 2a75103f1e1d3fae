//! The state of the search: the pairs that are still to be read, and the differences that nothing reports.

use super::super::comparison::Comparison;
use super::super::difference::Difference;
use super::super::document_side::DocumentSide;
use super::super::located_value::LocatedValue;
use super::super::rules;
use super::coverage::Coverage;
use super::flat_schema::target;
use crate::ir::Usage;
use std::collections::HashSet;
use std::rc::Rc;

/// Values of the old and of the new document.
pub(super) type ValueLists<'a> = [Vec<LocatedValue<'a>>; 2];

/// Schemas that a value has to satisfy together, on each side.
pub(super) struct SchemaLists<'a> {
    pub(super) schemas: ValueLists<'a>,
    pub(super) usage: Usage,
}

pub(super) struct Search<'c, 'a> {
    pub(super) comparison: &'c mut Comparison<'a>,
    pub(super) coverage: Coverage,
    /// The pairs of schemas to read. A list, because schemas refer to each other in long chains and in circles.
    pub(super) work: Vec<SchemaLists<'a>>,
    pub(super) found: Vec<Difference>,
    seen: HashSet<[String; 2]>,
}

impl<'c, 'a> Search<'c, 'a> {
    pub(super) fn new(comparison: &'c mut Comparison<'a>) -> Self {
        let roots = comparison.roots();
        let coverage = Coverage::new(&comparison.found, [roots.base.raw, roots.head.raw]);
        Self { comparison, coverage, work: Vec::new(), found: Vec::new(), seen: HashSet::new() }
    }

    pub(super) fn side(&self, side: usize) -> &DocumentSide<'a> {
        if side == 0 { &self.comparison.base } else { &self.comparison.head }
    }

    pub(super) fn side_mut(&mut self, side: usize) -> &mut DocumentSide<'a> {
        if side == 0 { &mut self.comparison.base } else { &mut self.comparison.head }
    }

    /// Whether two places have yet to be read. From now on they count as read.
    pub(super) fn begin(&mut self, places: [String; 2]) -> bool {
        self.seen.insert(places)
    }

    /// Spends the work of reading schemas, and returns whether both documents are within their limits.
    pub(super) fn pays_for(&mut self, SchemaLists { schemas, .. }: &SchemaLists<'a>) -> bool {
        [0, 1].into_iter().all(|side| {
            let list = &schemas[side];
            let schemas = &mut self.side_mut(side).schemas;
            list.first().is_none_or(|first| schemas.spend(&first.at, list.len())) && schemas.overrun().is_none()
        })
    }

    /// Adds schemas to read, unless a difference accounts for all of them.
    pub(super) fn add_schemas(&mut self, schemas: &ValueLists<'a>, usage: Usage) {
        let is_reported = |search: &Self, lists: &ValueLists<'a>| {
            let places = lists.iter().enumerate().flat_map(|(side, list)| list.iter().map(move |place| (side, place)));
            places.into_iter().any(|(side, place)| search.coverage.has_all_of(side, &place.at))
        };
        if is_reported(self, schemas) {
            return;
        }
        let follow = |side: usize, list: &[LocatedValue<'a>]| -> Vec<LocatedValue<'a>> {
            list.iter().map(|schema| target(self.side(side), schema).unwrap_or_else(|| schema.clone())).collect()
        };
        let followed = [follow(0, &schemas[0]), follow(1, &schemas[1])];
        let names = |list: &[LocatedValue<'a>]| list.iter().map(|schema| &*schema.at).collect::<Vec<_>>().join(" ");
        if self.begin([names(&followed[0]), names(&followed[1])]) && !is_reported(self, &followed) {
            self.work.push(SchemaLists { schemas: followed, usage });
        }
    }

    /// Returns the directions in which a component schema crosses the wire on either side.
    pub(super) fn component_usage(&self, [base, head]: [&str; 2]) -> Usage {
        let (was, is) = (self.comparison.base.usage(base), self.comparison.head.usage(head));
        Usage { request: was.request || is.request, response: was.response || is.response }
    }

    /// Reports that values differ, unless a difference at their places, or at the further ones, accounts for it.
    pub(super) fn check(
        &mut self,
        key: &str,
        values: [&[LocatedValue<'a>]; 2],
        further: [&[Rc<str>]; 2],
        usage: Usage,
    ) {
        let is_reported = |side: usize| {
            values[side].iter().any(|value| self.coverage.has(side, &value.at))
                || further[side].iter().any(|pointer| self.coverage.has(side, pointer))
        };
        if is_reported(0) || is_reported(1) {
            return;
        }
        let [base, head] = values.map(<[_]>::first);
        let difference = Difference {
            base: base.map(|value| Rc::clone(&value.at)),
            head: head.map(|value| Rc::clone(&value.at)),
            ..Difference::new(rules::for_unreported_key(key), usage)
        };
        self.found.push(difference.showing_values(base.map(|value| value.raw), head.map(|value| value.raw)));
    }
}
