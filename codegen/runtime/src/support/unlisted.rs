//! What a payload carried beyond its schema.

use std::fmt;

use serde_core::ser::SerializeMap;
use serde_json::{Map, Value};

/// Properties that the schema does not list.
///
/// They are kept when a payload is decoded and written again when it is encoded, so that a newer server loses nothing
/// on its way through. Eight bytes when there are none.
///
/// A listed property can be in here too, where its field cannot hold what was sent: a constant with another value, or
/// the null of an optional property that has none. A field that is set wins over it.
#[derive(Clone, Default)]
pub struct Unlisted(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    properties: Map<String, Value>,
    /// Optional properties with a default that were not sent, which an encoder leaves out again.
    absent: Vec<&'static str>,
}

impl Unlisted {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of a property.
    // Asked for each constant that is encoded, and nearly always of nothing.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Whether there is a property of this name.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets a property, and gives back the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.set(name.into(), value.into())
    }

    // Not generic, so that it is compiled once.
    fn set(&mut self, name: String, value: Value) -> Option<Value> {
        self.0.get_or_insert_default().properties.insert(name, value)
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.properties.remove(name)
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| &inner.properties).map(|(name, value)| (name.as_str(), value))
    }

    /// The number of properties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.properties.len())
    }

    /// Whether there are no properties.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes that an optional property with a default was not sent.
    pub(crate) fn note_absent(&mut self, name: &'static str) {
        self.0.get_or_insert_default().absent.push(name);
    }

    /// Whether an optional property with a default was not sent.
    pub(crate) fn was_absent(&self, name: &str) -> bool {
        self.0.as_ref().is_some_and(|inner| inner.absent.contains(&name))
    }

    /// How many there are beside the listed ones.
    pub(crate) fn count_all_but(&self, listed: &[&str]) -> usize {
        self.iter().filter(|(name, _)| !listed.contains(name)).count()
    }

    /// Takes all but the listed ones out.
    pub(crate) fn take_all_but(&mut self, listed: &[&str]) -> Map<String, Value> {
        let Some(inner) = &mut self.0 else { return Map::new() };
        let all = std::mem::take(&mut inner.properties);
        let mut taken = Map::new();
        for (name, value) in all {
            // One by one: making a map of an iterator has a sort compiled.
            let into = if listed.contains(&name.as_str()) { &mut inner.properties } else { &mut taken };
            into.insert(name, value);
        }
        taken
    }

    /// Writes all but the listed ones, which their own code writes.
    #[inline]
    pub(crate) fn encode<M: SerializeMap>(&self, map: &mut M, listed: &[&str]) -> Result<(), M::Error> {
        self.0.as_ref().map_or(Ok(()), |inner| inner.encode(map, listed))
    }
}

impl Inner {
    #[cold]
    fn get(&self, name: &str) -> Option<&Value> {
        self.properties.get(name)
    }

    #[cold]
    fn encode<M: SerializeMap>(&self, map: &mut M, listed: &[&str]) -> Result<(), M::Error> {
        for (name, value) in &self.properties {
            if !listed.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }
}

impl<'a> IntoIterator for &'a Unlisted {
    type Item = (&'a String, &'a Value);
    type IntoIter = std::iter::Flatten<std::option::IntoIter<&'a Map<String, Value>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.as_ref().map(|inner| &inner.properties).into_iter().flatten()
    }
}

/// Equal when they hold equal properties.
impl PartialEq for Unlisted {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Unlisted {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        let mut unlisted = Self::new();
        unlisted.extend(properties);
        unlisted
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for Unlisted {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, properties: I) {
        for (name, value) in properties {
            self.insert(name, value);
        }
    }
}
