//! `example` and `examples` of parameters, headers and media types.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::NOWHERE;
use super::located_value::{ValuePair, members};
use super::rules::RuleId;
use super::shared_keys::compare as compare_keys;

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    compare_keys(comparison, both, &["example"], RuleId::ExampleChanged, NOWHERE);
    let (base, head) = both.child("examples");
    let (base, head) = (members(base.as_ref()), members(head.as_ref()));
    let difference = || Difference::new(RuleId::ExampleChanged, NOWHERE);
    for (key, example) in &base {
        let Some(now) = head.get(key) else {
            comparison.report(difference().removed(example));
            continue;
        };
        let both = comparison.resolve(example, now);
        if both.base.raw != both.head.raw && comparison.begin(&both.base.at, &both.head.at, NOWHERE) {
            let difference = difference().at(&both.base.at, &both.head.at);
            comparison.report(difference.showing_values(Some(both.base.raw), Some(both.head.raw)));
        }
    }
    for (_, example) in head.iter().filter(|(key, _)| !base.contains_key(*key)) {
        comparison.report(difference().added(example));
    }
}
