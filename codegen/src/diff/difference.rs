//! A difference, as a comparison reports it.

use super::excerpt;
use super::impact::{SourceImpact, WireImpact};
use super::impact_by_direction::ImpactByDirection;
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use crate::ir::Usage;
use serde_json::Value;
use std::rc::Rc;

/// A difference with its rule, its places and its wire verdict.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) rule: RuleId,
    pub(super) wire: WireImpact,
    pub(super) usage: Usage,
    pub(super) base: Option<Rc<str>>,
    pub(super) head: Option<Rc<str>>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The property, parameter or type that it is about, if the pointers are not within it.
    pub(super) about: Option<(Rc<str>, Rc<str>)>,
    /// The least source verdict, if that is more than the rule's.
    pub(super) least: SourceImpact,
    /// Whether it explains no change of an item, although its rule often does.
    pub(super) explains_nothing: bool,
}

impl Difference {
    /// Makes a difference with the wire verdict of its rule.
    pub(super) fn new(rule: RuleId, usage: Usage) -> Self {
        Self {
            rule,
            wire: rule.rule().verdict.within(usage),
            usage,
            base: None,
            head: None,
            before: None,
            after: None,
            about: None,
            least: SourceImpact::None,
            explains_nothing: false,
        }
    }

    /// Replaces the wire verdict of the rule.
    pub(super) fn judged(self, verdict: ImpactByDirection) -> Self {
        Self { wire: verdict.within(self.usage), ..self }
    }

    /// Sets the places on both sides.
    pub(super) fn at(mut self, base: &Rc<str>, head: &Rc<str>) -> Self {
        self.base = Some(Rc::clone(base));
        self.head = Some(Rc::clone(head));
        self
    }

    /// Sets the old and the new value, as they are shown.
    pub(super) fn showing(mut self, before: Option<String>, after: Option<String>) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    /// Sets places and values to those of a key. If a side lacks the key, its place is that of the object.
    pub(super) fn of(self, both: &ValuePair<'_>, key: &str) -> Self {
        let (base, head) = both.child(key);
        let at =
            |side: &Option<LocatedValue<'_>>, object: &LocatedValue<'_>| Rc::clone(&side.as_ref().unwrap_or(object).at);
        let (before, after) = (at(&base, &both.base), at(&head, &both.head));
        self.at(&before, &after).showing_values(base.map(|value| value.raw), head.map(|value| value.raw))
    }

    /// Sets the old and the new value, shortened to their difference.
    pub(super) fn showing_values(self, before: Option<&Value>, after: Option<&Value>) -> Self {
        let (before, after) = excerpt::pair(before, after);
        self.showing(before, after)
    }

    /// Sets the place and the value of something that only the new document has.
    pub(super) fn added(mut self, value: &LocatedValue<'_>) -> Self {
        self.head = Some(Rc::clone(&value.at));
        self.after = Some(excerpt::value(value.raw));
        self
    }

    /// Sets the place and the value of something that only the old document has.
    pub(super) fn removed(mut self, value: &LocatedValue<'_>) -> Self {
        self.base = Some(Rc::clone(&value.at));
        self.before = Some(excerpt::value(value.raw));
        self
    }

    /// Shows something that is new or removed by its name.
    pub(super) fn named(mut self, name: &str) -> Self {
        let shown = if self.before.is_some() { &mut self.before } else { &mut self.after };
        *shown = Some(name.to_owned());
        self
    }

    pub(super) fn about(mut self, base: &Rc<str>, head: &Rc<str>) -> Self {
        self.about = Some((Rc::clone(base), Rc::clone(head)));
        self
    }

    /// Raises the wire verdict to that of an impact, if it is worse.
    pub(super) fn at_worst(self, impact: ImpactByDirection) -> Self {
        Self { wire: self.wire.max(impact.within(self.usage)), ..self }
    }

    /// Raises the least source verdict above that of its rule.
    pub(super) fn at_least(self, least: SourceImpact) -> Self {
        Self { least, ..self }
    }

    /// Returns the least source verdict, before the items of the crate are known.
    pub(super) fn least_source_impact(&self) -> SourceImpact {
        self.rule.rule().floor.max(self.least)
    }
}
