//! Presence, constants and defaults.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::models::{Extras, Item, item};
use super::{decode, placeless, round_trip};
use crate::support::optional_nullable::OptionalNullable;
use crate::support::secret::Secret;

/// Returns a document with all properties that are always written, and more.
fn document(more: &Value) -> Value {
    let mut document = json!({"object": "item", "version": 2, "live": true, "id": "a", "title": null, "children": []});
    let (Value::Object(object), Value::Object(more)) = (&mut document, more) else { unreachable!("both are objects") };
    object.extend(more.clone());
    document
}

fn read(more: &Value) -> Item {
    round_trip(&document(more).to_string())
}

#[test]
fn a_missing_optional_property_has_a_value() {
    let expected = item("a");
    let value = decode::<Item>(r#"{"id": "a"}"#).expect("only the id is required");
    assert_eq!(value, expected);
    // Required properties and constants are written. Optional ones are not, even with a default.
    assert_eq!(serde_json::to_value(value).expect("models encode"), document(&json!({})));
}

#[test]
fn every_state_of_presence_survives() {
    assert_eq!(read(&json!({})), item("a"));
    let cases = [
        (json!({"title": "t"}), Item { title: Some("t".to_owned()), ..item("a") }),
        (json!({"title": ""}), Item { title: Some(String::new()), ..item("a") }),
        (json!({"note": "n"}), Item { note: Some("n".to_owned()), ..item("a") }),
        (json!({"due": null}), Item { due: OptionalNullable::Null, ..item("a") }),
        (json!({"due": 5}), Item { due: OptionalNullable::Value(5), ..item("a") }),
        (json!({"level": 3}), item("a")),
        (json!({"level": 4}), Item { level: 4, ..item("a") }),
        (json!({"mode": "auto"}), item("a")),
        (json!({"mode": null}), Item { mode: None, ..item("a") }),
        (json!({"mode": "off"}), Item { mode: Some("off".to_owned()), ..item("a") }),
        (
            json!({"parent": document(&json!({"note": "p"}))}),
            Item { parent: Some(Box::new(Item { note: Some("p".to_owned()), ..item("a") })), ..item("a") },
        ),
        (json!({"client_secret": "s"}), Item { client_secret: Some(Secret::new("s")), ..item("a") }),
    ];
    for (more, expected) in cases {
        assert_eq!(read(&more), expected, "{more}");
    }
}

#[test]
fn the_null_of_an_optional_property_is_kept_until_the_field_is_set() {
    for name in ["note", "level", "labels", "parent", "client_secret"] {
        let value = read(&json!({ name: null }));
        assert_eq!(value.unknown_fields.get(name), Some(&Value::Null), "{name}");
        assert_eq!(value.unknown_fields.len(), 1);
    }
    let mut value = read(&json!({"note": null, "level": null}));
    value.note = Some("n".to_owned());
    value.level = 4;
    assert_eq!(serde_json::to_value(value).expect("models encode"), document(&json!({"note": "n", "level": 4})));
    // A null was received, so the default in its place is written.
    let mut value = read(&json!({"level": null}));
    value.unknown_fields.remove("level");
    assert_eq!(serde_json::to_value(value).expect("models encode"), document(&json!({"level": 3})));
}

#[test]
fn a_different_value_of_a_constant_is_kept() {
    let others = [
        json!("other"),
        json!(3),
        json!(-3),
        json!(u64::MAX),
        json!(2.0),
        json!(false),
        json!(null),
        json!([1, ["x"]]),
        json!({"a": {"b": null}}),
    ];
    for name in ["object", "version", "live"] {
        for other in &others {
            let value = read(&json!({ name: other }));
            assert_eq!(value.unknown_fields.get(name), Some(other), "{name}");
            assert_eq!(value.unknown_fields.len(), 1);
        }
    }
    assert!(read(&json!({})).unknown_fields.is_empty());
}

#[test]
fn an_absent_default_is_not_written_until_it_changes() {
    let encoded = |value: &Item| serde_json::to_value(value).expect("models encode");
    let mut absent: Item = decode(r#"{"id": "a"}"#).expect("only the id is required");
    assert_eq!((absent.level, absent.mode.as_deref()), (3, Some("auto")));
    assert_eq!(encoded(&absent), document(&json!({})));
    absent.level = 9;
    absent.mode = None;
    assert_eq!(encoded(&absent), document(&json!({"level": 9, "mode": null})));
    absent.level = 3;
    assert_eq!(encoded(&absent), document(&json!({"mode": null})));
    // The defaults of a new value are written.
    assert_eq!(encoded(&item("a")), document(&json!({"level": 3, "mode": "auto"})));
}

#[test]
fn a_required_nullable_or_optional_value_of_a_wrong_type_is_an_error() {
    for (name, value, kind) in [
        ("title", "1", "a string"),
        ("note", "1", "a string"),
        ("due", "\"1\"", "an integer (i64)"),
        ("level", "\"1\"", "an integer (i64)"),
        ("mode", "1", "a string"),
        ("children", "\"1\"", "an array"),
        ("children", "null", "an array"),
        ("labels", "1", "an object"),
    ] {
        let error = placeless::<Item>(&format!(r#"{{"id": "a", "{name}": {value}}}"#));
        assert!(error.starts_with(&format!("at `{name}`: invalid type: ")), "{error}");
        assert!(error.ends_with(&format!(", expected {kind}")), "{error}");
    }
}

#[test]
fn additional_properties_have_their_type_and_exclude_listed_ones() {
    let value: Extras = round_trip(r#"{"object": "other", "note": null, "x": "1", "y z": ""}"#);
    assert_eq!(value.additional_properties.keys().collect::<Vec<_>>(), ["x", "y z"]);
    // Sorted, since a feature of serde_json decides the order of its maps.
    let unknown_fields: BTreeMap<_, _> = value.unknown_fields.iter().collect();
    assert_eq!(unknown_fields, BTreeMap::from([("note", &Value::Null), ("object", &json!("other"))]));
    assert_eq!(placeless::<Extras>(r#"{"y z": 1}"#), "at `[\"y z\"]`: invalid type: expected a secret string");
}

#[test]
fn a_listed_name_among_additional_properties_is_not_written_twice() {
    let mut value: Extras = decode(r#"{"note": "a"}"#).expect("it is complete");
    value.additional_properties.insert("note".to_owned(), Secret::new("b"));
    value.unknown_fields.insert("note", "c");
    assert_eq!(super::to_text(&value), r#"{"object":"extras","note":"a"}"#);
}

#[test]
fn an_optional_nullable_has_three_states() {
    let states = [
        (OptionalNullable::Absent, true, false, None),
        (OptionalNullable::Null, false, true, None),
        (OptionalNullable::Value(1), false, false, Some(1)),
    ];
    for (state, absent, null, value) in states {
        assert_eq!((state.is_absent(), state.is_null()), (absent, null));
        assert_eq!((state.as_ref(), state.into_option()), (value.as_ref(), value));
    }
    assert_eq!(OptionalNullable::<i32>::default(), OptionalNullable::Absent);
    assert_eq!(OptionalNullable::<i32>::from(None), OptionalNullable::Null);
    assert_eq!(OptionalNullable::from(Some(1)), OptionalNullable::Value(1));
    assert_eq!(OptionalNullable::from(1), OptionalNullable::Value(1));
}
