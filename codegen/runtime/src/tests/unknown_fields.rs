//! Properties that a schema does not list.

use std::fmt::Write;

use serde_json::{Value, json};

use super::models::{Item, item};
use super::round_trip;
use crate::support::unknown_fields::UnknownFields;

#[test]
fn unknown_fields_take_eight_bytes() {
    assert_eq!(size_of::<UnknownFields>(), 8);
    assert_eq!(size_of::<Option<Box<u8>>>(), size_of::<UnknownFields>());
}

#[test]
fn unknown_fields_are_set_and_removed_like_map_entries() {
    let mut unknown_fields = UnknownFields::new();
    assert!(unknown_fields.is_empty());
    assert_eq!((unknown_fields.len(), unknown_fields.get("a")), (0, None));
    assert_eq!(unknown_fields.remove("a"), None);
    assert_eq!(unknown_fields.insert("a", 1), None);
    assert_eq!(unknown_fields.insert("a".to_owned(), "two"), Some(json!(1)));
    assert_eq!(unknown_fields.insert("b", Value::Null), None);
    assert_eq!(unknown_fields.iter().collect::<Vec<_>>(), [("a", &json!("two")), ("b", &Value::Null)]);
    assert_eq!((unknown_fields.len(), unknown_fields.is_empty()), (2, false));
    assert_eq!(unknown_fields.remove("a"), Some(json!("two")));
    assert_eq!((unknown_fields.get("a"), unknown_fields.len()), (None, 1));
    unknown_fields.extend([("c", true)]);
    assert_eq!(unknown_fields, UnknownFields::from_iter([("c", json!(true)), ("b", Value::Null)]));
}

#[test]
fn equality_compares_the_properties() {
    let one = UnknownFields::from_iter([("a", 1)]);
    assert_ne!(one, UnknownFields::new());
    assert_ne!(UnknownFields::new(), one);
    assert_ne!(one, UnknownFields::from_iter([("a", 2)]));
    assert_ne!(one, UnknownFields::from_iter([("b", 1)]));
    assert_ne!(one, UnknownFields::from_iter([("a", 1), ("b", 1)]));
    assert_eq!(one, one.clone());
    let mut emptied = one.clone();
    emptied.remove("a");
    assert_eq!(emptied, UnknownFields::new());
    let mut noted = UnknownFields::new();
    noted.note_absent("level");
    assert_eq!(noted, UnknownFields::default());
    assert!(noted.is_empty() && noted.was_absent("level") && !noted.was_absent("mode"));
    assert!(noted.clone().was_absent("level"));
}

#[test]
fn debug_output_is_a_map() {
    assert_eq!(format!("{:?}", UnknownFields::new()), "{}");
    assert_eq!(format!("{:?}", UnknownFields::from_iter([("a b", 1)])), "{\"a b\": Number(1)}");
}

#[test]
fn takes_all_but_the_listed_properties() {
    let mut unknown_fields = UnknownFields::from_iter([("a", 1), ("b", 2), ("c", 3)]);
    unknown_fields.note_absent("d");
    let taken = unknown_fields.take_all_but(&["b", "d"]);
    assert_eq!(Value::Object(taken), json!({"a": 1, "c": 3}));
    assert_eq!(unknown_fields, UnknownFields::from_iter([("b", 2)]));
    assert!(unknown_fields.was_absent("d"));
    assert!(UnknownFields::new().take_all_but(&["b"]).is_empty());
}

#[test]
fn unknown_fields_of_any_name_and_value_survive() {
    let value: Item = round_trip(
        r#"{"a": [1, {"b": null}], "id": "x", "object": "item", "version": 2, "live": true, "": 1.5, "title": null,
            "n": 18446744073709551615, "m": -9223372036854775808, "children": [], "\u0000": {}, "Id": 1, "id ": false}"#,
    );
    assert_eq!(value.unknown_fields.len(), 7);
    assert_eq!(value.unknown_fields.get("a"), Some(&json!([1, {"b": null}])));
    assert_eq!(value.unknown_fields.get("n"), Some(&json!(u64::MAX)));
    assert_eq!(value.unknown_fields.get("id"), None);
}

#[test]
fn a_field_takes_precedence_over_an_unknown_field_of_its_name() {
    let mut value = item("a");
    value.unknown_fields.insert("id", "b");
    value.unknown_fields.insert("due", 1);
    value.unknown_fields.insert("more", 1);
    let encoded = super::to_text(&value);
    assert_eq!(encoded.matches("\"id\"").count(), 1);
    assert!(encoded.contains("\"id\":\"a\"") && encoded.contains("\"more\":1") && !encoded.contains("due"));
}

#[test]
fn many_unknown_fields_decode_in_linear_time() {
    let mut json = String::from(r#"{"id": "a""#);
    for index in 0..100_000 {
        let _ = write!(json, r#","key{index}":{index}"#);
    }
    json.push('}');
    let start = std::time::Instant::now();
    let value: Item = serde_json::from_str(&json).expect("only the id is required");
    assert_eq!(value.unknown_fields.len(), 100_000);
    // It takes 0.1 s without optimization. Comparing each field with all fields before it would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
