//! The spec of this repository, lowered once.

use std::path::PathBuf;
use std::sync::LazyLock;

use chatkit_codegen::ir::{Api, Body, MediaType, Operation, Response, Type, TypeDef, TypeId};
use chatkit_codegen::{lower, parse};
use serde_json::Value;

/// Returns a path within the repository.
#[must_use]
pub fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(relative)
}

/// The text of `spec/chatkit.yaml`.
pub static TEXT: LazyLock<String> = LazyLock::new(|| {
    std::fs::read_to_string(path("spec/chatkit.yaml")).unwrap_or_else(|error| panic!("the spec: {error}"))
});

/// The spec, lowered.
pub static API: LazyLock<Api> = LazyLock::new(|| api(&TEXT));

/// Lowers a document.
///
/// # Panics
///
/// If the document has errors.
#[must_use]
pub fn api(text: &str) -> Api {
    let document = parse::parse("test.yaml", text).unwrap_or_else(|report| panic!("{report:?}"));
    let lowered = lower::lower(&document);
    let report = document.report(lowered.diagnostics);
    assert!(!report.has_errors(), "{report:?}");
    lowered.api
}

/// Returns the name of a type in the tests: the key of its component, or the Rust name of an inline schema.
#[must_use]
pub fn schema_name(def: &TypeDef) -> &str {
    def.schema.as_deref().unwrap_or(&def.name)
}

/// Returns the ids of all types.
pub fn ids(api: &Api) -> impl Iterator<Item = TypeId> + use<> {
    (0..api.types.len()).map(TypeId)
}

/// Returns the id of the type with a schema name.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn id(api: &Api, name: &str) -> TypeId {
    let found = ids(api).find(|id| schema_name(api.type_def(*id)) == name);
    found.unwrap_or_else(|| panic!("the spec has no `{name}`"))
}

/// An example of the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its JSON pointer.
    pub pointer: String,
    /// The type that it is an example of.
    pub id: TypeId,
    /// The example.
    pub value: Value,
}

/// Returns the examples of schemas, request bodies and responses that have a type.
#[must_use]
pub fn examples(api: &Api) -> Vec<Example> {
    let of_types = ids(api).filter_map(|id| {
        let def = api.type_def(id);
        Some(Example { pointer: def.pointer.clone(), id, value: def.docs.example.clone()? })
    });
    let media = api.operations.iter().flat_map(media).filter_map(|media| match media.schema.as_ref()?.ty {
        Type::Named(id) => Some(Example { pointer: media.pointer.clone(), id, value: media.example.clone()? }),
        _ => None,
    });
    of_types.chain(media).collect()
}

/// Returns the example of a component, with the values of some properties replaced.
///
/// Tests of other things use it as a payload, so that a new required property needs no edit of them.
///
/// # Panics
///
/// If the spec has no such component, or the component does not list a replaced property.
#[must_use]
pub fn example_with(schema: &str, replaced: Value) -> Value {
    let mut example = API.type_def(id(&API, schema)).docs.example.clone().unwrap_or_default();
    let Value::Object(replaced) = replaced else { panic!("properties are an object, not {replaced}") };
    for (name, value) in replaced {
        let property = example.get_mut(&name).unwrap_or_else(|| panic!("the example of `{schema}` has no `{name}`"));
        *property = value;
    }
    example
}

/// Returns the media types of an operation's request body and responses.
pub fn media(operation: &Operation) -> impl Iterator<Item = &MediaType> {
    let bodies = operation.body.iter().flat_map(|body: &Body| &body.content);
    let responses = operation.responses.iter().flat_map(|response: &Response| &response.content);
    bodies.chain(responses)
}
