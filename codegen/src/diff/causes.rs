//! Which finding each change of the crate comes from.

use super::engine::Finding;
use super::items::Effect;
use super::reach::Graph;
use super::revision::Revision;
use super::rules::{self, Cause};
use super::{Item, Source};
use crate::emit::public_api::ItemKind;
use crate::pointer::parent;
use std::collections::HashMap;

/// Keys whose values are lists or maps of things that have nothing to do with each other.
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

/// Which findings there are at and around each pointer.
#[derive(Default)]
struct Index {
    /// At a pointer or anywhere within it, on each side.
    within: [HashMap<String, Vec<usize>>; 2],
    /// Just at a pointer.
    at: [HashMap<String, Vec<usize>>; 2],
}

impl Index {
    fn new(found: &[Finding]) -> Self {
        let mut index = Self::default();
        for (number, finding) in found.iter().enumerate() {
            let about = finding.about.as_ref();
            let sides = [
                [finding.base.as_ref(), about.map(|about| &about.0)],
                [finding.head.as_ref(), about.map(|about| &about.1)],
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
        // A keyword speaks of what has it; a member of a list or map only of itself.
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

    /// At the nearest pointer around one that has any.
    fn around<'i>(&'i self, side: usize, pointer: &'i str) -> impl Iterator<Item = &'i [usize]> {
        let mut next = Some(pointer);
        std::iter::from_fn(move || {
            let pointer = next?;
            next = (!pointer.is_empty()).then(|| parent(pointer));
            Some(self.at[side].get(pointer).map(Vec::as_slice).unwrap_or_default())
        })
    }
}

/// Rules that say that something has another name.
const RENAMINGS: &[&str] = &["crate-changed", "rust-name-changed", "schema-moved", "schema-renamed"];

/// Finds the causes of effects.
pub(super) struct Judge<'f> {
    found: &'f [Finding],
    index: Index,
    graphs: [&'f Graph; 2],
    revisions: [&'f Revision; 2],
}

impl<'f> Judge<'f> {
    pub(super) fn new(found: &'f [Finding], graphs: [&'f Graph; 2], revisions: [&'f Revision; 2]) -> Self {
        Self { found, index: Index::new(found), graphs, revisions }
    }

    /// For each finding the effects that come from it, and last those that come from none.
    pub(super) fn attribute(&self, effects: Vec<Effect>) -> (Vec<Vec<Item>>, Vec<Effect>) {
        let mut causes: Vec<Vec<Item>> = self.found.iter().map(|_| Vec::new()).collect();
        let mut unexplained = Vec::new();
        // What belongs to a whole type comes last, when it is known which of its members changed.
        let (members, whole): (Vec<Effect>, Vec<Effect>) = effects
            .into_iter()
            .partition(|effect| matches!(effect.kind, ItemKind::Field | ItemKind::Argument | ItemKind::Setter));
        for effect in members.into_iter().chain(whole) {
            let mut chosen = self.causes(&effect);
            let weighty = |number: &usize| {
                causes[*number].iter().any(|item| item.source >= effect.item.source.min(Source::Minor))
            };
            if !is_member(effect.kind) && !effect.is_renaming() && chosen.iter().any(weighty) {
                chosen.retain(|number| weighty(number));
            }
            if chosen.is_empty() {
                unexplained.push(effect);
                continue;
            }
            for number in chosen {
                causes[number].push(effect.item.clone());
            }
        }
        (causes, unexplained)
    }

    /// The nearest findings that may be the cause: in the place that an item comes from, around it, in what it is made
    /// of, in what it is part of, since that tells in which direction it crosses the wire, and at last in the whole.
    fn causes(&self, effect: &Effect) -> Vec<usize> {
        let own = [effect.base.as_deref(), effect.head.as_deref()];
        let shared = [0, 1].map(|side| own[side].and_then(|pointer| shared(self.revisions[side], pointer)));
        let shared = [shared[0].as_deref(), shared[1].as_deref()];
        let ways: [&dyn Fn() -> Vec<usize>; 8] = [
            &|| self.within(effect, own),
            &|| self.within(effect, shared),
            &|| self.around(effect, own),
            &|| self.around(effect, shared),
            &|| self.beyond(effect, own, Graph::targets),
            &|| self.beyond(effect, own, Graph::users),
            &|| self.within(effect, own.map(|pointer| pointer.and_then(path_item))),
            &|| self.whole(effect),
        ];
        ways.iter().map(|way| way()).find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn within(&self, effect: &Effect, sides: [Option<&str>; 2]) -> Vec<usize> {
        let list: Vec<usize> =
            given(sides).flat_map(|(side, pointer)| self.index.within(side, pointer)).copied().collect();
        self.best(effect, &list)
    }

    fn around(&self, effect: &Effect, sides: [Option<&str>; 2]) -> Vec<usize> {
        given(sides)
            .flat_map(|(side, pointer)| self.index.around(side, pointer))
            .map(|list| self.best(effect, list))
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// In what refers to a place, or in what it refers to, the nearest first.
    fn beyond(&self, effect: &Effect, sides: [Option<&str>; 2], next: fn(&Graph, usize) -> &[usize]) -> Vec<usize> {
        given(sides)
            .map(|(side, pointer)| {
                let levels = self.graphs[side].levels(pointer, next);
                let lists = levels.map(|level| {
                    level.iter().flat_map(|pointer| self.index.within(side, pointer)).copied().collect::<Vec<_>>()
                });
                lists.map(|list| self.best(effect, &list)).find(|list| !list.is_empty()).unwrap_or_default()
            })
            .find(|list| !list.is_empty())
            .unwrap_or_default()
    }

    /// In what concerns the whole crate: its name, and whether it has a client.
    fn whole(&self, effect: &Effect) -> Vec<usize> {
        let whole = |rule: &str| matches!(rule, "crate-changed" | "operation-added" | "operation-removed");
        let list: Vec<usize> = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, finding)| whole(finding.rule))
            .map(|(number, _)| number)
            .collect();
        self.best(effect, &list)
    }

    /// The likeliest among some findings.
    fn best(&self, effect: &Effect, among: &[usize]) -> Vec<usize> {
        let cause = |number: &usize| {
            let finding = self.found.get(*number).filter(|finding| !finding.idle)?;
            rules::rule(finding.rule)
        };
        let of = |wanted: Cause| -> Vec<usize> {
            let mut list: Vec<usize> =
                among.iter().filter(|number| cause(number).is_some_and(|rule| rule.cause == wanted)).copied().collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        let checks = effect.item.path.ends_with("::validate()");
        let order = if checks { [Cause::Weak, Cause::Strong] } else { [Cause::Strong, Cause::Weak] };
        let list = order.into_iter().map(of).find(|list| !list.is_empty()).unwrap_or_default();
        self.likelier(effect, list)
    }

    /// Of several causes, those whose rules say what the effect is: another name, something gone, something new.
    fn likelier(&self, effect: &Effect, list: Vec<usize>) -> Vec<usize> {
        let rule = |number: &usize| self.found.get(*number).map_or("", |finding| finding.rule);
        let fits = |number: &usize| match (&effect.item.before, &effect.item.after) {
            _ if effect.is_renaming() => RENAMINGS.contains(&rule(number)),
            (Some(_), None) => !rule(number).ends_with("-added"),
            (None, Some(_)) => !rule(number).ends_with("-removed"),
            _ => true,
        };
        let likelier: Vec<usize> = list.iter().filter(|number| fits(number)).copied().collect();
        if likelier.is_empty() { list } else { likelier }
    }
}

/// The pointers that there are, each with its side.
fn given(sides: [Option<&str>; 2]) -> impl Iterator<Item = (usize, &str)> {
    sides.into_iter().enumerate().filter_map(|(side, pointer)| Some((side, pointer?)))
}

/// The path that a parameter is shared by.
fn path_item(pointer: &str) -> Option<&str> {
    let (path, _) = pointer.split_once("/parameters/")?;
    (path.starts_with("/paths/") && path.matches('/').count() == 2).then_some(path)
}

/// The pointer of what is used by a reference, but for schemas, whose uses have pointers of their own.
fn shared(revision: &Revision, pointer: &str) -> Option<String> {
    let reference = revision.raw.pointer(pointer)?.get("$ref")?.as_str()?;
    let (target, _) = crate::pointer::follow(&revision.raw, reference)?;
    (!target.starts_with("/components/schemas/")).then_some(target)
}

fn is_member(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Field | ItemKind::Argument | ItemKind::Setter | ItemKind::Constant | ItemKind::Variant)
}
