//! What the comparison of all parts of a document shares: the two sides, and what was found.

use super::revision::Revision;
use super::rules::RuleId;
use super::{Source, Wire, excerpt, inheritance, rules};
use crate::ir::Usage;
use crate::lower::flat::Part;
use crate::lower::reader::Reader;
use crate::pointer::join;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) at: Rc<str>,
    pub(super) raw: &'a Value,
}

impl<'a> Place<'a> {
    pub(super) fn new(at: &str, raw: &'a Value) -> Self {
        Self { at: at.into(), raw }
    }

    /// What stands behind a key.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        Some(Self { at: join(&self.at, key).into(), raw: self.raw.get(key)? })
    }

    pub(super) fn object(&self) -> Option<&'a Map<String, Value>> {
        self.raw.as_object()
    }

    /// What stands behind each key of an object.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let at = Rc::clone(&self.at);
        let entries = self.raw.as_object().into_iter().flatten();
        entries.map(move |(key, raw)| (key.as_str(), Self { at: join(&at, key).into(), raw }))
    }

    /// What stands in each place of an array.
    pub(super) fn elements(&self) -> impl Iterator<Item = Self> + use<'a> {
        let at = Rc::clone(&self.at);
        let elements = self.raw.as_array().into_iter().flatten().enumerate();
        elements.map(move |(index, raw)| Self { at: join(&at, &index.to_string()).into(), raw })
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.raw.get(key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.raw.get(key).and_then(Value::as_bool).unwrap_or_default()
    }
}

impl<'a> From<&Part<'a>> for Place<'a> {
    fn from(part: &Part<'a>) -> Self {
        Self { at: Rc::clone(&part.pointer), raw: part.raw }
    }
}

/// What an object holds, by its keys; nothing where there is none.
pub(super) fn members<'a>(object: Option<&Place<'a>>) -> IndexMap<&'a str, Place<'a>> {
    object.into_iter().flat_map(Place::entries).collect()
}

/// The same thing in both documents.
#[derive(Clone, Debug)]
pub(super) struct Both<'a> {
    pub(super) base: Place<'a>,
    pub(super) head: Place<'a>,
}

impl<'a> Both<'a> {
    /// What stands behind a key on both sides.
    pub(super) fn child(&self, key: &str) -> (Option<Place<'a>>, Option<Place<'a>>) {
        (self.base.child(key), self.head.child(key))
    }
}

/// One of the two documents, as the comparison reads it.
pub(super) struct Side<'a> {
    pub(super) revision: &'a Revision,
    pub(super) reader: Reader<'a>,
    /// In which directions types cross the wire, by their pointers.
    usages: HashMap<String, Usage>,
}

impl<'a> Side<'a> {
    fn new(revision: &'a Revision) -> Self {
        let mut usages = revision.api.types.iter().map(|def| (def.pointer.clone(), def.usage)).collect();
        let reader = Reader::new(&revision.raw);
        inheritance::spread(&reader, &mut usages);
        Self { revision, reader, usages }
    }

    pub(super) fn root(&self) -> Place<'a> {
        Place::new("", &self.revision.raw)
    }

    /// Follows the references of anything but schemas.
    pub(super) fn resolve(&mut self, place: &Place<'a>) -> Place<'a> {
        let (at, raw) = self.reader.resolve(&place.at, place.raw);
        Place { at, raw }
    }

    /// A schema.
    pub(super) fn part(&self, place: &Place<'a>) -> Part<'a> {
        self.reader.part(&place.at, place.raw)
    }

    pub(super) fn usage(&self, pointer: &str) -> Usage {
        self.usages.get(pointer).copied().unwrap_or_default()
    }
}

/// Something that was found to differ.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) rule: RuleId,
    pub(super) wire: Wire,
    pub(super) usage: Usage,
    pub(super) base: Option<Rc<str>>,
    pub(super) head: Option<Rc<str>>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// The property, parameter or type that it is about, where that is not around the pointers.
    pub(super) about: Option<(Rc<str>, Rc<str>)>,
    /// The least source verdict, where that is more than what the rule says.
    pub(super) least: Source,
    /// The rule is a likely cause of what happens to items, but not here.
    pub(super) idle: bool,
}

impl Finding {
    pub(super) fn new(rule: RuleId, usage: Usage, wire: Wire) -> Self {
        Self {
            rule,
            wire,
            usage,
            base: None,
            head: None,
            before: None,
            after: None,
            about: None,
            least: Source::None,
            idle: false,
        }
    }

    /// At places on both sides.
    pub(super) fn at(mut self, base: &Rc<str>, head: &Rc<str>) -> Self {
        self.base = Some(Rc::clone(base));
        self.head = Some(Rc::clone(head));
        self
    }

    /// What stood there, and what does now.
    pub(super) fn showing(mut self, before: Option<String>, after: Option<String>) -> Self {
        self.before = before;
        self.after = after;
        self
    }

    /// With the values behind a key that may be missing on one side; then the place is that of the object.
    pub(super) fn of(self, both: &Both<'_>, key: &str) -> Self {
        let (base, head) = both.child(key);
        let at = |side: &Option<Place<'_>>, object: &Place<'_>| Rc::clone(&side.as_ref().unwrap_or(object).at);
        let (before, after) = (at(&base, &both.base), at(&head, &both.head));
        self.at(&before, &after).showing_values(base.map(|place| place.raw), head.map(|place| place.raw))
    }

    /// What stood there, and what does now, as far as the two differ.
    pub(super) fn showing_values(self, before: Option<&Value>, after: Option<&Value>) -> Self {
        let (before, after) = excerpt::pair(before, after);
        self.showing(before, after)
    }

    /// At something that only the new document has.
    pub(super) fn added(mut self, place: &Place<'_>) -> Self {
        self.head = Some(Rc::clone(&place.at));
        self.after = Some(excerpt::value(place.raw));
        self
    }

    /// At something that only the old document has.
    pub(super) fn removed(mut self, place: &Place<'_>) -> Self {
        self.base = Some(Rc::clone(&place.at));
        self.before = Some(excerpt::value(place.raw));
        self
    }

    /// Shows something that is new or gone by its name.
    pub(super) fn named(mut self, name: &str) -> Self {
        let shown = if self.before.is_some() { &mut self.before } else { &mut self.after };
        *shown = Some(name.to_owned());
        self
    }

    pub(super) fn about(mut self, base: &Rc<str>, head: &Rc<str>) -> Self {
        self.about = Some((Rc::clone(base), Rc::clone(head)));
        self
    }

    /// Changes the crate, whatever its rule says.
    pub(super) fn at_least(self, floor: Source) -> Self {
        Self { least: floor, ..self }
    }

    /// What is known of the generated crate without its items.
    pub(super) fn floor(&self) -> Source {
        self.rule.rule().floor.max(self.least)
    }
}

/// The verdict of a change by the directions in which its place crosses the wire.
pub(super) fn by_direction(usage: Usage, request: Wire, response: Wire) -> Wire {
    let in_request = if usage.request { request } else { Wire::None };
    let in_response = if usage.response { response } else { Wire::None };
    in_request.max(in_response)
}

/// Fewer values are allowed: wrong for who sends them, fine for who reads them.
pub(super) fn tightened(usage: Usage) -> Wire {
    by_direction(usage, Wire::Breaking, Wire::Compatible)
}

/// More values are allowed: fine for who sends them, news for who reads them.
pub(super) fn loosened(usage: Usage) -> Wire {
    by_direction(usage, Wire::Compatible, Wire::Breaking)
}

/// A verdict wherever the place crosses the wire at all.
pub(super) fn anywhere(usage: Usage, wire: Wire) -> Wire {
    by_direction(usage, wire, wire)
}

pub(super) const REQUEST: Usage = Usage { request: true, response: false };
pub(super) const RESPONSE: Usage = Usage { request: false, response: true };
pub(super) const NOWHERE: Usage = Usage { request: false, response: false };
pub(super) const EVERYWHERE: Usage = Usage { request: true, response: true };

/// Two documents being compared.
pub(super) struct Engine<'a> {
    pub(super) base: Side<'a>,
    pub(super) head: Side<'a>,
    pub(super) found: Vec<Finding>,
    /// Which schema of the new document stands for one of the old, by pointer.
    pub(super) pairs: HashMap<Rc<str>, Rc<str>>,
    /// Component schemas that go by another key, by index.
    pub(super) renamed: HashMap<usize, usize>,
    /// Security schemes that go by another name.
    pub(super) renamed_schemes: IndexMap<&'a str, &'a str>,
    /// What was compared, and for which direction.
    seen: HashSet<(Rc<str>, Rc<str>, bool, bool)>,
    /// How many comparisons that report nothing are going on within each other.
    judging: usize,
    /// Objects other than schemas that operations lead to.
    pub(super) visited: HashSet<Rc<str>>,
    /// Whether operations leave it to the document who may call: on both sides, and on one of them.
    pub(super) open_to_document: (bool, bool),
}

impl<'a> Engine<'a> {
    pub(super) fn new(base: &'a Revision, head: &'a Revision) -> Self {
        let (base, head) = (Side::new(base), Side::new(head));
        Self {
            renamed_schemes: super::security::renamed(&base.root(), &head.root()),
            base,
            head,
            found: Vec::new(),
            pairs: HashMap::new(),
            renamed: HashMap::new(),
            seen: HashSet::new(),
            judging: 0,
            visited: HashSet::new(),
            open_to_document: (false, false),
        }
    }

    pub(super) fn report(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Whether two places have yet to be compared for a direction.
    pub(super) fn is_new(&mut self, base: &Rc<str>, head: &Rc<str>, usage: Usage) -> bool {
        self.seen.insert((Rc::clone(base), Rc::clone(head), usage.request, usage.response))
    }

    /// Compares without reporting: what the findings are worth on the wire, all together.
    pub(super) fn judged(&mut self, compare: impl FnOnce(&mut Self)) -> Wire {
        let found = std::mem::take(&mut self.found);
        let (pairs, renamed) = (std::mem::take(&mut self.pairs), self.renamed.clone());
        // What was compared and reported counts here as well, but only once: schemas may lead back to each other.
        let seen = (self.judging == 0).then(|| std::mem::take(&mut self.seen));
        self.judging += 1;
        compare(self);
        self.judging -= 1;
        let wire = self.found.iter().map(|finding| finding.wire).max().unwrap_or_default();
        (self.found, self.pairs, self.renamed) = (found, pairs, renamed);
        if let Some(seen) = seen {
            self.seen = seen;
        }
        wire
    }

    /// Both sides of a thing, with its references followed.
    pub(super) fn resolved(&mut self, base: &Place<'a>, head: &Place<'a>) -> Both<'a> {
        let both = Both { base: self.base.resolve(base), head: self.head.resolve(head) };
        self.visited.insert(Rc::clone(&both.base.at));
        self.visited.insert(Rc::clone(&both.head.at));
        both
    }

    /// Reports the keys whose change needs nothing but a rule.
    pub(super) fn plain(&mut self, both: &Both<'a>, keys: &[&str], rule: RuleId, usage: Usage, wire: Wire) {
        for key in keys {
            if both.base.raw.get(key) != both.head.raw.get(key) {
                self.report(Finding::new(rule, usage, wire).of(both, key));
            }
        }
    }

    /// Prose.
    pub(super) fn prose(&mut self, both: &Both<'a>, keys: &[&str]) {
        self.plain(both, keys, RuleId::DocumentationChanged, NOWHERE, Wire::None);
    }

    /// `deprecated`.
    pub(super) fn deprecation(&mut self, both: &Both<'a>, usage: Usage) {
        let (before, after) = (both.base.flag("deprecated"), both.head.flag("deprecated"));
        if before != after {
            let rule = if after { RuleId::Deprecated } else { RuleId::NoLongerDeprecated };
            self.report(Finding::new(rule, usage, anywhere(usage, Wire::Compatible)).of(both, "deprecated"));
        }
    }

    /// Every key that has no comparison of its own: extensions, and what is unknown.
    pub(super) fn rest(&mut self, both: &Both<'a>, handled: &[&str], usage: Usage) {
        let keys = [&both.base, &both.head].into_iter().flat_map(|place| place.object().into_iter().flatten());
        let keys: indexmap::IndexSet<&str> = keys.map(|(key, _)| key.as_str()).collect();
        for key in keys {
            if !handled.contains(&key) && both.base.raw.get(key) != both.head.raw.get(key) {
                let (rule, wire) = rules::of_key(key);
                self.report(Finding::new(rule, usage, anywhere(usage, wire)).of(both, key));
            }
        }
    }
}
