//! The responses of an operation.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::{RESPONSE, RISKY};
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::shared_keys::{compare as compare_keys, compare_documentation, compare_others};
use super::{headers, media_types};
use indexmap::IndexMap;

/// Compares the responses of an operation.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, operation: &ValuePair<'a>) {
    let (base, head) = operation.child("responses");
    let (before, after) = (by_status(base.as_ref()), by_status(head.as_ref()));
    for (status, base) in &before {
        let Some(head) = after.get(status) else {
            if let Some((_, head)) = covering(&after, status) {
                // The old status remains possible, but others are as well.
                let difference = Difference::new(RuleId::ResponseStatusWidened, RESPONSE).at(&base.at, &head.at);
                report_related(comparison, difference, &ValuePair { base: base.clone(), head: head.clone() });
                continue;
            }
            comparison.visit_base(base);
            let is_narrowed = |new: &String| !before.contains_key(new) && covers(status, new);
            if after.keys().any(is_narrowed) {
                continue;
            }
            let rule = if is_success(status) { RuleId::SuccessResponseRemoved } else { RuleId::ErrorResponseRemoved };
            comparison.report(Difference::new(rule, RESPONSE).removed(base));
            continue;
        };
        let both = comparison.resolve(base, head);
        compare_response(comparison, &both);
    }
    let had_success = before.keys().any(|status| is_success(status));
    for (status, head) in after.iter().filter(|(status, _)| !before.contains_key(*status)) {
        if let Some((_, base)) = covering(&before, status) {
            let difference = Difference::new(RuleId::ResponseStatusNarrowed, RESPONSE).at(&base.at, &head.at);
            report_related(comparison, difference, &ValuePair { base: base.clone(), head: head.clone() });
            continue;
        }
        comparison.visit_head(head);
        // It is reported with the status that was a single one.
        if before.keys().any(|old| !after.contains_key(old) && covers(status, old)) {
            continue;
        }
        let difference = match is_success(status) {
            // A client decodes every success as the first one.
            true if had_success => Difference::new(RuleId::SuccessResponseAdded, RESPONSE).judged(RISKY),
            true => Difference::new(RuleId::SuccessResponseAdded, RESPONSE),
            false => Difference::new(RuleId::ErrorResponseAdded, RESPONSE),
        };
        comparison.report(difference.added(head));
    }
    if let (Some(base), Some(head)) = (base, head) {
        let both = ValuePair { base, head };
        let statuses: Vec<&str> = both.keys().filter(|key| !key.starts_with("x-")).collect();
        compare_others(comparison, &both, &statuses, RESPONSE);
    }
}

fn by_status<'a>(responses: Option<&LocatedValue<'a>>) -> IndexMap<String, LocatedValue<'a>> {
    let entries = responses.into_iter().flat_map(LocatedValue::entries);
    let statuses = entries.filter(|(key, _)| !key.starts_with("x-"));
    statuses.map(|(key, response)| (key.to_ascii_uppercase(), response)).collect()
}

/// Returns the response for the range that a status is in.
fn covering<'r, 'a>(
    responses: &'r IndexMap<String, LocatedValue<'a>>,
    status: &str,
) -> Option<(&'r String, &'r LocatedValue<'a>)> {
    responses.iter().find(|(range, _)| covers(range, status))
}

/// Whether the first one is a range such as `2XX`, and the second one a status in it.
fn covers(range: &str, status: &str) -> bool {
    let class = range.strip_suffix("XX");
    class.is_some_and(|class| class.len() == 1 && status.starts_with(class) && status.len() == 3 && status != range)
}

/// Reports the difference between a status and its range, and compares their responses.
fn report_related<'a>(comparison: &mut Comparison<'a>, difference: Difference, both: &ValuePair<'a>) {
    let status = |response: &LocatedValue<'a>| Some(crate::pointer::last(&response.at).into_owned());
    comparison.report(difference.showing(status(&both.base), status(&both.head)));
    let both = comparison.resolve(&both.base, &both.head);
    compare_response(comparison, &both);
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

fn compare_response<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    if !comparison.begin(&both.base.at, &both.head.at, RESPONSE) {
        return;
    }
    compare_documentation(comparison, both, &["description"]);
    headers::compare(comparison, both);
    media_types::compare(comparison, both, RESPONSE);
    compare_keys(comparison, both, &["links"], RuleId::LinkChanged, RESPONSE);
    compare_others(comparison, both, &["description", "headers", "content", "links"], RESPONSE);
}
