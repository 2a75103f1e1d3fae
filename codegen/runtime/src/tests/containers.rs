//! Scalars, lists, maps and enums.

use serde_json::{Value, json};

use super::models::{Color, Item, Level, item};
use super::{placeless, round_trip};
use crate::support::decode::Decode;

fn decode<T: for<'de> Decode<'de>>(value: Value) -> Result<T, String> {
    T::decode(value).map_err(|error| error.to_string())
}

#[test]
fn integers_out_of_range_are_errors() {
    assert_eq!(decode::<i32>(json!(i32::MIN)), Ok(i32::MIN));
    assert!(decode::<i32>(json!(i64::from(i32::MIN) - 1)).is_err());
    assert_eq!(decode::<u32>(json!(u32::MAX)), Ok(u32::MAX));
    assert!(decode::<u32>(json!(-1)).is_err());
    assert_eq!(decode::<i64>(json!(i64::MIN)), Ok(i64::MIN));
    assert!(decode::<i64>(json!(u64::MAX)).is_err());
    assert_eq!(decode::<u64>(json!(u64::MAX)), Ok(u64::MAX));
    assert!(decode::<i64>(json!(1.0)).is_err());
}

#[test]
fn an_option_decodes_from_a_value_or_null() {
    assert_eq!(decode::<Option<bool>>(json!(true)), Ok(Some(true)));
    assert_eq!(decode::<Option<bool>>(Value::Null), Ok(None));
    assert_eq!(decode::<Vec<Option<Value>>>(json!([null, 1])), Ok(vec![None, Some(json!(1))]));
    assert!(decode::<Option<bool>>(json!("x")).is_err());
}

#[test]
fn lists_and_maps_decode_at_any_depth() {
    let value: Item = round_trip(
        r#"{"object": "item", "version": 2, "live": true, "id": "a", "title": null,
            "labels": {"": 0.5, "b": -1e300}, "children": [
            {"object": "item", "version": 2, "live": true, "id": "b", "title": "t", "children": []}]}"#,
    );
    assert_eq!(value.labels.map(|labels| labels.len()), Some(2));
    assert_eq!(value.children[0].title.as_deref(), Some("t"));
    assert_eq!(item("a").children, []);
}

#[test]
fn an_enum_keeps_unlisted_values() {
    assert_eq!(round_trip::<Color>("\"red\""), Color::Red);
    assert_eq!(round_trip::<Color>("\"\""), Color::Unknown(String::new()));
    assert_eq!(round_trip::<Color>("\"r\\u00e9d\""), Color::Unknown("réd".to_owned()));
    assert_eq!(placeless::<Color>("1"), "invalid type: integer `1`, expected a string");
    assert_eq!(round_trip::<Level>("1"), Level::One);
    assert_eq!(round_trip::<Level>("-9223372036854775808"), Level::Unknown(i64::MIN));
    assert_eq!(placeless::<Level>("\"1\""), "invalid type: string \"1\", expected i64");
}
