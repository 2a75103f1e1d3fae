//! Unions that only say which properties must be there: no type is made of them.

use super::engine::{Engine, Finding, Place, Side, loosened, tightened};
use super::{Wire, brief};
use crate::ir::Usage;
use crate::resolve::SchemaSite;
use serde_json::Value;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Names of which all must be there.
type Names<'a> = BTreeSet<&'a str>;

/// One such union.
struct Choice<'a> {
    place: Place<'a>,
    exclusive: bool,
    /// The names in each variant, where no variant says anything else.
    sets: Option<BTreeSet<Names<'a>>>,
}

impl Choice<'_> {
    fn is_same(&self, other: &Self) -> bool {
        let alike = self.sets.is_some() && self.sets == other.sets;
        self.exclusive == other.exclusive && (alike || self.place.raw == other.place.raw)
    }

    /// Whether all that this one accepts, the other accepts as well.
    fn is_within(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (&self.sets, &other.sets) else { return false };
        !(self.exclusive || other.exclusive)
            && mine.iter().all(|names| theirs.iter().any(|fewer| fewer.is_subset(names)))
    }
}

impl<'a> Engine<'a> {
    /// Compares the unions that only say which properties must be there.
    pub(super) fn choices(&mut self, base: &[SchemaSite<'a>], head: &[SchemaSite<'a>], usage: Usage) {
        let (mut was, mut is) = (choices(&self.base, base), choices(&self.head, head));
        was.retain(|one| {
            let same = is.iter().position(|other| one.is_same(other));
            same.map(|index| is.remove(index)).is_none()
        });
        let own = |node: &[SchemaSite<'a>]| node.first().map_or_else(|| "".into(), |part| Rc::clone(&part.pointer));
        let at = (own(base), own(head));
        for index in 0..was.len().max(is.len()) {
            let (before, after) = (was.get(index), is.get(index));
            let within = |one: Option<&Choice<'a>>, other: Option<&Choice<'a>>| match (one, other) {
                (Some(one), Some(other)) => one.is_within(other),
                (_, other) => other.is_none(),
            };
            let (tighter, looser) = (within(after, before), within(before, after));
            if tighter && looser {
                continue;
            }
            let places = [(before, &at.0), (after, &at.1)].map(|(side, own)| side.map_or(own, |side| &side.place.at));
            let mut report = |rule, wire: Wire| {
                let [before, after] = [before, after].map(|side| side.map(|side| brief::value(side.place.raw)));
                self.report(Finding::new(rule, usage, wire).at(places[0], places[1]).showing(before, after));
            };
            // What is neither one nor the other refuses something, and accepts something else.
            if !looser {
                report("property-became-required", tightened(usage));
            }
            if !tighter {
                report("property-became-optional", loosened(usage));
            }
        }
    }
}

fn choices<'a>(side: &Side<'a>, node: &[SchemaSite<'a>]) -> Vec<Choice<'a>> {
    let unions = side.reader.requirement_unions(node).into_iter();
    unions
        .map(|union| Choice {
            place: Place { at: union.pointer, raw: union.json },
            exclusive: union.exclusive,
            sets: union.variants.into_iter().map(names).collect(),
        })
        .collect()
}

/// The names that a variant requires, where that is all it says.
fn names(variant: &Value) -> Option<Names<'_>> {
    let says = |key: &str| matches!(key, "required" | "type" | "title" | "description");
    let plain = variant.as_object()?.keys().all(|key| says(key));
    plain.then(|| {
        variant.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    })
}
