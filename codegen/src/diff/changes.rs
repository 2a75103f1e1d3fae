//! From findings to changes: each once, with its place, its reach and its effects on the crate.

use super::attribution::Judge;
use super::engine::{Engine, Finding};
use super::reference_graph::Graph;
use super::revision::Revision;
use super::rules::RuleId;
use super::surface_diff::{self, Effect};
use super::{Change, Diff, Item, Reach, Site, describe};
use crate::diagnostics::positions::Positions;
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What an engine found, and how the crate changes.
pub(super) struct Found {
    findings: Vec<Finding>,
    effects: Vec<Effect>,
}

impl Found {
    pub(super) fn new(base: &Revision, head: &Revision, engine: Engine<'_>) -> Self {
        let Engine { found, pairs, .. } = engine;
        Self { findings: merged(found), effects: surface_diff::effects(base, head, &pairs) }
    }
}

/// What refers to what in a document, and where it stands in the text.
pub(super) struct Map {
    graph: Graph,
    positions: Positions,
}

impl Map {
    pub(super) fn new(revision: &Revision) -> Self {
        Self { graph: Graph::new(revision), positions: Positions::of(&revision.text) }
    }
}

/// Makes changes of all that was found.
pub(super) fn finish([base, head]: [&Revision; 2], found: Found, maps: [Map; 2]) -> Diff {
    let Found { findings: mut found, effects } = found;
    let notes = notes(base, head);
    if found.is_empty() && effects.is_empty() {
        return Diff { changes: Vec::new(), notes };
    }
    let graphs = [&maps[0].graph, &maps[1].graph];
    let (mut causes, unexplained) = Judge::new(&found, graphs, [base, head]).attribute(effects);
    for effect in &unexplained {
        add_unexplained(effect, &mut found, &mut causes);
    }
    let writer = Writer { base, head, maps, known: RefCell::default() };
    let mut changes: Vec<Change> = found
        .into_iter()
        .zip(causes)
        .filter(|(finding, items)| !(items.is_empty() && ONLY_WITH_ITEMS.contains(&finding.rule)))
        .map(|(finding, items)| writer.change(finding, items))
        .collect();
    changes.sort_by_key(|change| {
        let site = change.head.as_ref().or(change.base.as_ref());
        (site.map_or(0, |site| site.line), change.head.is_some(), change.rule)
    });
    Diff { changes: once(changes), notes }
}

/// What means nothing unless the crate changes by it.
const ONLY_WITH_ITEMS: &[RuleId] = &[
    RuleId::SchemaAdded,
    RuleId::SchemaRemoved,
    RuleId::SchemaMoved,
    RuleId::ParameterOrderChanged,
    RuleId::PropertyOrderChanged,
];

fn notes(base: &Revision, head: &Revision) -> Vec<String> {
    let mut notes = Vec::new();
    for (revision, name) in [(base, "old"), (head, "new")] {
        if !revision.complete {
            notes.push(format!(
                "The generator refuses the {name} document: source verdicts speak of what it understands of it."
            ));
        }
    }
    notes
}

/// The same place is reached on many ways: each finding once, with all directions.
fn merged(found: Vec<Finding>) -> Vec<Finding> {
    // Several things may be gone from one place, or new there.
    type Key = (RuleId, [Option<Rc<str>>; 2], [Option<String>; 2]);
    let mut merged: IndexMap<Key, Finding> = IndexMap::new();
    for finding in found {
        let places = [finding.base.clone(), finding.head.clone()];
        let key = (finding.rule, places, [finding.before.clone(), finding.after.clone()]);
        match merged.get_mut(&key) {
            Some(known) => {
                known.wire = known.wire.max(finding.wire);
                known.usage.request |= finding.usage.request;
                known.usage.response |= finding.usage.response;
            }
            None => {
                merged.insert(key, finding);
            }
        }
    }
    merged.into_values().collect()
}

fn add_unexplained(effect: &Effect, found: &mut Vec<Finding>, causes: &mut Vec<Vec<Item>>) {
    let finding = effect.unexplained();
    let known = found
        .iter()
        .position(|other| (other.rule, &other.base, &other.head) == (finding.rule, &finding.base, &finding.head));
    if let Some(index) = known {
        causes[index].push(effect.item.clone());
    } else {
        found.push(finding);
        causes.push(vec![effect.item.clone()]);
    }
}

/// An alias of YAML repeats what it stands for: one edit of the text is one change.
fn once(changes: Vec<Change>) -> Vec<Change> {
    let mut merged = IndexMap::new();
    let site = |site: &Option<Site>| site.as_ref().map(|site| (site.line, site.column));
    for change in changes {
        let places = (site(&change.base), site(&change.head));
        let key = (change.rule, places, change.before.clone(), change.after.clone());
        match merged.get_mut(&key) {
            Some(known) => absorb(known, change),
            None => {
                merged.insert(key, change);
            }
        }
    }
    merged.into_values().collect()
}

/// Adds what the same edit means in another place.
fn absorb(known: &mut Change, other: Change) {
    known.wire = known.wire.max(other.wire);
    known.source = known.source.max(other.source);
    known.usage.request |= other.usage.request;
    known.usage.response |= other.usage.response;
    known.items.extend(other.items);
    arrange(&mut known.items);
    add_new(&mut known.reach.operations, other.reach.operations);
    add_new(&mut known.reach.types, other.reach.types);
}

/// The weightiest first, each once.
fn arrange(items: &mut Vec<Item>) {
    items.sort_by(|one, other| other.source.cmp(&one.source).then_with(|| one.path.cmp(&other.path)));
    items.dedup();
}

fn add_new(list: &mut Vec<String>, names: Vec<String>) {
    let known: HashSet<String> = list.iter().cloned().collect();
    list.extend(names.into_iter().filter(|name| !known.contains(name)));
}

/// The operations and components that a place is in, on each side.
type Homes = (Vec<usize>, Vec<usize>);

struct Writer<'r> {
    base: &'r Revision,
    head: &'r Revision,
    maps: [Map; 2],
    /// The reach of what is within the same operations and components on both sides.
    known: RefCell<HashMap<Homes, Reach>>,
}

impl Writer<'_> {
    fn change(&self, finding: Finding, mut items: Vec<Item>) -> Change {
        arrange(&mut items);
        let floor = finding.floor();
        let source = items.iter().map(|item| item.source).max().unwrap_or_default().max(floor);
        let about = finding.about.as_ref();
        let subject = match (&finding.head, &finding.base) {
            (Some(at), _) => describe::subject(&self.head.raw, about.map_or(at, |about| &about.1)),
            (None, Some(at)) => describe::subject(&self.base.raw, about.map_or(at, |about| &about.0)),
            (None, None) => "the document".to_owned(),
        };
        let reach = self.reach(&finding);
        Change {
            rule: finding.rule,
            wire: finding.wire,
            source,
            usage: finding.usage,
            subject,
            base: finding.base.as_deref().map(|pointer| site(&self.maps[0].positions, pointer)),
            head: finding.head.as_deref().map(|pointer| site(&self.maps[1].positions, pointer)),
            before: finding.before,
            after: finding.after,
            items,
            reach,
        }
    }

    fn reach(&self, finding: &Finding) -> Reach {
        let homes =
            (self.maps[0].graph.home(finding.base.as_deref()), self.maps[1].graph.home(finding.head.as_deref()));
        self.known.borrow_mut().entry(homes).or_insert_with(|| self.search(finding)).clone()
    }

    fn search(&self, finding: &Finding) -> Reach {
        let (mut operations, mut types) = (Vec::new(), Vec::new());
        let sides = [(&self.maps[1].graph, &finding.head), (&self.maps[0].graph, &finding.base)];
        for (graph, pointer) in sides {
            let Some(pointer) = pointer else { continue };
            let (more, others) = graph.reach(pointer);
            add_new(&mut operations, more);
            add_new(&mut types, others);
        }
        Reach { operations, types }
    }
}

fn site(positions: &Positions, pointer: &str) -> Site {
    let point = positions.locate(pointer).map(|location| location.key.unwrap_or(location.value).start);
    let (line, column) = point.map_or((1, 1), |point| (point.line, point.column));
    Site { pointer: pointer.to_owned(), line, column }
}
