//! Duplicate properties, of which one value would be lost.

use super::models::{Event, Extras, Item};
use super::{error, placeless};

#[test]
fn a_duplicate_property_is_an_error() {
    let cases = [
        (r#""id": "b""#, "id"),
        (r#""title": null, "title": null"#, "title"),
        (r#""note": "n", "note": "n""#, "note"),
        (r#""note": null, "note": "n""#, "note"),
        (r#""note": "n", "note": null"#, "note"),
        (r#""note": null, "note": null"#, "note"),
        (r#""due": null, "due": 1"#, "due"),
        (r#""level": 3, "level": null"#, "level"),
        (r#""mode": null, "mode": null"#, "mode"),
        (r#""children": [], "children": []"#, "children"),
        (r#""client_secret": "s", "client_secret": "s""#, "client_secret"),
        (r#""object": "item", "object": "item""#, "object"),
        (r#""object": 1, "object": "item""#, "object"),
        (r#""object": "item", "object": 1"#, "object"),
        (r#""version": 2, "version": 2"#, "version"),
        (r#""live": true, "live": false"#, "live"),
        (r#""more": 1, "more": 1"#, "more"),
        (r#""more": null, "more": 1"#, "more"),
        (r#""a b": 1, "id": "b", "a b": 1"#, "id"),
        (r#""a b": 1, "a b": 1"#, "[\"a b\"]"),
        (r#""labels": {"x": 1, "y": 1, "x": 2}"#, "labels.x"),
        (r#""parent": {"id": "b", "id": "c"}"#, "parent.id"),
    ];
    for (more, path) in cases {
        let error = placeless::<Item>(&format!(r#"{{"id": "a", {more}}}"#));
        assert_eq!(error, format!("at `{path}`: duplicate property"), "{more}");
    }
    assert_eq!(placeless::<Extras>(r#"{"x": "1", "x": "1"}"#), "at `x`: duplicate property");
}

#[test]
fn a_duplicate_property_of_a_union_is_an_error_before_and_after_the_tag() {
    let cases = [
        (r#"{"type": "note", "type": "note", "text": ""}"#, "type"),
        (r#"{"type": "note", "text": "", "type": "batch"}"#, "type"),
        (r#"{"text": "", "text": "", "type": "note"}"#, "text"),
        (r#"{"text": "", "type": "note", "text": ""}"#, "text"),
        (r#"{"type": "note", "text": "", "text": ""}"#, "text"),
        (r#"{"more": 1, "type": "note", "text": "", "more": 1}"#, "more"),
        (r#"{"more": 1, "more": 1, "type": "note", "text": ""}"#, "more"),
        (r#"{"type": "plain", "type": "plain"}"#, "type"),
        (r#"{"type": "new", "type": "new"}"#, "type"),
        (r#"{"type": "new", "more": 1, "more": 1}"#, "more"),
        (r#"{"more": 1, "type": "new", "more": 1}"#, "more"),
        (r#"{"more": 1, "more": 1, "type": "new"}"#, "more"),
        (r#"{"text": 1, "text": 1, "type": "new"}"#, "text"),
        (r#"{"type": "nested", "kind": "left", "kind": "left", "value": 1}"#, "kind"),
        (r#"{"kind": "left", "value": 1, "type": "nested", "value": 1}"#, "value"),
        (r#"{"kind": "new", "type": "nested", "type": "nested"}"#, "type"),
    ];
    for (json, path) in cases {
        assert_eq!(placeless::<Event>(json), format!("at `{path}`: duplicate property"), "{json}");
    }
}

#[test]
fn an_error_in_an_unknown_variant_is_reported_after_the_whole_variant_is_read() {
    let twice = "{\"type\": \"new\", \"more\": 1, \"more\": 2,\n\"other\": 3}";
    assert_eq!(error::<Event>(twice), "at `more`: duplicate property at line 2 column 11");
}
