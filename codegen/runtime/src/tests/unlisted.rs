//! Properties that a schema does not list.

use std::fmt::Write;

use serde_json::{Value, json};

use super::models::{Item, item};
use super::round_trip;
use crate::support::unlisted::Unlisted;

#[test]
fn none_of_them_take_eight_bytes() {
    assert_eq!(size_of::<Unlisted>(), 8);
    assert_eq!(size_of::<Option<Box<u8>>>(), size_of::<Unlisted>());
}

#[test]
fn they_are_set_and_taken_like_those_of_a_map() {
    let mut unlisted = Unlisted::new();
    assert!(unlisted.is_empty());
    assert_eq!((unlisted.len(), unlisted.get("a")), (0, None));
    assert_eq!(unlisted.remove("a"), None);
    assert_eq!(unlisted.insert("a", 1), None);
    assert_eq!(unlisted.insert("a".to_owned(), "two"), Some(json!(1)));
    assert_eq!(unlisted.insert("b", Value::Null), None);
    assert_eq!(unlisted.iter().collect::<Vec<_>>(), [("a", &json!("two")), ("b", &Value::Null)]);
    assert_eq!((unlisted.len(), unlisted.is_empty()), (2, false));
    assert_eq!(unlisted.remove("a"), Some(json!("two")));
    assert_eq!((unlisted.get("a"), unlisted.len()), (None, 1));
    unlisted.extend([("c", true)]);
    assert_eq!(unlisted, Unlisted::from_iter([("c", json!(true)), ("b", Value::Null)]));
}

#[test]
fn equality_is_that_of_the_properties() {
    let one = Unlisted::from_iter([("a", 1)]);
    assert_ne!(one, Unlisted::new());
    assert_ne!(Unlisted::new(), one);
    assert_ne!(one, Unlisted::from_iter([("a", 2)]));
    assert_ne!(one, Unlisted::from_iter([("b", 1)]));
    assert_ne!(one, Unlisted::from_iter([("a", 1), ("b", 1)]));
    assert_eq!(one, one.clone());
    let mut emptied = one.clone();
    emptied.remove("a");
    assert_eq!(emptied, Unlisted::new());
    let mut noted = Unlisted::new();
    noted.note_absent("level");
    assert_eq!(noted, Unlisted::default());
    assert!(noted.is_empty() && noted.was_absent("level") && !noted.was_absent("mode"));
    assert!(noted.clone().was_absent("level"));
}

#[test]
fn debug_shows_a_map() {
    assert_eq!(format!("{:?}", Unlisted::new()), "{}");
    assert_eq!(format!("{:?}", Unlisted::from_iter([("a b", 1)])), "{\"a b\": Number(1)}");
}

#[test]
fn all_but_the_listed_ones_are_taken() {
    let mut unlisted = Unlisted::from_iter([("a", 1), ("b", 2), ("c", 3)]);
    unlisted.note_absent("d");
    let taken = unlisted.take_all_but(&["b", "d"]);
    assert_eq!(Value::Object(taken), json!({"a": 1, "c": 3}));
    assert_eq!(unlisted, Unlisted::from_iter([("b", 2)]));
    assert!(unlisted.was_absent("d"));
    assert!(Unlisted::new().take_all_but(&["b"]).is_empty());
}

#[test]
fn they_survive_with_any_value_and_name() {
    let value: Item = round_trip(
        r#"{"a": [1, {"b": null}], "id": "x", "object": "item", "version": 2, "live": true, "": 1.5, "title": null,
            "n": 18446744073709551615, "m": -9223372036854775808, "children": [], "\u0000": {}, "Id": 1, "id ": false}"#,
    );
    assert_eq!(value.unlisted.len(), 7);
    assert_eq!(value.unlisted.get("a"), Some(&json!([1, {"b": null}])));
    assert_eq!(value.unlisted.get("n"), Some(&json!(u64::MAX)));
    assert_eq!(value.unlisted.get("id"), None);
}

#[test]
fn a_field_wins_over_a_listed_name_among_them() {
    let mut value = item("a");
    value.unlisted.insert("id", "b");
    value.unlisted.insert("due", 1);
    value.unlisted.insert("more", 1);
    let encoded = super::to_text(&value);
    assert_eq!(encoded.matches("\"id\"").count(), 1);
    assert!(encoded.contains("\"id\":\"a\"") && encoded.contains("\"more\":1") && !encoded.contains("due"));
}

#[test]
fn many_of_them_decode_in_reasonable_time() {
    let mut json = String::from(r#"{"id": "a""#);
    for index in 0..100_000 {
        let _ = write!(json, r#","key{index}":{index}"#);
    }
    json.push('}');
    let start = std::time::Instant::now();
    let value: Item = serde_json::from_str(&json).expect("only the id is required");
    assert_eq!(value.unlisted.len(), 100_000);
    // A tenth of a second without optimisation; hundreds where each is compared with all before it.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
