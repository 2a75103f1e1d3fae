//! Attributes each change of the generated crate to the differences that explain it.

use super::changes::ItemChange;
use super::difference::Difference;
use super::excerpt;
use super::impact::SourceImpact;
use super::public_api_diff::SurfaceChange;
use super::reference_graph::ReferenceGraph;
use super::revision::Revision;
use super::rules::{Explains, RuleId};
use crate::emit::public_api::ItemKind;
use crate::ir::TypeKind;
use crate::pointer::parent;
use serde_json::Value;
use std::collections::HashMap;

/// Keys whose values are lists or maps of independent members.
const LISTS: &[&str] = &[
    "allOf",
    "anyOf",
    "components",
    "content",
    "enum",
    "headers",
    "mapping",
    "oneOf",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "required",
    "responses",
    "schemas",
    "securitySchemes",
];

/// The differences at and around each pointer, by number.
#[derive(Default)]
struct DifferenceIndex {
    /// At a pointer or within it, on each side.
    within: [HashMap<String, Vec<usize>>; 2],
    /// At a pointer alone, on each side.
    at: [HashMap<String, Vec<usize>>; 2],
}

impl DifferenceIndex {
    fn new(found: &[Difference]) -> Self {
        let mut index = Self::default();
        for (number, difference) in found.iter().enumerate() {
            let about = difference.about.as_ref();
            let sides = [
                [difference.base.as_ref(), about.map(|about| &about.0)],
                [difference.head.as_ref(), about.map(|about| &about.1)],
            ];
            for (side, pointers) in sides.into_iter().enumerate() {
                for pointer in pointers.into_iter().flatten() {
                    index.add(side, pointer, number);
                }
            }
        }
        index
    }

    fn add(&mut self, side: usize, pointer: &str, number: usize) {
        self.at[side].entry(pointer.to_owned()).or_default().push(number);
        // A keyword is about its owner, and a member of a list or map only about itself.
        let owner = parent(pointer);
        if !owner.is_empty() && !LISTS.contains(&&*crate::pointer::last(owner)) {
            self.at[side].entry(owner.to_owned()).or_default().push(number);
        }
        let mut pointer = pointer;
        loop {
            let list = self.within[side].entry(pointer.to_owned()).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
            if pointer.is_empty() {
                return;
            }
            pointer = parent(pointer);
        }
    }

    fn within(&self, side: usize, pointer: &str) -> &[usize] {
        self.within[side].get(pointer).map(Vec::as_slice).unwrap_or_default()
    }

    /// Iterates over the differences at a pointer, then at the pointer around it, and so on.
    fn around<'i>(&'i self, side: usize, pointer: &'i str) -> impl Iterator<Item = &'i [usize]> {
        let mut next = Some(pointer);
        std::iter::from_fn(move || {
            let pointer = next?;
            next = (!pointer.is_empty()).then(|| parent(pointer));
            Some(self.at[side].get(pointer).map(Vec::as_slice).unwrap_or_default())
        })
    }
}

/// The rules for new names.
const RENAMINGS: &[RuleId] =
    &[RuleId::CrateChanged, RuleId::RustNameChanged, RuleId::SchemaMoved, RuleId::SchemaRenamed];

/// Finds the differences that cause changes of the crate.
pub(super) struct Attribution<'f> {
    found: &'f [Difference],
    index: DifferenceIndex,
    graphs: [&'f ReferenceGraph; 2],
    revisions: [&'f Revision; 2],
}

impl<'f> Attribution<'f> {
    pub(super) fn new(found: &'f [Difference], graphs: [&'f ReferenceGraph; 2], revisions: [&'f Revision; 2]) -> Self {
        Self { found, index: DifferenceIndex::new(found), graphs, revisions }
    }

    /// Returns for each difference the items that change by it, and the changes that no difference explains.
    pub(super) fn attribute(&self, changes: Vec<SurfaceChange>) -> (Vec<Vec<ItemChange>>, Vec<SurfaceChange>) {
        let mut items: Vec<Vec<ItemChange>> = self.found.iter().map(|_| Vec::new()).collect();
        let mut unexplained = Vec::new();
        // Changes of a whole type come last: they depend on those of its members.
        let (members, whole): (Vec<SurfaceChange>, Vec<SurfaceChange>) = changes
            .into_iter()
            .partition(|change| matches!(change.kind, ItemKind::Field | ItemKind::Argument | ItemKind::Setter));
        for change in members.into_iter().chain(whole) {
            let mut causes = self.causes(&change);
            let is_weighty = |number: &usize| {
                items[*number].iter().any(|item| item.source >= change.item.source.min(SourceImpact::Minor))
            };
            if !is_member(change.kind) && !change.is_renaming() && causes.iter().any(is_weighty) {
                causes.retain(is_weighty);
            }
            if causes.is_empty() {
                unexplained.push(change);
                continue;
            }
            for number in causes {
                items[number].push(change.item.clone());
            }
        }
        let unexplained = explained_by_type(&mut items, unexplained);
        (items, unexplained)
    }

    /// Returns the nearest differences that may be the cause. The search starts at the place that the item comes from
    /// and continues around it, in the schemas that it uses, in those that use it, and in the whole crate. A schema
    /// that uses another one decides in which direction that crosses the wire.
    fn causes(&self, change: &SurfaceChange) -> Vec<usize> {
        let own = [change.base.as_deref(), change.head.as_deref()];
        let shared = [0, 1].map(|side| own[side].and_then(|pointer| shared(self.revisions[side], pointer)));
        let shared = [shared[0].as_deref(), shared[1].as_deref()];
        let ways: [&dyn Fn() -> Vec<usize>; 9] = [
            &|| self.within(change, own),
            &|| self.within(change, shared),
            &|| self.around(change, own),
            &|| self.within(change, own.map(|pointer| pointer.and_then(union_list))),
            &|| self.around(change, shared),
            &|| self.beyond(change, own, ReferenceGraph::targets),
            &|| self.beyond(change, own, ReferenceGraph::users),
            &|| self.within(change, own.map(|pointer| pointer.and_then(path_item))),
            &|| self.whole(change),
        ];
        ways.iter().map(|way| way()).find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn within(&self, change: &SurfaceChange, sides: [Option<&str>; 2]) -> Vec<usize> {
        let list: Vec<usize> =
            given(sides).flat_map(|(side, pointer)| self.index.within(side, pointer)).copied().collect();
        self.best(change, &list)
    }

    fn around(&self, change: &SurfaceChange, sides: [Option<&str>; 2]) -> Vec<usize> {
        given(sides)
            .flat_map(|(side, pointer)| self.index.around(side, pointer))
            .map(|list| self.best(change, list))
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// Looks into the operations and components that refer to a place, or that it refers to, the nearest first.
    fn beyond(
        &self,
        change: &SurfaceChange,
        sides: [Option<&str>; 2],
        next: fn(&ReferenceGraph, usize) -> &[usize],
    ) -> Vec<usize> {
        given(sides)
            .map(|(side, pointer)| {
                let levels = self.graphs[side].levels(pointer, next);
                let lists = levels.map(|level| {
                    level.iter().flat_map(|pointer| self.index.within(side, pointer)).copied().collect::<Vec<_>>()
                });
                lists.map(|list| self.best(change, &list)).find(|list| !list.is_empty()).unwrap_or_default()
            })
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// Looks for differences about the whole crate: its name, and whether it has a client.
    fn whole(&self, change: &SurfaceChange) -> Vec<usize> {
        let whole =
            |rule: RuleId| matches!(rule, RuleId::CrateChanged | RuleId::OperationAdded | RuleId::OperationRemoved);
        let list: Vec<usize> = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, difference)| whole(difference.rule))
            .map(|(number, _)| number)
            .collect();
        self.best(change, &list)
    }

    /// Chooses the likeliest among some differences.
    fn best(&self, change: &SurfaceChange, among: &[usize]) -> Vec<usize> {
        let explains = |number: &usize| {
            let difference = self.found.get(*number).filter(|difference| !difference.explains_nothing)?;
            Some(difference.rule.rule().explains)
        };
        let of = |wanted: Explains| -> Vec<usize> {
            let mut list: Vec<usize> =
                among.iter().filter(|number| explains(number) == Some(wanted)).copied().collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        let checks = change.item.path.ends_with("::validate()");
        let order = if checks { [Explains::Seldom, Explains::Often] } else { [Explains::Often, Explains::Seldom] };
        let list = order.into_iter().map(of).find(|list| !list.is_empty()).unwrap_or_default();
        self.likelier(change, list)
    }

    /// Prefers causes whose rules name the same kind of change: another name, something removed, something new.
    fn likelier(&self, change: &SurfaceChange, list: Vec<usize>) -> Vec<usize> {
        let rule = |number: &usize| self.found.get(*number).map(|difference| difference.rule);
        let fits = |number: &usize| match (&change.item.before, &change.item.after) {
            _ if change.is_renaming() => rule(number).is_some_and(|rule| RENAMINGS.contains(&rule)),
            // A move alone gives a type another name, and nothing else.
            _ if rule(number) == Some(RuleId::SchemaMoved) => false,
            (Some(_), None) => !rule(number).is_some_and(|rule| rule.name().ends_with("-added")),
            (None, Some(_)) => !rule(number).is_some_and(|rule| rule.name().ends_with("-removed")),
            _ => true,
        };
        let likelier: Vec<usize> = list.iter().filter(|number| fits(number)).copied().collect();
        let list = if likelier.is_empty() { list } else { likelier };
        self.of_the_same_value(change, list)
    }

    /// Prefers the difference about the value of an enum that a variant stands for.
    fn of_the_same_value(&self, change: &SurfaceChange, list: Vec<usize>) -> Vec<usize> {
        let Some(value) = self.listed_value(change).map(excerpt::value) else { return list };
        let is_same = |number: &usize| {
            let rules = [RuleId::EnumValueAdded, RuleId::EnumValueRemoved];
            let difference = self.found.get(*number).filter(|difference| rules.contains(&difference.rule));
            difference.is_some_and(|difference| [&difference.before, &difference.after].contains(&&Some(value.clone())))
        };
        let same: Vec<usize> = list.iter().filter(|number| is_same(number)).copied().collect();
        if same.is_empty() { list } else { same }
    }

    /// Returns the value of a new or removed variant of an enum.
    fn listed_value(&self, change: &SurfaceChange) -> Option<&'f Value> {
        let (side, pointer) = match (&change.item.before, &change.item.after) {
            (None, Some(_)) => (1, change.head.as_ref()?),
            (Some(_), None) => (0, change.base.as_ref()?),
            _ => return None,
        };
        let name = change.item.path.rsplit("::").next().filter(|_| change.kind == ItemKind::Variant)?;
        let types = &self.revisions[side].api.types;
        let TypeKind::Enum(values) = &types.iter().find(|def| def.pointer == *pointer)?.kind else { return None };
        Some(&values.values.iter().find(|listed| listed.rust_name == name)?.value)
    }
}

/// Adds the members of a new or removed type to the differences that explain the type, and returns the others. A member
/// may come from a schema that the type inherits, where nothing has changed.
fn explained_by_type(items: &mut [Vec<ItemChange>], changes: Vec<SurfaceChange>) -> Vec<SurfaceChange> {
    let mut unexplained = Vec::new();
    for change in changes {
        let owner = change.item.path.split("::").next().unwrap_or_default();
        let is_whole = |item: &ItemChange| {
            item.path == owner
                && item.before.is_none() == change.item.before.is_none()
                && item.after.is_none() == change.item.after.is_none()
        };
        let is_one_sided = change.item.before.is_none() || change.item.after.is_none();
        let mut causes = items.iter_mut().filter(|items| is_one_sided && items.iter().any(is_whole)).peekable();
        if causes.peek().is_none() {
            unexplained.push(change);
            continue;
        }
        causes.for_each(|items| items.push(change.item.clone()));
    }
    unexplained
}

/// Iterates over the pointers that exist, each with its side.
fn given(sides: [Option<&str>; 2]) -> impl Iterator<Item = (usize, &str)> {
    sides.into_iter().enumerate().filter_map(|(side, pointer)| Some((side, pointer?)))
}

/// Returns the innermost list of variants that a place is in. The names of the variants depend on each other.
fn union_list(pointer: &str) -> Option<&str> {
    let end = ["/oneOf/", "/anyOf/"].iter().filter_map(|key| Some(pointer.rfind(key)? + key.len() - 1)).max()?;
    Some(&pointer[..end])
}

/// Returns the path whose operations share a parameter.
fn path_item(pointer: &str) -> Option<&str> {
    let (path, _) = pointer.split_once("/parameters/")?;
    (path.starts_with("/paths/") && path.matches('/').count() == 2).then_some(path)
}

/// Returns the target of a reference, except to schemas, whose uses have pointers of their own.
fn shared(revision: &Revision, pointer: &str) -> Option<String> {
    let reference = revision.raw.pointer(pointer)?.get("$ref")?.as_str()?;
    let (target, _) = crate::pointer::follow(&revision.raw, reference)?;
    (!target.starts_with("/components/schemas/")).then_some(target)
}

fn is_member(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Field | ItemKind::Argument | ItemKind::Setter | ItemKind::Constant | ItemKind::Variant)
}
