//! Absence and null of every property of every object.

use chatkit_codegen::ir::{Object, Presence, Property, TypeId, TypeKind};
use chatkit_tests::json::{self, Place};
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::Type;
use chatkit_tests::{oracle, samples};
use serde_json::{Value, json};

use super::{check, error_of, payloads, types};

/// Calls a test with every property of every object and a payload that has it.
fn for_each_property(test: impl Fn(&Type, &Property, &Value)) {
    let mut count = 0;
    for (id, ty) in types() {
        let TypeKind::Object(Object { properties, .. }) = &API.type_def(id).kind else { continue };
        for property in properties {
            for payload in samples::of_type(&API, id) {
                test(ty, property, &payload);
                count += 1;
            }
        }
    }
    assert!(count > 150, "only {count} properties");
}

#[test]
fn missing_properties_follow_their_presence() {
    for_each_property(|ty, property, payload| {
        let place = Place::root().key(&property.name);
        let without = place.removed(payload);
        let outcome = (ty.from_str)(&without.to_string());
        let context = format!("{}.{}", ty.schema, property.name);
        match property.presence {
            Presence::Required => {
                let message = outcome.expect_err(&context).to_string();
                let expected = format!("at `{}`: the required property is missing", property.name);
                assert!(message.starts_with(&expected), "{context}: {message}");
            }
            Presence::Constant => assert_eq!(outcome.unwrap()[&property.name], *property.constant.as_ref().unwrap()),
            Presence::RequiredNullable => assert_eq!(outcome.unwrap()[&property.name], Value::Null, "{context}"),
            Presence::Defaulted { optional: false } => {
                assert_eq!(outcome.unwrap()[&property.name], *property.default.as_ref().unwrap(), "{context}");
            }
            Presence::Optional | Presence::OptionalNullable | Presence::Defaulted { optional: true } => {
                assert_eq!(outcome.unwrap(), without, "{context}");
            }
        }
    });
}

#[test]
fn null_is_an_error_at_its_path_or_kept() {
    for_each_property(|ty, property, payload| {
        let place = Place::root().key(&property.name);
        let null = place.replaced(payload, Value::Null);
        let outcome = (ty.from_str)(&null.to_string());
        let context = format!("{}.{}", ty.schema, property.name);
        let accepted = property.schema.nullable
            || !matches!(property.presence, Presence::Required | Presence::Defaulted { optional: false });
        if accepted {
            assert_eq!(outcome.expect(&context), null, "{context}");
        } else {
            assert_eq!(json::path_of(&outcome.expect_err(&context)), property.name, "{context}");
        }
    });
}

#[test]
fn reports_full_paths_of_missing_and_null_properties() {
    for (ty, id, payload) in payloads() {
        for place in json::places(&payload) {
            check(ty, id, &place.removed(&payload));
            check(ty, id, &place.replaced(&payload, Value::Null));
        }
    }
}

#[test]
fn names_one_of_two_missing_properties() {
    for (ty, id, payload) in payloads() {
        let Value::Object(map) = &payload else { continue };
        for first in map.keys() {
            for second in map.keys().filter(|second| *second != first) {
                let root = Place::root();
                check(ty, id, &root.key(first).removed(&root.key(second).removed(&payload)));
            }
        }
    }
}

#[test]
fn names_the_first_missing_property() {
    for (id, ty) in types() {
        let def = API.type_def(id);
        let TypeKind::Object(object) = &def.kind else { continue };
        let first = object.properties.iter().find(|property| property.presence == Presence::Required);
        match (first, (ty.from_str)("{}")) {
            (Some(first), Err(error)) => assert_eq!(json::path_of(&error), first.name, "{}", def.name),
            (None, Ok(_)) => {}
            (first, outcome) => panic!("{}: {first:?}, {outcome:?}", def.name),
        }
    }
}

#[test]
fn sends_no_optional_properties_of_an_empty_object() {
    for (id, ty) in types() {
        let def = API.type_def(id);
        let TypeKind::Object(object) = &def.kind else { continue };
        if object.properties.iter().all(|property| property.presence == Presence::Optional) {
            assert_eq!((ty.to_string)("{}").unwrap(), "{}", "{}", def.name);
        }
    }
}

#[test]
fn spec_has_the_presence_that_the_service_needs() {
    let expected = [
        ("ChatKitThread", "title", Presence::RequiredNullable),
        ("ChatKitThread", "status", Presence::Defaulted { optional: false }),
        ("ChatKitThread", "object", Presence::Constant),
        ("ChatKitThread", "user", Presence::Required),
        ("ChatKitThreadUserMessageItem", "attachments", Presence::Defaulted { optional: false }),
        ("ChatKitThreadUserMessageItem", "inference_options", Presence::RequiredNullable),
        ("CreateChatSessionRequest", "expires_after", Presence::Optional),
        ("CreateChatSessionRequest", "user", Presence::Required),
        ("ChatSession", "client_secret", Presence::Required),
        ("ChatKitThreadItemList", "last_id", Presence::RequiredNullable),
    ];
    for (schema, name, expected) in expected {
        assert_eq!(presence_of(spec::id(&API, schema), name), expected, "{schema}.{name}");
    }
}

fn presence_of(id: TypeId, name: &str) -> Presence {
    let def = API.type_def(id);
    let TypeKind::Object(object) = &def.kind else { panic!("{} is not an object", def.name) };
    object.properties.iter().find(|property| property.name == name).unwrap().presence
}

#[test]
fn reports_missing_properties_within_lists_and_unions() {
    let item = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t",
        "type": "chatkit.assistant_message",
        "content": [{"type": "output_text", "text": "a", "annotations": []}, {"type": "output_text", "annotations": []}]
    });
    let list = json!({"object": "list", "data": [item, item], "first_id": null, "last_id": null, "has_more": false});
    let message = error_of("ChatKitThreadItemList", &list);
    assert!(message.starts_with("at `data[0].content[1].text`: the required property is missing"), "{message}");
    let source = json!({"type": "url", "source": {"type": "url"}});
    let text = json!({"type": "output_text", "text": "a", "annotations": [source]});
    assert!(error_of("ChatKitResponseOutputText", &text).starts_with("at `annotations[0].source.url`: "));
}

#[test]
fn keeps_another_value_of_a_constant() {
    for (ty, id, payload) in payloads() {
        let TypeKind::Object(object) = &API.type_def(id).kind else { continue };
        for property in object.properties.iter().filter(|property| property.constant.is_some()) {
            for other in
                [json!("other"), json!(3), json!(-3), json!(0.5), json!(true), json!([1]), json!({"a": [null]})]
            {
                let changed = Place::root().key(&property.name).replaced(&payload, other);
                super::assert_kept(ty, &changed);
                assert!(oracle::decode(&API, id, &changed).errors.is_empty());
            }
        }
    }
}
