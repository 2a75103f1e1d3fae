//! Unions whose variants only state which properties are required together. No type is generated from them.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::located_value::LocatedValue;
use super::rules::RuleId;
use super::schema_pair::{PartsPair, pointer};
use crate::ir::Usage;
use crate::resolve::SchemaSite;
use serde_json::Value;
use std::collections::BTreeSet;

/// Names of properties that are required together.
type RequiredGroup<'a> = BTreeSet<&'a str>;

/// A union of such groups.
struct RequiredGroups<'a> {
    list: LocatedValue<'a>,
    exclusive: bool,
    /// The groups; `None` if a variant has other keywords.
    groups: Option<BTreeSet<RequiredGroup<'a>>>,
}

impl RequiredGroups<'_> {
    fn is_same(&self, other: &Self) -> bool {
        let alike = self.groups.is_some() && self.groups == other.groups;
        self.exclusive == other.exclusive && (alike || self.list.raw == other.list.raw)
    }

    /// Whether the other one accepts everything that this one accepts.
    fn is_within(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (&self.groups, &other.groups) else { return false };
        !(self.exclusive || other.exclusive)
            && mine.iter().all(|names| theirs.iter().any(|fewer| fewer.is_subset(names)))
    }
}

/// Whether one union accepts only values that the other accepts. A missing union accepts every value.
fn is_within(one: Option<&RequiredGroups<'_>>, other: Option<&RequiredGroups<'_>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_within(other),
        (_, other) => other.is_none(),
    }
}

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, usage: Usage) {
    let (mut was, mut is) = (groups(&comparison.base, parts.base), groups(&comparison.head, parts.head));
    was.retain(|one| {
        let same = is.iter().position(|other| one.is_same(other));
        same.map(|index| is.remove(index)).is_none()
    });
    let owners = [pointer(parts.base), pointer(parts.head)];
    for index in 0..was.len().max(is.len()) {
        let (before, after) = (was.get(index), is.get(index));
        let (is_tighter, is_looser) = (is_within(after, before), is_within(before, after));
        let sides = [(before, &owners[0]), (after, &owners[1])];
        let [base, head] = sides.map(|(side, owner)| side.map_or(owner, |side| &side.list.at));
        let mut report = |rule| {
            let [before, after] = [before, after].map(|side| side.map(|side| excerpt::value(side.list.raw)));
            comparison.report(Difference::new(rule, usage).at(base, head).showing(before, after));
        };
        if is_tighter && is_looser {
            continue;
        }
        // A union that is neither tighter nor looser refuses some old values and accepts some new ones.
        if !is_looser {
            report(RuleId::PropertyBecameRequired);
        }
        if !is_tighter {
            report(RuleId::PropertyBecameOptional);
        }
    }
}

fn groups<'a>(side: &DocumentSide<'a>, parts: &[SchemaSite<'a>]) -> Vec<RequiredGroups<'a>> {
    let unions = side.schemas.required_groups(parts).into_iter();
    unions
        .map(|union| RequiredGroups {
            list: LocatedValue { at: union.pointer, raw: union.json },
            exclusive: union.exclusive,
            groups: union.variants.into_iter().map(group).collect(),
        })
        .collect()
}

/// Returns the names that a variant requires; `None` if it has other keywords.
fn group(variant: &Value) -> Option<RequiredGroup<'_>> {
    let says = |key: &str| matches!(key, "required" | "type" | "title" | "description");
    let plain = variant.as_object()?.keys().all(|key| says(key));
    plain.then(|| {
        variant.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    })
}
