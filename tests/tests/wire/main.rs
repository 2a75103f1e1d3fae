//! How every type crosses the wire.
//!
//! Most of these tests take every type of the spec, in every shape that the spec gives it, change it in one way, and
//! compare what the generated code makes of it with what [`oracle`](chatkit_tests::oracle) says must come of it. Tests
//! of single payloads, with their outcome written down, stand beside them.

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
mod unlisted;
mod wrong_types;

use chatkit_codegen::ir::TypeId;
use chatkit_tests::json::{self, Place};
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::{TYPES, Type};
use chatkit_tests::{oracle, samples};
use serde_json::Value;

/// Payloads of every type: its examples in the spec, and what shows all of it.
fn payloads() -> Vec<(&'static Type, TypeId, Value)> {
    let examples = spec::examples(&API).into_iter().map(|example| (example.id, example.value));
    let samples = spec::ids(&API).flat_map(|id| samples::of_type(&API, id).into_iter().map(move |value| (id, value)));
    examples.chain(samples).map(|(id, value)| (of(id), id, value)).collect()
}

fn of(id: TypeId) -> &'static Type {
    chatkit_tests::types::find(spec::schema_name(API.type_def(id)))
}

/// Compares what a type makes of a payload with what must come of it.
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

/// Decodes a payload as a type, and gives the error's message.
#[track_caller]
fn error_of(schema: &str, payload: &Value) -> String {
    let outcome = (chatkit_tests::types::find(schema).from_str)(&payload.to_string());
    outcome.map_or_else(|error| error.to_string(), |encoded| panic!("{payload} decodes, to {encoded}"))
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
fn payloads_are_there_for_every_type() {
    let payloads = payloads();
    for ty in TYPES {
        assert!(payloads.iter().any(|(other, ..)| other.schema == ty.schema), "no payload of {}", ty.schema);
    }
    // Not by an oracle that accepts everything: what the spec gives is accepted, and changes nowhere.
    for (ty, id, payload) in payloads {
        let expected = oracle::decode(&API, id, &payload);
        assert!(expected.errors.is_empty() && json::equal(&expected.encoded, &payload), "{}: {payload}", ty.schema);
    }
}
