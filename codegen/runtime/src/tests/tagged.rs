//! Tagged unions.

use std::fmt::Write;

use serde_json::{Value, json};

use super::models::{Batch, Event, Full, Inner, Left, Note, Plain};
use super::{error, placeless, round_trip};
use crate::support::unknown_fields::UnknownFields;

fn note(text: &str) -> Note {
    Note {
        text: text.to_owned(),
        amount: None,
        balance: None,
        size: None,
        items: None,
        client_secret: None,
        unknown_fields: UnknownFields::new(),
    }
}

#[test]
fn the_tag_may_be_anywhere() {
    let expected = Event::Note(Note { amount: Some(1), ..note("x") });
    for json in [
        r#"{"type": "note", "text": "x", "amount": 1}"#,
        r#"{"text": "x", "type": "note", "amount": 1}"#,
        r#"{"text": "x", "amount": 1, "type": "note"}"#,
        r#"{"amount": 1, "\u0074ype": "note", "text": "x"}"#,
    ] {
        assert_eq!(round_trip::<Event>(json), expected, "{json}");
    }
}

#[test]
fn entries_before_the_tag_lose_nothing() {
    let fields = json!({
        "text": "é\n\u{0}",
        "amount": u64::MAX,
        "balance": i64::MIN,
        "size": -0.1,
        "items": [{"object": "item", "version": 2, "live": true, "id": "i", "title": null, "children": [],
                   "labels": {"a b": 0.25}, "due": null, "more": [null, {"x": 18_446_744_073_709_551_615_u64}]}],
        "unknown": {"deep": [[[1]]]},
        "nothing": null,
    });
    let text = fields.to_string();
    let open = text.strip_suffix('}').expect("an object ends with a brace");
    let before: Event = round_trip(&format!(r#"{open}, "type": "note"}}"#));
    let after: Event = round_trip(&text.replacen('{', r#"{"type": "note","#, 1));
    assert_eq!(before, after);
    let Event::Note(note) = after else { panic!("the tag is that of a note") };
    assert_eq!((note.amount, note.balance), (Some(u64::MAX), Some(i64::MIN)));
    assert_eq!(note.size, Some(Full::Number(-0.1)));
    assert_eq!(note.unknown_fields.len(), 2);
}

#[test]
fn a_union_without_its_tag_is_an_error() {
    let cases = [
        ("{}", "at `type`: the required property is missing"),
        (r#"{"text": "x", "more": {}}"#, "at `type`: the required property is missing"),
        (r#"{"type": null}"#, "at `type`: invalid type: null, expected a string"),
        (r#"{"text": "x", "type": 1}"#, "at `type`: invalid type: integer `1`, expected a string"),
        (r#"{"type": ["note"], "text": "x"}"#, "at `type`: invalid type: array, expected a string"),
        (r#"{"type": "nested", "value": 1}"#, "at `kind`: the required property is missing"),
        (r#"{"kind": 1, "type": "nested"}"#, "at `kind`: invalid type: integer `1`, expected a string"),
        (r#"["type", "note"]"#, "invalid type: array, expected an object (Event)"),
        ("\"note\"", "invalid type: string, expected an object (Event)"),
    ];
    for (json, expected) in cases {
        assert_eq!(placeless::<Event>(json), expected, "{json}");
    }
}

#[test]
fn an_unknown_tag_keeps_its_json() {
    for json in [
        r#"{"type": "new"}"#,
        r#"{"type": "", "text": 1}"#,
        r#"{"text": {"a": [1.5, null]}, "amount": -1, "type": "Note", "more": 18446744073709551615, "z": []}"#,
    ] {
        let document: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(round_trip::<Event>(json), Event::Unknown(document));
    }
}

#[test]
#[cfg_attr(feature = "arbitrary_precision", ignore = "`serde_json` then has other messages for numbers")]
fn an_error_has_its_path_before_and_after_the_tag() {
    let cases = [
        (r#"{"type": "note", "text": 1}"#, "at `text`: invalid type: integer `1`, expected a string"),
        (r#"{"text": 1, "type": "note"}"#, "at `text`: invalid type: integer `1`, expected a string"),
        (r#"{"type": "note"}"#, "at `text`: the required property is missing"),
        (
            r#"{"items": [{"id": "a"}, {"id": 2}], "type": "note", "text": ""}"#,
            "at `items[1].id`: invalid type: integer `2`, expected a string",
        ),
        (
            r#"{"type": "note", "text": "", "items": [{"id": "a"}, {"id": 2}]}"#,
            "at `items[1].id`: invalid type: integer `2`, expected a string",
        ),
        (r#"{"items": {"0": 1}, "type": "note", "text": ""}"#, "at `items`: invalid type: object, expected an array"),
        (
            r#"{"events": [{"text": 1, "type": "note"}], "type": "batch"}"#,
            "at `events[0].text`: invalid type: integer `1`, expected a string",
        ),
        (
            r#"{"type": "batch", "events": [{"type": "new"}, {}]}"#,
            "at `events[1].type`: the required property is missing",
        ),
        (
            r#"{"value": "x", "kind": "left", "type": "nested"}"#,
            "at `value`: invalid type: string \"x\", expected an integer (i64)",
        ),
        (
            r#"{"amount": -1, "type": "note", "text": ""}"#,
            "at `amount`: invalid value: integer `-1`, expected an integer (u64)",
        ),
        (r#"{"text": [1, }"#, "at `text[1]`: expected value"),
        (r#"{"a b": [1, }"#, "at `[\"a b\"][1]`: expected value"),
        (r#"{"type": "new", "a b": [1, }"#, "at `[\"a b\"][1]`: expected value"),
    ];
    for (json, expected) in cases {
        assert_eq!(placeless::<Event>(json), expected, "{json}");
    }
    assert_eq!(
        error::<Event>("{\"type\": \"note\",\n\"text\": 1}"),
        "at `text`: invalid type: integer `1`, expected a string at line 2 column 9"
    );
}

#[test]
fn a_variant_with_two_tags_keeps_the_received_tag() {
    let batch = |unknown_fields| Event::Batch(Batch { events: vec![Event::Note(note("x"))], unknown_fields });
    let events = r#""events": [{"text": "x", "type": "note"}]"#;
    assert_eq!(round_trip::<Event>(&format!(r#"{{"type": "batch", {events}}}"#)), batch(UnknownFields::new()));
    let other = UnknownFields::from_iter([("type", "group")]);
    assert_eq!(round_trip::<Event>(&format!(r#"{{{events}, "type": "group"}}"#)), batch(other));
}

#[test]
fn a_union_can_be_a_variant_of_a_union() {
    let left = Event::Nested(Inner::Left(Left { value: 1, unknown_fields: UnknownFields::from_iter([("more", 2)]) }));
    for json in [
        r#"{"type": "nested", "kind": "left", "value": 1, "more": 2}"#,
        r#"{"kind": "left", "type": "nested", "more": 2, "value": 1}"#,
        r#"{"value": 1, "more": 2, "kind": "left", "type": "nested"}"#,
        r#"{"more": 2, "value": 1, "type": "nested", "kind": "left"}"#,
    ] {
        assert_eq!(round_trip::<Event>(json), left, "{json}");
    }
    let json = r#"{"value": 1, "type": "nested", "kind": "new"}"#;
    let document = serde_json::from_str(json).expect("JSON");
    assert_eq!(round_trip::<Event>(json), Event::Nested(Inner::Unknown(document)));
}

#[test]
fn a_variant_can_have_its_tag_as_an_optional_property() {
    let plain = Event::Plain(Plain { r#type: Some("plain".to_owned()), unknown_fields: UnknownFields::new() });
    assert_eq!(round_trip::<Event>(r#"{"type": "plain"}"#), plain);
}

#[test]
fn a_property_of_another_variant_is_kept_as_an_unknown_field() {
    let Event::Plain(plain) = round_trip(r#"{"text": "x", "type": "plain", "amount": null}"#) else {
        panic!("the tag is `plain`")
    };
    assert_eq!(plain.unknown_fields, UnknownFields::from_iter([("text", json!("x")), ("amount", Value::Null)]));
}

#[test]
fn many_entries_before_the_tag_decode_in_linear_time() {
    for tag in ["plain", "new"] {
        let mut json = String::from("{");
        for index in 0..100_000 {
            let _ = write!(json, r#""key{index}":{index},"#);
        }
        let _ = write!(json, r#""type":"{tag}"}}"#);
        let start = std::time::Instant::now();
        serde_json::from_str::<Event>(&json).expect("any property may be there");
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
