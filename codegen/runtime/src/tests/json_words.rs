//! The wording of type errors.

use crate::support::json_words::in_json_words;

#[test]
fn type_errors_use_the_terms_of_json() {
    let cases = [
        ("invalid type: map, expected a string", "invalid type: object, expected a string"),
        ("invalid type: sequence, expected f64", "invalid type: array, expected a number"),
        ("invalid type: floating point `1.5`, expected u32", "invalid type: number `1.5`, expected an integer (u32)"),
        (
            "invalid value: integer `-1`, expected u64 at line 3 column 7",
            "invalid value: integer `-1`, expected an integer (u64) at line 3 column 7",
        ),
        (
            "invalid type: string \"map, expected i64\", expected i64",
            "invalid type: string \"map, expected i64\", expected an integer (i64)",
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(in_json_words(message, false).as_deref(), Some(expected));
    }
}

#[test]
fn other_messages_stay_the_same() {
    for message in [
        "",
        "invalid type: null, expected a string",
        "invalid type: string \"x\", expected a boolean",
        "invalid length 0, expected i64",
        "duplicate property",
        "at `x`: invalid type: map, expected a string",
    ] {
        assert_eq!(in_json_words(message, false), None, "{message}");
    }
}

#[test]
fn a_string_is_removed_on_request() {
    let message = "invalid type: string \"hunter2, expected map\", expected an array at line 1 column 2";
    assert_eq!(
        in_json_words(message, true).as_deref(),
        Some("invalid type: string, expected an array at line 1 column 2")
    );
}
