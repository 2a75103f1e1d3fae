//! Values that are not part of the document, validated against its schemas.

use super::super::dialect::Direction;
use super::{compile, json_schema, messages};
use crate::pointer::join;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

/// Validates values against schemas of a document.
///
/// All schemas are one validator, for the reason that examples are: each of them is a property, named by its pointer,
/// of an object that has one property at a time.
#[derive(Debug)]
pub struct Validator(jsonschema::Validator);

/// What a value does not satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON pointer into the value. Of a missing property, the place that it would have.
    pub pointer: String,
    /// The keyword of JSON Schema that says so, as in `maximum`.
    pub keyword: String,
    /// What is wrong, in words; long values are cut.
    pub message: String,
}

impl Validator {
    /// The error is the engine's.
    pub(in crate::parse) fn for_requests<'a>(
        root: &Value,
        schemas: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let document = json_schema::document(root, Direction::Request, &mut json_schema::PatternSupport::default());
        let schema = |pointer: &str| (pointer.to_owned(), json!({ "$ref": json_schema::reference(pointer) }));
        let properties: Map<String, Value> = schemas.into_iter().map(schema).collect();
        let schema = Value::Object(Map::from_iter([
            ("properties".to_owned(), Value::Object(properties)),
            (json_schema::DOCUMENT.to_owned(), document),
        ]));
        compile(&schema).map(Self).map_err(|error| error.masked().to_string())
    }

    /// Everything that a value does not satisfy of the schema behind a JSON pointer, which must be one of those that
    /// the validator was prepared for.
    #[must_use]
    pub fn violations(&self, schema: &str, value: Value) -> Vec<Violation> {
        let wrapped = Value::Object(Map::from_iter([(schema.to_owned(), value)]));
        let root = join("", schema);
        let mut found = Vec::new();
        for error in self.0.iter_errors(&wrapped) {
            for error in messages::innermost(&error) {
                if !messages::is_inconclusive(error) {
                    found.extend(violation(error, &root));
                }
            }
        }
        found
    }
}

fn violation(error: &ValidationError<'_>, root: &str) -> Option<Violation> {
    let within = error.instance_path().as_str().strip_prefix(root)?;
    let (pointer, message) = match error.kind() {
        ValidationErrorKind::Required { property: Value::String(name) } => {
            (join(within, name), "a required property is missing".to_owned())
        }
        _ => (within.to_owned(), messages::describe(error)),
    };
    Some(Violation { pointer, keyword: error.kind().keyword().to_owned(), message })
}
