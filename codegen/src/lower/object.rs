//! Objects with listed properties.

use super::Lowerer;
use super::flat::{Flat, Part};
use super::names::{self, Scope};
use super::schema::{Spot, docs_of};
use crate::diagnostics::Diagnostic;
use crate::ir::{Additional, Object, Property};
use std::rc::Rc;

impl<'a> Lowerer<'a> {
    /// Lowers an object with listed properties.
    pub(super) fn object(&mut self, flat: &Flat<'a>, spot: &Spot) -> Object {
        let typed = !flat.additional.is_empty();
        let mut properties = Vec::with_capacity(flat.properties.len());
        for (name, node) in &flat.properties {
            properties.push(self.property(name, node, flat.required.contains_key(name), spot));
        }
        self.check_names(&properties, typed, spot);
        self.check_required(flat);
        let additional = if typed {
            Additional::Typed(Box::new(self.within(&flat.additional, &spot.inner("Value"))))
        } else if flat.closed {
            Additional::Closed
        } else {
            Additional::Any
        };
        Object { properties, additional, size: flat.property_count }
    }

    /// Checks the names of fields, and of the constants and functions that come of them.
    fn check_names(&mut self, properties: &[Property], typed: bool, spot: &Spot) {
        let what = format!("field of `{}`", spot.name);
        let defaults: Vec<String> = properties
            .iter()
            .filter(|property| property.default.as_ref().is_some_and(|default| !default.is_null()))
            .map(|property| format!("default_{}", property.rust_name))
            .collect();
        let mut reserved: Vec<&str> = defaults.iter().map(String::as_str).collect();
        reserved.extend(["new", "validate", "unknown_fields"]);
        reserved.extend(typed.then_some("additional_properties"));
        let constants = properties.iter().filter(|property| property.constant.is_some());
        // The list of the properties' names is a constant too.
        reserved.extend(constants.map(|property| property.rust_name.as_str()).filter(|name| *name == "properties"));
        let mut scope = Scope::new(&what, "give the field another name with `x-rust-field`", &reserved);
        for property in properties {
            self.diagnostics.extend(scope.claim(&property.rust_name, &property.pointer));
        }
    }

    fn property(&mut self, name: &str, node: &[Part<'a>], required: bool, spot: &Spot) -> Property {
        let inner = spot.inner(&names::upper(name));
        let used = self.schema(node, &inner, required);
        let notes = used.notes;
        let pointer = node.last().map(|part| Rc::clone(&part.pointer)).unwrap_or_default();
        Property {
            name: name.to_owned(),
            rust_name: notes.rust_field.map_or_else(|| names::snake(name), str::to_owned),
            pointer: pointer.as_ref().to_owned(),
            schema: used.schema,
            required,
            constant: used.constant,
            default: notes.default.cloned(),
            docs: docs_of(&notes),
            deprecated: notes.deprecated.unwrap_or_default(),
            read_only: notes.read_only.unwrap_or_default(),
            write_only: notes.write_only.unwrap_or_default(),
            boxed: false,
        }
    }

    fn check_required(&mut self, flat: &Flat<'a>) {
        for (name, pointer) in &flat.required {
            if flat.properties.contains_key(name) {
                continue;
            }
            let message = format!("`{name}` is required, but there is no such property");
            let finding = Diagnostic::error("required-without-property", &**pointer, message);
            let near = names::closest(name, flat.properties.keys().copied());
            self.diagnostics.push(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("list it among `properties`, or leave it out of `required`"),
            });
        }
    }
}
