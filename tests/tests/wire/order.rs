//! The order of properties, and duplicate properties.

use chatkit_codegen::ir::TypeKind;
use chatkit_tests::json::{self, Place};
use chatkit_tests::samples;
use chatkit_tests::spec::{self, API};
use serde_json::{Map, Value, json};

use super::{assert_kept, payloads, types};

#[test]
fn decodes_small_objects_in_every_order() {
    for (ty, _, payload) in payloads() {
        let Value::Object(map) = &payload else { continue };
        if map.len() <= 5 {
            for order in permutations(map.len()) {
                assert_kept(ty, &json::reordered(map, &order));
            }
        }
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let mut orders = Vec::new();
    for shorter in permutations(last) {
        for position in 0..count {
            let mut order = shorter.clone();
            order.insert(position, last);
            orders.push(order);
        }
    }
    orders
}

#[test]
fn decodes_all_objects_in_reverse_order() {
    for (ty, _, payload) in payloads() {
        assert_kept(ty, &json::reversed(&payload));
    }
}

#[test]
fn accepts_each_property_first_and_last() {
    for (ty, _, payload) in payloads() {
        let Value::Object(map) = &payload else { continue };
        for index in 0..map.len() {
            let others: Vec<usize> = (0..map.len()).filter(|other| *other != index).collect();
            assert_kept(ty, &json::reordered(map, &[&[index], &others[..]].concat()));
            assert_kept(ty, &json::reordered(map, &[&others[..], &[index]].concat()));
        }
    }
}

#[test]
fn accepts_a_tag_at_any_position() {
    let mut count = 0;
    for (ty, _, payload) in payloads() {
        for place in json::places(&payload) {
            let Some(Value::Object(map)) = place.get(&payload) else { continue };
            let Some(tag) = map.keys().position(|name| name == "type") else { continue };
            let others: Vec<usize> = (0..map.len()).filter(|index| *index != tag).collect();
            for position in 0..map.len() {
                let mut order = others.clone();
                order.insert(position, tag);
                assert_kept(ty, &place.replaced(&payload, json::reordered(map, &order)));
                count += 1;
            }
        }
    }
    assert!(count > 400, "only {count} places of a tag");
}

#[test]
fn refuses_a_duplicate_property_at_its_path() {
    for (ty, _, payload) in payloads() {
        // The decoder buffers properties before the tag, which must not lose one of the two.
        for payload in [json::reversed(&payload), payload] {
            for place in json::places(&payload) {
                let Some((parent, json::Step::Key(name))) = place.parent() else { continue };
                let value = place.get(&payload).cloned().unwrap_or_default();
                for second in [value, json!(null), json!({"other": 1})] {
                    for at_end in [true, false] {
                        let text = json::text_with_extra(&payload, &parent, name, &second, at_end);
                        let error = match (ty.from_str)(&text) {
                            Err(error) => error,
                            Ok(encoded) => panic!("{}: {text}\nbecame {encoded}", ty.schema),
                        };
                        assert!(is_about(&error, &place), "{}: {text}\n{error}", ty.schema);
                    }
                }
            }
        }
    }
}

/// Whether an error is about a place. It may be a duplicate, or the second value may be wrong in itself.
fn is_about(error: &serde_json::Error, place: &Place) -> bool {
    let (path, place) = (json::path_of(error), place.to_string());
    let twice = error.to_string().contains("duplicate property");
    if twice {
        path == place
    } else {
        path.strip_prefix(&place).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    }
}

#[test]
fn reports_equal_duplicates_as_duplicates() {
    for (id, ty) in types() {
        let TypeKind::Object(_) = &API.type_def(id).kind else { continue };
        for payload in samples::of_type(&API, id) {
            let Value::Object(map) = &payload else { continue };
            for (name, value) in map {
                let text = json::text_with_extra(&payload, &Place::root(), name, value, true);
                let message = (ty.from_str)(&text).unwrap_err().to_string();
                let expected = format!("at `{name}`: duplicate property at line 1 column ");
                assert!(message.starts_with(&expected), "{message}");
            }
        }
    }
}

#[test]
fn refuses_a_duplicate_unknown_field_at_its_path() {
    for (ty, _, payload) in payloads() {
        if payload.is_object() && ty.schema != "ChatKitStateVariable" {
            let with = with_extra(&payload, "x y", &json!(1));
            let text = json::text_with_extra(&with, &Place::root(), "x y", &json!(2), true);
            let message = (ty.from_str)(&text).unwrap_err().to_string();
            assert!(message.starts_with("at `[\"x y\"]`: duplicate property"), "{}: {message}", ty.schema);
        }
    }
}

fn with_extra(payload: &Value, name: &str, extra: &Value) -> Value {
    let mut map: Map<String, Value> = payload.as_object().cloned().unwrap_or_default();
    map.insert(name.to_owned(), extra.clone());
    Value::Object(map)
}

#[test]
fn refuses_a_duplicate_within_an_unknown_field() {
    let thread = API.type_def(spec::id(&API, "ChatKitThread")).docs.example.clone().unwrap();
    let with = with_extra(&thread, "extra", &json!([{"a": 1}]));
    let text = json::text_with_extra(&with, &Place::root().key("extra").index(0), "a", &json!(2), true);
    let error = (chatkit_tests::types::find("ChatKitThread").from_str)(&text).unwrap_err();
    assert_eq!(json::path_of(&error), "extra[0].a", "{error}");
    let variable = r#"{"id":"w","state_variables":{"v":[{"a":1,"a":2}]}}"#;
    let error = (chatkit_tests::types::find("ChatSessionWorkflowParam").from_str)(variable).unwrap_err();
    assert_eq!(json::path_of(&error), "state_variables.v[0].a", "{error}");
    let unknown = r#"{"type":"from_the_future","since":{"a":1,"a":2}}"#;
    let error = (chatkit_tests::types::find("ChatKitThreadStatus").from_str)(unknown).unwrap_err();
    assert_eq!(json::path_of(&error), "since.a", "{error}");
}

#[test]
fn refuses_a_duplicate_within_an_unknown_variant() {
    for text in [
        r#"{"type":"from_the_future","a":1,"a":2}"#,
        r#"{"a":1,"a":2,"type":"from_the_future"}"#,
        r#"{"a":1,"type":"from_the_future","a":2}"#,
    ] {
        let error = (chatkit_tests::types::find("ChatKitThreadStatus").from_str)(text).unwrap_err();
        assert_eq!(json::path_of(&error), "a", "{error}");
    }
    for text in [
        r#"{"type":"from_the_future","type":"from_the_future"}"#,
        r#"{"type":"from_the_future","a":1,"type":"active"}"#,
    ] {
        let error = (chatkit_tests::types::find("ChatKitThreadStatus").from_str)(text).unwrap_err();
        assert_eq!(json::path_of(&error), "type", "{error}");
    }
}
