//! Extreme depths, sizes, numbers and texts, and the positions of errors.

use std::collections::BTreeSet;

use chatkit_codegen::ir::{IntegerWidth, Property, Type, TypeId, TypeKind};
use chatkit_tests::json::{self, Place};
use chatkit_tests::samples;
use chatkit_tests::spec::API;
use chatkit_tests::types::find;
use serde_json::{Value, json};

use super::{assert_kept, check, completed, error_of, payloads, types};

/// Returns JSON of a given depth, with lists and objects in turn.
fn nested(depth: usize) -> String {
    (0..depth).fold("1".to_owned(), |inner, level| match level % 2 {
        0 => format!("[{inner}]"),
        _ => format!("{{\"n\":{inner}}}"),
    })
}

/// Returns texts with a nested value in each place that accepts any value.
fn holders(nested: &str) -> [(&'static str, String); 5] {
    [
        ("ChatKitThreadStatus", format!(r#"{{"type":"new","deep":{nested}}}"#)),
        ("ChatKitThreadStatus", format!(r#"{{"deep":{nested},"type":"new"}}"#)),
        ("ChatKitThreadStatus", format!(r#"{{"type":"active","deep":{nested}}}"#)),
        ("ChatKitToolChoice", format!(r#"{{"id":"a","deep":{nested}}}"#)),
        ("ChatKitStateVariable", nested.to_owned()),
    ]
}

#[test]
fn keeps_a_hundred_levels() {
    for (schema, text) in holders(&nested(100)) {
        assert_kept(find(schema), &completed(schema, &serde_json::from_str(&text).unwrap()));
        let encoded = (find(schema).to_string)(&text).unwrap();
        assert_eq!(encoded.matches("\"n\"").count(), 50, "{schema}");
    }
}

#[test]
fn refuses_two_hundred_levels_without_a_crash() {
    for (schema, text) in holders(&nested(200)) {
        for outcome in [(find(schema).from_str)(&text), (find(schema).from_slice)(text.as_bytes())] {
            assert!(outcome.unwrap_err().to_string().contains("recursion limit exceeded"), "{schema}");
        }
        assert!((find(schema).lenient)(&text).is_err(), "{schema}");
    }
    let open = "[".repeat(100_000);
    for (schema, text) in holders(&open) {
        assert!((find(schema).from_str)(&text).is_err(), "{schema}");
    }
}

#[test]
fn keeps_extreme_integers() {
    let mut tried = BTreeSet::new();
    for (ty, id, payload) in payloads() {
        for property in integers(id) {
            let place = Place::root().key(&property.name);
            // Examples may lack optional properties; samples have them.
            if place.get(&payload).is_none() {
                continue;
            }
            tried.insert((id, &property.name));
            for extreme in [i64::MIN, i64::MIN + 1, -1, 0, (1 << 53) + 1, i64::MAX - 1, i64::MAX] {
                assert_kept(ty, &place.replaced(&payload, json!(extreme)));
            }
            for beyond in ["9223372036854775808", "18446744073709551615", "-9223372036854775809", "1e3", "1.0", "0.5"] {
                let text = place.replaced(&payload, json!("@")).to_string().replace("\"@\"", beyond);
                let error = (ty.from_str)(&text).unwrap_err();
                assert_eq!(json::path_of(&error), property.name, "{beyond}: {error}");
            }
        }
    }
    let all: BTreeSet<_> = types().flat_map(|(id, _)| integers(id).map(move |property| (id, &property.name))).collect();
    assert!(!all.is_empty(), "the spec has no integer");
    assert_eq!(tried, all);
}

/// Returns the properties of a type that are 64-bit integers.
fn integers(id: TypeId) -> impl Iterator<Item = &'static Property> {
    let properties = match &API.type_def(id).kind {
        TypeKind::Object(object) => object.properties.as_slice(),
        _ => &[],
    };
    properties
        .iter()
        .filter(|property| matches!(&property.schema.ty, Type::Integer(integer) if integer.width == IntegerWidth::I64))
}

#[test]
fn keeps_a_state_variable_beyond_i64() {
    for number in ["9223372036854775807", "9223372036854775808", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!((find("ChatKitStateVariable").to_string)(number).unwrap(), number);
    }
    let variable: chatkit_client::StateVariable = serde_json::from_str("18446744073709551615").unwrap();
    assert!(variable.is_unknown(), "{variable:?}");
}

#[test]
fn keeps_whole_floats_and_integers_apart() {
    for text in ["1", "1.0", "-3", "0.5", "1e300"] {
        let value: Value = serde_json::from_str(text).unwrap();
        let encoded = (find("ChatKitStateVariable").from_str)(text).unwrap();
        assert_eq!(encoded, value);
        assert_eq!(encoded.is_f64(), value.is_f64(), "{text}");
    }
}

#[test]
fn keeps_any_text_in_every_string() {
    let texts =
        ["", "\0", "\u{1}\u{1f}\u{7f}", "\"\\/\u{8}\u{c}\n\r\t", "\u{1f980}\u{10ffff}", "e\u{301}", "\u{feff}\u{2028}"];
    for (id, ty) in types() {
        for payload in samples::of_type(&API, id) {
            for place in json::places(&payload) {
                if place.get(&payload).is_some_and(Value::is_string) {
                    for text in texts {
                        check(ty, id, &place.replaced(&payload, json!(text)));
                    }
                }
            }
        }
    }
}

#[test]
fn decodes_surrogate_pairs_and_escapes() {
    let text = r#"{"type":"input_text","text":"\ud83e\udd80 \u0000 \/ \u00e4"}"#;
    let expected = completed("ChatKitInputText", &json!({"type": "input_text", "text": "\u{1f980} \u{0} / \u{e4}"}));
    assert_eq!((find("ChatKitInputText").from_str)(text).unwrap(), expected);
    assert_eq!((find("ChatKitThreadUserMessageItemContent").from_str)(text).unwrap(), expected);
    // The tag may be escaped too, and so may its name.
    let escaped = r#"{"te\u0078t":"a","typ\u0065":"input\u005ftext"}"#;
    let expected = completed("ChatKitInputText", &json!({"type": "input_text", "text": "a"}));
    assert_eq!((find("ChatKitThreadUserMessageItemContent").from_str)(escaped).unwrap(), expected);
    for lone in [r#"{"type":"input_text","text":"\ud83e"}"#, r#"{"type":"input_text","text":"\udd80"}"#] {
        assert!((find("ChatKitInputText").from_str)(lone).is_err());
    }
}

#[test]
fn keeps_a_large_string() {
    let big = "\u{1f980}\"".repeat(300_000);
    let content = completed("ChatKitThreadUserMessageItemContent", &json!({"text": big, "type": "input_text"}));
    assert_kept(find("ChatKitThreadUserMessageItemContent"), &content);
    let list: Vec<Value> = (0..10_000).map(|index| json!({"type": "input_text", "text": index.to_string()})).collect();
    let item = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t", "type": "chatkit.user_message",
        "content": list, "attachments": [], "inference_options": null
    });
    assert_kept(find("ChatKitThreadItem"), &completed("ChatKitThreadItem", &item));
}

#[test]
fn reports_the_same_error_from_every_source() {
    for (ty, _, payload) in payloads() {
        for place in json::places(&payload) {
            let changed = place.replaced(&payload, json!([[]]));
            let text = changed.to_string();
            let outcome = (ty.from_str)(&text).map_err(|error| error.to_string());
            assert_eq!((ty.from_slice)(text.as_bytes()).map_err(|error| error.to_string()), outcome);
            let path = |outcome: Result<Value, serde_json::Error>| outcome.map_err(|error| json::path_of(&error));
            let expected = outcome.map_err(|message| json::path_of(&message));
            assert_eq!(path((ty.from_reader)(text.as_bytes())), expected);
            assert_eq!(path((ty.from_value)(changed)), expected);
        }
    }
}

#[test]
fn reports_line_and_column() {
    let text = "{\n  \"type\": \"chatkit.widget\",\n  \"created_at\":  \"soon\"\n}";
    for schema in ["ChatKitWidgetItem", "ChatKitThreadItem"] {
        let error = (find(schema).from_str)(text).unwrap_err();
        assert_eq!((error.line(), error.column()), (3, 23), "{error}");
        assert!(error.to_string().ends_with("at line 3 column 23"), "{error}");
        assert_eq!(error.to_string().matches(" at line ").count(), 1, "{error}");
        assert_eq!(json::path_of(&error), "created_at");
    }
}

#[test]
fn every_error_of_a_text_has_a_position() {
    for (ty, _, payload) in payloads() {
        for place in json::places(&payload) {
            let text = place.replaced(&payload, json!([[]])).to_string();
            if let Err(error) = (ty.from_str)(&text) {
                assert_eq!(error.line(), 1, "{}: {text}\n{error}", ty.schema);
                assert!(error.to_string().ends_with(&format!(" at line 1 column {}", error.column())), "{error}");
            }
        }
    }
}

#[test]
fn reports_every_step_to_a_nested_error() {
    let item = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t",
        "type": "chatkit.assistant_message",
        "content": [{"type": "output_text", "text": "a", "annotations": [
            {"type": "file", "source": {"type": "file", "filename": "a"}},
            {"type": "url", "source": {"type": "url", "url": 5}}
        ]}]
    });
    let list = json!({"object": "list", "data": [item], "first_id": null, "last_id": null, "has_more": false});
    let message = error_of("ChatKitThreadItemList", &list);
    assert!(
        message.starts_with("at `data[0].content[0].annotations[1].source.url`: invalid type: integer"),
        "{message}"
    );
    let message = error_of("ChatKitThreadItemList", &json::reversed(&list));
    assert!(
        message.starts_with("at `data[0].content[0].annotations[1].source.url`: invalid type: integer"),
        "{message}"
    );
}
