//! Encoding and decoding of every type.
//!
//! Most of these tests change payloads of every type in one way, and compare the outcome with the prediction of the
//! [`oracle`](chatkit_tests::oracle). The others test single payloads, and state the outcome.

mod bounds;
mod conveniences;
mod defaults;
mod extremes;
mod live_service;
mod order;
mod presence;
mod round_trips;
mod secrets;
mod types;
mod unknown_fields;
mod wrong_types;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chatkit_codegen::ir::{Type as IrType, TypeId, TypeKind};
use chatkit_tests::json::{self, Place};
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::{TYPES, Type, find, listed};
use chatkit_tests::{oracle, samples};
use serde_json::Value;

/// Returns every type of the spec with its id. A type that is missing in the list of types fails only the test of that
/// list.
fn types() -> impl Iterator<Item = (TypeId, &'static Type)> {
    listed(&API)
}

/// The names of the properties that are maps.
static MAPS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let objects = API.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Object(object) => Some(&object.properties),
        _ => None,
    });
    let maps = objects.flatten().filter(|property| matches!(property.schema.ty, IrType::Map(_)));
    maps.map(|property| property.name.as_str()).collect()
});

/// Returns payloads of every type: its examples in the spec, and samples that cover it.
fn payloads() -> Vec<(&'static Type, TypeId, Value)> {
    let examples = spec::examples(&API);
    let of_type = |(id, ty): (TypeId, &'static Type)| {
        let examples = examples.iter().filter(move |example| example.id == id).map(|example| example.value.clone());
        examples.chain(samples::of_type(&API, id)).map(move |value| (ty, id, value)).collect::<Vec<_>>()
    };
    types().flat_map(of_type).collect()
}

/// Compares the outcome of decoding a payload with the oracle's prediction.
fn check(ty: &Type, id: TypeId, payload: &Value) {
    let expected = oracle::decode(&API, id, payload);
    let actual = (ty.from_str)(&payload.to_string());
    match (&actual, expected.errors.as_slice()) {
        (Ok(encoded), []) => assert!(
            json::equal(encoded, &expected.encoded),
            "{}: {payload}\nbecame {encoded}\ninstead of {}",
            ty.schema,
            expected.encoded
        ),
        (Ok(encoded), errors) => {
            panic!("{}: {payload}\nbecame {encoded}\ninstead of an error at {}", ty.schema, list(errors))
        }
        (Err(error), errors) => assert!(
            errors.iter().any(|place| place.to_string() == json::path_of(error)),
            "{}: {payload}\nfailed with {error}\ninstead of an error at [{}]",
            ty.schema,
            list(errors)
        ),
    }
}

fn list(places: &[Place]) -> String {
    places.iter().map(|place| format!("`{place}`")).collect::<Vec<_>>().join(", ")
}

/// Decodes a payload as a type, and returns the error's message.
#[track_caller]
fn error_of(schema: &str, payload: &Value) -> String {
    let outcome = (find(schema).from_str)(&payload.to_string());
    outcome.map_or_else(|error| error.to_string(), |encoded| panic!("{payload} decodes, to {encoded}"))
}

/// Adds what a decoder adds to a handwritten payload: null and defaults for properties that are absent.
///
/// The spec may gain such a property without an edit of the tests.
#[track_caller]
fn completed(schema: &str, payload: &Value) -> Value {
    let outcome = oracle::decode(&API, spec::id(&API, schema), payload);
    assert!(outcome.errors.is_empty(), "{schema}: {payload}\nhas an error at {}", list(&outcome.errors));
    outcome.encoded
}

/// Decodes a payload as a type, and expects it to encode to an equal value.
#[track_caller]
fn assert_kept(ty: &Type, payload: &Value) {
    let text = payload.to_string();
    let encoded = (ty.from_str)(&text).unwrap_or_else(|error| panic!("{}: {payload}\n{error}", ty.schema));
    assert!(json::equal(&encoded, payload), "{}: {payload}\nbecame {encoded}", ty.schema);
    assert!((ty.is_stable)(&text).unwrap_or_default(), "{}: {payload} is not stable", ty.schema);
}

#[test]
fn every_type_has_payloads_that_the_oracle_accepts() {
    let payloads = payloads();
    for ty in TYPES {
        assert!(payloads.iter().any(|(other, ..)| other.schema == ty.schema), "no payload of {}", ty.schema);
    }
    // The oracle predicts that valid payloads decode and stay the same.
    for (ty, id, payload) in payloads {
        let expected = oracle::decode(&API, id, &payload);
        assert!(expected.errors.is_empty() && json::equal(&expected.encoded, &payload), "{}: {payload}", ty.schema);
    }
}
