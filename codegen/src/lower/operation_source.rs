//! An operation as it is written.

use serde_json::{Map, Value};
use std::rc::Rc;

/// An operation as it is written, and its path item.
pub(super) struct OperationSource<'a> {
    pub(super) pointer: Rc<str>,
    pub(super) json: &'a Map<String, Value>,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) path_pointer: Rc<str>,
    pub(super) path_item: &'a Map<String, Value>,
}

impl<'a> OperationSource<'a> {
    /// Returns the text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.json.get(key).and_then(Value::as_str)
    }
}
