//! Lenient decoding of payloads that break their schema.

use serde_json::{Value, json};

use super::models::{Event, Inner, Item, item};
use crate::support::lenient::{self, Lenient, Model};
use crate::support::secret::Secret;

fn correct<T: Model + std::fmt::Debug + PartialEq>(json: &Value) -> Lenient<T> {
    let value = lenient::from_value(json.clone()).unwrap_or_else(|error| panic!("{json}: {error}"));
    let text = json.to_string();
    assert_eq!(lenient::from_str(&text).ok().as_ref(), Some(&value));
    assert_eq!(lenient::from_slice(text.as_bytes()).ok().as_ref(), Some(&value));
    value
}

fn corrected<T: Model + std::fmt::Debug + PartialEq>(json: &Value) -> (Value, Vec<String>) {
    let decoded = correct::<T>(json);
    (serde_json::to_value(decoded.value).expect("models encode"), decoded.corrected)
}

#[test]
fn a_valid_payload_is_not_corrected() {
    let decoded =
        correct::<Item>(&json!({"id": "a", "note": null, "title": null, "due": null, "mode": null, "x": null}));
    assert_eq!(decoded.corrected, [""; 0]);
    let strict = json!({"id": "a", "note": null, "title": null, "due": null, "mode": null, "x": null});
    assert_eq!(decoded.value, serde_json::from_value(strict).expect("it fits"));
    assert_eq!(decoded.value.unknown_fields.get("note"), Some(&Value::Null));
}

#[test]
fn a_missing_or_null_required_property_is_empty_and_listed() {
    for json in [json!({}), json!({"id": null})] {
        assert_eq!(correct::<Item>(&json), Lenient { value: item(""), corrected: vec!["id".to_owned()] });
    }
}

#[test]
fn a_null_takes_the_default() {
    let decoded = correct::<Item>(&json!({"id": "a", "children": null}));
    assert_eq!((decoded.value, decoded.corrected), (item("a"), vec!["children".to_owned()]));
    let absent = correct::<Item>(&json!({"id": "a"}));
    assert_eq!((absent.value, absent.corrected), (item("a"), Vec::new()));
}

#[test]
fn a_secret_is_kept_when_its_neighbour_is_corrected() {
    let decoded = correct::<Item>(&json!({"client_secret": "s"}));
    assert_eq!(decoded.value, Item { client_secret: Some(Secret::new("s")), ..item("") });
}

#[test]
fn every_depth_is_corrected_in_the_order_of_the_schema() {
    let json = json!({
        "parent": {"children": [{}]},
        "children": [{"id": "a"}, {"id": null, "children": null}, {"parent": {}}],
    });
    let decoded = correct::<Item>(&json);
    assert_eq!(
        decoded.corrected,
        [
            "id",
            "children[1].id",
            "children[1].children",
            "children[2].id",
            "children[2].parent.id",
            "parent.id",
            "parent.children[0].id",
        ]
    );
}

#[test]
fn tagged_unions_are_corrected_in_their_variants() {
    let cases = [
        (json!({"type": "note"}), json!({"type": "note", "text": ""}), vec!["text"]),
        (json!({"type": "batch"}), json!({"type": "batch", "events": []}), vec!["events"]),
        (json!({"type": "group", "events": null}), json!({"type": "group", "events": []}), vec!["events"]),
        (
            json!({"type": "batch", "events": [{"type": "note"}, {"text": 1}, {"type": null}]}),
            json!({"type": "batch", "events": [{"type": "note", "text": ""}, {"type": "", "text": 1}, {"type": ""}]}),
            vec!["events[0].text", "events[1].type", "events[2].type"],
        ),
        (json!({}), json!({"type": ""}), vec!["type"]),
        (json!({"type": "new", "text": null}), json!({"type": "new", "text": null}), vec![]),
        (json!({"type": "plain"}), json!({"type": "plain"}), vec![]),
    ];
    for (json, expected, paths) in cases {
        let (value, corrected) = corrected::<Event>(&json);
        assert_eq!(value, expected);
        assert_eq!(corrected, paths);
    }
}

#[test]
fn a_union_within_a_union_is_corrected() {
    let (value, paths) = corrected::<Event>(&json!({"type": "nested", "kind": "left"}));
    assert_eq!(value, json!({"type": "nested", "kind": "left", "value": 0}));
    assert_eq!(paths, ["value"]);
    let decoded = correct::<Event>(&json!({"type": "nested", "value": 1}));
    assert_eq!(decoded.value, Event::Nested(Inner::Unknown(json!({"type": "nested", "kind": "", "value": 1}))));
    assert_eq!(decoded.corrected, ["kind"]);
}

#[test]
fn any_other_schema_violation_is_an_error() {
    let cases = [
        (json!({"id": 1}), "at `id`: invalid type: integer `1`, expected a string"),
        (json!({"id": "a", "children": [null]}), "at `children[0]`: invalid type: null, expected an object (Item)"),
        (json!({"id": "a", "labels": {"x": null}}), "at `labels.x`: invalid type: null, expected a number"),
        (json!([]), "invalid type: array, expected an object (Item)"),
        (Value::Null, "invalid type: null, expected an object (Item)"),
    ];
    for (json, expected) in cases {
        let error = lenient::from_value::<Item>(json).expect_err("it cannot be corrected");
        assert_eq!(error.to_string(), expected);
    }
    assert!(lenient::from_str::<Item>("{").is_err_and(|error| error.is_eof()));
    assert!(lenient::from_slice::<Item>(b"\xff").is_err_and(|error| error.is_syntax()));
}

mod empty_values {
    use serde_core::de::{Deserialize, Deserializer};
    use serde_core::ser::{Serialize, Serializer};
    use serde_json::{Value, json};

    use crate::support::correction::{Absence, Property, Shape};
    use crate::support::lenient::{self, Model};

    /// Any value, with its own table of properties.
    struct Raw(Value);

    impl<'de> Deserialize<'de> for Raw {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Value::deserialize(deserializer).map(Self)
        }
    }

    impl Serialize for Raw {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }

    const fn required(name: &'static str, shape: &'static Shape) -> Property {
        Property { name, shape, absence: Absence::Corrected, nullable: false }
    }

    static INNER: Shape = Shape::Object(&[
        required("text", &Shape::String),
        Property { name: "fine", shape: &Shape::String, absence: Absence::Fine, nullable: false },
        Property { name: "defaulted", shape: &Shape::String, absence: Absence::Defaulted, nullable: false },
    ]);

    static SHAPE: Shape = Shape::Object(&[
        required("any", &Shape::Any),
        required("boolean", &Shape::Boolean),
        required("number", &Shape::Number),
        required("string", &Shape::String),
        required("list", &Shape::List(&INNER)),
        required("map", &Shape::Map(&INNER)),
        required("object", &INNER),
        required("union", &Shape::Tagged("odd tag", &[("a", &INNER), ("m", &Shape::Map(&INNER))])),
    ]);

    impl Model for Raw {
        fn shape() -> &'static Shape {
            &SHAPE
        }
    }

    fn correct(json: Value) -> (Value, Vec<String>) {
        let decoded = lenient::from_value::<Raw>(json).expect("any value decodes");
        (decoded.value.0, decoded.corrected)
    }

    #[test]
    fn each_type_has_its_own_empty_value() {
        let (value, corrected) = correct(json!({}));
        let expected = json!({
            "any": null, "boolean": false, "number": 0, "string": "", "list": [], "map": {}, "object": {"text": ""},
            "union": {"odd tag": ""},
        });
        assert_eq!(value, expected);
        assert_eq!(corrected, ["any", "boolean", "number", "string", "list", "map", "object", "union"]);
        let all_null: Value =
            expected.as_object().expect("an object").keys().map(|key| (key.clone(), Value::Null)).collect();
        assert_eq!(correct(all_null).0, expected);
    }

    #[test]
    fn lists_maps_and_variants_are_corrected_inside() {
        let full = |object: Value, union: Value| {
            json!({
                "any": 1, "boolean": true, "number": 1, "string": "s", "list": [object], "map": {"a b": object},
                "object": object, "union": union,
            })
        };
        let (value, corrected) = correct(full(json!({"defaulted": null, "fine": null}), json!({"odd tag": "a"})));
        let union = json!({"odd tag": "a", "text": ""});
        assert_eq!(value, full(json!({"text": "", "fine": null}), union));
        assert_eq!(
            corrected,
            [
                "list[0].text",
                "list[0].defaulted",
                "map[\"a b\"].text",
                "map[\"a b\"].defaulted",
                "object.text",
                "object.defaulted",
                "union.text"
            ]
        );
        let whole = json!({"text": "t"});
        assert_eq!(correct(full(whole.clone(), json!({}))).1, ["union[\"odd tag\"]"]);
        let map = json!({"odd tag": "m", "x": {}});
        assert_eq!(correct(full(whole, map)).1, ["union.x.text"]);
    }
}
