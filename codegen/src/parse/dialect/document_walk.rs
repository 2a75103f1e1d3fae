//! The walk over the document: visits each object, and runs the rules for its kind.
//!
//! OpenAPI objects contain each other, so the walk is recursive. The recursion stays in this file.

use super::checker::{Checker, Outcome};
use super::example_holder::{Direction, ExampleHolder};
use super::openapi_objects::{FieldType, ObjectKind};
use super::{extension_rules, help, key_rules, object_rules, openapi_3_1, reference_rules, schema_rules, value_rules};
use crate::diagnostics::{Diagnostic, Place};
use crate::pointer::{self, PointerBuf};
use serde_json::{Map, Value};

/// A walk, and the direction in which the values of the current object cross the wire.
struct DocumentWalk<'a> {
    checker: Checker<'a>,
    direction: Direction,
}

/// Checks a document of a supported version. The result starts with the given diagnostics.
pub(super) fn check(root: &Value, diagnostics: Vec<Diagnostic>) -> Outcome {
    let mut walk = DocumentWalk { checker: Checker::new(root, diagnostics), direction: Direction::Either };
    walk.object(ObjectKind::Document, root, &mut PointerBuf::default());
    walk.checker.finish()
}

impl<'a> DocumentWalk<'a> {
    /// Checks a value that must be an object of a kind.
    fn object(&mut self, kind: ObjectKind, value: &'a Value, path: &mut PointerBuf) {
        let Value::Object(object) = value else {
            self.checker.report(not_an_object(kind, value, path));
            return;
        };
        if let Some(reference) = object.get("$ref").filter(|_| kind.may_be_reference()) {
            reference_rules::check(&mut self.checker, kind, object, reference, path);
            return;
        }
        let outer = self.direction;
        self.direction = direction_within(kind, outer);
        for (key, value) in object {
            self.property(kind, object, (key, value), path);
        }
        self.missing_fields(kind, object, path);
        match kind {
            ObjectKind::Schema => schema_rules::check(&mut self.checker, object, path),
            _ => object_rules::check(&mut self.checker, kind, object, path),
        }
        self.note_examples(kind, object, path);
        self.direction = outer;
    }

    /// Checks a key of an object, and its value.
    fn property(
        &mut self,
        kind: ObjectKind,
        object: &Map<String, Value>,
        (key, value): (&'a str, &'a Value),
        path: &mut PointerBuf,
    ) {
        if key.starts_with("x-") && kind.allows_extensions() {
            extension_rules::check(&mut self.checker, kind, object, (key, value), path);
            return;
        }
        if kind.patterned_fields().is_some() {
            self.checker.diagnostics.extend(key_rules::patterned_key(kind, key, || path.child(key)));
        }
        let Some(field_type) = kind.field_type(key) else {
            let pointer = path.child(key);
            let newer = openapi_3_1::key(kind, key, &pointer);
            let error = newer.unwrap_or_else(|| key_rules::unknown_key(kind, key, pointer));
            self.checker.report(match key_rules::lost_property(kind, object, (key, value)) {
                Some(help) => error.help(help),
                None => error,
            });
            return;
        };
        if value_rules::is_plain(field_type)
            && let Some(help) = key_rules::lost_property(kind, object, (key, value))
        {
            self.checker.report(value_rules::wrong_field_type(field_type, (key, value), path.child(key)).help(help));
            return;
        }
        match openapi_3_1::value(kind, key, value, "") {
            Some(newer) => self.checker.report(Diagnostic { place: Place::Value(path.child(key)), ..newer }),
            None => path.within(key, |path| self.value(field_type, key, value, path)),
        }
    }

    /// Checks a value against the type of its field.
    fn value(&mut self, field_type: FieldType, key: &str, value: &'a Value, path: &mut PointerBuf) {
        match (field_type, value) {
            (FieldType::Object(kind), _) => self.object(kind, value, path),
            (FieldType::SchemaOrBoolean, Value::Object(_)) => self.object(ObjectKind::Schema, value, path),
            (FieldType::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    path.within(&index.to_string(), |path| self.object(kind, item, path));
                }
            }
            (FieldType::Map(kind), Value::Object(properties)) => {
                let components = pointer::parent(path.here()) == "/components";
                for (name, item) in properties {
                    if components {
                        self.checker.diagnostics.extend(key_rules::component_name(name, || path.child(name)));
                    }
                    path.within(name, |path| self.object(kind, item, path));
                }
            }
            _ => value_rules::check(&mut self.checker, field_type, (key, value), path),
        }
    }

    /// Reports the required fields that an object does not have.
    fn missing_fields(&mut self, kind: ObjectKind, object: &Map<String, Value>, path: &PointerBuf) {
        for field in kind.fixed_fields().iter().filter(|field| !object.contains_key(field.key)) {
            // The version has its own rule.
            if let Some(example) = field.required.filter(|_| field.key != "openapi") {
                let help = format!("add `{}: {example}`", field.key);
                self.checker.missing(kind, &format!("`{}`", field.key), &help, path);
            }
        }
    }

    /// Notes an object with a default or examples, which are validated after the walk.
    fn note_examples(&mut self, kind: ObjectKind, object: &Map<String, Value>, path: &PointerBuf) {
        let keys = match kind {
            ObjectKind::Schema => &["default", "example"][..],
            ObjectKind::MediaType | ObjectKind::Parameter | ObjectKind::Header => &["example", "examples"],
            _ => &[],
        };
        if keys.iter().any(|key| object.contains_key(*key)) {
            let pointer = path.here().to_owned();
            self.checker.example_holders.push(ExampleHolder { pointer, kind, direction: self.direction });
        }
    }
}

/// Returns the direction in which the values of an object cross the wire.
fn direction_within(kind: ObjectKind, outer: Direction) -> Direction {
    match kind {
        ObjectKind::RequestBody | ObjectKind::Parameter => Direction::Request,
        ObjectKind::Response => Direction::Response,
        // The server sends a callback's requests and receives its responses.
        ObjectKind::Callback => Direction::Either,
        _ => outer,
    }
}

fn not_an_object(kind: ObjectKind, value: &Value, path: &PointerBuf) -> Diagnostic {
    let newer = (kind == ObjectKind::Schema).then(|| openapi_3_1::boolean_schema(value, path.here())).flatten();
    newer.unwrap_or_else(|| value_rules::wrong_type(kind.name(), value, path.here()).help(help::object(kind, value)))
}
