//! Discriminators without a union: a schema that others inherit stands for each of them.

use super::Wire;
use super::engine::{Engine, Finding, Place, Side, anywhere, by_direction};
use super::rules::RuleId;
use super::schemas::{Schemas, Spot};
use crate::ir::Usage;
use crate::lower::flat::Part;
use crate::lower::reader::Reader;
use crate::pointer::join;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What tells apart the schemas that inherit one.
struct Family<'a> {
    discriminator: Place<'a>,
    /// The component that each tag selects.
    tags: IndexMap<String, usize>,
}

impl<'a> Family<'a> {
    fn of(side: &Side<'a>, node: &[Part<'a>]) -> Option<Self> {
        let (part, discriminator) = node.iter().find_map(|part| {
            let place = Place::from(part);
            Some((part, discriminator(&place)?))
        })?;
        let reader = &side.reader;
        let mut tags: IndexMap<String, usize> = IndexMap::new();
        for (tag, place) in discriminator.child("mapping").iter().flat_map(Place::entries) {
            if let Some(index) = place.raw.as_str().and_then(|name| named(reader, name)) {
                tags.insert(tag.to_owned(), index);
            }
        }
        let own = reader.target(&format!("#{}", part.pointer));
        for heir in own.map(|own| heirs(&parents(reader), own)).unwrap_or_default() {
            if !tags.values().any(|known| *known == heir) {
                tags.insert(reader.keys().get(heir).copied().unwrap_or_default().to_owned(), heir);
            }
        }
        Some(Self { discriminator, tags })
    }

    /// Where it says what a tag selects.
    fn place(&self, side: &Side<'a>, tag: &str) -> Option<Place<'a>> {
        let mapped = self.discriminator.child("mapping").and_then(|mapping| mapping.child(tag));
        mapped.or_else(|| {
            let part = side.reader.component(*self.tags.get(tag)?)?;
            Some(Place::from(&part))
        })
    }

    /// The tags of a component, by its key.
    fn tags_of(&self, side: &Side<'a>, key: &str) -> Vec<&str> {
        let index = side.reader.index(key);
        self.tags.iter().filter(|(_, known)| Some(**known) == index).map(|(tag, _)| tag.as_str()).collect()
    }
}

impl<'a> Engine<'a> {
    /// Compares what tells apart the schemas that inherit one.
    pub(super) fn family(&mut self, both: &Schemas<'a>) {
        let was = Family::of(&self.base, &both.base.node);
        let is = Family::of(&self.head, &both.head.node);
        let usage = both.usage();
        let (was, is) = match (was, is) {
            (Some(was), Some(is)) => (was, is),
            (None, None) => return,
            (was, is) => {
                let finding = Finding::new(RuleId::DiscriminatorChanged, usage, anywhere(usage, Wire::Risky));
                let at = |family: &Option<Family<'a>>, own: Rc<str>| {
                    family.as_ref().map_or(own, |family| Rc::clone(&family.discriminator.at))
                };
                return self.report(finding.at(&at(&was, both.base.at()), &at(&is, both.head.at())));
            }
        };
        let property = |family: &Family<'a>| family.discriminator.text("propertyName").map(str::to_owned);
        if property(&was) != property(&is) {
            let finding = Finding::new(RuleId::DiscriminatorChanged, usage, anywhere(usage, Wire::Breaking));
            let finding = finding.at(&was.discriminator.at, &is.discriminator.at);
            self.report(finding.showing(property(&was), property(&is)));
        }
        self.members(both, &was, &is);
    }

    fn members(&mut self, both: &Schemas<'a>, was: &Family<'a>, is: &Family<'a>) {
        let usage = both.usage();
        let mut retagged: HashSet<&str> = HashSet::new();
        for (tag, old) in &was.tags {
            if let Some(new) = is.tags.get(tag) {
                let pair = self.base.reader.component(*old).zip(self.head.reader.component(*new));
                if let Some((old, new)) = pair {
                    self.uses(&[old], &[new], Spot { required: false, ..both.spot });
                }
                continue;
            }
            let key = self.base.reader.keys().get(*old).copied().unwrap_or_default();
            if is.tags_of(&self.head, key).is_empty() {
                let Some(place) = was.place(&self.base, tag) else { continue };
                let wire = by_direction(usage, Wire::Breaking, Wire::Compatible);
                let finding = Finding::new(RuleId::UnionVariantRemoved, usage, wire).removed(&place);
                self.report(finding.about(&both.base.at(), &both.head.at()));
            } else {
                retagged.insert(key);
            }
        }
        for (tag, new) in is.tags.iter().filter(|(tag, _)| !was.tags.contains_key(*tag)) {
            let key = self.head.reader.keys().get(*new).copied().unwrap_or_default();
            if !was.tags_of(&self.base, key).is_empty() {
                retagged.insert(key);
            } else if let Some(place) = is.place(&self.head, tag) {
                let finding = Finding::new(RuleId::UnionVariantAdded, usage, anywhere(usage, Wire::Compatible));
                self.report(finding.added(&place).about(&both.base.at(), &both.head.at()));
            }
        }
        let mut retagged: Vec<&str> = retagged.into_iter().collect();
        retagged.sort_unstable();
        for key in retagged {
            self.renamed_member(both, was, is, key);
        }
    }

    /// A component that other tags select.
    fn renamed_member(&mut self, both: &Schemas<'a>, was: &Family<'a>, is: &Family<'a>, key: &str) {
        let (before, after) = (was.tags_of(&self.base, key), is.tags_of(&self.head, key));
        let lost = before.iter().any(|tag| !after.contains(tag));
        let wire = anywhere(both.usage(), if lost { Wire::Breaking } else { Wire::Compatible });
        let at = |family: &Family<'a>, own: &[&str], other: &[&str]| -> Rc<str> {
            let mapping = family.discriminator.child("mapping");
            let written = |tag: &&&str| mapping.as_ref().is_some_and(|mapping| mapping.raw.get(**tag).is_some());
            let tag = own.iter().filter(written).find(|tag| !other.contains(tag));
            let own = || Rc::clone(&family.discriminator.at);
            tag.map_or_else(own, |tag| join(&join(&family.discriminator.at, "mapping"), tag).into())
        };
        let finding = Finding::new(RuleId::VariantTagsChanged, both.usage(), wire);
        let finding = finding.at(&at(was, &before, &after), &at(is, &after, &before));
        self.report(finding.showing(Some(before.join(", ")), Some(after.join(", "))));
    }
}

/// Adds the directions in which schemas cross the wire in the place of one that they inherit.
pub(super) fn spread(reader: &Reader<'_>, usages: &mut HashMap<String, Usage>) {
    let components: Vec<Part<'_>> = (0..reader.keys().len()).filter_map(|index| reader.component(index)).collect();
    let is_parent: Vec<bool> =
        components.iter().map(|part| discriminator(&Place::new(&part.pointer, part.raw)).is_some()).collect();
    if !is_parent.contains(&true) {
        return;
    }
    let parents = parents(reader);
    let directions: [fn(&mut Usage) -> &mut bool; 2] = [|usage| &mut usage.request, |usage| &mut usage.response];
    for direction in directions {
        let is_used = |part: &Part<'_>| usages.get(&*part.pointer).is_some_and(|usage| *direction(&mut usage.clone()));
        let used = components.iter().enumerate().filter(|(_, part)| is_used(part));
        let mut work: Vec<usize> = used.map(|(index, _)| index).collect();
        let mut seen: HashSet<usize> = work.iter().copied().collect();
        while let Some(index) = work.pop() {
            *direction(usages.entry(components[index].pointer.to_string()).or_default()) = true;
            let mut next = HashSet::new();
            references(reader, components[index].raw, &mut next);
            if is_parent[index] {
                next.extend(heirs(&parents, index));
                let place = Place::new("", components[index].raw);
                let mapping = discriminator(&place).and_then(|place| place.child("mapping"));
                let names = mapping.iter().flat_map(Place::entries).filter_map(|(_, place)| place.raw.as_str());
                next.extend(names.filter_map(|name| named(reader, name)));
            }
            work.extend(next.into_iter().filter(|index| seen.insert(*index)));
        }
    }
}

/// The discriminator of a schema that has no union of its own.
fn discriminator<'a>(place: &Place<'a>) -> Option<Place<'a>> {
    let is_union = ["oneOf", "anyOf"].iter().any(|key| place.raw.get(key).is_some());
    let own = place.child("discriminator").filter(|own| !is_union && own.text("propertyName").is_some());
    own.or_else(|| place.child("allOf")?.elements().find_map(|part| discriminator(&part)))
}

/// The component that a mapping names, by its key or by a reference.
fn named(reader: &Reader<'_>, name: &str) -> Option<usize> {
    reader.index(name).or_else(|| reader.target(name))
}

/// Which components each component inherits.
fn parents(reader: &Reader<'_>) -> Vec<HashSet<usize>> {
    fn add(reader: &Reader<'_>, raw: &Value, found: &mut HashSet<usize>) {
        for part in raw.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            found.extend(part.get("$ref").and_then(Value::as_str).and_then(|reference| reader.target(reference)));
            add(reader, part, found);
        }
    }
    let components = (0..reader.keys().len()).map(|index| {
        let mut found = HashSet::new();
        if let Some(part) = reader.component(index) {
            add(reader, part.raw, &mut found);
        }
        found
    });
    components.collect()
}

/// All that inherit a component, in the order of the document.
fn heirs(parents: &[HashSet<usize>], of: usize) -> Vec<usize> {
    let mut found = vec![of];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        next += 1;
        for (index, inherited) in parents.iter().enumerate() {
            if inherited.contains(&parent) && !found.contains(&index) {
                found.push(index);
            }
        }
    }
    found.remove(0);
    found.sort_unstable();
    found
}

/// The components that a schema refers to.
fn references(reader: &Reader<'_>, raw: &Value, found: &mut HashSet<usize>) {
    match raw {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).and_then(|reference| reader.target(reference)));
            object.values().for_each(|value| references(reader, value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(reader, value, found)),
        _ => {}
    }
}
