//! Operations: added, removed and moved ones, and the keys that only operations have.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::{EVERYWHERE, NOWHERE};
use super::located_value::{LocatedValue, ValuePair};
use super::operation_list::{DocumentOperation, OperationAddress, operations, without_names};
use super::rules::RuleId;
use super::shared_keys::{compare as compare_keys, compare_deprecation, compare_documentation, compare_others};
use super::{parameters, request_bodies, responses, security, servers};
use crate::http_methods::METHODS;
use std::rc::Rc;

const COMPARED: [&str; 15] = [
    "operationId",
    "tags",
    "x-rust-name",
    "x-rust-module",
    "x-paging",
    "callbacks",
    "summary",
    "description",
    "externalDocs",
    "deprecated",
    "servers",
    "security",
    "parameters",
    "requestBody",
    "responses",
];

/// Compares `paths`.
pub(super) fn compare_all<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("paths");
    let before = operations(&mut comparison.base, base.as_ref());
    let after = operations(&mut comparison.head, head.as_ref());
    let mut unmatched: Vec<(&OperationAddress, &DocumentOperation<'a>)> =
        after.iter().filter(|(address, _)| !before.contains_key(*address)).collect();
    let mut path_items = Vec::new();
    for (address, was) in &before {
        let is = after.get(address).or_else(|| {
            let id = was.value.text("operationId")?;
            let index = unmatched.iter().position(|(_, other)| other.value.text("operationId") == Some(id))?;
            Some(unmatched.remove(index).1)
        });
        let Some(is) = is else {
            let difference = Difference::new(RuleId::OperationRemoved, EVERYWHERE).removed(&was.value);
            comparison.report(difference.named(&was.name()));
            continue;
        };
        path_items.push(ValuePair { base: was.path_item.clone(), head: is.path_item.clone() });
        compare(comparison, was, is);
    }
    for (_, is) in unmatched {
        comparison.report(Difference::new(RuleId::OperationAdded, EVERYWHERE).added(&is.value).named(&is.name()));
    }
    for both in path_items {
        if comparison.begin(&both.base.at, &both.head.at, EVERYWHERE) {
            compare_path_item(comparison, &both);
        }
    }
    if let (Some(base), Some(head)) = (base, head) {
        compare_beside_paths(comparison, &ValuePair { base, head });
    }
}

/// Compares the extensions among the paths.
fn compare_beside_paths<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let paths: Vec<&str> = both.keys().filter(|key| key.starts_with('/')).collect();
    compare_others(comparison, both, &paths, NOWHERE);
}

fn compare_path_item<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    compare_documentation(comparison, both, &["summary", "description"]);
    servers::compare(comparison, both);
    let compared = [&METHODS[..], &["summary", "description", "servers", "parameters"]].concat();
    compare_others(comparison, both, &compared, EVERYWHERE);
}

fn compare<'a>(comparison: &mut Comparison<'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    compare_address(comparison, was, is);
    comparison.pairs.insert(Rc::clone(&was.value.at), Rc::clone(&is.value.at));
    let both = ValuePair { base: was.value.clone(), head: is.value.clone() };
    compare_keys(comparison, &both, &["operationId"], RuleId::OperationIdChanged, EVERYWHERE);
    compare_tags(comparison, &both);
    compare_keys(comparison, &both, &["x-rust-name", "x-rust-module"], RuleId::RustNameChanged, EVERYWHERE);
    compare_keys(comparison, &both, &["x-paging"], RuleId::PagingChanged, EVERYWHERE);
    compare_keys(comparison, &both, &["callbacks"], RuleId::CallbackChanged, EVERYWHERE);
    compare_documentation(comparison, &both, &["summary", "description", "externalDocs"]);
    compare_deprecation(comparison, &both, EVERYWHERE);
    servers::compare(comparison, &both);
    security::compare_operation(comparison, &both);
    parameters::compare(comparison, was, is);
    request_bodies::compare(comparison, &both);
    responses::compare(comparison, &both);
    compare_others(comparison, &both, &COMPARED, EVERYWHERE);
}

fn compare_address<'a>(comparison: &mut Comparison<'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    if was.path == is.path && was.method == is.method {
        return;
    }
    let is_same = was.method == is.method && without_names(was.path) == without_names(is.path);
    let rule = if is_same { RuleId::PathParameterRenamed } else { RuleId::OperationMoved };
    let difference = Difference::new(rule, EVERYWHERE).at(&was.value.at, &is.value.at);
    comparison.report(difference.showing(Some(was.name()), Some(is.name())));
}

fn compare_tags<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let tags = |operation: &LocatedValue<'a>| {
        operation.raw.get("tags").filter(|tags| tags.as_array().is_none_or(|list| !list.is_empty()))
    };
    if tags(&both.base) != tags(&both.head) {
        comparison.report(Difference::new(RuleId::OperationTagsChanged, EVERYWHERE).of(both, "tags"));
    }
}
