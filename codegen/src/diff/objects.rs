//! Objects: their properties, and what else they may carry.

use super::engine::{Engine, Finding, Place, Side, by_direction, loosened, tightened};
use super::rules::RuleId;
use super::schemas::{Read, Schemas, Spot};
use super::{Wire, excerpt};
use crate::lower::flat::{Flat, Part};
use serde_json::Value;
use std::rc::Rc;

/// What an object may carry beside its listed properties.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Any,
    Typed,
    Nothing,
}

impl<'a> Engine<'a> {
    pub(super) fn object(&mut self, both: &Schemas<'a>) {
        self.properties(both);
        self.required_alone(both);
        self.additional(both);
    }

    fn properties(&mut self, both: &Schemas<'a>) {
        let (base, head) = (&both.base.flat, &both.head.flat);
        for (name, node) in &base.properties {
            let Some(now) = head.properties.get(name) else {
                self.property_removed(both, name, node);
                continue;
            };
            let usage = self.access(node, now, both.usage());
            self.required(both, name, (node, now));
            let required = head.required.contains_key(name);
            self.uses(node, now, Spot { usage, required, ..both.spot });
        }
        for (name, node) in head.properties.iter().filter(|(name, _)| !base.properties.contains_key(*name)) {
            self.property_added(both, name, node);
        }
        let order = |flat: &Flat<'a>, other: &Flat<'a>| -> Vec<&'a str> {
            flat.properties.keys().filter(|name| other.properties.contains_key(*name)).copied().collect()
        };
        let (before, after) = (order(base, head), order(head, base));
        if before != after {
            let finding = Finding::new(RuleId::PropertyOrderChanged, both.usage(), Wire::None);
            let finding = self.stated(&both.base.node, &both.head.node, "properties", finding);
            let shown = |names: Vec<&str>| Some(excerpt::cut(&names.join(", ")));
            self.report(finding.showing(shown(before), shown(after)));
        }
    }

    fn property_removed(&mut self, both: &Schemas<'a>, name: &str, node: &[Part<'a>]) {
        let Some(place) = place(node) else { return };
        let usage = self.base_access(node, both.usage());
        let wire = by_direction(usage, Wire::Breaking, Wire::Breaking);
        let mut finding = Finding::new(RuleId::PropertyRemoved, usage, wire).removed(&place);
        if is_elsewhere(&place, &both.base, self.head.root().raw) {
            finding.base = Some(Self::inherits(&self.base, &both.base));
            finding.before = Some(format!("{name}: {}", excerpt::value(place.raw)));
            finding = finding.about(&both.base.at(), &both.head.at());
        }
        self.report(finding);
    }

    /// Where a schema says what it inherits.
    fn inherits(side: &Side<'a>, read: &Read<'a>) -> Rc<str> {
        side.reader.stated(&read.node, "allOf").map_or_else(|| read.at(), |(at, _)| at)
    }

    fn property_added(&mut self, both: &Schemas<'a>, name: &str, node: &[Part<'a>]) {
        let Some(place) = place(node) else { return };
        let usage = self.head_access(node, both.usage());
        let finding = if both.head.flat.required.contains_key(name) {
            let wire = by_direction(usage, Wire::Breaking, Wire::Compatible);
            Finding::new(RuleId::RequiredPropertyAdded, usage, wire)
        } else {
            let wire = by_direction(usage, Wire::Compatible, Wire::Compatible);
            Finding::new(RuleId::OptionalPropertyAdded, usage, wire)
        };
        let mut finding = finding.added(&place);
        if is_elsewhere(&place, &both.head, self.base.root().raw) {
            finding.head = Some(Self::inherits(&self.head, &both.head));
            finding.after = Some(format!("{name}: {}", excerpt::value(place.raw)));
            finding = finding.about(&both.base.at(), &both.head.at());
        }
        self.report(finding);
    }

    /// Whether a property that is there on both sides is required.
    fn required(&mut self, both: &Schemas<'a>, name: &str, (was, is): (&[Part<'a>], &[Part<'a>])) {
        let (before, after) = (both.base.flat.required.get(name), both.head.flat.required.get(name));
        if before.is_some() == after.is_some() {
            return;
        }
        let usage = self.access(was, is, both.usage());
        let (rule, wire) = if after.is_some() {
            (RuleId::PropertyBecameRequired, tightened(usage))
        } else {
            (RuleId::PropertyBecameOptional, loosened(usage))
        };
        let (Some(was), Some(is)) = (place(was), place(is)) else { return };
        let finding = Finding::new(rule, usage, wire);
        let finding = finding.at(before.unwrap_or(&was.at), after.unwrap_or(&is.at)).about(&was.at, &is.at);
        let shown = |required: bool| Some(if required { "required" } else { "optional" }.to_owned());
        self.report(finding.showing(shown(before.is_some()), shown(after.is_some())));
    }

    /// Names in `required` that no property has.
    fn required_alone(&mut self, both: &Schemas<'a>) {
        let (base, head) = (&both.base.flat, &both.head.flat);
        let usage = both.usage();
        let unlisted = |name: &&str| !base.properties.contains_key(*name) && !head.properties.contains_key(*name);
        for (name, at) in base.required.iter().filter(|(name, _)| unlisted(name)) {
            if !head.required.contains_key(name) {
                let finding = Finding::new(RuleId::PropertyBecameOptional, usage, loosened(usage));
                let finding = finding.at(at, &both.head.at());
                self.report(finding.showing(Some(format!("{name} is required")), None));
            }
        }
        for (name, at) in head.required.iter().filter(|(name, _)| unlisted(name)) {
            if !base.required.contains_key(name) {
                let finding = Finding::new(RuleId::PropertyBecameRequired, usage, tightened(usage));
                let finding = finding.at(&both.base.at(), at);
                self.report(finding.showing(None, Some(format!("{name} is required"))));
            }
        }
    }

    /// `additionalProperties`.
    fn additional(&mut self, both: &Schemas<'a>) {
        let (base, head) = (&both.base.flat, &both.head.flat);
        let usage = both.usage();
        // What an old client does not know, it keeps.
        let fine = by_direction(usage, Wire::Compatible, Wire::Compatible);
        let (rule, wire) = match (others(base), others(head)) {
            (Others::Typed, Others::Typed) => return self.uses(&base.additional, &head.additional, both.spot.inner()),
            (before, after) if before == after => return,
            (_, Others::Nothing) => (RuleId::AdditionalPropertiesForbidden, tightened(usage)),
            (Others::Nothing, _) => (RuleId::AdditionalPropertiesAllowed, fine),
            (_, Others::Typed) => (RuleId::AdditionalPropertiesNarrowed, tightened(usage)),
            (_, Others::Any) => (RuleId::AdditionalPropertiesWidened, loosened(usage)),
        };
        self.keyword(both, "additionalProperties", Finding::new(rule, usage, wire));
    }
}

/// Whether a property that only one document has here stands in a component of both: then it is inherited no more, or
/// only now.
fn is_elsewhere(place: &Place<'_>, here: &Read<'_>, other: &Value) -> bool {
    let is_own = here.node.iter().any(|part| place.at.starts_with(&*part.pointer));
    !is_own && other.pointer(&place.at).is_some()
}

fn place<'a>(node: &[Part<'a>]) -> Option<Place<'a>> {
    node.first().map(Place::from)
}

fn others(flat: &Flat<'_>) -> Others {
    if !flat.additional.is_empty() {
        Others::Typed
    } else if flat.closed {
        Others::Nothing
    } else {
        Others::Any
    }
}
