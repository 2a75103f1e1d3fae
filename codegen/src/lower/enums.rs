//! `enum`: which lists of values become an enum, and what its variants are called.

use super::merged_schema::{Flat, Kind};
use super::name_scope::{self, Scope};
use super::pointer;
use super::{Lowerer, schema::Sort};
use crate::diagnostics::Diagnostic;
use crate::ir::EnumValue;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;

const RENAME: &str = "name it with `x-rust-names`, a map from the value on the wire to the Rust name";

impl<'a> Lowerer<'a> {
    /// The values of an enum, named.
    pub(super) fn enum_values(&mut self, flat: &Flat<'a>, name: &str) -> Vec<EnumValue> {
        let what = format!("variant of `{name}`");
        let mut scope = Scope::new(&what, RENAME, &["Unknown"]);
        let mut values = Vec::new();
        let own = flat.notes.rust_names;
        let places = self.value_places(flat);
        for &value in flat.values.iter().flatten() {
            let at = match places.get(&std::ptr::from_ref(value)) {
                Some(index) => pointer::element(&flat.pointer, "enum", *index),
                None => Rc::clone(&flat.pointer),
            };
            let key = key_of(value);
            let rust_name =
                own.and_then(|own| own.get(&key)?.as_str()).map_or_else(|| name_scope::variant(&key), str::to_owned);
            self.diagnostics.extend(scope.claim(&rust_name, &at));
            values.push(EnumValue { value: value.clone(), rust_name });
        }
        let keys: Vec<String> = values.iter().map(|value| key_of(&value.value)).collect();
        self.check_names_used(own, &flat.pointer, "value", |key| keys.iter().any(|known| known == key), &keys);
        values
    }

    /// Finds keys of `x-rust-names` that name nothing.
    pub(super) fn check_names_used(
        &mut self,
        own: Option<&'a Map<String, Value>>,
        at: &str,
        what: &str,
        known: impl Fn(&str) -> bool,
        candidates: &[String],
    ) {
        for key in own.into_iter().flat_map(Map::keys).filter(|key| !known(key)) {
            let pointer = pointer::child(&pointer::child(at, "x-rust-names"), key);
            let mut finding =
                Diagnostic::error("unused-name", &*pointer, format!("there is no {what} `{key}`")).at_key();
            finding = match name_scope::closest(key, candidates.iter().map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("leave it out, or correct it"),
            };
            self.diagnostics.push(finding);
        }
    }

    /// Where each value stands in the `enum` of a schema; those that come from elsewhere stand in none.
    fn value_places(&self, flat: &Flat<'a>) -> HashMap<*const Value, usize> {
        let listed = self.root.pointer(&flat.pointer).and_then(|raw| raw.get("enum")?.as_array());
        listed.into_iter().flatten().enumerate().map(|(index, value)| (std::ptr::from_ref(value), index)).collect()
    }

    /// Finds values that no enum can hold, in a schema that did not become one.
    pub(super) fn check_values(&mut self, flat: &Flat<'a>) {
        let Some(values) = flat.values.as_deref().filter(|values| !values.is_empty()) else { return };
        let at = pointer::child(&flat.pointer, "enum");
        if flat.secret {
            let help = "leave out `x-secret`, since whoever reads this knows the values, or the `enum`";
            self.diagnostics
                .push(Diagnostic::error("unsupported-enum", &*at, "a secret has no listed values").help(help));
            return;
        }
        if Sort::of(flat) == Sort::Boolean && values.iter().all(|value| value.is_boolean()) {
            if let [only] = values {
                let message = format!("whether this is always `{only}` is not checked");
                let help = "list the property in `required` to make it a constant, or allow both values";
                self.diagnostics.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
            }
            return;
        }
        let mut kinds: Vec<&str> = Vec::new();
        for kind in values.iter().filter_map(|value| Kind::of_value(value)) {
            if !kinds.contains(&kind.name()) {
                kinds.push(kind.name());
            }
        }
        let message = match (flat.kind, kinds.as_slice()) {
            (Some(kind), [only]) if kind.name() == *only => {
                format!("an `enum` of type `{only}` has no counterpart in Rust")
            }
            (Some(kind), _) => format!("an `enum` of type `{}` holds values of type {}", kind.name(), kinds.join(", ")),
            (None, _) => format!("an `enum` mixes values of type {}", kinds.join(", ")),
        };
        let help = "list strings alone, or integers within 64 bits alone; for a mixture, use `anyOf`";
        self.diagnostics.push(Diagnostic::error("unsupported-enum", &*at, message).help(help));
    }
}

/// An enum's value as a key of `x-rust-names`.
fn key_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
