//! The generator's output: a sorted map from path to text.

use std::collections::BTreeMap;

/// The files of a crate, by their path relative to its root, with `/` between segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Adds a file.
    ///
    /// # Panics
    ///
    /// Panics if the path is taken. That is a bug in the emitter, because `lower` reports names that clash.
    pub fn add(&mut self, path: impl Into<String>, text: String) {
        let path = path.into();
        assert!(!self.0.contains_key(&path), "two items have the file {path}");
        self.0.insert(path, text);
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Iterates over paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if the crate is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
