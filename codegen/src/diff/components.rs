//! `components`, apart from schemas and security schemes.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::{EVERYWHERE, NOWHERE};
use super::located_value::{LocatedValue, ValuePair, members};
use super::reference_walk::each_reference;
use super::rules::RuleId;
use super::shared_keys::compare_others;
use crate::pointer::{self, PointerBuf};
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::HashSet;

/// The sections whose members are compared at their uses in operations.
const USED_BY_OPERATIONS: &[&str] =
    &["parameters", "requestBodies", "responses", "headers", "examples", "links", "callbacks"];

/// Compares the keys of `components` itself.
pub(super) fn compare_sections<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("components");
    let empty = LocatedValue::new("/components", &Value::Null);
    let both = ValuePair { base: base.unwrap_or_else(|| empty.clone()), head: head.unwrap_or(empty) };
    let compared = [USED_BY_OPERATIONS, &["schemas", "securitySchemes"]].concat();
    compare_others(comparison, &both, &compared, NOWHERE);
}

/// Compares the members that no operation uses. It runs last, because it relies on the visited places.
pub(super) fn compare_unused<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let reached = [OnceCell::new(), OnceCell::new()];
    let is_reached = |side: usize, member: &LocatedValue<'a>| {
        let root = if side == 0 { both.base.raw } else { both.head.raw };
        reached[side].get_or_init(|| reached_by_operations(root)).contains(&*member.at)
    };
    for section in USED_BY_OPERATIONS {
        let within =
            |root: &LocatedValue<'a>| root.child("components").and_then(|components| components.child(section));
        let (base, head) = (within(&both.base), within(&both.head));
        let (base, head) = (members(base.as_ref()), members(head.as_ref()));
        let difference = || Difference::new(RuleId::UnusedComponentChanged, NOWHERE);
        for (key, member) in &base {
            let is_used = comparison.visited.contains(&member.at);
            match head.get(key) {
                None if !is_used && !is_reached(0, member) => comparison.report(difference().removed(member)),
                Some(now) if !is_used && !comparison.visited.contains(&now.at) && member.raw != now.raw => {
                    let difference = match [is_reached(0, member), is_reached(1, now)] {
                        [false, false] => difference(),
                        // Something refers to it that is not compared, such as a callback.
                        [true, true] => Difference::new(RuleId::UnknownConstruct, EVERYWHERE),
                        // Only a new or removed operation uses it.
                        _ => continue,
                    };
                    let difference = difference.at(&member.at, &now.at);
                    comparison.report(difference.showing_values(Some(member.raw), Some(now.raw)));
                }
                _ => {}
            }
        }
        for (_, member) in head.iter().filter(|(key, _)| !base.contains_key(*key)) {
            if !comparison.visited.contains(&member.at) && !is_reached(1, member) {
                comparison.report(difference().added(member));
            }
        }
    }
}

/// Returns the places that operations refer to, those of added and removed operations included.
fn reached_by_operations(root: &Value) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut work: Vec<&str> = Vec::new();
    let mut places = HashSet::new();
    let mut next = root.get("paths");
    loop {
        if let Some(value) = next {
            each_reference(value, &mut PointerBuf::default(), &mut |_, reference| {
                if known.insert(reference) {
                    work.push(reference);
                }
            });
        }
        let Some(reference) = work.pop() else { return places };
        let target = pointer::follow(root, reference);
        next = target.filter(|(at, _)| places.insert(at.clone())).map(|(_, value)| value);
    }
}
