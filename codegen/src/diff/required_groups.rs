//! Unions that only say which properties must be there: no type is made of them.

use super::engine::{Engine, Finding, Place, Side, loosened, tightened};
use super::rules::RuleId;
use super::{Wire, excerpt};
use crate::ir::Usage;
use crate::lower::flat::Part;
use crate::lower::view::View;
use serde_json::Value;
use std::collections::BTreeSet;
use std::rc::Rc;

/// How far references and parts are followed.
const DEEPEST: usize = 16;

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
    pub(super) fn choices(&mut self, base: &[Part<'a>], head: &[Part<'a>], usage: Usage) {
        let (mut was, mut is) = (choices(&self.base, base), choices(&self.head, head));
        was.retain(|one| {
            let same = is.iter().position(|other| one.is_same(other));
            same.map(|index| is.remove(index)).is_none()
        });
        let own = |node: &[Part<'a>]| node.first().map_or_else(|| "".into(), |part| Rc::clone(&part.pointer));
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
                let [before, after] = [before, after].map(|side| side.map(|side| excerpt::value(side.place.raw)));
                self.report(Finding::new(rule, usage, wire).at(places[0], places[1]).showing(before, after));
            };
            // What is neither one nor the other refuses something, and accepts something else.
            if !looser {
                report(RuleId::PropertyBecameRequired, tightened(usage));
            }
            if !tighter {
                report(RuleId::PropertyBecameOptional, loosened(usage));
            }
        }
    }
}

fn choices<'a>(side: &Side<'a>, node: &[Part<'a>]) -> Vec<Choice<'a>> {
    let mut found = Vec::new();
    for part in node {
        gather(side, &part.into(), 0, &mut found);
    }
    found
}

fn gather<'a>(side: &Side<'a>, place: &Place<'a>, depth: usize, found: &mut Vec<Choice<'a>>) {
    if depth > DEEPEST {
        return;
    }
    if let Some(reference) = place.text("$ref") {
        if let Some((at, raw)) = crate::pointer::follow(&side.revision.raw, reference) {
            gather(side, &Place { at: at.into(), raw }, depth + 1, found);
        }
        return;
    }
    for (keyword, exclusive) in [("oneOf", true), ("anyOf", false)] {
        let Some(list) = place.child(keyword) else { continue };
        let variants: Vec<&Value> = list.elements().map(|part| part.raw).collect();
        let mut variants = variants.into_iter().filter(|raw| !View::of(raw).is_null()).peekable();
        if variants.peek().is_some() && variants.clone().all(|raw| View::of(raw).is_constraint_only()) {
            let sets = variants.map(names).collect();
            found.push(Choice { place: list, exclusive, sets });
        }
    }
    for part in place.child("allOf").iter().flat_map(Place::elements) {
        gather(side, &part, depth + 1, found);
    }
}

/// The names that a variant requires, where that is all it says.
fn names(variant: &Value) -> Option<Names<'_>> {
    let says = |key: &str| matches!(key, "required" | "type" | "title" | "description");
    let plain = variant.as_object()?.keys().all(|key| says(key));
    plain.then(|| {
        variant.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    })
}
