//! Request bodies.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::REQUEST;
use super::located_value::ValuePair;
use super::media_types;
use super::rules::RuleId;
use super::shared_keys::{compare_documentation, compare_others, compare_required};

/// Compares the request bodies of an operation.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, operation: &ValuePair<'a>) {
    match operation.child("requestBody") {
        (None, None) => {}
        (Some(base), None) => {
            comparison.visit_base(&base);
            comparison.report(Difference::new(RuleId::RequestBodyRemoved, REQUEST).removed(&base));
        }
        (None, Some(head)) => {
            let is_required = comparison.visit_head(&head).flag("required");
            let rule = if is_required { RuleId::RequiredRequestBodyAdded } else { RuleId::OptionalRequestBodyAdded };
            comparison.report(Difference::new(rule, REQUEST).added(&head));
        }
        (Some(base), Some(head)) => {
            let both = comparison.resolve(&base, &head);
            if comparison.begin(&both.base.at, &both.head.at, REQUEST) {
                compare_body(comparison, &both);
            }
        }
    }
}

fn compare_body<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let rules = [RuleId::RequestBodyBecameOptional, RuleId::RequestBodyBecameRequired];
    compare_required(comparison, both, rules, REQUEST);
    compare_documentation(comparison, both, &["description"]);
    media_types::compare(comparison, both, REQUEST);
    compare_others(comparison, both, &["required", "description", "content"], REQUEST);
}
