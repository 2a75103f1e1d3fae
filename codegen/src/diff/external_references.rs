//! References to other files. They are not followed, so a change behind them is not seen.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::EVERYWHERE;
use super::reference_walk::each_reference;
use super::rules::RuleId;
use crate::pointer::PointerBuf;
use indexmap::IndexMap;
use serde_json::Value;
use std::rc::Rc;

/// Reports each reference to a file once, at its first place.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let [base, head] = [comparison.base.root().raw, comparison.head.root().raw].map(first_places);
    let added = head.keys().filter(|reference| !base.contains_key(*reference));
    for reference in base.keys().chain(added) {
        let places = [&base, &head].map(|places| places.get(reference).cloned());
        let [before, after] = places.each_ref().map(|place| place.as_ref().map(|_| (*reference).to_owned()));
        let [base, head] = places;
        let difference = Difference::new(RuleId::ReferenceNotFollowed, EVERYWHERE).showing(before, after);
        comparison.report(Difference { base, head, ..difference });
    }
}

fn first_places(root: &Value) -> IndexMap<&str, Rc<str>> {
    let mut places = IndexMap::new();
    each_reference(root, &mut PointerBuf::default(), &mut |path, reference| {
        if !reference.starts_with('#') {
            places.entry(reference).or_insert_with(|| path.here().into());
        }
    });
    places
}
