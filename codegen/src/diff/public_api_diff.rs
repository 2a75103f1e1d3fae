//! Compares the public items of the two generated crates.

use super::changes::ItemChange;
use super::impact::SourceImpact;
use super::revision::Revision;
use crate::emit::public_api::{ItemKind, PublicItem, PublicModule};
use crate::ir::TypeDef;
use crate::pointer::parent;
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// A change of a public item, and the place in the document that the item comes from on each side.
pub(super) struct SurfaceChange {
    pub(super) item: ItemChange,
    pub(super) kind: ItemKind,
    pub(super) base: Option<String>,
    pub(super) head: Option<String>,
}

/// The new names of renamed types, with the old ones.
type TypeRenames = BTreeMap<String, String>;

/// The pointers of schemas and operations on one side, with those of their counterparts.
type Counterparts = HashMap<Rc<str>, Rc<str>>;

/// Compares the public items of the two crates.
pub(super) fn compare(base: &Revision, head: &Revision, counterparts: &Counterparts) -> Vec<SurfaceChange> {
    let (mut changes, renames) = renamed_types(base, head, counterparts);
    let translated: Vec<PublicItem>;
    let head_items = if renames.is_empty() {
        &head.items
    } else {
        translated = head.items.iter().map(|item| with_old_names(item, &renames)).collect();
        &translated
    };
    let (before, after) = (Surface::new(&base.items), Surface::new(head_items));
    compare_items(&before, &after, &mut changes);
    compare_arguments(&before, &after, &mut changes);
    let back: Counterparts = counterparts.iter().map(|(base, head)| (Rc::clone(head), Rc::clone(base))).collect();
    for change in &mut changes {
        // A removed or added item may come from a part that both documents have.
        match (&change.base, &change.head) {
            (Some(base), None) => change.head = counterpart(base, counterparts),
            (None, Some(head)) => change.base = counterpart(head, &back),
            _ => {}
        }
    }
    changes
}

/// The identity of an item.
type ItemKey<'i> = (PublicModule, &'i str, &'i str);

/// The public items of a crate.
struct Surface<'i> {
    items: IndexMap<ItemKey<'i>, &'i PublicItem>,
    /// The target of each type alias. The compiler does not distinguish the two.
    aliases: HashMap<&'i str, &'i str>,
}

impl<'i> Surface<'i> {
    fn new(list: &'i [PublicItem]) -> Self {
        let mut items = IndexMap::with_capacity(list.len());
        for item in list {
            items.entry((item.module, &*item.owner, &*item.name)).or_insert(item);
        }
        let types = list.iter().filter(|item| item.kind == ItemKind::Type);
        let aliases = types.filter_map(|item| Some((&*item.owner, item.signature.strip_prefix("= ")?))).collect();
        Self { items, aliases }
    }

    /// Returns a signature without aliases.
    fn expand(&self, text: &str) -> String {
        // An alias may name another alias. A longer chain is a cycle.
        const DEEPEST: usize = 16;
        let mut text = text.to_owned();
        for _ in 0..DEEPEST {
            let next = words_replaced(&text, |word| self.aliases.get(word).copied());
            if next == text {
                break;
            }
            text = next;
        }
        text
    }

    /// Whether another crate implements the same trait for the same type, by another name.
    fn has_impl_in(&self, item: &PublicItem, other: &Self) -> bool {
        if item.kind != ItemKind::Impl || (self.aliases.is_empty() && other.aliases.is_empty()) {
            return false;
        }
        let name = self.expand(&item.name);
        let mut impls = other.items.values().filter(|known| known.kind == ItemKind::Impl && known.owner == item.owner);
        impls.any(|known| other.expand(&known.name) == name)
    }

    /// Returns the arguments of each method that has any, in their order.
    fn methods(&self) -> IndexMap<ItemKey<'i>, Vec<&'i PublicItem>> {
        let mut methods: IndexMap<ItemKey<'i>, Vec<&'i PublicItem>> = IndexMap::new();
        for item in self.items.values().filter(|item| item.kind == ItemKind::Argument) {
            let method = item.name.split('(').next().unwrap_or_default();
            methods.entry((item.module, &item.owner, method)).or_default().push(item);
        }
        for list in methods.values_mut() {
            list.sort_by_key(|item| item.position);
        }
        methods
    }
}

/// Compares all items but arguments.
fn compare_items(before: &Surface<'_>, after: &Surface<'_>, changes: &mut Vec<SurfaceChange>) {
    for (key, was) in &before.items {
        match after.items.get(key) {
            // The constructor takes its arguments in another way, and changes itself.
            Some(is) if was.position.is_some() != is.position.is_some() => {}
            Some(is) => compare_item((before, was), (after, is), changes),
            None if was.kind == ItemKind::Argument || before.has_impl_in(was, after) => {}
            None => changes.push(removed(was)),
        }
    }
    for (key, is) in &after.items {
        if is.kind != ItemKind::Argument && !before.items.contains_key(key) && !after.has_impl_in(is, before) {
            changes.push(added(is, SourceImpact::Minor));
        }
    }
}

/// Returns an item with the old names of renamed types.
fn with_old_names(item: &PublicItem, renames: &TypeRenames) -> PublicItem {
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

/// Finds the renamed types.
fn renamed_types(base: &Revision, head: &Revision, counterparts: &Counterparts) -> (Vec<SurfaceChange>, TypeRenames) {
    // A schema is the source of several types if a reference leads to it from elsewhere.
    let mut after: HashMap<&str, Vec<&TypeDef>> = HashMap::new();
    for def in &head.api.types {
        after.entry(&def.pointer).or_default().push(def);
    }
    let names: HashSet<&str> = head.api.types.iter().flat_map(TypeDef::names).collect();
    let mut kept: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for def in &base.api.types {
        let Some(pointer) = counterpart(&def.pointer, counterparts) else { continue };
        let others = after.get(&*pointer).map(Vec::as_slice).unwrap_or_default();
        let other = others.iter().find(|other| other.name == def.name).or(others.last());
        for (was, is) in other.into_iter().flat_map(|other| def.names().zip(other.names())) {
            if was == is {
                kept.insert(is);
            } else {
                found.push((was, is, def.pointer.clone(), pointer.clone()));
            }
        }
    }
    let (mut changes, mut renames) = (Vec::new(), TypeRenames::new());
    for (was, is, before, after) in found {
        // If two types become one, or another type has the old name, none is renamed.
        if names.contains(was)
            || kept.contains(is)
            || renames.contains_key(is)
            || renames.values().any(|old| old == was)
        {
            continue;
        }
        renames.insert(is.to_owned(), was.to_owned());
        let item = ItemChange {
            path: was.to_owned(),
            before: Some(was.to_owned()),
            after: Some(is.to_owned()),
            source: SourceImpact::Major,
        };
        changes.push(SurfaceChange { item, kind: ItemKind::Type, base: Some(before), head: Some(after) });
    }
    (changes, renames)
}

/// Returns the pointer that a place of one document has in the other.
fn counterpart(pointer: &str, counterparts: &Counterparts) -> Option<String> {
    let mut at = pointer;
    while !at.is_empty() {
        if let Some(known) = counterparts.get(at) {
            return Some(format!("{known}{}", &pointer[at.len()..]));
        }
        at = parent(at);
    }
    None
}

fn change(item: &PublicItem, (before, after): (Option<String>, Option<String>), source: SourceImpact) -> SurfaceChange {
    let item_change = ItemChange { path: item.path(), before, after, source };
    SurfaceChange { item: item_change, kind: item.kind, base: None, head: None }
}

fn shown(item: &PublicItem) -> String {
    // The signature of a setter is that of its argument.
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

fn removed(was: &PublicItem) -> SurfaceChange {
    SurfaceChange { base: Some(was.pointer.clone()), ..change(was, (Some(shown(was)), None), SourceImpact::Major) }
}

fn added(is: &PublicItem, source: SourceImpact) -> SurfaceChange {
    SurfaceChange { head: Some(is.pointer.clone()), ..change(is, (None, Some(shown(is))), source) }
}

/// Compares an item that both crates have.
fn compare_item(
    (before, was): (&Surface<'_>, &PublicItem),
    (after, is): (&Surface<'_>, &PublicItem),
    changes: &mut Vec<SurfaceChange>,
) {
    let mut push = |old: String, new: String, source| {
        let change = change(was, (Some(old), Some(new)), source);
        changes.push(SurfaceChange { base: Some(was.pointer.clone()), head: Some(is.pointer.clone()), ..change });
    };
    let differs = was.signature != is.signature && before.expand(&was.signature) != after.expand(&is.signature);
    if differs || was.kind != is.kind {
        push(shown(was), shown(is), SourceImpact::Major);
    } else if was.value != is.value {
        let value = |item: &PublicItem| item.value.clone().unwrap_or_default();
        push(value(was), value(is), SourceImpact::Patch);
    }
    if was.deprecated != is.deprecated {
        let word = |deprecated: bool| if deprecated { "deprecated" } else { "not deprecated" }.to_owned();
        push(word(was.deprecated), word(is.deprecated), SourceImpact::Minor);
    }
}

/// Compares the arguments of each method. By position their order matters, and their names do not. By name, only their
/// names matter.
fn compare_arguments(before: &Surface<'_>, after: &Surface<'_>, changes: &mut Vec<SurfaceChange>) {
    let (methods_before, methods_after) = (before.methods(), after.methods());
    let none = Vec::new();
    let new_methods = methods_after.keys().filter(|method| !methods_before.contains_key(*method));
    for method in methods_before.keys().chain(new_methods) {
        let was = methods_before.get(method).unwrap_or(&none);
        let is = methods_after.get(method).unwrap_or(&none);
        changes.extend(rearranged(was, is));
        let kept_name = |item: &PublicItem, list: &[&PublicItem]| list.iter().any(|other| other.name == item.name);
        let mut new: Vec<&PublicItem> = is.iter().filter(|item| !kept_name(item, was)).copied().collect();
        for old in was.iter().filter(|item| !kept_name(item, is)) {
            let renamed = new.iter().position(|other| {
                old.position.is_some()
                    && other.position == old.position
                    && before.expand(&old.signature) == after.expand(&other.signature)
            });
            changes.push(match renamed {
                Some(index) => renamed_argument(old, new.remove(index)),
                None => removed(old),
            });
        }
        // An argument of a new method breaks no call.
        let (module, owner, name) = method;
        let is_known = before.items.contains_key(&(*module, *owner, &*format!("{name}()")));
        let source = if is_known { SourceImpact::Major } else { SourceImpact::Minor };
        changes.extend(new.into_iter().map(|item| added(item, source)));
    }
}

/// Reports a renamed argument. Only the documentation shows its name.
fn renamed_argument(was: &PublicItem, is: &PublicItem) -> SurfaceChange {
    let name = |item: &PublicItem| item.name.split(['(', ')']).nth(1).map(str::to_owned);
    let change = change(was, (name(was), name(is)), SourceImpact::Patch);
    SurfaceChange { base: Some(was.pointer.clone()), head: Some(is.pointer.clone()), ..change }
}

/// Reports arguments by position that change places.
fn rearranged(was: &[&PublicItem], is: &[&PublicItem]) -> Option<SurfaceChange> {
    let kept = |list: &[&PublicItem], other: &[&PublicItem]| -> Vec<String> {
        let kept = list.iter().filter(|item| other.iter().any(|known| known.name == item.name));
        kept.map(|item| item.name.split(['(', ')']).nth(1).unwrap_or_default().to_owned()).collect()
    };
    let (before, after) = (kept(was, is), kept(is, was));
    let (first, now) = (was.first()?, is.first()?);
    if before == after || first.position.is_none() || now.position.is_none() {
        return None;
    }
    let method = first.name.split('(').next().unwrap_or_default();
    let item = ItemChange {
        path: format!("{}::{method}()", first.owner),
        before: Some(before.join(", ")),
        after: Some(after.join(", ")),
        source: SourceImpact::Major,
    };
    // All of them come from the members of one type or operation.
    let around = |item: &PublicItem| Some(parent(parent(&item.pointer)).to_owned());
    Some(SurfaceChange { item, kind: ItemKind::Constructor, base: around(first), head: around(now) })
}

impl SurfaceChange {
    /// Whether a type only has another name.
    pub(super) fn is_renaming(&self) -> bool {
        self.kind == ItemKind::Type && self.item.before.as_ref() == Some(&self.item.path)
    }
}
