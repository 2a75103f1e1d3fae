//! Unions on both sides: their variants in pairs, and their discriminators.

use super::super::located_value::LocatedValue;
use super::flat_pair::{FlatPair, check_values, compare_annotations};
use super::flat_schema::{FlatSchema, FlatUnion, target};
use super::search::{SchemaLists, Search};
use indexmap::IndexSet;
use std::rc::Rc;

/// Compares the unions of two schemas.
pub(super) fn compare<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>) {
    let [base, head] = [&pair.flat[0].unions, &pair.flat[1].unions];
    if base.is_empty() != head.is_empty() {
        return compare_with_plain_schema(search, pair);
    }
    for (was, is) in base.iter().zip(head) {
        compare_union(search, pair, [was, is]);
    }
    let common = base.len().min(head.len());
    for (side, unions) in [(0, &base[common..]), (1, &head[common..])] {
        for union in unions {
            check_one(search, pair, side, &union.list);
        }
    }
}

/// Compares a union with a schema that is none.
fn compare_with_plain_schema<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>) {
    let is_reported =
        (0..2).any(|side| pair.flat[side].sites.iter().any(|site| search.coverage.has_part_of(side, site)));
    // A union of listed values is the list of all of them.
    let means_the_same = pair.merged[0].values == pair.merged[1].values
        && pair.merged[0].open == pair.merged[1].open
        && (0..2).all(|side| {
            let variants = pair.flat[side].unions.iter().flat_map(|union| &union.variants);
            variants.into_iter().all(|variant| is_plain_list(search, side, variant))
        });
    if !is_reported && !means_the_same {
        let lists =
            [0, 1].map(|side| pair.flat[side].unions.iter().map(|union| union.list.clone()).collect::<Vec<_>>());
        pair.check(search, "oneOf", [&lists[0], &lists[1]]);
    }
}

/// Whether a variant only lists values, or accepts all values of its type.
fn is_plain_list<'a>(search: &Search<'_, 'a>, side: usize, variant: &LocatedValue<'a>) -> bool {
    FlatSchema::new(search.side(side), std::slice::from_ref(variant)).has_only(&["type", "enum"])
}

fn check_one<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, side: usize, value: &LocatedValue<'a>) {
    let mut values: [&[LocatedValue<'a>]; 2] = [&[], &[]];
    values[side] = std::slice::from_ref(value);
    pair.check(search, "oneOf", values);
}

fn compare_union<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, unions: [&FlatUnion<'a>; 2]) {
    if unions[0].is_exclusive != unions[1].is_exclusive {
        pair.check(search, "oneOf", unions.map(|union| std::slice::from_ref(&union.list)));
    }
    // A union of listed values is the list of all of them.
    let is_list = pair.merged.iter().all(|merged| merged.unions.is_empty());
    let plain = [0, 1].map(|side| {
        let variants = unions[side].variants.iter();
        variants.map(|variant| is_list && is_plain_list(search, side, variant)).collect::<Vec<_>>()
    });
    let lists = [0, 1].map(|side| {
        // If only one of two variants restricts its values otherwise, the two are compared.
        let is_plain =
            |index: usize| plain[side][index] && (plain[0].len() != plain[1].len() || plain[1 - side][index]);
        let (listed, others): (Vec<_>, Vec<_>) =
            unions[side].variants.iter().enumerate().partition(|(index, _)| is_plain(*index));
        [listed, others].map(|list| list.into_iter().map(|(_, variant)| variant).collect::<Vec<_>>())
    });
    let values = [0, 1].map(|side| listed_values(search, side, &lists[side][0]));
    // The crate does not list the values of a secret.
    if !pair.merged.iter().all(|merged| merged.secret) {
        check_values(search, pair, [&values[0], &values[1]]);
    }
    for (was, is) in lists[0][0].iter().zip(&lists[1][0]).filter(|_| lists[0][0].len() == lists[1][0].len()) {
        let schemas = [vec![(*was).clone()], vec![(*is).clone()]];
        let variants = FlatPair::new(search, SchemaLists { schemas, usage: pair.usage });
        compare_annotations(search, &variants);
    }
    let [[_, base], [_, mut head]] = lists;
    let mut rest = Vec::new();
    for variant in base {
        match head.iter().position(|other| is_pair(search, variant, other)) {
            Some(index) => {
                let other = head.remove(index).clone();
                search.add_schemas(&[vec![variant.clone()], vec![other]], pair.usage);
            }
            None => rest.push(variant),
        }
    }
    compare_by_position(search, pair, [rest, head]);
}

fn listed_values<'a>(search: &Search<'_, 'a>, side: usize, variants: &[&LocatedValue<'a>]) -> Vec<LocatedValue<'a>> {
    let flat = variants.iter().map(|variant| FlatSchema::new(search.side(side), std::slice::from_ref(*variant)));
    flat.flat_map(|flat| flat.places("enum").to_vec()).collect()
}

/// Whether the comparison has paired two variants, or they are equal.
fn is_pair<'a>(search: &Search<'_, 'a>, base: &LocatedValue<'a>, head: &LocatedValue<'a>) -> bool {
    let paired = |was: &str, is: &str| search.comparison.pairs.get(was).is_some_and(|known| **known == *is);
    let targets = (target(search.side(0), base), target(search.side(1), head));
    paired(&base.at, &head.at)
        || matches!(&targets, (Some(was), Some(is)) if paired(&was.at, &is.at))
        || (base.raw == head.raw && matches!(targets, (None, None)))
}

/// Compares the variants without a counterpart.
fn compare_by_position<'a>(
    search: &mut Search<'_, 'a>,
    pair: &FlatPair<'a>,
    [base, head]: [Vec<&LocatedValue<'a>>; 2],
) {
    let common = base.len().min(head.len());
    for (was, is) in base.iter().zip(&head) {
        search.add_schemas(&[vec![(*was).clone()], vec![(*is).clone()]], pair.usage);
    }
    for (side, list) in [(0, &base[common..]), (1, &head[common..])] {
        for variant in list {
            check_one(search, pair, side, variant);
        }
    }
}

/// Compares discriminators: the property, and the schema that each tag selects.
pub(super) fn compare_discriminators<'a>(
    search: &mut Search<'_, 'a>,
    pair: &FlatPair<'a>,
    values: [&[LocatedValue<'a>]; 2],
) {
    let ([was], [is]) = (values[0], values[1]) else {
        return pair.check(search, "discriminator", values);
    };
    if was.text("propertyName") != is.text("propertyName") {
        pair.check(search, "discriminator", [&property(was), &property(is)]);
    }
    let is_reported = search.coverage.has_part_of(0, &was.at) || search.coverage.has_part_of(1, &is.at);
    let tags = if is_reported { [Vec::new(), Vec::new()] } else { [selected(search, 0, was), selected(search, 1, is)] };
    let names: IndexSet<&str> = tags.iter().flatten().map(|(tag, ..)| *tag).collect();
    for name in names {
        let selected = tags.each_ref().map(|tags| tags.iter().find(|(tag, ..)| *tag == name));
        if selected[0].map(|(.., target)| target) != selected[1].map(|(.., target)| target) {
            let places = [0, 1].map(|side| {
                selected[side].map(|(_, entry, _)| tag_places(search, pair, side, entry)).unwrap_or_default()
            });
            pair.check(search, "mapping", [&places[0], &places[1]]);
        }
    }
    compare_other_keys(search, pair, [was, is]);
}

fn property<'a>(discriminator: &LocatedValue<'a>) -> Vec<LocatedValue<'a>> {
    vec![discriminator.child("propertyName").unwrap_or_else(|| discriminator.clone())]
}

/// Returns the tags with their places and the schemas that they select. Without a mapping, a key is a tag.
fn selected<'a>(
    search: &Search<'_, 'a>,
    side: usize,
    discriminator: &LocatedValue<'a>,
) -> Vec<(&'a str, LocatedValue<'a>, Option<Rc<str>>)> {
    let components = &search.side(side).schemas.components;
    let entries = discriminator.child("mapping").into_iter().flat_map(|mapping| mapping.entries().collect::<Vec<_>>());
    let tags = entries.map(|(tag, entry)| {
        let index = entry.raw.as_str().and_then(|name| components.mapping_target(name));
        let at = index.and_then(|index| components.site(index)).map(|site| Rc::clone(&site.pointer));
        let at = if side == 0 { at.map(|at| search.comparison.pairs.get(&at).cloned().unwrap_or(at)) } else { at };
        (tag, entry, at, index.and_then(|index| components.key(index)))
    });
    tags.filter(|(tag, _, _, key)| *key != Some(*tag)).map(|(tag, entry, at, _)| (tag, entry, at)).collect()
}

/// Returns the place of a tag, and those of its variant and of the schema that it selects, which account for it.
fn tag_places<'a>(
    search: &Search<'_, 'a>,
    pair: &FlatPair<'a>,
    side: usize,
    entry: &LocatedValue<'a>,
) -> Vec<LocatedValue<'a>> {
    let components = &search.side(side).schemas.components;
    let component = entry.raw.as_str().and_then(|name| components.mapping_target(name));
    let schema = component.and_then(|index| components.site(index)).map(LocatedValue::from);
    let is_own = |variant: &&LocatedValue<'a>| {
        let found = target(search.side(side), variant);
        found.zip(schema.as_ref()).is_some_and(|(found, schema)| found.at == schema.at)
    };
    let variants = pair.flat[side].unions.iter().flat_map(|union| &union.variants).filter(is_own);
    std::iter::once(entry).chain(variants).chain(&schema).cloned().collect()
}

fn compare_other_keys<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, [was, is]: [&LocatedValue<'a>; 2]) {
    let keys: IndexSet<&str> = was.entries().chain(is.entries()).map(|(key, _)| key).collect();
    for key in keys.into_iter().filter(|key| !["propertyName", "mapping"].contains(key)) {
        let (before, after) = (was.child(key), is.child(key));
        if before.as_ref().map(|value| value.raw) != after.as_ref().map(|value| value.raw) {
            pair.check(search, key, [before.as_slice(), after.as_slice()]);
        }
    }
}
