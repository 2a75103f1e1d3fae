//! Keys that many objects of a document have: documentation, flags, extensions, and unknown keys.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::{NONE, NOWHERE};
use super::located_value::ValuePair;
use super::rules::{self, RuleId};
use crate::ir::Usage;

/// Reports the keys that differ by one rule.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    keys: &[&str],
    rule: RuleId,
    usage: Usage,
) {
    for key in keys.iter().filter(|key| both.differs_in(key)) {
        comparison.report(Difference::new(rule, usage).of(both, key));
    }
}

pub(super) fn compare_documentation<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, keys: &[&str]) {
    compare(comparison, both, keys, RuleId::DocumentationChanged, NOWHERE);
}

pub(super) fn compare_deprecation<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, usage: Usage) {
    compare_flag(comparison, both, "deprecated", [RuleId::NoLongerDeprecated, RuleId::Deprecated], usage);
}

/// Compares `required` of a body, a parameter or a header. The rules are for `false` and for `true`.
pub(super) fn compare_required<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    rules: [RuleId; 2],
    usage: Usage,
) {
    if let Some(rule) = changed_flag(both, "required", rules) {
        let difference = Difference::new(rule, usage).of(both, "required");
        // Path parameters are always required, even if a document does not state it.
        let in_path = both.head.text("in") == Some("path");
        comparison.report(if in_path { difference.judged(NONE) } else { difference });
    }
}

/// Compares a flag that is false if it is absent. The rules are for `false` and for `true`.
pub(super) fn compare_flag<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    key: &str,
    rules: [RuleId; 2],
    usage: Usage,
) {
    if let Some(rule) = changed_flag(both, key, rules) {
        comparison.report(Difference::new(rule, usage).of(both, key));
    }
}

fn changed_flag(both: &ValuePair<'_>, key: &str, [off, on]: [RuleId; 2]) -> Option<RuleId> {
    let (before, after) = (both.base.flag(key), both.head.flag(key));
    (before != after).then_some(if after { on } else { off })
}

/// Compares every key without a comparison of its own: extensions and unknown keys.
pub(super) fn compare_others<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    compared: &[&str],
    usage: Usage,
) {
    let keys: indexmap::IndexSet<&str> = both.keys().collect();
    for key in keys.into_iter().filter(|key| !compared.contains(key) && both.differs_in(key)) {
        comparison.report(Difference::new(rules::for_other_key(key), usage).of(both, key));
    }
}
