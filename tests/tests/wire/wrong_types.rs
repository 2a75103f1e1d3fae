//! Values of the wrong type: an error with the exact path, or kept if the schema is open.

use chatkit_tests::json::{self, Place};
use chatkit_tests::oracle;
use chatkit_tests::spec::API;
use serde_json::{Value, json};

use super::{check, error_of, payloads};

#[test]
fn refuses_wrong_types_at_their_path_or_keeps_them() {
    let mut refused = 0;
    for (ty, id, payload) in payloads() {
        for place in json::places(&payload) {
            for other in json::one_of_each_kind() {
                let changed = place.replaced(&payload, other);
                let expected = oracle::decode(&API, id, &changed);
                // One change causes one error, unless an object of another shape replaces the value.
                assert!(expected.errors.len() <= 1 || place.get(&changed).is_some_and(Value::is_object));
                refused += usize::from(!expected.errors.is_empty());
                check(ty, id, &changed);
            }
        }
    }
    assert!(refused > 2000, "only {refused} were refused");
}

#[test]
fn reports_the_same_path_before_and_after_the_tag() {
    for (ty, id, payload) in payloads() {
        let payload = json::reversed(&payload);
        for place in json::places(&payload) {
            for other in json::one_of_each_kind() {
                check(ty, id, &place.replaced(&payload, other));
            }
        }
    }
}

#[test]
fn messages_state_the_actual_and_the_expected_type() {
    let thread = json!({"id": 5, "created_at": 1, "user": "u"});
    let message = error_of("ChatKitThread", &thread);
    assert_eq!(message, "at `id`: invalid type: integer `5`, expected a string at line 1 column 7");
    let list = json!({"data": {"a": 1}, "has_more": false});
    assert!(error_of("ChatKitThreadList", &list).starts_with("at `data`: invalid type: object, expected an array"));
    let message = error_of("ChatKitThreadStatus", &json!("active"));
    assert!(message.starts_with("invalid type: string, expected an object (ThreadStatus)"), "{message}");
    let message = error_of("ChatKitThread", &json!([]));
    assert!(message.starts_with("invalid type: array, expected an object (Thread)"), "{message}");
    let message = error_of("ChatKitThreadStatus", &json!({"type": 7}));
    assert!(message.starts_with("at `type`: invalid type: integer `7`, expected a string"), "{message}");
}

#[test]
fn reports_the_path_within_a_known_variant() {
    let item = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t",
        "type": "chatkit.user_message", "content": "text", "attachments": [], "inference_options": null
    });
    let good = Place::root().key("content").replaced(&item, json!([]));
    let list =
        |data: Value| json!({"object": "list", "data": data, "first_id": null, "last_id": null, "has_more": false});
    let message = error_of("ChatKitThreadItemList", &list(json!([good, good, good, item])));
    assert!(message.starts_with("at `data[3].content`: invalid type: string, expected an array"), "{message}");
    let content = json!([{"type": "input_text", "text": ["a"]}]);
    let item = Place::root().key("content").replaced(&item, content);
    let message = error_of("ChatKitThreadItemList", &list(json!([good, good, good, item])));
    assert!(message.starts_with("at `data[3].content[0].text`: invalid type: array"), "{message}");
}

#[test]
fn paths_quote_unusual_names() {
    let names = [
        ("plain", "state_variables.plain"),
        ("with-dash_$9", "state_variables.with-dash_$9"),
        ("a b", "state_variables[\"a b\"]"),
        ("", "state_variables[\"\"]"),
        ("a.b", "state_variables[\"a.b\"]"),
        ("quo\"te\\", "state_variables[\"quo\\\"te\\\\\"]"),
        ("tick`: ", "state_variables[\"tick\\u0060: \"]"),
        ("line\u{1}", "state_variables[\"line\\u0001\"]"),
        ("\u{e4}", "state_variables[\"\u{e4}\"]"),
    ];
    for (name, path) in names {
        let key = Value::from(name);
        let text = format!(r#"{{"id":"w","state_variables":{{{key}:1,{key}:2}}}}"#);
        let error = (chatkit_tests::types::find("ChatSessionWorkflowParam").from_str)(&text).unwrap_err();
        assert_eq!(json::path_of(&error), path, "{error}");
    }
}

#[test]
fn refuses_text_that_is_not_json() {
    let whole = payloads().into_iter().find(|(ty, ..)| ty.schema == "ChatKitThreadItemList").unwrap();
    let text = whole.2.to_string();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!((whole.0.from_str)(&text[..end]).is_err(), "{}", &text[..end]);
    }
    for (ty, ..) in payloads() {
        for broken in
            ["", "{", "[", "{\"a\"", "{\"a\":}", "{a:1}", "nul", "{}}", "\u{feff}{}", "{\"type\":\"\\ud800\"}"]
        {
            assert!((ty.from_str)(broken).is_err(), "{}: {broken}", ty.schema);
        }
        assert!((ty.from_slice)(b"{\"type\":\"\xff\"}").is_err(), "{}", ty.schema);
    }
}
