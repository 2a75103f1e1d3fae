//! Validates values that are not part of the document against its schemas.

use super::engine::{PatternSupport, compile};
use super::{json_schema, messages};
use crate::parse::dialect::Direction;
use crate::pointer::join;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

/// Validates values against schemas of a document.
///
/// One validator serves all schemas, so that each is compiled at most once: each schema is a property, named by its
/// pointer, of an object that has one property at a time.
#[derive(Debug)]
pub struct Validator(jsonschema::Validator);

/// A violation of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The JSON pointer into the value. A missing property has the pointer that it would have if it were there.
    pub pointer: String,
    /// The keyword of JSON Schema that the value violates, such as `maximum`.
    pub keyword: String,
    /// The message. Long values are cut.
    pub message: String,
}

impl Validator {
    /// Prepares the validation against the schemas behind some JSON pointers. The error is the message of the engine.
    pub(crate) fn for_requests<'a>(root: &Value, schemas: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let document = json_schema::document(root, Direction::Request, &mut PatternSupport::default());
        let schema = |pointer: &str| (pointer.to_owned(), json!({ "$ref": json_schema::reference(root, pointer) }));
        let properties: Map<String, Value> = schemas.into_iter().map(schema).collect();
        let schema = Value::Object(Map::from_iter([
            ("properties".to_owned(), Value::Object(properties)),
            (json_schema::DOCUMENT.to_owned(), document),
        ]));
        compile(&schema).map(Self).map_err(|error| error.masked().to_string())
    }

    /// Returns everything in a value that violates the schema behind a JSON pointer. The validator must have been
    /// prepared for that pointer.
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

    /// Returns one violation of the schema behind a JSON pointer, or `None` if there is none.
    ///
    /// Its memory does not grow with the number of violations, in contrast to [`Self::violations`].
    #[must_use]
    pub fn first_violation(&self, schema: &str, value: Value) -> Option<Violation> {
        let wrapped = Value::Object(Map::from_iter([(schema.to_owned(), value)]));
        let error = self.0.validate(&wrapped).err()?;
        let first = messages::innermost(&error).into_iter().find(|error| !messages::is_inconclusive(error));
        let found = first.and_then(|error| violation(error, &join("", schema)));
        if found.is_some() {
            return found;
        }
        // The engine gave up on the first violation. The others count all the same.
        self.violations(schema, wrapped[schema].clone()).into_iter().next()
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
