//! Property-based tests with random payloads that the spec allows.
//!
//! `PROPTEST_CASES` sets the number of payloads of each type. The default runs within seconds.

use chatkit_codegen::ir::{Api, TypeId};
use chatkit_tests::json::{self, Place, Step};
use chatkit_tests::oracle;
use chatkit_tests::spec::{self, API};
use chatkit_tests::strategy::{self, UnknownParts};
use chatkit_tests::types::{Type, listed};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestError, TestRunner};
use serde_json::Value;

const CASES: u32 = 6;

/// Runs a test with payloads of every type, and shows the smallest failing one.
fn for_every_type<T: std::fmt::Debug>(
    payloads: impl Fn(TypeId) -> BoxedStrategy<T>,
    test: impl Fn(&Type, TypeId, T) -> TestCaseResult,
) {
    for (id, ty) in listed(&API) {
        let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
        let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
        match TestRunner::new(config).run(&payloads(id), |payload| test(ty, id, payload)) {
            Ok(()) => {}
            Err(TestError::Fail(reason, payload)) => panic!("{}: {reason}\n{payload:#?}", ty.schema),
            Err(TestError::Abort(reason)) => panic!("{}: {reason}", ty.schema),
        }
    }
}

/// Asserts that a payload decodes, encodes to an equal value, and does so again.
fn round_trips(ty: &Type, text: &str) -> TestCaseResult {
    let payload: Value = serde_json::from_str(text).map_err(fail)?;
    let encoded = (ty.from_str)(text).map_err(fail)?;
    prop_assert!(json::equal(&encoded, &payload), "became {}", encoded);
    prop_assert!((ty.is_stable)(text).map_err(fail)?, "decodes to another value the second time");
    let written: Value = serde_json::from_str(&(ty.to_string)(text).map_err(fail)?).map_err(fail)?;
    prop_assert!(json::equal(&written, &payload), "was written as {}", written);
    let value = (ty.from_value)(payload.clone()).map_err(fail)?;
    prop_assert!(json::equal(&value, &payload), "as a value became {}", value);
    Ok(())
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn fail(error: serde_json::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

#[test]
fn valid_payloads_round_trip() {
    let payloads = |id| strategy::text(strategy::of_type(&API, id, UnknownParts::Excluded));
    for_every_type(payloads, |ty, _, text| round_trips(ty, &text));
}

#[test]
fn unknown_fields_values_and_variants_round_trip() {
    let payloads = |id| strategy::text(strategy::of_type(&API, id, UnknownParts::Included));
    for_every_type(payloads, |ty, _, text| round_trips(ty, &text));
}

#[test]
fn valid_payloads_have_no_violations() {
    let payloads = |id| strategy::of_type(&API, id, UnknownParts::Excluded);
    for_every_type(payloads, |ty, _, payload| {
        let Some(validate) = ty.validate else { return Ok(()) };
        let violations = validate(&payload.to_string()).map_err(fail)?;
        prop_assert!(violations.is_empty(), "{:?}", violations);
        Ok(())
    });
}

#[test]
fn corrects_nothing_in_valid_payloads() {
    let payloads = |id| strategy::of_type(&API, id, UnknownParts::Included);
    for_every_type(payloads, |ty, _, payload| {
        let (encoded, corrected) = (ty.lenient)(&payload.to_string()).map_err(fail)?;
        prop_assert!(json::equal(&encoded, &payload), "became {}", encoded);
        prop_assert!(corrected.is_empty(), "corrected {:?}", corrected);
        Ok(())
    });
}

/// Returns a strategy for payloads with one part removed, or replaced by any value.
fn mutated(api: &Api, id: TypeId) -> BoxedStrategy<(Value, Place)> {
    let replacement = proptest::option::weighted(0.7, strategy::any_json());
    (strategy::of_type(api, id, UnknownParts::Included), any::<prop::sample::Index>(), replacement)
        .prop_map(|(payload, index, replacement)| {
            let places = json::places(&payload);
            let place = index.get(&places).clone();
            let changed = match replacement {
                Some(other) => place.replaced(&payload, other),
                None => place.removed(&payload),
            };
            (changed, place)
        })
        .boxed()
}

#[test]
fn random_changes_have_the_predicted_outcome() {
    for_every_type(
        |id| mutated(&API, id),
        |ty, id, (payload, place)| {
            let expected = oracle::decode(&API, id, &payload);
            match (ty.from_str)(&payload.to_string()) {
                Ok(encoded) => {
                    prop_assert!(expected.errors.is_empty(), "no error at any of {:?}", expected.errors);
                    prop_assert!(json::equal(&encoded, &expected.encoded), "became {}", encoded);
                }
                Err(error) => {
                    let path = json::path_of(&error);
                    let named = expected.errors.iter().find(|place| place.to_string() == path);
                    prop_assert!(named.is_some(), "{} instead of {:?}", error, expected.errors);
                    prop_assert!(exists(named.unwrap_or(&place), &payload), "{} is nowhere", path);
                }
            }
            Ok(())
        },
    );
}

/// Whether a place exists, or would if its object had one more property.
fn exists(place: &Place, payload: &Value) -> bool {
    place.get(payload).is_some()
        || place.parent().is_some_and(|(parent, step)| {
            matches!(step, Step::Key(_)) && parent.get(payload).is_some_and(Value::is_object)
        })
}

#[test]
fn any_json_decodes_or_fails_without_a_panic() {
    for_every_type(
        |_| strategy::any_json(),
        |ty, id, payload| {
            let expected = oracle::decode(&API, id, &payload);
            let decoded = (ty.from_str)(&payload.to_string());
            prop_assert_eq!(decoded.is_ok(), expected.errors.is_empty());
            // Lenient decoding may fail, but not panic.
            let _ = (ty.lenient)(&payload.to_string());
            Ok(())
        },
    );
}

#[test]
fn any_text_decodes_or_fails_without_a_panic() {
    for_every_type(
        |id| {
            let cut = (
                strategy::text(strategy::of_type(&API, id, UnknownParts::Included)),
                any::<prop::sample::Index>(),
                any::<char>(),
            );
            cut.prop_map(|(text, index, other)| {
                let mut characters: Vec<char> = text.chars().collect();
                let position = index.index(characters.len());
                characters[position] = other;
                characters.into_iter().collect::<String>()
            })
            .boxed()
        },
        |ty, _, text| {
            let valid = serde_json::from_str::<Value>(&text).is_ok();
            let decoded = (ty.from_str)(&text);
            prop_assert!(valid || decoded.is_err(), "text that is not JSON decodes");
            Ok(())
        },
    );
}

/// A document with keywords that the spec of this repository does not use.
const OTHER: &str = r#"
openapi: 3.0.3
info: {title: Other, version: "1"}
x-rust-crate: {name: other}
paths:
  /nodes:
    post:
      operationId: createNode
      tags: [nodes]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}
      responses:
        '200':
          description: A node.
          content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}
components:
  schemas:
    Node:
      type: object
      required: [id, secret, small]
      properties:
        id: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true, minLength: 3, maxLength: 4}
        small: {type: integer, format: int32, minimum: -3, exclusiveMinimum: true, maximum: 9, multipleOf: 2}
        big: {type: integer, format: uint64}
        ratio: {type: number, minimum: 0, maximum: 1, exclusiveMaximum: true}
        steps: {type: number, multipleOf: 0.5, minimum: 0, maximum: 4}
        children: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/Node'}}
        kind: {$ref: '#/components/schemas/Level'}
        labels: {type: object, minProperties: 1, maxProperties: 2, x-property-names: {maxLength: 5}, additionalProperties: {type: string, nullable: true}}
        codes: {type: array, uniqueItems: true, minItems: 2, items: {type: integer, minimum: 1, maximum: 5}}
        slug: {type: string, pattern: '^[a-z]{2,4}-[0-9]+$', maxLength: 6}
        when: {type: string, format: date-time, nullable: true}
        day: {type: string, format: date}
        uuid: {type: string, format: uuid}
        data: {type: string, format: byte}
      additionalProperties: {type: boolean}
    Level: {type: integer, enum: [1, 2, 3]}
    Tree:
      oneOf: [{$ref: '#/components/schemas/Leaf'}, {$ref: '#/components/schemas/Branch'}]
      discriminator:
        propertyName: kind
        mapping: {leaf: '#/components/schemas/Leaf', branch: '#/components/schemas/Branch'}
    Leaf:
      type: object
      required: [kind, value]
      properties:
        kind: {type: string, enum: [leaf]}
        value: {}
    Branch:
      type: object
      required: [kind, left, right]
      properties:
        kind: {type: string, enum: [branch]}
        left: {$ref: '#/components/schemas/Tree'}
        right: {$ref: '#/components/schemas/Tree'}
        node: {$ref: '#/components/schemas/Node'}
"#;

#[test]
fn strategies_follow_other_documents() {
    let api = spec::api(OTHER);
    for unknown_parts in [UnknownParts::Excluded, UnknownParts::Included] {
        for id in spec::ids(&api) {
            let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
            let outcome = TestRunner::new(config).run(&strategy::of_type(&api, id, unknown_parts), |payload| {
                let expected = oracle::decode(&api, id, &payload);
                prop_assert!(expected.errors.is_empty(), "{}", payload);
                prop_assert!(json::equal(&expected.encoded, &payload), "{}", payload);
                keeps_its_bounds(&payload)
            });
            outcome.unwrap_or_else(|error| panic!("{}: {error}", api.type_def(id).name));
        }
    }
}

/// Asserts the bounds of each `Node` in a payload.
fn keeps_its_bounds(payload: &Value) -> TestCaseResult {
    for place in json::places(payload) {
        let Some(node) = place.get(payload).filter(|value| value.get("secret").is_some()) else { continue };
        let Some(small) = node["small"].as_i64() else { continue };
        prop_assert!((-2..=8).contains(&small) && small % 2 == 0, "{}", small);
        if let Some(secret) = node["secret"].as_str() {
            prop_assert!((3..=4).contains(&secret.chars().count()), "{:?}", secret);
        }
        if let Some(codes) = node.get("codes").and_then(Value::as_array) {
            prop_assert!(codes.len() >= 2);
            prop_assert!(codes.iter().enumerate().all(|(index, code)| !codes[..index].contains(code)), "{:?}", codes);
        }
        if let Some(labels) = node.get("labels").and_then(Value::as_object) {
            prop_assert!((1..=2).contains(&labels.len()) && labels.keys().all(|name| name.chars().count() <= 5));
        }
        if let Some(ratio) = node.get("ratio").and_then(Value::as_f64) {
            prop_assert!((0.0..1.0).contains(&ratio), "{}", ratio);
        }
    }
    Ok(())
}
