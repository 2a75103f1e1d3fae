//! Builds the changes from the differences of a comparison: each one once, with its place, its reach and the items of
//! the crate that it changes.

use super::attribution::Attribution;
use super::changes::{Change, Diff, DocumentLocation, ItemChange, Reach};
use super::comparison::Comparison;
use super::describe;
use super::difference::Difference;
use super::impact_by_direction::NOWHERE;
use super::public_api_diff::{self, SurfaceChange};
use super::reference_graph::ReferenceGraph;
use super::revision::Revision;
use super::rules::RuleId;
use super::sunset;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::positions::{LineColumn, Positions};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The differences of a comparison, and the changes of the crate that they have to explain.
pub(super) struct Evidence {
    differences: Vec<Difference>,
    surface_changes: Vec<SurfaceChange>,
}

impl Evidence {
    pub(super) fn new([base, head]: [&Revision; 2], comparison: Comparison<'_>) -> Self {
        let Comparison { found, pairs, .. } = comparison;
        Self { differences: merged(found), surface_changes: public_api_diff::compare(base, head, &pairs) }
    }
}

/// The references within a document, and the positions of its values in the text.
pub(super) struct DocumentIndex {
    graph: ReferenceGraph,
    positions: Positions,
}

impl DocumentIndex {
    pub(super) fn new(revision: &Revision) -> Self {
        Self { graph: ReferenceGraph::new(revision), positions: Positions::of(&revision.text) }
    }

    fn location(&self, pointer: &str) -> DocumentLocation {
        let location = self.positions.locate(pointer);
        let point = location.map(|location| location.key.unwrap_or(location.value).start);
        let (line, column) = point.map_or((1, 1), |point| (point.line, point.column));
        DocumentLocation { pointer: pointer.to_owned(), line, column }
    }
}

/// Builds the changes from the evidence.
pub(super) fn build([base, head]: [&Revision; 2], evidence: Evidence, indexes: [DocumentIndex; 2]) -> Diff {
    let Evidence { mut differences, surface_changes } = evidence;
    let mut notes = notes(base, head);
    if differences.is_empty() && surface_changes.is_empty() {
        return Diff { changes: Vec::new(), notes };
    }
    let graphs = [&indexes[0].graph, &indexes[1].graph];
    let (mut items, unexplained) = Attribution::new(&differences, graphs, [base, head]).attribute(surface_changes);
    for change in &unexplained {
        add_unexplained(change, &mut differences, &mut items);
    }
    for (index, name) in indexes.iter().zip(["old", "new"]) {
        notes.extend(index.positions.end().map(|end| lost_positions(name, end)));
    }
    let builder = ChangeBuilder { base, head, indexes, known: RefCell::default() };
    let mut changes: Vec<Change> = differences
        .into_iter()
        .zip(items)
        .filter(|(difference, items)| !(items.is_empty() && ONLY_WITH_ITEMS.contains(&difference.rule)))
        .map(|(difference, items)| builder.change(difference, items))
        .collect();
    changes.sort_by_key(|change| {
        let location = change.head.as_ref().or(change.base.as_ref());
        (location.map_or(0, |location| location.line), change.head.is_some(), change.rule)
    });
    Diff { changes: merged_moves(merged_by_node(changes, &builder.indexes)), notes }
}

/// Returns the note for a document whose positions end before its text does.
fn lost_positions(name: &str, end: LineColumn) -> String {
    let LineColumn { line, .. } = end;
    format!("Lines of the {name} document are known up to line {line}: changes below it show an earlier line.")
}

/// The rules that are not worth a report unless the crate changes.
const ONLY_WITH_ITEMS: &[RuleId] = &[
    RuleId::SchemaAdded,
    RuleId::SchemaRemoved,
    RuleId::SchemaMoved,
    RuleId::ParameterOrderChanged,
    RuleId::PropertyOrderChanged,
];

fn notes(base: &Revision, head: &Revision) -> Vec<String> {
    let refused = [(base, "old"), (head, "new")].into_iter().filter(|(revision, _)| !revision.errors.is_empty());
    let note = |(revision, name): (&Revision, &str)| {
        format!(
            "The generator refuses the {name} document: {}. Source verdicts cover only the parts that it understands.",
            first_errors(&revision.errors)
        )
    };
    refused.map(note).collect()
}

/// Returns the first few errors, and how many there are besides.
fn first_errors(errors: &[Diagnostic]) -> String {
    const SHOWN: usize = 3;
    let shown = errors.iter().take(SHOWN).map(|error| {
        let pointer = error.place.pointer().filter(|pointer| !pointer.is_empty());
        let at = pointer.map(|pointer| format!(" at {pointer}")).unwrap_or_default();
        format!("{} ({}{at})", error.message, error.rule)
    });
    let mut texts: Vec<String> = shown.collect();
    if errors.len() > SHOWN {
        texts.push(format!("and {} more", errors.len() - SHOWN));
    }
    texts.join("; ")
}

/// Merges equal differences and their directions, since several paths may lead to one place.
fn merged(found: Vec<Difference>) -> Vec<Difference> {
    // Several things may be removed from one place, or added there.
    type DifferenceKey = (RuleId, [Option<Rc<str>>; 2], [Option<String>; 2]);
    let mut merged: IndexMap<DifferenceKey, Difference> = IndexMap::new();
    for difference in found {
        let places = [difference.base.clone(), difference.head.clone()];
        let key = (difference.rule, places, [difference.before.clone(), difference.after.clone()]);
        match merged.get_mut(&key) {
            Some(known) => {
                known.wire = known.wire.max(difference.wire);
                known.usage.request |= difference.usage.request;
                known.usage.response |= difference.usage.response;
                known.explains_nothing &= difference.explains_nothing;
            }
            None => {
                merged.insert(key, difference);
            }
        }
    }
    merged.into_values().collect()
}

/// Reports a change of the crate that no difference explains.
fn add_unexplained(change: &SurfaceChange, differences: &mut Vec<Difference>, items: &mut Vec<Vec<ItemChange>>) {
    let rule = if change.is_renaming() { RuleId::TypeRenamed } else { RuleId::UnknownEffect };
    let [base, head] = [&change.base, &change.head].map(|pointer| pointer.as_deref().map(Rc::from));
    let known = differences.iter().position(|other| (other.rule, &other.base, &other.head) == (rule, &base, &head));
    if let Some(index) = known {
        items[index].push(change.item.clone());
    } else {
        let difference = Difference { base, head, ..Difference::new(rule, NOWHERE) };
        differences.push(difference.showing(change.item.before.clone(), change.item.after.clone()));
        items.push(vec![change.item.clone()]);
    }
}

/// Merges changes of the same nodes. If YAML has an alias, one edit of the text changes several values.
///
/// Values without a node are distinct: their positions say nothing about them.
fn merged_by_node(changes: Vec<Change>, indexes: &[DocumentIndex; 2]) -> Vec<Change> {
    let mut merged = IndexMap::new();
    let place = |location: &Option<DocumentLocation>, side: usize| {
        location.as_ref().map(|DocumentLocation { pointer, .. }| {
            let node: Option<usize> = indexes[side].positions.node(pointer);
            (node, if node.is_some() { String::new() } else { pointer.clone() })
        })
    };
    for change in changes {
        let places = (place(&change.base, 0), place(&change.head, 1));
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

/// Merges equal changes of inline schemas that have become one component.
fn merged_moves(changes: Vec<Change>) -> Vec<Change> {
    let mut known: HashMap<(RuleId, String, [Option<String>; 2]), usize> = HashMap::new();
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        let moved = change
            .base
            .as_ref()
            .zip(change.head.as_ref())
            .filter(|(base, head)| base.pointer != head.pointer && head.pointer.starts_with("/components/"));
        let key =
            moved.map(|(_, head)| (change.rule, head.pointer.clone(), [change.before.clone(), change.after.clone()]));
        let first = key.map_or(merged.len(), |key| *known.entry(key).or_insert(merged.len()));
        match merged.get_mut(first) {
            Some(first) => absorb(first, change),
            None => merged.push(change),
        }
    }
    merged
}

/// Adds the effects of the same edit on another value.
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

/// Sorts items by impact and drops duplicates.
fn arrange(items: &mut Vec<ItemChange>) {
    items.sort_by(|one, other| other.source.cmp(&one.source).then_with(|| one.path.cmp(&other.path)));
    items.dedup();
}

fn add_new(list: &mut Vec<String>, names: Vec<String>) {
    let known: HashSet<String> = list.iter().cloned().collect();
    list.extend(names.into_iter().filter(|name| !known.contains(name)));
}

/// The operations and components that a place is in, on each side.
type HomePair = (Vec<usize>, Vec<usize>);

struct ChangeBuilder<'r> {
    base: &'r Revision,
    head: &'r Revision,
    indexes: [DocumentIndex; 2],
    /// The reach of places within the same operations and components on both sides.
    known: RefCell<HashMap<HomePair, Reach>>,
}

impl ChangeBuilder<'_> {
    fn change(&self, difference: Difference, mut items: Vec<ItemChange>) -> Change {
        arrange(&mut items);
        let least = difference.least_source_impact();
        let source = items.iter().map(|item| item.source).max().unwrap_or_default().max(least);
        let about = difference.about.as_ref();
        let subject = match (&difference.head, &difference.base) {
            (Some(at), _) => describe::subject(&self.head.raw, about.map_or(at, |about| &about.1)),
            (None, Some(at)) => describe::subject(&self.base.raw, about.map_or(at, |about| &about.0)),
            (None, None) => "the document".to_owned(),
        };
        let reach = self.reach(&difference);
        let sunset = sunset::of_removed(&self.base.raw, &difference);
        Change {
            rule: difference.rule,
            wire: difference.wire,
            source,
            usage: difference.usage,
            subject,
            base: difference.base.as_deref().map(|pointer| self.indexes[0].location(pointer)),
            head: difference.head.as_deref().map(|pointer| self.indexes[1].location(pointer)),
            before: difference.before,
            after: difference.after,
            items,
            reach,
            sunset,
        }
    }

    fn reach(&self, difference: &Difference) -> Reach {
        let home = |side: usize, pointer: &Option<Rc<str>>| self.indexes[side].graph.home(pointer.as_deref());
        let homes = (home(0, &difference.base), home(1, &difference.head));
        self.known.borrow_mut().entry(homes).or_insert_with(|| self.find_reach(difference)).clone()
    }

    fn find_reach(&self, difference: &Difference) -> Reach {
        let mut reach = Reach::default();
        for (index, pointer) in [(1, &difference.head), (0, &difference.base)] {
            let Some(pointer) = pointer else { continue };
            let (operations, types) = self.indexes[index].graph.reach(pointer);
            add_new(&mut reach.operations, operations);
            add_new(&mut reach.types, types);
        }
        reach
    }
}
