//! What follows the schema decodes, and encodes to an equal JSON value.

use chatkit_client::{ChatSession, Thread, ThreadItem, ThreadItemList, ThreadStatus};
use chatkit_tests::json;
use chatkit_tests::spec::{self, API};
use serde_json::{Value, json};

use super::{assert_kept, of, payloads};

#[test]
fn every_example_of_the_spec_round_trips() {
    let examples = spec::examples(&API);
    // Each component, the error response of each operation, six answers and one body.
    let components = API.types.iter().filter(|def| def.schema.is_some()).count();
    assert_eq!(examples.len(), components + 6 + 6 + 1, "an example is missing");
    for example in examples {
        assert_kept(of(example.id), &example.value);
    }
}

#[test]
fn every_shape_of_every_type_round_trips() {
    for (ty, _, payload) in payloads() {
        assert_kept(ty, &payload);
    }
}

#[test]
fn what_the_spec_lists_decodes_to_no_unknown_value_or_variant() {
    for (ty, _, payload) in payloads() {
        let printed = (ty.debug)(&payload.to_string()).unwrap();
        assert!(!printed.contains("Unknown("), "{}: {payload}\nbecame {printed}", ty.schema);
    }
}

#[test]
fn encoding_writes_properties_in_the_order_of_the_spec() {
    for (ty, _, payload) in payloads() {
        let shuffled = json::reversed(&payload).to_string();
        let encoded = (ty.to_string)(&shuffled).unwrap_or_else(|error| panic!("{}: {error}", ty.schema));
        // Samples and examples have the order of the spec, maps their own: that of the keys.
        let mut expected = payload.clone();
        sort_maps(&mut expected);
        assert_eq!(encoded, expected.to_string(), "{}", ty.schema);
    }
}

/// `state_variables` is the only map of the spec.
fn sort_maps(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(sort_maps),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match value {
                    Value::Object(variables) if name == "state_variables" => variables.sort_keys(),
                    other => sort_maps(other),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn whitespace_and_escapes_change_nothing() {
    for (ty, _, payload) in payloads() {
        for seed in 1..4 {
            let text = json::text(&payload, seed * 0x9E37_79B9);
            let encoded = (ty.from_str)(&text).unwrap_or_else(|error| panic!("{}: {text}\n{error}", ty.schema));
            assert!(json::equal(&encoded, &payload), "{}: {text}", ty.schema);
        }
    }
}

#[test]
fn a_thread_decodes_into_its_fields() {
    let thread: Thread = serde_json::from_value(json!({
        "id": "cthr_1", "object": "chatkit.thread", "created_at": 17, "title": null,
        "status": {"type": "locked", "reason": "review"}, "user": "u"
    }))
    .unwrap();
    assert_eq!((thread.id.as_str(), thread.created_at, thread.title.as_deref()), ("cthr_1", 17, None));
    let ThreadStatus::Locked(locked) = &thread.status else { panic!("{:?}", thread.status) };
    assert_eq!(locked.reason.as_deref(), Some("review"));
    assert!(thread.unlisted.is_empty());
}

#[test]
fn each_tag_selects_its_own_variant() {
    let list = one_of_each();
    let names: Vec<&str> = list
        .data
        .iter()
        .map(|item| match item {
            ThreadItem::UserMessage(_) => "chatkit.user_message",
            ThreadItem::AssistantMessage(_) => "chatkit.assistant_message",
            ThreadItem::Widget(_) => "chatkit.widget",
            ThreadItem::ClientToolCall(_) => "chatkit.client_tool_call",
            ThreadItem::Task(_) => "chatkit.task",
            ThreadItem::TaskGroup(_) => "chatkit.task_group",
            other => panic!("{other:?}"),
        })
        .collect();
    let tags: Vec<Value> = serde_json::to_value(&list).unwrap()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["type"].clone())
        .collect();
    assert_eq!(tags, names);
}

/// A list with an item of every kind.
fn one_of_each() -> ThreadItemList {
    let id = spec::id(&API, "ChatKitThreadItemList");
    let payload = chatkit_tests::samples::of_type(&API, id).remove(0);
    serde_json::from_value(payload).unwrap()
}

#[test]
fn an_example_decodes_by_borrowed_and_owned_values_alike() {
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
fn a_lenient_decode_of_what_follows_the_schema_mends_nothing() {
    for (ty, _, payload) in payloads() {
        let (encoded, mended) = (ty.lenient)(&payload.to_string()).unwrap();
        assert!(json::equal(&encoded, &payload), "{}", ty.schema);
        assert_eq!(mended, Vec::<String>::new(), "{}", ty.schema);
    }
}

#[test]
fn a_float_keeps_its_digits_as_text() {
    // The nearest double of this text is another one than a fast parser finds.
    for digits in ["13.715571970987849", "0.3", "6.934698245112694e276", "5e-324", "1.7976931348623157e308"] {
        let text =
            format!(r#"{{"id":"w","version":null,"state_variables":{{"x":{digits}}},"tracing":{{"enabled":true}}}}"#);
        let encoded = (chatkit_tests::types::find("ChatKitWorkflow").to_string)(&text).unwrap();
        let expected: f64 = digits.parse().unwrap();
        assert!(encoded.contains(&format!("\"x\":{}", json!(expected))), "{digits} became {encoded}");
    }
}

#[test]
fn the_crate_asks_for_exact_floats_itself() {
    // Another package of this workspace turns the feature on for all, so that no payload can show that it is missing.
    let manifest = std::fs::read_to_string(spec::path("generated/Cargo.toml")).unwrap();
    let dependency = manifest.lines().find(|line| line.starts_with("serde_json")).unwrap();
    assert!(dependency.contains("float_roundtrip"), "{dependency}");
}

#[test]
fn equal_sessions_are_equal_and_others_are_not() {
    let example = API.type_def(spec::id(&API, "ChatSession")).docs.example.clone().unwrap();
    let session: ChatSession = serde_json::from_value(example.clone()).unwrap();
    for place in json::places(&example) {
        let Some(Value::String(_)) = place.get(&example) else { continue };
        let other: ChatSession = serde_json::from_value(place.replaced(&example, json!("other"))).unwrap();
        assert_ne!(other, session, "without regard to `{place}`");
    }
}
