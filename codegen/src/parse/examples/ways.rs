//! The number of ways in which the engine checks a value against a schema.
//!
//! It follows each reference for itself. So two references to the next schema, in each of sixty schemas, would take it
//! longer than anybody waits.

use crate::diagnostics::Diagnostic;
use crate::pointer::{PointerBuf, follow};
use serde_json::Value;
use std::collections::HashMap;

/// How many schemas may apply to one value. Real documents have at most a few hundred.
const MOST: usize = 20_000;

/// Reports the first schema that leads to too many others.
pub(super) fn check(root: &Value) -> Option<Diagnostic> {
    let mut ways = Ways { root, known: HashMap::new() };
    let pointer = ways.first_beyond(root, &mut PointerBuf::default())?;
    let message = format!("more than {MOST} schemas apply to one value here, some of them many times");
    let help = "refer to each schema once, not in several parts that lead to it";
    Some(Diagnostic::error("limit-exceeded", pointer, message).help(help))
}

struct Ways<'a> {
    root: &'a Value,
    /// The number for each object, by its address; zero while it is being counted.
    known: HashMap<*const Value, usize>,
}

impl<'a> Ways<'a> {
    fn first_beyond(&mut self, value: &'a Value, path: &mut PointerBuf) -> Option<String> {
        match value {
            Value::Object(object) => {
                if self.count(value) > MOST {
                    return Some(path.here().to_owned());
                }
                object.iter().find_map(|(key, value)| path.within(key, |path| self.first_beyond(value, path)))
            }
            Value::Array(list) => list
                .iter()
                .enumerate()
                .find_map(|(index, value)| path.within(&index.to_string(), |path| self.first_beyond(value, path))),
            _ => None,
        }
    }

    /// Counts the schemas that apply to a value of this one, as often as they do.
    fn count(&mut self, schema: &'a Value) -> usize {
        if let Some(known) = self.known.get(&std::ptr::from_ref(schema)) {
            return *known;
        }
        self.known.insert(schema, 0);
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|reference| follow(self.root, reference));
        let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
        let parts = lists.flatten().chain(schema.get("not")).chain(target.map(|(_, target)| target));
        let count = parts.fold(1, |count: usize, part| count.saturating_add(self.count(part)));
        self.known.insert(schema, count);
        count
    }
}
