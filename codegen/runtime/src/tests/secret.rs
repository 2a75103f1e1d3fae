//! Secrets, which neither `Debug` output nor errors contain.

use std::collections::BTreeMap;

use super::models::{Event, Extras, Item, Note};
use super::{decode, error, round_trip};
use crate::support::decode::Decode;
use crate::support::lenient;
use crate::support::secret::Secret;
use crate::support::tape::from_tree;

/// JSON values of every wrong type that contain the secret.
const WRONG: [&str; 9] = [
    "31337",
    "-31337",
    "31337.5",
    "true",
    "100000000000000000000031337",
    "-100000000000000000000031337",
    r#"["31337"]"#,
    r#"{"31337": "31337"}"#,
    r#"[["31337", 31337]]"#,
];

#[test]
fn debug_hides_the_text_and_expose_returns_it() {
    let secret = Secret::new("hunter2");
    assert_eq!(format!("{secret:?} {secret:#?}"), "Secret(…) Secret(…)");
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(secret, Secret::from("hunter2"));
    assert_eq!(secret, Secret::from("hunter2".to_owned()));
    assert_ne!(secret, Secret::from(""));
}

#[test]
fn a_secret_is_encoded_but_not_in_debug_output() {
    let item = r#""object": "item", "version": 2, "live": true, "id": "a", "title": null, "children": []"#;
    let item: Item = round_trip(&format!(r#"{{{item}, "client_secret": "hunter2"}}"#));
    assert_eq!(item.client_secret.as_ref().map(Secret::expose), Some("hunter2"));
    let first: Event = round_trip(r#"{"type": "note", "text": "", "client_secret": "hunter2"}"#);
    let held: Event = round_trip(r#"{"client_secret": "hunter2", "text": "", "type": "note"}"#);
    let extras: Extras = round_trip(r#"{"object": "extras", "x": "hunter2"}"#);
    for shown in [format!("{item:?}"), format!("{first:?}"), format!("{held:#?}"), format!("{extras:?}")] {
        assert!(shown.contains("Secret(…)") && !shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn the_error_of_a_secret_of_a_wrong_type_does_not_show_it() {
    for wrong in WRONG {
        let documents = [
            error::<Item>(&format!(r#"{{"id": "a", "client_secret": {wrong}}}"#)),
            error::<Note>(&format!(r#"{{"text": "", "client_secret": {wrong}}}"#)),
            error::<Event>(&format!(r#"{{"type": "note", "text": "", "client_secret": {wrong}}}"#)),
            error::<Event>(&format!(r#"{{"client_secret": {wrong}, "text": "", "type": "note"}}"#)),
            error::<Extras>(&format!(r#"{{"x": {wrong}}}"#)),
        ];
        for error in documents {
            assert!(error.contains("client_secret`: ") || error.starts_with("at `x`: "), "{error}");
            assert!(error.contains("expected a secret string") && !error.contains("31337"), "{error}");
            assert!(!error.contains("true"), "{error}");
        }
    }
}

#[test]
fn the_error_of_a_secret_in_any_container_does_not_show_it() {
    fn refused<T: for<'de> Decode<'de>>(json: &str) {
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let mut text = serde_json::Deserializer::from_str(json);
        let errors = [T::decode(&mut text).err(), T::decode(&value).err(), T::decode(value.clone()).err()];
        for error in errors {
            let error = error.expect("it is not a secret").to_string();
            assert!(error.contains("secret string") && !error.contains("31337") && !error.contains("true"), "{error}");
        }
    }
    for wrong in WRONG.into_iter().chain(["null"]) {
        refused::<Secret>(wrong);
        refused::<Vec<Secret>>(&format!("[{wrong}]"));
        refused::<BTreeMap<String, Box<Secret>>>(&format!(r#"{{"a": {wrong}}}"#));
        if wrong != "null" {
            refused::<Option<Secret>>(wrong);
        }
    }
}

#[test]
fn the_error_of_an_invalid_string_does_not_show_it() {
    for broken in [r#""hunter2\x""#, r#""hunter2"#, "\"hunter2\u{1}\"", r#""hunter2\ud800""#] {
        let error = error::<Item>(&format!(r#"{{"id": "a", "client_secret": {broken}}}"#));
        assert!(error.starts_with("at `client_secret`: ") && !error.contains("hunter2"), "{error}");
    }
}

#[test]
fn the_error_of_a_string_in_place_of_an_object_or_a_list_does_not_show_it() {
    fn refused<T: for<'de> Decode<'de>>(json: &str, message: &str) {
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let mut text = serde_json::Deserializer::from_str(json);
        let errors = [T::decode(&mut text).err(), T::decode(&value).err(), from_tree::<T>(value.clone()).err()];
        for error in errors {
            let error = error.expect("it is neither an object nor a list").to_string();
            let error = error.split_once(" at line ").map_or(error.as_str(), |(message, _)| message);
            assert_eq!(error, message, "{json}");
        }
    }
    for text in [r#""hunter2""#, r#""hunter2\", expected hunter2""#, r#""hunter2, expected a list at line 7 column 7""#]
    {
        refused::<Item>(text, "invalid type: string, expected an object (Item)");
        refused::<Event>(text, "invalid type: string, expected an object (Event)");
        refused::<BTreeMap<String, i64>>(text, "invalid type: string, expected an object");
        refused::<Vec<i64>>(text, "invalid type: string, expected an array");
        for (name, expected) in [("parent", "an object (Item)"), ("children", "an array"), ("labels", "an object")] {
            let message = format!("at `{name}`: invalid type: string, expected {expected}");
            refused::<Item>(&format!(r#"{{"id": "a", "{name}": {text}}}"#), &message);
        }
        let message = "at `events[0]`: invalid type: string, expected an object (Event)";
        refused::<Event>(&format!(r#"{{"events": [{text}], "type": "batch"}}"#), message);
    }
}

#[test]
fn the_error_of_another_property_does_not_show_the_secret() {
    for json in [
        r#"{"client_secret": "hunter2", "id": 1}"#,
        r#"{"client_secret": "hunter2"}"#,
        r#"{"client_secret": "hunter2", "client_secret": "hunter2", "id": "a"}"#,
    ] {
        assert!(!error::<Item>(json).contains("hunter2"), "{json}");
    }
    for json in [
        r#"{"client_secret": "hunter2", "type": "note"}"#,
        r#"{"client_secret": "hunter2", "client_secret": "hunter2", "type": "new"}"#,
        r#"{"client_secret": "hunter2"}"#,
        r#"{"client_secret": "hunter2", "type": 1}"#,
    ] {
        assert!(!error::<Event>(json).contains("hunter2"), "{json}");
    }
}

#[test]
fn a_lenient_decode_does_not_show_the_secret() {
    for wrong in WRONG {
        let json = format!(r#"{{"client_secret": {wrong}}}"#);
        let error = lenient::from_str::<Item>(&json).expect_err("it is not a secret").to_string();
        assert!(error.contains("secret string") && !error.contains("31337") && !error.contains("true"), "{error}");
    }
    let decoded = lenient::from_str::<Item>(r#"{"client_secret": "hunter2"}"#).expect("the rest is corrected");
    assert_eq!(decoded.corrected, ["id"]);
    assert!(!format!("{decoded:?}").contains("hunter2"));
}

#[test]
fn a_null_secret_of_an_optional_property_is_kept_as_null() {
    let value: Item = decode(r#"{"id": "a", "client_secret": null}"#).expect("null is kept");
    assert_eq!(value.client_secret, None);
    assert_eq!(value.unknown_fields.get("client_secret"), Some(&serde_json::Value::Null));
}
