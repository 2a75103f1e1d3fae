//! Unknown fields, enum values and variants are kept.

use chatkit_client::{AttachmentType, StateVariable, Thread, ThreadItem, ThreadStatus, Workflow};
use chatkit_codegen::ir::{EnumRepr, TypeKind, UnionKind};
use chatkit_tests::json::{self, Place};
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::find;
use serde_json::{Map, Value, json};

use super::{assert_kept, check, payloads, types};

fn extras() -> [Value; 8] {
    [
        json!(null),
        json!(true),
        json!(18_446_744_073_709_551_615_u64),
        json!(-0.5),
        json!("text"),
        json!([1, {"a": []}, null]),
        json!({}),
        json!({"type": "active", "object": {"id": [[{}]]}}),
    ]
}

#[test]
fn keeps_an_unknown_field_in_every_object() {
    for (ty, id, payload) in payloads() {
        for place in json::places(&payload) {
            if !place.get(&payload).is_some_and(Value::is_object) {
                continue;
            }
            for extra in extras() {
                for at_end in [true, false] {
                    let text = json::text_with_extra(&payload, &place, "x-unknown", &extra, at_end);
                    check(ty, id, &serde_json::from_str(&text).unwrap());
                }
            }
        }
    }
}

#[test]
fn keeps_unknown_fields_with_any_names() {
    for (ty, _, payload) in payloads() {
        let Value::Object(mut map) = payload else { continue };
        if ty.schema == "ChatKitStateVariable" {
            continue;
        }
        for name in ["", "a b", "\u{1f980}", "quo\"te", "unknown_fields", "Type", "ID", "\u{0}"] {
            map.insert(name.to_owned(), json!([name]));
        }
        assert_kept(ty, &Value::Object(map));
    }
}

#[test]
fn reads_and_changes_unknown_fields() {
    let example = API.type_def(spec::id(&API, "ChatKitThread")).docs.example.clone().unwrap();
    let with = json::text_with_extra(&example, &Place::root(), "items", &json!([1]), true);
    let mut thread: Thread = serde_json::from_str(&with).unwrap();
    assert_eq!(thread.unknown_fields.get("items"), Some(&json!([1])));
    assert_eq!(thread.unknown_fields.insert("items", json!([2])), Some(json!([1])));
    assert_eq!(serde_json::to_value(&thread).unwrap()["items"], json!([2]));
    assert_eq!(thread.unknown_fields.remove("items"), Some(json!([2])));
    assert_eq!(serde_json::to_value(&thread).unwrap(), example);
}

#[test]
fn compares_unknown_fields() {
    let with = |extra: Value| serde_json::from_value::<chatkit_client::ToolChoice>(extra).unwrap();
    let (none, one) = (with(json!({"id": "a"})), with(json!({"id": "a", "x": 1})));
    let (two, other) = (with(json!({"id": "a", "y": 1, "x": 1})), with(json!({"id": "a", "x": 2})));
    for (left, right) in [(&none, &one), (&one, &two), (&one, &other)] {
        assert_ne!(left, right);
        assert_ne!(right, left);
    }
    assert_eq!(two, with(json!({"x": 1, "id": "a", "y": 1})));
}

#[test]
fn prefers_a_field_to_an_unknown_field_of_its_name() {
    let mut thread = Thread::new("id", 1, "user");
    thread.unknown_fields.insert("user", "other");
    let text = serde_json::to_string(&thread).unwrap();
    assert_eq!(text.matches("\"user\":").count(), 1);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["user"], json!("user"));
}

#[test]
fn empty_unknown_fields_take_eight_bytes() {
    assert_eq!(std::mem::size_of::<chatkit_client::UnknownFields>(), 8);
}

#[test]
fn keeps_unknown_values_of_every_enum() {
    let mut count = 0;
    for (id, ty) in types() {
        let TypeKind::Enum(values) = &API.type_def(id).kind else { continue };
        assert_eq!(values.repr, EnumRepr::String);
        count += 1;
        for other in ["", "other", "ACTIVE", " active", "\u{1f980}"] {
            assert_kept(ty, &json!(other));
        }
        for listed in &values.values {
            assert_kept(ty, &listed.value);
        }
    }
    assert!(count >= 5, "only {count} enums");
}

#[test]
fn keeps_unknown_enum_values_at_every_use() {
    let values: Vec<&Value> = API
        .types
        .iter()
        .filter_map(|def| match &def.kind {
            TypeKind::Enum(values) => Some(values.values.iter().map(|listed| &listed.value)),
            _ => None,
        })
        .flatten()
        .collect();
    let mut count = 0;
    for (ty, id, payload) in payloads() {
        for place in json::places(&payload) {
            if place.get(&payload).is_some_and(|value| values.contains(&value)) {
                check(ty, id, &place.replaced(&payload, json!("a value of tomorrow")));
                count += 1;
            }
        }
    }
    assert!(count > 20, "only {count} enum values");
}

#[test]
fn exposes_an_unknown_enum_value_as_text() {
    let kind = AttachmentType::from("from_the_future");
    assert!(kind.is_unknown());
    assert_eq!(kind.as_str(), "from_the_future");
    assert_eq!(kind.to_string(), "from_the_future");
    assert!(!AttachmentType::from("image").is_unknown());
    assert_eq!(AttachmentType::from("image"), AttachmentType::Image);
    assert!(AttachmentType::VALUES.contains(&"image"));
}

#[test]
fn keeps_unknown_variants_of_every_tagged_union() {
    let mut count = 0;
    for (id, ty) in types() {
        let TypeKind::Union(union) = &API.type_def(id).kind else { continue };
        let UnionKind::Tagged { property: tag, .. } = &union.kind else { continue };
        count += 1;
        for extra in extras() {
            for body in unknown_variants(tag, &extra) {
                assert_kept(ty, &body);
            }
        }
    }
    assert!(count >= 4, "only {count} unions");
}

/// Returns unknown variants whose properties have names of the union, but wrong types. The tag is first, last or in
/// between.
fn unknown_variants(tag: &str, extra: &Value) -> Vec<Value> {
    let others = ["content", "created_at", "reason", "source", "extra"];
    (0..=others.len())
        .map(|position| {
            let mut body = Map::new();
            for (index, name) in others.iter().enumerate() {
                if index == position {
                    body.insert(tag.to_owned(), json!("from_the_future"));
                }
                body.insert((*name).to_owned(), extra.clone());
            }
            body.entry(tag).or_insert(json!("from_the_future"));
            Value::Object(body)
        })
        .collect()
}

#[test]
fn keeps_unknown_variants_at_any_depth() {
    for (ty, id, payload) in payloads() {
        for place in json::places(&payload) {
            let Some(Value::Object(object)) = place.get(&payload) else { continue };
            if object.contains_key("type") {
                check(ty, id, &place.key("type").replaced(&payload, json!("from_the_future")));
            }
        }
    }
}

#[test]
fn keeps_the_json_of_an_unknown_tag() {
    let payload = json!({"type": "from_the_future", "since": 5, "reason": {"code": 7}});
    let status: ThreadStatus = serde_json::from_value(payload.clone()).unwrap();
    assert!(status.is_unknown());
    assert_eq!(status, ThreadStatus::Unknown(payload));
}

#[test]
fn decodes_a_page_with_an_unknown_item() {
    let id = spec::id(&API, "ChatKitThreadItemList");
    let mut page = chatkit_tests::samples::of_type(&API, id).remove(0);
    page["data"]
        .as_array_mut()
        .unwrap()
        .insert(1, json!({"object": "chatkit.thread_item", "type": "chatkit.from_the_future"}));
    assert_kept(find("ChatKitThreadItemList"), &page);
    let list: chatkit_client::ThreadItemList = serde_json::from_value(page).unwrap();
    let unknown: Vec<bool> = list.data.iter().map(ThreadItem::is_unknown).collect();
    assert_eq!(unknown.iter().filter(|unknown| **unknown).count(), 1);
    assert!(unknown[1]);
}

#[test]
fn keeps_state_variables_of_any_type() {
    for extra in extras() {
        assert_kept(find("ChatKitStateVariable"), &extra);
    }
    let workflow: Workflow = serde_json::from_value(json!({
        "id": "w", "version": null, "tracing": {"enabled": true},
        "state_variables": {"n": 1, "f": 1.0, "s": "1", "b": true, "l": [1], "z": null}
    }))
    .unwrap();
    let variables = workflow.state_variables.unwrap();
    assert_eq!(variables["n"], StateVariable::Integer(1));
    assert_eq!(variables["f"], StateVariable::Number(1.0));
    assert_eq!(variables["s"], StateVariable::String("1".to_owned()));
    assert_eq!(variables["b"], StateVariable::Boolean(true));
    assert_eq!(variables["l"], StateVariable::Unknown(json!([1])));
    assert_eq!(variables["z"], StateVariable::Unknown(Value::Null));
}

#[test]
fn keeps_unknown_variants_with_numeric_keys() {
    let json = json!({"a": {"2": "y"}, "type": "chatkit.new", "1": "x", "later": {"3": ["z"]}});
    for yaml in [
        "a: {2: y}\ntype: chatkit.new\n1: x\nlater: {3: [z]}\n",
        "type: chatkit.new\n1: x\nlater: {3: [z]}\na: {2: y}\n",
        "1: x\nlater: {3: [z]}\na: {2: y}\ntype: chatkit.new\n",
    ] {
        let item: ThreadItem = serde_yaml::from_str(yaml).unwrap();
        assert_eq!(item, ThreadItem::Unknown(json.clone()), "{yaml}");
    }
}
