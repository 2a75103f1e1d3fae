//! The defaults and examples of a document, each with its schema.

use crate::parse::dialect::openapi_objects::ObjectKind;
use crate::parse::dialect::{Direction, ExampleHolder};
use crate::pointer::{PointerBuf, follow, join, last};
use serde_json::{Map, Value};

/// A default or an example, and the schema that it must satisfy.
pub(super) struct CheckedValue<'a> {
    /// The pointer of the value.
    pub(super) pointer: String,
    pub(super) value: &'a Value,
    /// The pointer of the schema.
    pub(super) schema: String,
    pub(super) direction: Direction,
    /// The pointer of the object that uses a shared example.
    pub(super) used_at: Option<String>,
}

impl CheckedValue<'_> {
    /// Returns the rule that a wrong value breaks, and the word for the value.
    pub(super) fn rule(&self) -> (&'static str, &'static str) {
        if last(&self.pointer) == "default" { ("bad-default", "default") } else { ("bad-example", "example") }
    }
}

/// Lists the values that must satisfy a schema.
pub(super) fn collect<'a>(root: &'a Value, holders: &[ExampleHolder]) -> Vec<CheckedValue<'a>> {
    let mut values = Vec::new();
    for holder in holders {
        let Some(object) = root.pointer(&holder.pointer) else {
            continue;
        };
        if holder.kind == ObjectKind::Schema {
            values.extend(of_schema(object, &holder.pointer));
        } else if object.get("schema").is_some() {
            of_object(root, object, holder, &mut values);
        }
    }
    values
}

/// Lists the values in a schema. Both directions use them.
fn of_schema<'a>(schema: &'a Value, pointer: &str) -> impl Iterator<Item = CheckedValue<'a>> {
    ["default", "example"].into_iter().filter_map(move |key| {
        Some(CheckedValue {
            pointer: join(pointer, key),
            value: schema.get(key)?,
            schema: pointer.to_owned(),
            direction: Direction::Either,
            used_at: None,
        })
    })
}

/// Lists the values in an object that has a schema.
fn of_object<'a>(root: &'a Value, object: &'a Value, holder: &ExampleHolder, values: &mut Vec<CheckedValue<'a>>) {
    // An example of XML or of a form may be a string, which its schema does not describe.
    let may_be_text = holder.kind == ObjectKind::MediaType && !is_json(&last(&holder.pointer));
    let mut add = |pointer: String, value: &'a Value, used_at: Option<String>| {
        if !(may_be_text && value.is_string()) {
            let schema = join(&holder.pointer, "schema");
            values.push(CheckedValue { pointer, value, schema, direction: holder.direction, used_at });
        }
    };
    if let Some(value) = object.get("example") {
        add(join(&holder.pointer, "example"), value, None);
    }
    let Some(examples) = object.get("examples").and_then(Value::as_object) else {
        return;
    };
    named_examples(root, examples, &join(&holder.pointer, "examples"), &mut add);
}

/// Passes on each of the named examples that has a value, after its `$ref`.
fn named_examples<'a>(
    root: &'a Value,
    examples: &'a Map<String, Value>,
    pointer: &str,
    add: &mut impl FnMut(String, &'a Value, Option<String>),
) {
    let mut path = PointerBuf::at(pointer);
    for (name, example) in examples {
        match example.get("$ref").and_then(Value::as_str) {
            None => {
                if let Some(value) = example.get("value") {
                    add(path.within(name, |path| path.child("value")), value, None);
                }
            }
            Some(reference) => {
                if let Some((target, example)) = follow(root, reference)
                    && let Some(value) = example.get("value")
                {
                    add(join(&target, "value"), value, Some(path.child(name)));
                }
            }
        }
    }
}

/// Returns whether a media type is JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}
