//! Paths, and errors that contain them.

use std::collections::BTreeMap;

use serde_core::de::Error as _;
use serde_json::Value;

use super::models::{Item, Note};
use super::{error, placeless};
use crate::support::decode::Seed;
use crate::support::json_path::{Segment, at, error_at, push};

fn path(segments: &[Segment<'_>]) -> String {
    let mut path = String::new();
    for segment in segments {
        push(&mut path, *segment);
    }
    path
}

#[test]
fn paths_read_like_code() {
    use Segment::{Index, Key};
    let cases: &[(&[Segment<'_>], &str)] = &[
        (&[], ""),
        (&[Key("a")], "a"),
        (&[Key("a"), Key("b_c"), Key("$d-9")], "a.b_c.$d-9"),
        (&[Key("data"), Index(3), Key("content")], "data[3].content"),
        (&[Index(0), Index(12)], "[0][12]"),
        (&[Index(1), Key("a")], "[1].a"),
        (&[Key("labels"), Key("a b")], "labels[\"a b\"]"),
        (&[Key("a.b"), Key("c")], "[\"a.b\"].c"),
        (&[Key(""), Key("")], "[\"\"][\"\"]"),
        (&[Key("é")], "[\"é\"]"),
        (&[Key("a\"b\\c")], "[\"a\\\"b\\\\c\"]"),
        (&[Key("a`b")], "[\"a\\u0060b\"]"),
        (&[Key("a\nb\u{7f}")], "[\"a\\u000ab\\u007f\"]"),
    ];
    for (segments, expected) in cases {
        assert_eq!(path(segments), *expected);
    }
}

#[test]
fn a_quoted_key_is_a_json_string_of_the_key() {
    for key in ["a b", "", "a\"b", "back\\slash", "tick`", "line\nbreak", "\u{85}", "日本"] {
        let path = path(&[Segment::Key(key)]);
        let quoted = path.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).expect("the key is quoted");
        assert_eq!(serde_json::from_str::<String>(quoted).expect("JSON"), key);
    }
}

#[test]
fn each_level_adds_a_step_to_an_error() {
    let error: serde_json::Error = error_at("c", "broken");
    assert_eq!(error.to_string(), "at `c`: broken");
    let error = at(&error, Segment::Index(2));
    assert_eq!(error.to_string(), "at `[2].c`: broken");
    let error = at(&error, Segment::Key("odd `: key"));
    assert_eq!(error.to_string(), "at `[\"odd \\u0060: key\"][2].c`: broken");
    let error = at(&error, Segment::Key("a"));
    assert_eq!(error.to_string(), "at `a[\"odd \\u0060: key\"][2].c`: broken");
}

#[test]
fn a_path_within_a_message_is_kept() {
    let error = serde_json::Error::custom("look at `x`: it is odd");
    assert_eq!(at(&error, Segment::Key("a")).to_string(), "at `a`: look at `x`: it is odd");
}

#[test]
fn an_error_in_a_list_or_map_has_its_path() {
    type Nested = BTreeMap<String, Vec<Vec<Option<i64>>>>;
    let decode = |json: &str| {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        serde_core::de::DeserializeSeed::deserialize(Seed::<Nested>::new(), &mut deserializer)
            .expect_err("the document is broken")
            .to_string()
    };
    let cases = [
        (
            r#"{"a": [[1], [2, null, "x"]]}"#,
            "at `a[1][2]`: invalid type: string \"x\", expected an integer (i64) at line 1 column 25",
        ),
        (r#"{"a b": [3]}"#, "at `[\"a b\"][0]`: invalid type: integer `3`, expected an array at line 1 column 10"),
        (r#"{"": 3}"#, "at `[\"\"]`: invalid type: integer `3`, expected an array at line 1 column 6"),
        (
            r#"{"a`: \"b": [[1.5]]}"#,
            "at `[\"a\\u0060: \\\"b\"][0][0]`: invalid type: number `1.5`, expected an integer (i64) at line 1 column 17",
        ),
        ("[]", "invalid type: array, expected an object at line 1 column 0"),
        ("{\"a\": [[1,\n2,", "at `a[0][2]`: EOF while parsing a value at line 2 column 2"),
    ];
    for (json, expected) in cases {
        assert_eq!(decode(json), expected);
    }
}

#[test]
#[cfg_attr(feature = "arbitrary_precision", ignore = "`serde_json` then has other messages for numbers")]
fn an_error_in_an_object_has_its_path_line_and_column() {
    let json = "{\"id\": \"a\",\n \"children\": [{\"id\": \"b\"},\n  {\"id\": 7}]}";
    assert_eq!(
        error::<Item>(json),
        "at `children[1].id`: invalid type: integer `7`, expected a string at line 3 column 10"
    );
    let value: Value = serde_json::from_str(json).expect("JSON");
    let error = serde_json::from_value::<Item>(value).expect_err("the document is broken");
    assert_eq!(error.to_string(), "at `children[1].id`: invalid type: integer `7`, expected a string");
    assert_eq!((error.line(), error.column()), (0, 0));
    let error = serde_json::from_str::<Item>(json).expect_err("the document is broken");
    assert_eq!((error.line(), error.column()), (3, 10));
}

#[test]
fn each_schema_violation_has_its_message() {
    let cases = [
        ("{}", "at `id`: the required property is missing"),
        (r#"{"id": null}"#, "at `id`: invalid type: null, expected a string"),
        (r#"{"id": "a", "parent": {}}"#, "at `parent.id`: the required property is missing"),
        (r#"{"id": "a", "parent": []}"#, "at `parent`: invalid type: array, expected an object (Item)"),
        (
            r#"{"id": "a", "labels": {"x y": "z"}}"#,
            "at `labels[\"x y\"]`: invalid type: string \"z\", expected a number",
        ),
        (r#"{"id": "a", "extra key": [1, }"#, "at `[\"extra key\"][1]`: expected value"),
        (r#"{"id": "a", "object": [1, }"#, "at `object[1]`: expected value"),
        ("7", "invalid type: integer `7`, expected an object (Item)"),
    ];
    for (json, expected) in cases {
        assert_eq!(placeless::<Item>(json), expected, "{json}");
    }
}

#[test]
fn text_of_the_document_is_not_mistaken_for_a_path() {
    let json = r#"{"id": "a", "labels": {"x": "at `y`: z at line 9 column 9"}}"#;
    assert_eq!(
        error::<Item>(json),
        "at `labels.x`: invalid type: string \"at `y`: z at line 9 column 9\", expected a number at line 1 column 58"
    );
    let json = r#"{"text": "", "at line 9 column 9": }"#;
    assert_eq!(error::<Note>(json), "at `[\"at line 9 column 9\"]`: expected value at line 1 column 36");
}
