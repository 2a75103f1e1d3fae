//! Valid payloads decode, and encode to an equal JSON value.

use chatkit_client::{ChatSession, Thread, ThreadStatus};
use chatkit_codegen::ir::{MediaType, Schema, Type, TypeKind, UnionKind};
use chatkit_tests::spec::{self, API};
use chatkit_tests::{json, samples};
use serde_json::{Value, json};

use super::{MAPS, assert_kept, payloads, types};

#[test]
fn examples_of_the_spec_round_trip() {
    let examples = spec::examples(&API);
    for (id, ty) in types() {
        for example in examples.iter().filter(|example| example.id == id) {
            assert_kept(ty, &example.value);
        }
    }
}

#[test]
fn spec_has_an_example_of_every_component_and_body() {
    let components = API.types.iter().filter(|def| def.schema.is_some()).map(|def| def.pointer.as_str());
    let of_types = |media: &&MediaType| matches!(&media.schema, Some(Schema { ty: Type::Named(_), .. }));
    let media = API.operations.iter().flat_map(spec::media).filter(of_types).map(|media| media.pointer.as_str());
    let examples: Vec<String> = spec::examples(&API).into_iter().map(|example| example.pointer).collect();
    let wanted: Vec<&str> = components.chain(media).collect();
    let missing: Vec<_> = wanted.iter().filter(|pointer| !examples.iter().any(|found| found == *pointer)).collect();
    assert!(missing.is_empty(), "without an example: {missing:?}");
    assert!(wanted.len() > 50, "only {} places of examples", wanted.len());
}

#[test]
fn samples_of_every_type_round_trip() {
    for (ty, _, payload) in payloads() {
        assert_kept(ty, &payload);
    }
}

#[test]
fn decodes_listed_values_and_variants_as_known() {
    for (ty, _, payload) in payloads() {
        let printed = (ty.debug)(&payload.to_string()).unwrap();
        assert!(!printed.contains("Unknown("), "{}: {payload}\nbecame {printed}", ty.schema);
    }
}

#[test]
fn encodes_properties_in_the_order_of_the_spec() {
    for (ty, _, payload) in payloads() {
        let shuffled = json::reversed(&payload).to_string();
        let encoded = (ty.to_string)(&shuffled).unwrap_or_else(|error| panic!("{}: {error}", ty.schema));
        // Samples and examples have the order of the spec. The entries of maps are sorted by key.
        let mut expected = payload.clone();
        sort_maps(&mut expected);
        assert_eq!(encoded, expected.to_string(), "{}", ty.schema);
    }
}

/// Sorts the maps among the properties.
fn sort_maps(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(sort_maps),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                sort_maps(value);
                match value {
                    Value::Object(entries) if MAPS.contains(name.as_str()) => entries.sort_keys(),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

#[test]
fn ignores_whitespace_and_escapes() {
    for (ty, _, payload) in payloads() {
        for seed in 1..4 {
            let text = json::text(&payload, seed * 0x9E37_79B9);
            let encoded = (ty.from_str)(&text).unwrap_or_else(|error| panic!("{}: {text}\n{error}", ty.schema));
            assert!(json::equal(&encoded, &payload), "{}: {text}", ty.schema);
        }
    }
}

#[test]
fn decodes_a_thread_into_its_fields() {
    let status = json!({"type": "locked", "reason": "review"});
    let properties = json!({"id": "cthr_1", "created_at": 17, "title": null, "status": status});
    let thread: Thread = serde_json::from_value(spec::example_with("ChatKitThread", properties)).unwrap();
    assert_eq!((thread.id.as_str(), thread.created_at, thread.title.as_deref()), ("cthr_1", 17, None));
    let ThreadStatus::Locked(locked) = &thread.status else { panic!("{:?}", thread.status) };
    assert_eq!(locked.reason.as_deref(), Some("review"));
    assert!(thread.unknown_fields.is_empty());
}

#[test]
fn decodes_each_tag_as_its_variant() {
    let mut count = 0;
    for (id, ty) in types() {
        let TypeKind::Union(union) = &API.type_def(id).kind else { continue };
        let UnionKind::Tagged { property, .. } = &union.kind else { continue };
        for payload in samples::of_type(&API, id) {
            let tagged =
                union.variants.iter().find(|variant| variant.tags.iter().any(|tag| payload[property] == **tag));
            let printed = (ty.debug)(&payload.to_string()).unwrap();
            let expected = format!("{}({}", tagged.unwrap().rust_name, held(&tagged.unwrap().schema));
            assert!(printed.starts_with(&expected), "{}: {payload}\nbecame {printed}", ty.schema);
            count += 1;
        }
    }
    assert!(count >= 10, "only {count} variants");
}

/// Returns the Rust name of a variant's payload.
fn held(schema: &Schema) -> &'static str {
    match &schema.ty {
        Type::Named(id) => &API.type_def(*id).name,
        other => panic!("a tagged variant holds {other:?}"),
    }
}

#[test]
fn decodes_borrowed_and_owned_values_alike() {
    for (ty, _, payload) in payloads() {
        let text = payload.to_string();
        let results = [
            (ty.from_str)(&text),
            (ty.from_slice)(text.as_bytes()),
            (ty.from_reader)(text.as_bytes()),
            (ty.from_value)(payload.clone()),
        ];
        for result in results {
            let encoded = result.unwrap_or_else(|error| panic!("{}: {error}", ty.schema));
            assert!(json::equal(&encoded, &payload), "{}", ty.schema);
        }
    }
}

#[test]
fn corrects_nothing_in_valid_payloads() {
    for (ty, _, payload) in payloads() {
        let (encoded, corrected) = (ty.lenient)(&payload.to_string()).unwrap();
        assert!(json::equal(&encoded, &payload), "{}", ty.schema);
        assert_eq!(corrected, Vec::<String>::new(), "{}", ty.schema);
    }
}

#[test]
fn keeps_every_digit_of_a_float() {
    // A fast parser does not find the nearest double of this text.
    for digits in ["13.715571970987849", "0.3", "6.934698245112694e276", "5e-324", "1.7976931348623157e308"] {
        let text =
            format!(r#"{{"id":"w","version":null,"state_variables":{{"x":{digits}}},"tracing":{{"enabled":true}}}}"#);
        let encoded = (chatkit_tests::types::find("ChatKitWorkflow").to_string)(&text).unwrap();
        let expected: f64 = digits.parse().unwrap();
        assert!(encoded.contains(&format!("\"x\":{}", json!(expected))), "{digits} became {encoded}");
    }
}

#[test]
fn crate_enables_exact_floats() {
    // Another package of this workspace enables the feature for all, so no payload would show that it is missing.
    let manifest = std::fs::read_to_string(spec::path("generated/Cargo.toml")).unwrap();
    let dependency = manifest.lines().find(|line| line.starts_with("serde_json")).unwrap();
    assert!(dependency.contains("float_roundtrip"), "{dependency}");
}

#[test]
fn compares_sessions_by_every_property() {
    let example = API.type_def(spec::id(&API, "ChatSession")).docs.example.clone().unwrap();
    let session: ChatSession = serde_json::from_value(example.clone()).unwrap();
    for place in json::places(&example) {
        let Some(Value::String(_)) = place.get(&example) else { continue };
        let other: ChatSession = serde_json::from_value(place.replaced(&example, json!("other"))).unwrap();
        assert_ne!(other, session, "`{place}` does not count");
    }
}
