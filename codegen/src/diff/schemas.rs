//! Schemas: which stands for which, and what stands in them about their use.

use super::annotations::all_notes;
use super::engine::{Engine, Finding, NOWHERE, Place, Side, anywhere, loosened, tightened};
use super::rules::RuleId;
use super::{Wire, excerpt};
use crate::ir::Usage;
use crate::lower::flat::{Flat, Part};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::rc::Rc;

/// How the value of a schema crosses the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) usage: Usage,
    /// As text, where an integer and its digits in a string are the same.
    pub(super) text: bool,
    /// Whether it is a property that must be there now.
    pub(super) required: bool,
}

impl Spot {
    /// That of what is within the value.
    pub(super) fn inner(self) -> Self {
        Self { required: false, ..self }
    }
}

/// A schema on one side: its parts, and what they come to.
pub(super) struct Read<'a> {
    pub(super) node: Vec<Part<'a>>,
    pub(super) flat: Rc<Flat<'a>>,
}

impl<'a> Read<'a> {
    fn new(side: &mut Side<'a>, node: &[Part<'a>]) -> Self {
        Self { flat: side.reader.flat(node), node: node.to_vec() }
    }

    /// Where it is written.
    pub(super) fn at(&self) -> Rc<str> {
        self.node.first().map_or_else(|| "".into(), |part| Rc::clone(&part.pointer))
    }
}

/// A schema on both sides.
pub(super) struct Schemas<'a> {
    pub(super) base: Read<'a>,
    pub(super) head: Read<'a>,
    pub(super) spot: Spot,
}

impl Schemas<'_> {
    pub(super) fn usage(&self) -> Usage {
        self.spot.usage
    }
}

impl<'a> Engine<'a> {
    /// Compares two schemas.
    pub(super) fn schema(&mut self, base: &Place<'a>, head: &Place<'a>, spot: Spot) {
        let (base, head) = (vec![self.base.part(base)], vec![self.head.part(head)]);
        self.uses(&base, &head, spot);
    }

    /// Compares the component schemas.
    pub(super) fn schemas(&mut self) {
        self.rename_equal_schemas();
        let mut done = HashSet::new();
        let mut work: Vec<(usize, usize)> = self
            .base
            .reader
            .keys()
            .iter()
            .enumerate()
            .filter_map(|(index, key)| Some((index, self.head.reader.index(key)?)))
            .collect();
        work.reverse();
        // A renamed one is found where it is used, so that more may turn up on the way.
        while let Some((base, head)) = work.pop().or_else(|| self.next_renamed(&done)) {
            if done.insert((base, head)) {
                self.component(base, head);
            }
        }
        let mut gone = self.only_in_base();
        gone.retain(|index| !self.renamed.contains_key(index));
        let mut new = self.only_in_head();
        new.retain(|index| !self.is_taken(*index));
        for part in gone.into_iter().filter_map(|index| self.base.reader.component(index)).collect::<Vec<_>>() {
            let place = Place::from(&part);
            self.report(Finding::new(RuleId::SchemaRemoved, NOWHERE, Wire::None).removed(&place));
        }
        for part in new.into_iter().filter_map(|index| self.head.reader.component(index)).collect::<Vec<_>>() {
            let place = Place::from(&part);
            self.report(Finding::new(RuleId::SchemaAdded, NOWHERE, Wire::None).added(&place));
        }
    }

    fn next_renamed(&self, done: &HashSet<(usize, usize)>) -> Option<(usize, usize)> {
        self.renamed.iter().map(|(base, head)| (*base, *head)).filter(|pair| !done.contains(pair)).min()
    }

    fn only_in_base(&self) -> Vec<usize> {
        let keys = self.base.reader.keys().iter().enumerate();
        keys.filter(|(_, key)| self.head.reader.index(key).is_none()).map(|(index, _)| index).collect()
    }

    fn only_in_head(&self) -> Vec<usize> {
        let keys = self.head.reader.keys().iter().enumerate();
        keys.filter(|(_, key)| self.base.reader.index(key).is_none()).map(|(index, _)| index).collect()
    }

    /// Schemas that are the same under another key.
    fn rename_equal_schemas(&mut self) {
        let (gone, new) = (self.only_in_base(), self.only_in_head());
        for base in gone {
            let Some(was) = self.base.reader.component(base).filter(|_| !self.renamed.contains_key(&base)) else {
                continue;
            };
            let same = |head: &&usize| {
                self.head.reader.component(**head).is_some_and(|is| is.raw == was.raw) && !self.is_taken(**head)
            };
            if let Some(head) = new.iter().find(same).copied() {
                self.rename(base, head);
            }
        }
    }

    /// Whether a schema of the new document is one of the old under another key.
    fn is_taken(&self, head: usize) -> bool {
        self.renamed.values().any(|known| *known == head)
    }

    fn rename(&mut self, base: usize, head: usize) {
        self.renamed.insert(base, head);
        let (Some(was), Some(is)) = (self.base.reader.component(base), self.head.reader.component(head)) else {
            return;
        };
        let name = |pointer: &str| Some(crate::pointer::last(pointer).into_owned());
        let finding = Finding::new(RuleId::SchemaRenamed, NOWHERE, Wire::None).at(&was.pointer, &is.pointer);
        self.report(finding.showing(name(&was.pointer), name(&is.pointer)));
    }

    /// Whether a component of the old document goes on as one of the new.
    fn continues(&mut self, base: usize, head: usize) -> bool {
        let was = self.base.reader.keys().get(base).copied().unwrap_or_default();
        if let Some(same) = self.head.reader.index(was) {
            return same == head;
        }
        if let Some(known) = self.renamed.get(&base) {
            return *known == head;
        }
        let is = self.head.reader.keys().get(head).copied().unwrap_or_default();
        let taken = self.base.reader.index(is).is_some() || self.is_taken(head);
        if taken || !self.is_alike(base, head) {
            return false;
        }
        self.rename(base, head);
        true
    }

    /// Whether two schemas have anything in common beyond being schemas.
    fn is_alike(&mut self, base: usize, head: usize) -> bool {
        let (Some(was), Some(is)) = (self.base.reader.component(base), self.head.reader.component(head)) else {
            return false;
        };
        let (was, is) = (self.base.reader.flat(&[was]), self.head.reader.flat(&[is]));
        let shares = was.properties.is_empty() || was.properties.keys().any(|name| is.properties.contains_key(name));
        was.kind == is.kind && was.unions.is_empty() == is.unions.is_empty() && shares
    }

    fn component(&mut self, base: usize, head: usize) {
        let (Some(was), Some(is)) = (self.base.reader.component(base), self.head.reader.component(head)) else {
            return;
        };
        let (before, after) = (self.base.usage(&was.pointer), self.head.usage(&is.pointer));
        let usage = Usage { request: before.request || after.request, response: before.response || after.response };
        self.uses(&[was], &[is], Spot { usage, text: false, required: false });
    }

    /// Compares two schemas where they are used.
    pub(super) fn uses(&mut self, base: &[Part<'a>], head: &[Part<'a>], spot: Spot) {
        for (was, is) in base.iter().zip(head) {
            self.pairs.entry(Rc::clone(&was.pointer)).or_insert_with(|| Rc::clone(&is.pointer));
        }
        let Some((was, is)) = base.first().zip(head.first()) else { return };
        if !self.is_new(&was.pointer, &is.pointer, spot.usage) {
            return;
        }
        if let ([was], [is]) = (base, head)
            && is_written_alike(was.raw, is.raw)
            && is_self_contained(was.raw)
        {
            return;
        }
        if leads_nowhere(&self.base, was) || leads_nowhere(&self.head, is) {
            if was.raw != is.raw {
                let finding = Finding::new(RuleId::ReferenceChanged, spot.usage, anywhere(spot.usage, Wire::Breaking));
                let finding = finding.at(&was.pointer, &is.pointer);
                self.report(finding.showing(Some(excerpt::value(was.raw)), Some(excerpt::value(is.raw))));
            }
            return;
        }
        let (one, other) = (self.base.reader.sole(base), self.head.reader.sole(head));
        let (one, other) = match (one, other) {
            (Some(one), Some(other)) => (one, other),
            (None, None) => return self.written(base, head, spot),
            (one, other) => {
                let components = (one.map(|sole| sole.component), other.map(|sole| sole.component));
                return self.moved_schema((base, was), (head, is), components, spot);
            }
        };
        if !self.continues(one.component, other.component) {
            return self.replaced(base, head, spot);
        }
        let at = [Rc::clone(&was.pointer), Rc::clone(&is.pointer)];
        self.notes(&at, base, head, (one.notes, other.notes), spot);
        self.annotations(base, head, false, spot);
        if one.nullable != other.nullable {
            let own = |side: &mut Side<'a>, component: usize| {
                let part = side.reader.component(component);
                part.is_some_and(|part| side.reader.flat(&[part]).is_nullable())
            };
            let before = one.nullable.unwrap_or_else(|| own(&mut self.base, one.component));
            let after = other.nullable.unwrap_or_else(|| own(&mut self.head, other.component));
            self.nullability(base, head, (before, after), spot.usage);
        }
    }

    /// Compares a component with what is written out in its place. The one goes on as the other where no component
    /// does; else it is only told where nothing else tells why the type is another one.
    fn moved_schema(
        &mut self,
        (base, was): (&[Part<'a>], &Part<'a>),
        (head, is): (&[Part<'a>], &Part<'a>),
        (one, other): (Option<usize>, Option<usize>),
        spot: Spot,
    ) {
        let alone = |own: &Side<'a>, theirs: &Side<'a>, index: usize| {
            let key = own.reader.keys().get(index)?;
            own.reader.component(index).filter(|_| theirs.reader.index(key).is_none())
        };
        let old = one.and_then(|index| alone(&self.base, &self.head, index));
        let new = other.and_then(|index| alone(&self.head, &self.base, index));
        if let Some(old) = &old {
            self.pairs.entry(Rc::clone(&old.pointer)).or_insert_with(|| Rc::clone(&is.pointer));
        }
        if let Some(new) = &new {
            self.pairs.insert(Rc::clone(&was.pointer), Rc::clone(&new.pointer));
        }
        let known = self.found.len();
        self.written(base, head, spot);
        // Prose explains no other type.
        let is_prose = |finding: &Finding| finding.rule == RuleId::DocumentationChanged;
        if old.is_some() || new.is_some() || self.found.iter().skip(known).all(is_prose) {
            let finding = Finding::new(RuleId::SchemaMoved, spot.usage, Wire::None).at(&was.pointer, &is.pointer);
            self.report(finding.showing(Some(excerpt::value(was.raw)), Some(excerpt::value(is.raw))));
        }
    }

    /// A reference leads to another schema, while the first is still there: that is the change, and how the two differ
    /// only says what it means.
    fn replaced(&mut self, base: &[Part<'a>], head: &[Part<'a>], spot: Spot) {
        let (was, is) = (Read::new(&mut self.base, base), Read::new(&mut self.head, head));
        let shown = |read: &Read<'a>| read.node.first().map(|part| excerpt::value(part.raw));
        let (before, after) = (shown(&was), shown(&is));
        let at = (was.at(), is.at());
        let wire = self.judged(|engine| engine.written(base, head, spot));
        let finding = Finding::new(RuleId::ReferenceChanged, spot.usage, wire).at(&at.0, &at.1);
        self.report(finding.showing(before, after));
    }

    /// Compares what two schemas say.
    fn written(&mut self, base: &[Part<'a>], head: &[Part<'a>], spot: Spot) {
        let (base, head) = (Read::new(&mut self.base, base), Read::new(&mut self.head, head));
        let at = [base.at(), head.at()];
        let notes = (all_notes(&mut self.base, &base), all_notes(&mut self.head, &head));
        self.notes(&at, &base.node, &head.node, notes, spot);
        self.annotations(&base.node, &head.node, true, spot);
        self.choices(&base.node, &head.node, spot.usage);
        let nullable = (base.flat.is_nullable(), head.flat.is_nullable());
        // What says nothing of types takes null as well.
        let is_open = |flat: &Flat<'a>| flat.nullable.is_none() && flat.kind.is_none() && flat.unions.is_empty();
        if nullable.0 != nullable.1 && !is_open(&base.flat) && !is_open(&head.flat) {
            self.nullability(&base.node, &head.node, nullable, spot.usage);
        }
        let both = Schemas { base, head, spot };
        if both.base.flat.unions.is_empty() && both.head.flat.unions.is_empty() {
            self.family(&both);
        }
        self.shapes(&both);
    }

    fn nullability(&mut self, base: &[Part<'a>], head: &[Part<'a>], (before, after): (bool, bool), usage: Usage) {
        if before == after {
            return;
        }
        let (rule, wire) =
            if after { (RuleId::NullAllowed, loosened(usage)) } else { (RuleId::NullForbidden, tightened(usage)) };
        let shown = |nullable: bool| Some(if nullable { "nullable" } else { "not nullable" }.to_owned());
        // What every use says for itself, a component says for none.
        let wire = if self.null_is_for_uses(base, head) { Wire::None } else { wire };
        let finding = self.stated(base, head, "nullable", Finding::new(rule, usage, wire));
        self.report(finding.showing(shown(before), shown(after)));
    }

    /// Whether this is a component, and all that refer to it say themselves whether null is a value.
    fn null_is_for_uses(&self, base: &[Part<'a>], head: &[Part<'a>]) -> bool {
        let [Some(base), Some(head)] = [base.first(), head.first()] else { return false };
        let is_component = |part: &Part<'_>| {
            part.pointer.starts_with("/components/schemas/") && part.pointer.matches('/').count() == 3
        };
        let alone = |root: &Value, part: &Part<'_>| is_referred_to(root, &format!("#{}", part.pointer), false);
        is_component(base)
            && is_component(head)
            && !alone(self.base.root().raw, base)
            && !alone(self.head.root().raw, head)
    }

    /// Places a finding at a keyword, on each side that has it.
    pub(super) fn stated(&self, base: &[Part<'a>], head: &[Part<'a>], keyword: &str, finding: Finding) -> Finding {
        let at = |side: &Side<'a>, node: &[Part<'a>]| {
            let own = node.first().map_or_else(|| "".into(), |part| Rc::clone(&part.pointer));
            side.reader.stated(node, keyword).map_or(own, |(at, _)| at)
        };
        finding.at(&at(&self.base, base), &at(&self.head, head))
    }

    /// As [`Self::access`], for a property that is gone.
    pub(super) fn base_access(&mut self, node: &[Part<'a>], usage: Usage) -> Usage {
        restricted(usage, access(&mut self.base, node))
    }

    /// As [`Self::access`], for a property that is new.
    pub(super) fn head_access(&mut self, node: &[Part<'a>], usage: Usage) -> Usage {
        restricted(usage, access(&mut self.head, node))
    }

    /// In which direction a property crosses the wire, by what its schema says.
    pub(super) fn access(&mut self, base: &[Part<'a>], head: &[Part<'a>], usage: Usage) -> Usage {
        let (was, is) = (access(&mut self.base, base), access(&mut self.head, head));
        restricted(usage, (was.0 && is.0, was.1 && is.1))
    }
}

/// Whether something refers to a schema and leaves to it whether null is a value.
fn is_referred_to(value: &Value, reference: &str, covered: bool) -> bool {
    match value {
        Value::Object(object) => {
            let own = !covered && object.get("$ref").and_then(Value::as_str) == Some(reference);
            let says_null = object.contains_key("nullable");
            own || object.iter().any(|(key, value)| {
                let within = says_null && matches!(key.as_str(), "allOf" | "oneOf" | "anyOf");
                is_referred_to(value, reference, within)
            })
        }
        Value::Array(list) => list.iter().any(|value| is_referred_to(value, reference, covered)),
        _ => false,
    }
}

/// Whether a schema is a reference to what cannot be seen: to another document, or to nothing.
fn leads_nowhere(side: &Side<'_>, part: &Part<'_>) -> bool {
    let reference = part.raw.get("$ref").and_then(Value::as_str);
    reference.is_some_and(|reference| crate::pointer::follow(&side.revision.raw, reference).is_none())
}

/// Whether two schemas are equal, and list their properties in the same order.
fn is_written_alike<'v>(was: &'v Value, is: &'v Value) -> bool {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let names = |object: &'v Map<String, Value>| object.get("properties").and_then(Value::as_object);
            let ordered = names(was).zip(names(is)).is_none_or(|(was, is)| was.keys().eq(is.keys()));
            was.len() == is.len()
                && ordered
                && was.iter().all(|(key, value)| is.get(key).is_some_and(|other| is_written_alike(value, other)))
        }
        (Value::Array(was), Value::Array(is)) => {
            was.len() == is.len() && was.iter().zip(is).all(|(was, is)| is_written_alike(was, is))
        }
        _ => was == is,
    }
}

/// Whether all that a schema says stands in it: what it refers to are schemas of their own, and not parts of it.
fn is_self_contained(raw: &Value) -> bool {
    match raw {
        Value::Object(object) => {
            let merges = object.contains_key("allOf")
                || (object.contains_key("properties")
                    && ["oneOf", "anyOf"].iter().any(|key| object.contains_key(*key)));
            !merges && object.values().all(is_self_contained)
        }
        Value::Array(list) => list.iter().all(is_self_contained),
        _ => true,
    }
}

/// `readOnly` and `writeOnly` of a property.
fn access<'a>(side: &mut Side<'a>, node: &[Part<'a>]) -> (bool, bool) {
    let notes = side.reader.sole(node).map(|sole| sole.notes);
    let notes = notes.unwrap_or_else(|| side.reader.flat(node).notes);
    (notes.read_only.unwrap_or_default(), notes.write_only.unwrap_or_default())
}

fn restricted(usage: Usage, (read_only, write_only): (bool, bool)) -> Usage {
    match (read_only, write_only) {
        (true, false) => Usage { request: false, ..usage },
        (false, true) => Usage { response: false, ..usage },
        _ => usage,
    }
}
