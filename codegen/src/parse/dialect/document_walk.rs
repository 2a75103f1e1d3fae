//! The walk over the document that the tables drive.

use super::openapi_objects::{FieldType, ObjectKind};
use super::reference_targets::References;
use super::{Direction, ExampleHolder, Outcome, extensions, help, object_rules, openapi_3_1, schema_rules};
use crate::diagnostics::Diagnostic;
use crate::parse::suggest;
use crate::parse::wording::{alternatives, enumeration, kind_of, short};
use crate::pointer::{self, Path};
use serde_json::{Map, Value};

/// What the walk knows and has found.
pub(super) struct DocumentWalk<'a> {
    pub(super) root: &'a Value,
    pub(super) found: Vec<Diagnostic>,
    pub(super) references: References<'a>,
    pub(super) operations: object_rules::Seen<'a>,
    example_holders: Vec<ExampleHolder>,
    direction: Direction,
}

/// Checks a document whose version is right.
pub(super) fn check(root: &Value, found: Vec<Diagnostic>) -> Outcome {
    let mut walk = DocumentWalk {
        root,
        found,
        references: References::default(),
        operations: object_rules::Seen::default(),
        example_holders: Vec::new(),
        direction: Direction::Either,
    };
    walk.object(ObjectKind::Document, root, &mut Path::default());
    let references = std::mem::take(&mut walk.references);
    references.check(root, &mut walk.found);
    Outcome { diagnostics: walk.found, example_holders: walk.example_holders }
}

impl<'a> DocumentWalk<'a> {
    /// Checks a value that must be an object of a kind.
    fn object(&mut self, kind: ObjectKind, value: &'a Value, path: &mut Path) {
        let Value::Object(object) = value else {
            let newer = (kind == ObjectKind::Schema).then(|| openapi_3_1::boolean_schema(value, path.here())).flatten();
            let wrong = || wrong_type(kind.name(), value, path.here()).help(help::object(kind, value));
            self.found.push(newer.unwrap_or_else(wrong));
            return;
        };
        if let Some(reference) = object.get("$ref").filter(|_| kind.may_be_reference()) {
            self.reference(kind, object, reference, path);
            return;
        }
        let outer = self.direction;
        self.direction = match kind {
            ObjectKind::RequestBody | ObjectKind::Parameter => Direction::Request,
            ObjectKind::Response => Direction::Response,
            // A callback's requests are responses to those who make the call, and the other way round.
            ObjectKind::Callback => Direction::Either,
            _ => outer,
        };
        for (key, value) in object {
            self.property(kind, object, (key, value), path);
        }
        for field in kind.fixed_fields().iter().filter(|field| !object.contains_key(field.key)) {
            // The version has its own rule.
            if let Some(example) = field.required.filter(|_| field.key != "openapi") {
                self.missing(kind, &format!("`{}`", field.key), &format!("add `{}: {example}`", field.key), path);
            }
        }
        match kind {
            ObjectKind::Schema => schema_rules::check(self, object, path),
            _ => object_rules::check(self, kind, object, path),
        }
        let example_holders = match kind {
            ObjectKind::Schema => &["default", "example"][..],
            ObjectKind::MediaType | ObjectKind::Parameter | ObjectKind::Header => &["example", "examples"],
            _ => &[],
        };
        if example_holders.iter().any(|key| object.contains_key(*key)) {
            self.example_holders.push(ExampleHolder {
                pointer: path.here().to_owned(),
                kind,
                direction: self.direction,
            });
        }
        self.direction = outer;
    }

    /// Notes a `$ref` and what stands beside it.
    fn reference(&mut self, kind: ObjectKind, object: &Map<String, Value>, reference: &'a Value, path: &mut Path) {
        let siblings: Vec<&str> = object.keys().map(String::as_str).filter(|key| *key != "$ref").collect();
        if let [first, ..] = siblings.as_slice() {
            let are = if siblings.len() == 1 { "is" } else { "are" };
            let message = format!("{} beside `$ref` {are} lost", enumeration(&siblings));
            let help = match (kind, reference.as_str()) {
                (ObjectKind::Schema, Some(target)) => {
                    format!("write `allOf: [{{ $ref: '{target}' }}]` and keep {} beside it", enumeration(&siblings))
                }
                _ => format!("remove {}, or write the object in place of the `$ref`", enumeration(&siblings)),
            };
            self.found.push(
                Diagnostic::error("ref-siblings", path.child(first), message)
                    .at_key()
                    .help(help)
                    .related(path.child("$ref"), "the `$ref`"),
            );
        }
        // openapiv3 has no place for these two, and would refuse the document without saying where.
        let parent = pointer::parent(path.here());
        if (kind == ObjectKind::Callback && parent != "/components/callbacks")
            || (kind == ObjectKind::PathItem && parent != "/paths")
        {
            let message = format!("{} cannot be a `$ref` here", kind.name());
            self.found.push(
                Diagnostic::error("unsupported-ref", path.child("$ref"), message)
                    .help("write the object in place of the `$ref`"),
            );
        }
        match reference {
            Value::String(target) => self.references.add(path.here(), kind, target),
            other => {
                let message = format!("`$ref` must be a string, but is {}", kind_of(other));
                let help = format!(
                    "write a pointer, as in `$ref: '#/components/{}/Name'`",
                    kind.components_section().unwrap_or("schemas")
                );
                self.found.push(Diagnostic::error("wrong-type", path.child("$ref"), message).help(help));
            }
        }
    }

    /// Checks a key of an object, and what stands behind it.
    fn property(
        &mut self,
        kind: ObjectKind,
        object: &Map<String, Value>,
        (key, value): (&'a str, &'a Value),
        path: &mut Path,
    ) {
        if key.starts_with("x-") && kind.allows_extensions() {
            let in_properties = || is_property(path.here());
            let pointer = path.child(key);
            extensions::check(kind.site(), (key, value), object, in_properties, &pointer, &mut self.found);
            return;
        }
        if kind.patterned_fields().is_some() {
            self.found.extend(object_rules::free_key(kind, key, || path.child(key)));
        }
        if let Some(shape) = kind.field_type(key) {
            if let Some(newer) = openapi_3_1::value(kind, key, value, "") {
                self.found.push(Diagnostic { place: crate::diagnostics::Place::Value(path.child(key)), ..newer });
                return;
            }
            path.within(key, |path| self.value(shape, key, value, path));
        } else {
            let pointer = path.child(key);
            let error = openapi_3_1::key(kind, key, &pointer).unwrap_or_else(|| unknown_key(kind, key, pointer));
            self.found.push(error);
        }
    }

    /// Checks a value against a shape.
    fn value(&mut self, shape: FieldType, key: &str, value: &'a Value, path: &mut Path) {
        match (shape, value) {
            (FieldType::Any, _)
            | (FieldType::Text, Value::String(_))
            | (FieldType::Boolean | FieldType::SchemaOrBoolean, Value::Bool(_))
            | (FieldType::Number, Value::Number(_))
            | (FieldType::Values, Value::Array(_))
            | (FieldType::AnyMap, Value::Object(_)) => {}
            (FieldType::Count, Value::Number(number)) => self.count(key, number, path),
            (FieldType::Word(words), Value::String(word)) => self.word(words, key, word, path),
            (FieldType::Texts, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
                    let pointer = path.child(&index.to_string());
                    self.found.push(wrong_type("a string", item, &pointer).help(help::element(item)));
                }
            }
            (FieldType::TextMap, Value::Object(properties)) => {
                for (name, item) in properties.iter().filter(|(_, item)| !item.is_string()) {
                    if !name.starts_with("x-") {
                        self.found.push(wrong_type("a string", item, &path.child(name)).help(help::element(item)));
                    }
                }
            }
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
                        self.found.extend(object_rules::component_name(name, || path.child(name)));
                    }
                    path.within(name, |path| self.object(kind, item, path));
                }
            }
            _ => {
                let message = format!("`{key}` must be {}, but is {}", expectation(shape), kind_of(value));
                let help = help::shape(shape, key, value);
                self.found.push(Diagnostic::error("wrong-type", path.here(), message).help(help));
            }
        }
    }

    fn count(&mut self, key: &str, number: &serde_json::Number, path: &Path) {
        // `3.0` is a whole number to JSON Schema, but openapiv3 refuses it.
        if number.is_u64() {
            return;
        }
        let rule = if number.is_i64() { "wrong-value" } else { "wrong-type" };
        let message = format!("`{key}` must be a whole number from zero, but is {number}");
        let help = help::number(key, &Value::Number(number.clone()));
        self.found.push(Diagnostic::error(rule, path.here(), message).help(help));
    }

    fn word(&mut self, words: &[&'static str], key: &str, word: &str, path: &Path) {
        if words.contains(&word) {
            return;
        }
        let message = format!("`{key}` must be {}, but is `{word}`", alternatives(words));
        let help = help::word(words, key, word);
        self.found.push(Diagnostic::error("wrong-value", path.here(), message).help(help));
    }

    /// Reports a key that an object needs, with what to add.
    pub(super) fn missing(&mut self, kind: ObjectKind, key: &str, help: &str, path: &Path) {
        let error = Diagnostic::error("missing-key", path.here(), format!("{} needs {key}", kind.name())).at_key();
        self.found.push(error.help(help));
    }

    /// Reports the value of a key that is outside of its vocabulary, with what to write instead.
    pub(super) fn wrong_value(&mut self, path: &Path, (key, value): (&str, &Value), expected: &str, help: &str) {
        let message = format!("`{key}` must be {expected}, but is {}", short(value));
        self.found.push(Diagnostic::error("wrong-value", path.child(key), message).help(help));
    }
}

/// Whether the schema behind a pointer stands directly in `properties` of another one.
fn is_property(pointer: &str) -> bool {
    let map = pointer::parent(pointer);
    pointer::last(map) == "properties"
        && super::openapi_objects::kind_at(pointer::parent(map)) == Some(ObjectKind::Schema)
}

fn wrong_type(expected: &str, value: &Value, pointer: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", pointer, format!("expected {expected}, found {}", kind_of(value)))
}

fn unknown_key(kind: ObjectKind, key: &str, pointer: String) -> Diagnostic {
    let error = Diagnostic::error("unknown-key", pointer, format!("{} has no key `{key}`", kind.name())).at_key();
    if key == "$ref" {
        return error.help(
            "only schemas, parameters, headers, bodies, responses, examples, links, callbacks, security \
                           schemes and path items can be referred to",
        );
    }
    let near = suggest::did_you_mean(key, kind.fixed_fields().iter().map(|field| field.key));
    error.help(near.unwrap_or_else(|| format!("remove it, or write it as an extension: `x-{key}`")))
}

fn expectation(shape: FieldType) -> &'static str {
    match shape {
        FieldType::Any => "any value",
        FieldType::Text | FieldType::Word(_) => "a string",
        FieldType::Boolean => "a boolean",
        FieldType::Number => "a number",
        FieldType::Count => "a whole number",
        FieldType::Texts => "an array of strings",
        FieldType::TextMap => "an object with strings",
        FieldType::AnyMap | FieldType::Map(_) => "an object",
        FieldType::SchemaOrBoolean => "a schema or a boolean",
        FieldType::Object(kind) => kind.name(),
        FieldType::Values | FieldType::List(_) => "an array",
    }
}
