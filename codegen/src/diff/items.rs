//! How the public items of the crate change, and which finding each change comes from.

use super::engine::{Finding, NOWHERE};
use super::revision::Revision;
use super::{Item, Source, Wire};
use crate::emit::public_api::{ItemKind, PublicItem, PublicModule};
use crate::pointer::parent;
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// A change of an item, and where the item comes from on each side.
pub(super) struct Effect {
    pub(super) item: Item,
    pub(super) kind: ItemKind,
    pub(super) base: Option<String>,
    pub(super) head: Option<String>,
}

/// Which names of types stand for others: those of the new crate, and what they were called.
type Renames = BTreeMap<String, String>;

/// Compares the public items of the two crates. `pairs` tells which schema goes on as which.
pub(super) fn effects(base: &Revision, head: &Revision, pairs: &HashMap<Rc<str>, Rc<str>>) -> Vec<Effect> {
    let (mut effects, renames) = renamed_types(base, head, pairs);
    let translated: Vec<PublicItem>;
    let after = if renames.is_empty() {
        &head.items
    } else {
        translated = head.items.iter().map(|item| with_old_names(item, &renames)).collect();
        &translated
    };
    let aliases = [&aliases(&base.items), &aliases(after)];
    let (before, after) = (by_key(&base.items), by_key(after));
    for (key, was) in &before {
        match after.get(key) {
            Some(is) => changed(was, is, aliases, &mut effects),
            None if was.kind == ItemKind::Argument => {}
            None if was.kind == ItemKind::Impl && converts(was, aliases[0], &after, aliases[1]) => {}
            None => effects.push(gone(was)),
        }
    }
    for (_, is) in after.iter().filter(|(key, is)| is.kind != ItemKind::Argument && !before.contains_key(*key)) {
        if is.kind != ItemKind::Impl || !converts(is, aliases[1], &before, aliases[0]) {
            effects.push(new(is, Source::Minor));
        }
    }
    arguments(&before, &after, aliases, &mut effects);
    let back: HashMap<Rc<str>, Rc<str>> = pairs.iter().map(|(base, head)| (Rc::clone(head), Rc::clone(base))).collect();
    for effect in &mut effects {
        // What is gone, or new, had or has its place in something that is on the other side too.
        match (&effect.base, &effect.head) {
            (Some(base), None) => effect.head = goes_on(base, pairs),
            (None, Some(head)) => effect.base = goes_on(head, &back),
            _ => {}
        }
    }
    effects
}

/// What tells items apart.
type Key<'i> = (PublicModule, &'i str, &'i str);

type Items<'i> = IndexMap<Key<'i>, &'i PublicItem>;

fn by_key(items: &[PublicItem]) -> Items<'_> {
    let mut found = IndexMap::with_capacity(items.len());
    for item in items {
        found.entry((item.module, &*item.owner, &*item.name)).or_insert(item);
    }
    found
}

/// What aliases stand for: to the compiler they are the same type.
type Aliases<'i> = HashMap<&'i str, &'i str>;

fn aliases(items: &[PublicItem]) -> Aliases<'_> {
    let types = items.iter().filter(|item| item.kind == ItemKind::Type);
    types.filter_map(|item| Some((&*item.owner, item.signature.strip_prefix("= ")?))).collect()
}

/// A signature without aliases.
fn expanded(text: &str, aliases: &Aliases<'_>) -> String {
    // An alias of an alias, and so on: what goes deeper leads to itself.
    const DEEPEST: usize = 16;
    let mut text = text.to_owned();
    for _ in 0..DEEPEST {
        let next = words_replaced(&text, |word| aliases.get(word).copied());
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Whether a trait is implemented on the other side as well, for the same type by another name.
fn converts(item: &PublicItem, own: &Aliases<'_>, others: &Items<'_>, theirs: &Aliases<'_>) -> bool {
    if own.is_empty() && theirs.is_empty() {
        return false;
    }
    let name = expanded(&item.name, own);
    others
        .values()
        .any(|other| other.kind == ItemKind::Impl && other.owner == item.owner && expanded(&other.name, theirs) == name)
}

/// An item as it would be without the renaming of types.
fn with_old_names(item: &PublicItem, renames: &Renames) -> PublicItem {
    let mut item = item.clone();
    for text in [&mut item.owner, &mut item.name, &mut item.signature] {
        *text = words_replaced(text, |word| renames.get(word).map(String::as_str));
    }
    item
}

fn words_replaced<'r>(text: &str, replace: impl Fn(&str) -> Option<&'r str>) -> String {
    let mut replaced = String::with_capacity(text.len());
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        replaced.push_str(replace(word).unwrap_or(word));
        let next = after.find(is_part).unwrap_or(after.len());
        replaced.push_str(&after[..next]);
        rest = &after[next..];
    }
    replaced
}

/// Types that are the same and have another name.
fn renamed_types(base: &Revision, head: &Revision, pairs: &HashMap<Rc<str>, Rc<str>>) -> (Vec<Effect>, Renames) {
    let after: HashMap<&str, &str> =
        head.api.types.iter().map(|def| (def.pointer.as_str(), def.name.as_str())).collect();
    let mut kept: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for def in &base.api.types {
        let Some(pointer) = goes_on(&def.pointer, pairs) else { continue };
        match after.get(&*pointer) {
            Some(name) if *name == def.name => {
                kept.insert(name);
            }
            Some(name) => found.push((def.name.as_str(), *name, def.pointer.clone(), pointer)),
            None => {}
        }
    }
    let (mut effects, mut renames) = (Vec::new(), Renames::new());
    for (was, is, before, after) in found {
        // Two that become one, or one that goes on under its own name as well, are no renaming.
        if kept.contains(was) || kept.contains(is) || renames.contains_key(is) || renames.values().any(|old| old == was)
        {
            continue;
        }
        renames.insert(is.to_owned(), was.to_owned());
        let item = Item {
            path: was.to_owned(),
            before: Some(was.to_owned()),
            after: Some(is.to_owned()),
            source: Source::Major,
        };
        effects.push(Effect { item, kind: ItemKind::Type, base: Some(before), head: Some(after) });
    }
    (effects, renames)
}

/// The pointer that something in one document has in the other.
fn goes_on(pointer: &str, pairs: &HashMap<Rc<str>, Rc<str>>) -> Option<String> {
    let mut at = pointer;
    while !at.is_empty() {
        if let Some(known) = pairs.get(at) {
            return Some(format!("{known}{}", &pointer[at.len()..]));
        }
        at = parent(at);
    }
    None
}

fn effect(item: &PublicItem, (before, after): (Option<String>, Option<String>), source: Source) -> Effect {
    let item_change = Item { path: item.path(), before, after, source };
    Effect { item: item_change, kind: item.kind, base: None, head: None }
}

fn shown(item: &PublicItem) -> String {
    // What a setter takes is nothing that it returns.
    if item.kind == ItemKind::Setter {
        return format!("fn({})", item.signature);
    }
    if !item.signature.is_empty() {
        return item.signature.clone();
    }
    let word = match item.kind {
        ItemKind::Variant => "variant",
        ItemKind::Impl => "implemented",
        _ => "",
    };
    word.to_owned()
}

fn gone(was: &PublicItem) -> Effect {
    Effect { base: Some(was.pointer.clone()), ..effect(was, (Some(shown(was)), None), Source::Major) }
}

fn new(is: &PublicItem, source: Source) -> Effect {
    Effect { head: Some(is.pointer.clone()), ..effect(is, (None, Some(shown(is))), source) }
}

/// How an item that both crates have changes.
fn changed(was: &PublicItem, is: &PublicItem, aliases: [&Aliases<'_>; 2], effects: &mut Vec<Effect>) {
    let mut push = |before: String, after: String, source| {
        let effect = effect(was, (Some(before), Some(after)), source);
        effects.push(Effect { base: Some(was.pointer.clone()), head: Some(is.pointer.clone()), ..effect });
    };
    let differs =
        was.signature != is.signature && expanded(&was.signature, aliases[0]) != expanded(&is.signature, aliases[1]);
    if differs || was.kind != is.kind {
        push(shown(was), shown(is), Source::Major);
    } else if was.value != is.value {
        let value = |item: &PublicItem| item.value.clone().unwrap_or_default();
        push(value(was), value(is), Source::Patch);
    }
    if was.deprecated != is.deprecated {
        let word = |deprecated: bool| if deprecated { "deprecated" } else { "not deprecated" }.to_owned();
        push(word(was.deprecated), word(is.deprecated), Source::Minor);
    }
}

/// The arguments of each method. Calls have them by position: their names do not matter, and their order does.
fn arguments(before: &Items<'_>, after: &Items<'_>, aliases: [&Aliases<'_>; 2], effects: &mut Vec<Effect>) {
    // One of a method that is new as a whole breaks no call.
    let is_known = |(module, owner, method): &Key<'_>| before.contains_key(&(*module, *owner, &*format!("{method}()")));
    let methods_after = methods(after);
    let known: HashSet<Key<'_>> = methods_after.keys().filter(|method| is_known(method)).copied().collect();
    let (before, after) = (methods(before), methods_after);
    let none = Vec::new();
    let new_methods = after.keys().filter(|method| !before.contains_key(*method));
    for method in before.keys().chain(new_methods) {
        let (was, is) = (before.get(method).unwrap_or(&none), after.get(method).unwrap_or(&none));
        effects.extend(rearranged(was, is));
        let missing = |item: &PublicItem, list: &[&PublicItem]| !list.iter().any(|other| other.name == item.name);
        let stands_in = |item: &PublicItem, list: &[&PublicItem], own: &[&PublicItem]| {
            let same = list.iter().find(|other| other.position == item.position && missing(other, own));
            same.is_some_and(|other| {
                // Either may be the old one.
                let texts = [item, other].map(|item| aliases.map(|aliases| expanded(&item.signature, aliases)));
                texts[0][0] == texts[1][1] || texts[0][1] == texts[1][0]
            })
        };
        let pairs = was.iter().zip(is).filter(|(item, _)| missing(item, is) && stands_in(item, is, was));
        effects.extend(pairs.map(|(was, is)| renamed_argument(was, is)));
        let lost = was.iter().filter(|item| missing(item, is) && !stands_in(item, is, was));
        effects.extend(lost.map(|item| gone(item)));
        let added = is.iter().filter(|item| missing(item, was) && !stands_in(item, was, is));
        let source = if known.contains(method) { Source::Major } else { Source::Minor };
        effects.extend(added.map(|item| new(item, source)));
    }
}

/// The arguments of each method that has any, in their order.
fn methods<'i>(items: &Items<'i>) -> IndexMap<Key<'i>, Vec<&'i PublicItem>> {
    let mut methods: IndexMap<Key<'i>, Vec<&'i PublicItem>> = IndexMap::new();
    for item in items.values().filter(|item| item.kind == ItemKind::Argument) {
        let method = item.name.split('(').next().unwrap_or_default();
        methods.entry((item.module, &item.owner, method)).or_default().push(item);
    }
    for list in methods.values_mut() {
        list.sort_by_key(|item| item.position);
    }
    methods
}

/// An argument that is called something else, which only the documentation shows.
fn renamed_argument(was: &PublicItem, is: &PublicItem) -> Effect {
    let name = |item: &PublicItem| item.name.split(['(', ')']).nth(1).map(str::to_owned);
    let effect = effect(was, (name(was), name(is)), Source::Patch);
    Effect { base: Some(was.pointer.clone()), head: Some(is.pointer.clone()), ..effect }
}

/// Arguments that change places.
fn rearranged(was: &[&PublicItem], is: &[&PublicItem]) -> Option<Effect> {
    let kept = |list: &[&PublicItem], other: &[&PublicItem]| -> Vec<String> {
        let kept = list.iter().filter(|item| other.iter().any(|known| known.name == item.name));
        kept.map(|item| item.name.split(['(', ')']).nth(1).unwrap_or_default().to_owned()).collect()
    };
    let (before, after) = (kept(was, is), kept(is, was));
    let (first, now) = (was.first()?, is.first()?);
    if before == after {
        return None;
    }
    let method = first.name.split('(').next().unwrap_or_default();
    let item = Item {
        path: format!("{}::{method}()", first.owner),
        before: Some(before.join(", ")),
        after: Some(after.join(", ")),
        source: Source::Major,
    };
    // The arguments come from the members of one type or operation.
    let around = |item: &PublicItem| Some(parent(parent(&item.pointer)).to_owned());
    Some(Effect { item, kind: ItemKind::Constructor, base: around(first), head: around(now) })
}

impl Effect {
    /// Whether a type goes on under another name.
    pub(super) fn is_renaming(&self) -> bool {
        self.kind == ItemKind::Type && self.item.before.as_ref() == Some(&self.item.path)
    }

    /// What is reported where nothing explains an effect.
    pub(super) fn unexplained(&self) -> Finding {
        let rule = if self.is_renaming() { "type-renamed" } else { "unknown-effect" };
        let mut finding = Finding::new(rule, NOWHERE, Wire::None);
        finding.base = self.base.as_deref().map(Rc::from);
        finding.head = self.head.as_deref().map(Rc::from);
        finding.before.clone_from(&self.item.before);
        finding.after.clone_from(&self.item.after);
        finding
    }
}
