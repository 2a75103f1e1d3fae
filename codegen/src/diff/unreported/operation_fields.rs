//! Operations, with the parameters, servers and requirements that they inherit.

use super::super::impact_by_direction::{EVERYWHERE, NOWHERE, REQUEST};
use super::super::located_value::{LocatedValue, ValuePair};
use super::super::operation_list::{DocumentOperation, operations};
use super::super::parameters::{self, DocumentParameter};
use super::super::security::is_same_requirement;
use super::object_fields;
use super::search::Search;
use crate::parse::dialect::openapi_objects::ObjectKind;
use crate::pointer::join;
use std::collections::HashMap;
use std::rc::Rc;

/// Compares the operations that the comparison has paired, and checks that it has reported the others.
pub(super) fn compare_all<'a>(search: &mut Search<'_, 'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("paths");
    let before = operations(&mut search.comparison.base, base.as_ref());
    let after = operations(&mut search.comparison.head, head.as_ref());
    let mut new: HashMap<Rc<str>, DocumentOperation<'a>> =
        after.into_values().map(|operation| (Rc::clone(&operation.value.at), operation)).collect();
    for was in before.values() {
        let counterpart = search.comparison.pairs.get(&was.value.at).cloned();
        match counterpart.and_then(|at| new.remove(&at)) {
            Some(is) => compare(search, was, &is),
            None => search.check("operation", [std::slice::from_ref(&was.value), &[]], [&[], &[]], EVERYWHERE),
        }
    }
    let mut new: Vec<LocatedValue<'a>> = new.into_values().map(|operation| operation.value).collect();
    new.sort_unstable_by(|one, other| one.at.cmp(&other.at));
    for is in &new {
        search.check("operation", [&[], std::slice::from_ref(is)], [&[], &[]], EVERYWHERE);
    }
    compare_shared_servers(search, both);
}

fn compare<'a>(search: &mut Search<'_, 'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    let path_items = ValuePair { base: was.path_item.clone(), head: is.path_item.clone() };
    object_fields::compare(search, ObjectKind::PathItem, &path_items, NOWHERE);
    let both = ValuePair { base: was.value.clone(), head: is.value.clone() };
    object_fields::compare(search, ObjectKind::Operation, &both, EVERYWHERE);
    compare_parameters(search, was, is);
    compare_servers(search, was, is);
    compare_security(search, &both);
}

/// Compares parameters by their names and places on the wire.
fn compare_parameters<'a>(search: &mut Search<'_, 'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    let before = parameters::parameters(&mut search.comparison.base, was);
    let mut after = parameters::parameters(&mut search.comparison.head, is);
    let mut gone = Vec::new();
    for (key, base) in before {
        match after.shift_remove(&key) {
            Some(head) => compare_parameter(search, &base, &head),
            None => gone.push(base),
        }
    }
    for base in gone {
        let is_moved = |other: &DocumentParameter<'a>| {
            other.value.raw.get("name") == base.value.raw.get("name") || other.value.at == base.value.at
        };
        let moved = after.iter().find(|(_, other)| is_moved(other)).map(|(key, _)| key.clone());
        match moved.and_then(|key| after.shift_remove(&key)) {
            Some(head) => compare_parameter(search, &base, &head),
            None => search.check("parameters", [&[base.listed, base.value], &[]], [&[], &[]], REQUEST),
        }
    }
    for head in after.into_values() {
        search.check("parameters", [&[], &[head.listed, head.value]], [&[], &[]], REQUEST);
    }
}

fn compare_parameter<'a>(search: &mut Search<'_, 'a>, base: &DocumentParameter<'a>, head: &DocumentParameter<'a>) {
    let both = ValuePair { base: base.value.clone(), head: head.value.clone() };
    object_fields::compare(search, ObjectKind::Parameter, &both, REQUEST);
}

/// Compares the servers that an operation or its path has instead of those of the document.
fn compare_servers<'a>(search: &mut Search<'_, 'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    let own = |operation: &DocumentOperation<'a>| {
        let owners = [&operation.value, &operation.path_item];
        owners.into_iter().find_map(|owner| stated_servers(owner))
    };
    let (base, head) = (own(was), own(is));
    if base.is_some() || head.is_some() {
        let roots = search.comparison.roots();
        let lists = [base.or_else(|| roots.base.child("servers")), head.or_else(|| roots.head.child("servers"))];
        compare_server_lists(search, lists);
    }
}

fn compare_shared_servers<'a>(search: &mut Search<'_, 'a>, both: &ValuePair<'a>) {
    compare_server_lists(search, [stated_servers(&both.base), stated_servers(&both.head)]);
}

fn stated_servers<'a>(owner: &LocatedValue<'a>) -> Option<LocatedValue<'a>> {
    owner.child("servers").filter(|list| list.raw.as_array().is_none_or(|list| !list.is_empty()))
}

/// Compares servers. Without any, the only one is `/`.
fn compare_server_lists<'a>(search: &mut Search<'_, 'a>, lists: [Option<LocatedValue<'a>>; 2]) {
    let is_default = |list: &Option<LocatedValue<'a>>| {
        list.as_ref().is_none_or(|list| {
            list.raw
                .as_array()
                .is_some_and(|list| matches!(&**list, [one] if one.get("url").is_some_and(|url| url == "/")))
        })
    };
    let is_reported = lists
        .iter()
        .enumerate()
        .any(|(side, list)| list.as_ref().is_some_and(|list| search.coverage.has_all_of(side, &list.at)));
    let is_same = is_default(&lists[0]) && is_default(&lists[1]);
    if !is_reported && !is_same {
        object_fields::compare_list(search, ObjectKind::Server, lists, EVERYWHERE);
    }
}

/// Compares the requirements of an operation, or those of the document that it inherits.
fn compare_security<'a>(search: &mut Search<'_, 'a>, both: &ValuePair<'a>) {
    let roots = search.comparison.roots();
    let (base, head) = both.child("security");
    let base = base.or_else(|| roots.base.child("security"));
    let head = head.or_else(|| roots.head.child("security"));
    if !is_same_requirement(search.comparison, [base.as_ref(), head.as_ref()]) {
        let further = [&both.base.at, &both.head.at].map(|at| [Rc::from(join(at, "security"))]);
        search.check("security", [base.as_slice(), head.as_slice()], [&further[0], &further[1]], REQUEST);
    }
}
