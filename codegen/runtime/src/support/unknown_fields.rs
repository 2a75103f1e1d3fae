//! The properties of a payload that its schema does not list.

use std::fmt;

use serde_core::ser::SerializeMap;
use serde_json::{Map, Value};

/// The properties of a payload that the schema does not list.
///
/// Decoding keeps them and encoding writes them again, so the properties of a newer server survive.
///
/// They also hold the value of a listed property whose field cannot: a different value of a
/// constant, and the null of an optional property that is not nullable. If the field is set, it
/// takes precedence.
///
/// ```
/// use generated_crate::UnknownFields;
///
/// let mut unknown_fields = UnknownFields::new();
/// unknown_fields.insert("mood", "curious");
/// assert_eq!(unknown_fields.get("mood").and_then(|mood| mood.as_str()), Some("curious"));
/// ```
// Eight bytes if it is empty.
#[derive(Clone, Default)]
pub struct UnknownFields(Option<Box<Contents>>);

#[derive(Clone, Default)]
struct Contents {
    properties: Map<String, Value>,
    /// Optional properties with a default that were absent. Encoding omits them again.
    absent: Vec<&'static str>,
}

impl UnknownFields {
    /// Creates an empty set of properties.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the value of a property.
    // Encoding calls it for each constant, nearly always on an empty set.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Returns `true` if there is a property of this name.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets a property, and returns its previous value, if any.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.set(name.into(), value.into())
    }

    // Not generic: compiled once.
    fn set(&mut self, name: String, value: Value) -> Option<Value> {
        self.0.get_or_insert_default().properties.insert(name, value)
    }

    /// Removes a property, and returns its value, if any.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.properties.remove(name)
    }

    /// Returns an iterator over the names and values of the properties.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|contents| &contents.properties).map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the number of properties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |contents| contents.properties.len())
    }

    /// Returns `true` if the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes that an optional property with a default was absent.
    pub(crate) fn note_absent(&mut self, name: &'static str) {
        self.0.get_or_insert_default().absent.push(name);
    }

    /// Returns `true` if an optional property with a default was absent.
    pub(crate) fn was_absent(&self, name: &str) -> bool {
        self.0.as_ref().is_some_and(|contents| contents.absent.contains(&name))
    }

    /// Counts the properties other than the listed ones.
    pub(crate) fn count_all_but(&self, listed: &[&str]) -> usize {
        self.iter().filter(|(name, _)| !listed.contains(name)).count()
    }

    /// Removes and returns the properties other than the listed ones.
    pub(crate) fn take_all_but(&mut self, listed: &[&str]) -> Map<String, Value> {
        let Some(contents) = &mut self.0 else { return Map::new() };
        let all = std::mem::take(&mut contents.properties);
        let mut taken = Map::new();
        for (name, value) in all {
            // One by one, since collecting into a map would compile a sort.
            let into = if listed.contains(&name.as_str()) { &mut contents.properties } else { &mut taken };
            into.insert(name, value);
        }
        taken
    }

    /// Writes the properties other than the listed ones, which have their own code.
    #[inline]
    pub(crate) fn encode<M: SerializeMap>(&self, map: &mut M, listed: &[&str]) -> Result<(), M::Error> {
        self.0.as_ref().map_or(Ok(()), |contents| contents.encode(map, listed))
    }
}

impl Contents {
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

impl<'a> IntoIterator for &'a UnknownFields {
    type Item = (&'a String, &'a Value);
    type IntoIter = std::iter::Flatten<std::option::IntoIter<&'a Map<String, Value>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.as_ref().map(|contents| &contents.properties).into_iter().flatten()
    }
}

/// Compares the properties.
impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for UnknownFields {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        let mut unknown_fields = Self::new();
        unknown_fields.extend(properties);
        unknown_fields
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for UnknownFields {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, properties: I) {
        for (name, value) in properties {
            self.insert(name, value);
        }
    }
}
