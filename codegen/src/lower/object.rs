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
        let what = format!("field of `{}`", spot.name);
        let reserved: &[&str] = if typed {
            &["new", "validate", "unlisted", "additional_properties"]
        } else {
            &["new", "validate", "unlisted"]
        };
        let mut scope = Scope::new(&what, "give the field another name with `x-rust-field`", reserved);
        let mut properties = Vec::with_capacity(flat.properties.len());
        for (name, node) in &flat.properties {
            let property = self.property(name, node, flat.required.contains_key(name), spot);
            if let Some(finding) = scope.claim(&property.rust_name, &property.pointer) {
                self.diagnostics.push(finding);
            }
            properties.push(property);
        }
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
