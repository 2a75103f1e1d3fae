//! `oneOf` and `anyOf`.

use super::Wire;
use super::engine::{Engine, Finding, Place, Side, anywhere, by_direction};
use super::rules::RuleId;
use super::schemas::{Read, Schemas};
use crate::lower::flat::{Flat, Kind, Part, UnionPart};
use serde_json::{Map, Value};
use std::rc::Rc;

/// A variant, and what tells which it is.
struct Variant<'a> {
    part: Part<'a>,
    component: Option<usize>,
    /// The values of the tag that select it.
    tags: Vec<String>,
    kind: Option<Kind>,
}

impl<'a> Engine<'a> {
    pub(super) fn unions(&mut self, both: &Schemas<'a>) {
        let (base, head) = (&both.base.flat.unions, &both.head.flat.unions);
        match (base.as_slice(), head.as_slice()) {
            ([], [union, ..]) => self.union_added(both, union),
            ([union, ..], []) => self.union_removed(both, union),
            _ => {
                for (was, is) in base.iter().zip(head) {
                    self.union(both, was, is);
                }
                let count = base.len().min(head.len());
                for union in &base[count..] {
                    let finding =
                        Finding::new(RuleId::UnionRemoved, both.usage(), super::engine::loosened(both.usage()));
                    self.report(finding.at(&union.pointer, &both.head.at()));
                }
                for union in &head[count..] {
                    let finding =
                        Finding::new(RuleId::UnionAdded, both.usage(), super::engine::tightened(both.usage()));
                    self.report(finding.at(&both.base.at(), &union.pointer));
                }
            }
        }
    }

    /// One schema becomes one of several.
    fn union_added(&mut self, both: &Schemas<'a>, union: &UnionPart<'a>) {
        let kept = union.variants.iter().any(|variant| {
            let node = [variant.clone()];
            self.judged(|engine| engine.uses(&both.base.node, &node, both.spot)) < Wire::Risky
        });
        // Who could say one thing can still say it; who read one thing may now read another.
        let request = if kept { Wire::Compatible } else { Wire::Breaking };
        let wire = by_direction(both.usage(), request, Wire::Breaking);
        let finding = Finding::new(RuleId::UnionAdded, both.usage(), wire).at(&both.base.at(), &union.pointer);
        self.report(finding.showing(shown(&both.base), Some(names(union))));
    }

    fn union_removed(&mut self, both: &Schemas<'a>, union: &UnionPart<'a>) {
        let kept = union.variants.iter().any(|variant| {
            let node = [variant.clone()];
            self.judged(|engine| engine.uses(&node, &both.head.node, both.spot)) < Wire::Risky
        });
        let response = if kept { Wire::Compatible } else { Wire::Breaking };
        let wire = by_direction(both.usage(), Wire::Breaking, response);
        let finding = Finding::new(RuleId::UnionRemoved, both.usage(), wire).at(&union.pointer, &both.head.at());
        self.report(finding.showing(Some(names(union)), shown(&both.head)));
    }

    fn union(&mut self, both: &Schemas<'a>, was: &UnionPart<'a>, is: &UnionPart<'a>) {
        let usage = both.usage();
        if was.exclusive != is.exclusive {
            let word = |union: &UnionPart<'_>| Some(if union.exclusive { "oneOf" } else { "anyOf" }.to_owned());
            let finding = Finding::new(RuleId::UnionExclusivenessChanged, usage, anywhere(usage, Wire::Risky));
            self.report(finding.at(&was.pointer, &is.pointer).showing(word(was), word(is)));
        }
        let tag = |union: &UnionPart<'a>| union.discriminator.and_then(|tag| tag.get("propertyName")?.as_str());
        if tag(was) != tag(is) {
            let wire = match (tag(was), tag(is)) {
                (Some(_), Some(_)) => Wire::Breaking,
                _ => Wire::Risky,
            };
            let finding = Finding::new(RuleId::DiscriminatorChanged, usage, anywhere(usage, wire));
            let finding = finding.at(&discriminator(was), &discriminator(is));
            self.report(finding.showing(tag(was).map(str::to_owned), tag(is).map(str::to_owned)));
        }
        let (before, after) = (variants(&mut self.base, was), variants(&mut self.head, is));
        let pairs = self.paired(&before, &after);
        for (index, variant) in before.iter().enumerate() {
            if !pairs.iter().any(|(old, _)| *old == index) {
                let wire = by_direction(usage, Wire::Breaking, Wire::Compatible);
                let place = Place::from(&variant.part);
                let finding = Finding::new(RuleId::UnionVariantRemoved, usage, wire).removed(&place);
                self.report(finding.about(&both.base.at(), &both.head.at()));
            }
        }
        for (index, variant) in after.iter().enumerate() {
            if !pairs.iter().any(|(_, new)| *new == index) {
                let place = Place::from(&variant.part);
                let finding = Finding::new(RuleId::UnionVariantAdded, usage, anywhere(usage, Wire::Compatible));
                self.report(finding.added(&place).about(&both.base.at(), &both.head.at()));
            }
        }
        let both_tagged = was.discriminator.is_some() && is.discriminator.is_some();
        for (old, new) in &pairs {
            let (Some(old), Some(new)) = (before.get(*old), after.get(*new)) else { continue };
            if both_tagged && old.tags != new.tags {
                self.retagged(both, (was, old), (is, new));
            }
            self.uses(std::slice::from_ref(&old.part), std::slice::from_ref(&new.part), both.spot);
        }
        if !pairs.iter().is_sorted_by_key(|(_, new)| new) {
            let finding = Finding::new(RuleId::UnionOrderChanged, usage, Wire::None).at(&was.pointer, &is.pointer);
            self.report(finding.showing(Some(names(was)), Some(names(is))));
        }
    }

    fn retagged(
        &mut self,
        both: &Schemas<'a>,
        (was, old): (&UnionPart<'a>, &Variant<'a>),
        (is, new): (&UnionPart<'a>, &Variant<'a>),
    ) {
        let lost = old.tags.iter().any(|tag| !new.tags.contains(tag));
        let wire = if lost { Wire::Breaking } else { Wire::Compatible };
        let place = |union: &UnionPart<'a>, variant: &Variant<'a>, other: &Variant<'a>| -> Rc<str> {
            let mapping = crate::pointer::join(&discriminator(union), "mapping");
            let written = union.discriminator.and_then(|tag| tag.get("mapping")?.as_object());
            let own = || variant.tags.iter().filter(|tag| written.is_some_and(|map| map.contains_key(*tag)));
            let own = own().find(|tag| !other.tags.contains(tag)).or_else(|| own().next());
            own.map_or_else(|| discriminator(union), |tag| crate::pointer::join(&mapping, tag).into())
        };
        let finding = Finding::new(RuleId::VariantTagsChanged, both.usage(), anywhere(both.usage(), wire));
        let finding =
            finding.at(&place(was, old, new), &place(is, new, old)).about(&old.part.pointer, &new.part.pointer);
        self.report(finding.showing(Some(old.tags.join(", ")), Some(new.tags.join(", "))));
    }

    /// Which variant goes on as which: by schema, by tag, by what it says, by its kind.
    fn paired(&mut self, before: &[Variant<'a>], after: &[Variant<'a>]) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for round in 0..6 {
            for (old, was) in before.iter().enumerate() {
                if pairs.iter().any(|(index, _)| *index == old) {
                    continue;
                }
                let free = |new: &usize, pairs: &[(usize, usize)]| !pairs.iter().any(|(_, index)| index == new);
                let found = after.iter().enumerate().find(|(new, is)| {
                    free(new, &pairs)
                        && match round {
                            0 => self.is_same_key(was, is),
                            1 => was.tags.iter().any(|tag| is.tags.contains(tag)) && self.may_continue(was, is),
                            2 => was.part.raw == is.part.raw,
                            3 => self.may_continue(was, is) && was.component.is_some() != is.component.is_some(),
                            4 => was.component.is_none() && is.component.is_none() && was.kind == is.kind,
                            // Without a tag, what stands in its place has taken its place.
                            _ => old == *new && was.tags.is_empty() && is.tags.is_empty(),
                        }
                });
                if let Some((new, _)) = found {
                    pairs.push((old, new));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    fn is_same_key(&self, was: &Variant<'a>, is: &Variant<'a>) -> bool {
        let key = |side: &Side<'a>, variant: &Variant<'a>| {
            variant.component.and_then(|index| side.reader.keys().get(index).copied())
        };
        key(&self.base, was).is_some_and(|old| key(&self.head, is) == Some(old))
    }

    /// Whether neither of two variants has a better claim: a component that is still there goes on as itself.
    fn may_continue(&self, was: &Variant<'a>, is: &Variant<'a>) -> bool {
        let still = was.component.and_then(|index| self.head.reader.index(self.base.reader.keys().get(index)?));
        let before = is.component.and_then(|index| self.base.reader.index(self.head.reader.keys().get(index)?));
        match (was.component, is.component) {
            (Some(_), Some(_)) => still.is_none() && before.is_none(),
            _ => was.kind == is.kind,
        }
    }
}

fn discriminator(union: &UnionPart<'_>) -> Rc<str> {
    if union.discriminator.is_some() {
        crate::pointer::join(&union.owner, "discriminator").into()
    } else {
        Rc::clone(&union.pointer)
    }
}

fn variants<'a>(side: &mut Side<'a>, union: &UnionPart<'a>) -> Vec<Variant<'a>> {
    let property = union.discriminator.and_then(|tag| tag.get("propertyName")?.as_str());
    let mapping = union.discriminator.and_then(|tag| tag.get("mapping")?.as_object());
    let mut found = Vec::new();
    for part in &union.variants {
        let component = side.reader.sole(std::slice::from_ref(part)).map(|sole| sole.component);
        let flat = side.reader.flat(std::slice::from_ref(part));
        let tags = tags(side, component, property, mapping);
        let tags = if tags.is_empty() { constants(side, &flat, property) } else { tags };
        found.push(Variant { part: part.clone(), component, tags, kind: flat.kind });
    }
    found
}

/// The tag values that a discriminator has for a component.
fn tags(
    side: &Side<'_>,
    component: Option<usize>,
    property: Option<&str>,
    mapping: Option<&Map<String, Value>>,
) -> Vec<String> {
    let (Some(component), Some(_)) = (component, property) else { return Vec::new() };
    let key = side.reader.keys().get(component).copied().unwrap_or_default();
    let leads =
        |value: &Value| value.as_str().is_some_and(|text| text == key || side.reader.target(text) == Some(component));
    let mapped = mapping.into_iter().flatten().filter(|(_, value)| leads(value)).map(|(tag, _)| tag.clone());
    let mut tags: Vec<String> = mapped.collect();
    tags.sort_unstable();
    if tags.is_empty() {
        tags.push(key.to_owned());
    }
    tags
}

/// The only value of a variant's tag; without a discriminator, that of the first property that has just one.
fn constants<'a>(side: &mut Side<'a>, flat: &Flat<'a>, property: Option<&str>) -> Vec<String> {
    for (name, node) in &flat.properties {
        if property.is_none_or(|property| property == *name) && flat.required.contains_key(name) {
            let flat = side.reader.flat(node);
            if let Some([value]) = flat.values.as_deref() {
                return value.as_str().map(str::to_owned).into_iter().collect();
            }
        }
    }
    Vec::new()
}

fn shown(read: &Read<'_>) -> Option<String> {
    read.node.first().map(|part| super::excerpt::value(part.raw))
}

fn names(union: &UnionPart<'_>) -> String {
    let names: Vec<String> = union.variants.iter().map(|variant| super::excerpt::value(variant.raw)).collect();
    super::excerpt::cut(&format!("one of {}", names.join(", ")))
}
