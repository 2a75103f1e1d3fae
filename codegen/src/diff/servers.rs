//! `servers` of a document, a path or an operation.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::EVERYWHERE;
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::shared_keys::{compare as compare_keys, compare_documentation, compare_others};

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("servers");
    let list = |servers: &Option<LocatedValue<'a>>| servers.iter().flat_map(LocatedValue::elements).collect::<Vec<_>>();
    let (before, after) = (list(&base), list(&head));
    if before.is_empty() != after.is_empty() {
        return compare_inherited(comparison, both, &before, &after);
    }
    let is_same_list = compare_addresses(comparison, &before, &after);
    for server in &before {
        if let Some(now) = after.iter().find(|other| has_same_url(server, other)) {
            compare_server(comparison, &ValuePair { base: server.clone(), head: now.clone() });
        }
    }
    // The client uses the first server.
    let first_moved = before.first().zip(after.first()).filter(|(was, is)| !has_same_url(was, is));
    if let Some((was, is)) = first_moved.filter(|_| is_same_list) {
        let both = ValuePair { base: was.clone(), head: is.clone() };
        comparison.report(Difference::new(RuleId::ServerChanged, EVERYWHERE).of(&both, "url"));
    }
}

fn has_same_url(one: &LocatedValue<'_>, other: &LocatedValue<'_>) -> bool {
    one.raw.get("url") == other.raw.get("url")
}

/// Reports added and removed servers. Returns whether there are none.
fn compare_addresses<'a>(
    comparison: &mut Comparison<'a>,
    before: &[LocatedValue<'a>],
    after: &[LocatedValue<'a>],
) -> bool {
    let only_in = |list: &'_ [LocatedValue<'a>], other: &[LocatedValue<'a>]| -> Vec<LocatedValue<'a>> {
        list.iter().filter(|server| !other.iter().any(|known| has_same_url(server, known))).cloned().collect()
    };
    let (removed, added) = (only_in(before, after), only_in(after, before));
    if let ([was], [is]) = (removed.as_slice(), added.as_slice()) {
        let both = ValuePair { base: was.clone(), head: is.clone() };
        comparison.report(Difference::new(RuleId::ServerChanged, EVERYWHERE).of(&both, "url"));
        return false;
    }
    for server in &removed {
        comparison.report(Difference::new(RuleId::ServerRemoved, EVERYWHERE).removed(server));
    }
    for server in &added {
        comparison.report(Difference::new(RuleId::ServerAdded, EVERYWHERE).added(server));
    }
    removed.is_empty() && added.is_empty()
}

fn compare_server<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    compare_documentation(comparison, both, &["description"]);
    compare_keys(comparison, both, &["variables"], RuleId::ServerChanged, EVERYWHERE);
    compare_keys(comparison, both, &["x-environment"], RuleId::EnvironmentChanged, EVERYWHERE);
    compare_others(comparison, both, &["url", "description", "variables", "x-environment"], EVERYWHERE);
}

/// Compares a list of servers with an empty one, for which the document's list applies. An empty list means `/`.
fn compare_inherited<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    before: &[LocatedValue<'a>],
    after: &[LocatedValue<'a>],
) {
    fn urls<'v>(own: &[LocatedValue<'v>], root: &LocatedValue<'v>) -> Vec<&'v str> {
        let shared: Vec<LocatedValue<'v>> = root.child("servers").iter().flat_map(LocatedValue::elements).collect();
        let list = if own.is_empty() { &shared } else { own };
        let urls: Vec<&str> = list.iter().map(|server| server.text("url").unwrap_or("/")).collect();
        if urls.is_empty() { vec!["/"] } else { urls }
    }
    let roots = comparison.roots();
    let (was, is) = (urls(before, &roots.base), urls(after, &roots.head));
    if was != is {
        let difference = Difference::new(RuleId::ServerChanged, EVERYWHERE).of(both, "servers");
        comparison.report(difference.showing(Some(was.join(", ")), Some(is.join(", "))));
    }
}
