//! A value of a document with the place where it is written.

use crate::numbers::is_same_value;
use crate::pointer::join;
use crate::resolve::SchemaSite;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::rc::Rc;

/// A value and its JSON pointer.
#[derive(Clone, Debug)]
pub(super) struct LocatedValue<'a> {
    pub(super) at: Rc<str>,
    pub(super) raw: &'a Value,
}

impl<'a> LocatedValue<'a> {
    pub(super) fn new(at: &str, raw: &'a Value) -> Self {
        Self { at: at.into(), raw }
    }

    /// Returns the value of a key.
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        Some(Self { at: join(&self.at, key).into(), raw: self.raw.get(key)? })
    }

    pub(super) fn object(&self) -> Option<&'a Map<String, Value>> {
        self.raw.as_object()
    }

    /// Iterates over the keys and values of an object.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let at = Rc::clone(&self.at);
        let entries = self.raw.as_object().into_iter().flatten();
        entries.map(move |(key, raw)| (key.as_str(), Self { at: join(&at, key).into(), raw }))
    }

    /// Iterates over the elements of an array.
    pub(super) fn elements(&self) -> impl Iterator<Item = Self> + use<'a> {
        let at = Rc::clone(&self.at);
        let elements = self.raw.as_array().into_iter().flatten().enumerate();
        elements.map(move |(index, raw)| Self { at: join(&at, &index.to_string()).into(), raw })
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.raw.get(key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.raw.get(key).and_then(Value::as_bool).unwrap_or_default()
    }
}

impl<'a> From<&SchemaSite<'a>> for LocatedValue<'a> {
    fn from(part: &SchemaSite<'a>) -> Self {
        Self { at: Rc::clone(&part.pointer), raw: part.json() }
    }
}

/// Returns the values of an object by key, or nothing if there is no object.
pub(super) fn members<'a>(object: Option<&LocatedValue<'a>>) -> IndexMap<&'a str, LocatedValue<'a>> {
    object.into_iter().flat_map(LocatedValue::entries).collect()
}

/// The same part of the document on both sides.
#[derive(Clone, Debug)]
pub(super) struct ValuePair<'a> {
    pub(super) base: LocatedValue<'a>,
    pub(super) head: LocatedValue<'a>,
}

impl<'a> ValuePair<'a> {
    /// Returns the values of a key on both sides.
    pub(super) fn child(&self, key: &str) -> (Option<LocatedValue<'a>>, Option<LocatedValue<'a>>) {
        (self.base.child(key), self.head.child(key))
    }

    /// Whether a key has different values.
    pub(super) fn differs_in(&self, key: &str) -> bool {
        match (self.base.raw.get(key), self.head.raw.get(key)) {
            (Some(base), Some(head)) => !is_same_value(base, head),
            (base, head) => base.is_some() != head.is_some(),
        }
    }

    /// Iterates over the keys of both sides; common keys come twice.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let keys = |value: &LocatedValue<'a>| value.object().into_iter().flat_map(Map::keys);
        keys(&self.base).chain(keys(&self.head)).map(String::as_str)
    }
}
