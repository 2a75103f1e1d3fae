//! Unions whose variants have different JSON types.

use serde_json::{Value, json};

use super::models::{Exact, Few, Full, item};
use super::{placeless, round_trip};
use crate::support::by_json_type::exact_number;

#[test]
fn each_json_type_selects_its_variant() {
    let cases = [
        ("true", Full::Boolean(true)),
        ("false", Full::Boolean(false)),
        ("0", Full::Integer(0)),
        ("-1", Full::Integer(-1)),
        ("9223372036854775807", Full::Integer(i64::MAX)),
        ("-9223372036854775808", Full::Integer(i64::MIN)),
        ("9223372036854775808", Full::Unknown(json!(1_u64 << 63))),
        ("18446744073709551615", Full::Unknown(json!(u64::MAX))),
        #[cfg(not(feature = "arbitrary_precision"))]
        ("18446744073709551616", Full::Number(18_446_744_073_709_551_616.0)),
        ("1.0", Full::Number(1.0)),
        #[cfg(not(feature = "arbitrary_precision"))]
        ("-1.5e-3", Full::Number(-0.0015)),
        #[cfg(not(feature = "arbitrary_precision"))]
        ("1e3", Full::Number(1000.0)),
        ("\"\"", Full::String(String::new())),
        ("\"a\\nb\"", Full::String("a\nb".to_owned())),
        ("[]", Full::List(Vec::new())),
        ("null", Full::Unknown(Value::Null)),
    ];
    for (json, expected) in cases {
        assert_eq!(round_trip::<Full>(json), expected, "{json}");
    }
    let json = r#"{"object": "item", "version": 2, "live": true, "id": "a", "title": null, "children": []}"#;
    assert_eq!(round_trip::<Full>(json), Full::Object(Box::new(item("a"))));
    assert_eq!(round_trip::<Full>(&format!("[{json}]")), Full::List(vec![item("a")]));
}

#[test]
fn a_value_of_another_json_type_is_kept() {
    for json in ["true", "-1", "1.5", "1.0", "\"x\"", "[1, [2]]", r#"{"a": {"b": null}}"#, "null"] {
        let document = serde_json::from_str(json).expect("JSON");
        assert_eq!(round_trip::<Few>(json), Few::Unknown(document), "{json}");
    }
    assert_eq!(round_trip::<Few>("1"), Few::Integer(1));
    assert_eq!(round_trip::<Few>("18446744073709551615"), Few::Integer(u64::MAX));
}

#[test]
fn an_invalid_value_of_a_listed_type_is_an_error_at_its_path() {
    assert_eq!(placeless::<Full>(r#"[{"id": 1}]"#), "at `[0].id`: invalid type: integer `1`, expected a string");
    assert_eq!(placeless::<Full>("{}"), "at `id`: the required property is missing");
    assert_eq!(placeless::<Few>("[1, }"), "at `[1]`: expected value");
}

#[test]
fn an_integer_becomes_a_number_only_if_exact() {
    let power = 1_i64 << 53;
    let cases = [
        (0, true),
        (-1, true),
        (power, true),
        (-power, true),
        (power + 1, false),
        (-power - 1, false),
        (power + 2, true),
        (i64::MAX, false),
        (i64::MAX - 1, false),
        (i64::MAX - 1023, true),
        (i64::MIN, true),
        (i64::MIN + 1, false),
    ];
    for (integer, is_exact) in cases {
        assert_eq!(exact_number(integer).is_some(), is_exact, "{integer}");
        let value: Exact = serde_json::from_value(json!(integer)).expect("any value is kept");
        assert_eq!(matches!(value, Exact::Number(_)), is_exact);
        if !is_exact {
            assert_eq!(serde_json::to_value(value).expect("models encode"), json!(integer));
        }
    }
    assert_eq!(exact_number(-3), Some(-3.0));
}
