//! Recording values and playing them.

use serde_core::de::value::MapDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer};
use serde_json::{Value, json};

use crate::support::decode::Decode;
use crate::support::tape::Tape;

const EVERYTHING: &str = r#"[null,true,false,-9223372036854775808,18446744073709551615,0.1,"plain","\"é\n",[],[[1],[]],{},
    {"a":{"a":[]},"\"b\" c":"","d":null}]"#;

fn record<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tape<'de>, D::Error> {
    let mut tape = Tape::new();
    (&mut tape).deserialize(deserializer).map(|()| tape)
}

fn play<T: for<'de> Decode<'de>>(tape: Tape<'_>) -> Result<T, serde_json::Error> {
    T::decode(&mut tape.play())
}

#[test]
fn every_value_plays_unchanged() {
    let value: Value = serde_json::from_str(EVERYTHING).expect("JSON");
    let lent = record(&mut serde_json::Deserializer::from_str(EVERYTHING)).expect("JSON");
    assert_eq!(play::<Value>(lent).expect("JSON"), value);
    let read = record(&mut serde_json::Deserializer::from_reader(EVERYTHING.as_bytes())).expect("JSON");
    assert_eq!(play::<Value>(read).expect("JSON"), value);
    let tree = record(&value).expect("a tree");
    assert_eq!(play::<Value>(tree).expect("a tree"), value);
    assert_eq!(play::<Value>(Tape::from(value.clone())).expect("a tree"), value);
}

#[test]
fn a_key_that_is_not_a_string_is_an_error() {
    let entries = MapDeserializer::<_, serde_json::Error>::new([(1_u64, "x"), (2, "y")].into_iter());
    let error = record(entries).map(drop).expect_err("keys are strings");
    assert_eq!(error.to_string(), "invalid type: integer `1`, expected a property name");
}

#[test]
fn null_is_none_for_an_option() {
    assert_eq!(
        play::<Option<Vec<Option<i64>>>>(json!([1, null, -2]).into()).expect("a list"),
        Some(vec![Some(1), None, Some(-2)])
    );
    assert_eq!(play::<Option<String>>(json!(null).into()).expect("null"), None);
}

#[test]
#[cfg_attr(feature = "arbitrary_precision", ignore = "`serde_json` then has other messages for numbers")]
fn a_mismatch_has_the_same_message_as_without_a_tape() {
    let error = |value: Value| play::<Vec<i32>>(value.into()).expect_err("it is not a list of integers").to_string();
    assert_eq!(error(json!([1, "x"])), "at `[1]`: invalid type: string \"x\", expected an integer (i32)");
    assert_eq!(
        error(json!([5_000_000_000_i64])),
        "at `[0]`: invalid value: integer `5000000000`, expected an integer (i32)"
    );
    assert_eq!(error(json!({})), "invalid type: object, expected an array");
}

#[test]
fn an_error_while_recording_has_its_path() {
    let error = record(&mut serde_json::Deserializer::from_str(r#"{"a": [1, {"b \" c": {"d": tru}}]}"#)).err();
    assert_eq!(
        error.expect("it is not JSON").to_string(),
        r#"at `a[1]["b \" c"].d`: expected ident at line 1 column 31"#
    );
}
