//! Numbers with and without `serde_json`'s feature `arbitrary_precision`, which keeps them as text.

use super::models::{Event, Item};
use super::round_trip;

/// Checks that a value survives before and after a tag, in a known and an unknown variant, in a
/// tree, and in place of constants.
fn survives_everywhere(value: &str) {
    for tag in ["new", "plain"] {
        round_trip::<Event>(&format!(r#"{{"type": "{tag}", "x": {value}, "y": [{value}]}}"#));
        round_trip::<Event>(&format!(r#"{{"x": {value}, "y": [{value}], "type": "{tag}", "z": 1}}"#));
    }
    round_trip::<Item>(&format!(
        r#"{{"id": "a", "title": null, "children": [], "object": {value}, "version": {value}, "live": {value}}}"#
    ));
}

#[cfg(not(feature = "arbitrary_precision"))]
mod as_numbers {
    use std::collections::BTreeMap;

    use serde_core::de::DeserializeSeed;

    use super::super::models::{Event, Inner};
    use super::super::round_trip;
    use super::survives_everywhere;
    use crate::support::decode::Decode;
    use crate::support::tape::Tape;

    /// The key of a number that is kept as text: as plain text, and with an escape.
    const KEYS: [&str; 2] = ["$serde_json::private::Number", r"\u0024serde_json::private::Number"];

    #[test]
    fn an_object_with_the_key_of_numbers_stays_an_object() {
        for key in KEYS {
            for value in [r#""5""#, r#""x""#, "5", "null", r#"["5"]"#, r#"{"a": "5"}"#] {
                survives_everywhere(&format!(r#"{{"{key}": {value}}}"#));
            }
            survives_everywhere(&format!(r#"{{"a": 1, "{key}": "5"}}"#));
            survives_everywhere(&format!(r#"{{"{key}": "5", "a": 1}}"#));
            for tag in ["new", "plain"] {
                round_trip::<Event>(&format!(r#"{{"a": 1, "{key}": "5", "type": "{tag}"}}"#));
                round_trip::<Event>(&format!(r#"{{"type": "{tag}", "{key}": "5"}}"#));
            }
            let json = format!(r#"{{"{key}": "5", "kind": "new", "type": "nested"}}"#);
            assert!(matches!(round_trip(&json), Event::Nested(Inner::Unknown(_))));
        }
    }

    #[test]
    fn a_map_from_a_tape_may_have_the_key_of_numbers() {
        for key in KEYS {
            let json = format!(r#"{{"{key}": "5"}}"#);
            let mut tape = Tape::new();
            (&mut tape).deserialize(&mut serde_json::Deserializer::from_str(&json)).expect("JSON");
            let map = BTreeMap::<String, String>::decode(&mut tape.play::<serde_json::Error>());
            assert_eq!(map.expect("a map of strings"), BTreeMap::from([(KEYS[0].to_owned(), "5".to_owned())]));
        }
    }
}

#[cfg(feature = "arbitrary_precision")]
mod as_text {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::super::models::{Event, Few, Full};
    use super::super::{decode, round_trip};
    use super::survives_everywhere;
    use crate::support::tape::from_tree;

    /// Numbers with more digits than the primitive types hold.
    const LONG: [&str; 7] = [
        "18446744073709551616",
        "-9223372036854775809",
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456",
        "1e400",
        "1.10",
        "0.10000000000000000000000000000000001",
    ];

    #[test]
    fn all_digits_survive() {
        for number in LONG {
            survives_everywhere(number);
            survives_everywhere(&format!(r#"{{"a": {number}}}"#));
            assert_eq!(round_trip::<Few>(number), Few::Unknown(serde_json::from_str(number).expect("JSON")));
        }
    }

    /// Only from text: `serde_json` itself rewrites the numbers of a tree.
    #[test]
    fn a_number_keeps_its_notation() {
        for number in ["-0", "0.0000001", "1000000000000000000000000000000000000000", "-1.0e+5"] {
            for json in [format!(r#"{{"type": "new", "x": {number}}}"#), format!(r#"{{"x": {number}, "type": "new"}}"#)]
            {
                let Ok(Event::Unknown(value)) = decode(&json) else { panic!("{json} is unknown") };
                assert_eq!(value["x"].to_string(), number, "{json}");
            }
        }
    }

    #[test]
    fn minus_zero_keeps_its_sign() {
        for json in [r#"{"text": "", "size": -0, "type": "note"}"#, r#"{"type": "note", "text": "", "size": -0}"#] {
            let Ok(Event::Note(note)) = decode(json) else { panic!("{json} is a note") };
            assert!(matches!(note.size, Some(Full::Number(size)) if size.is_sign_negative()), "{json}");
        }
    }

    #[test]
    fn a_recorded_number_out_of_range_is_an_error() {
        for json in ["1e400", "-1e400"] {
            let tree: Value = serde_json::from_str(json).expect("JSON");
            let error = from_tree::<BTreeMap<String, f64>>(json!({"a": tree})).expect_err("it is too large");
            assert_eq!(error.to_string(), "at `a`: number out of range");
        }
        let tree = json!({"a": serde_json::from_str::<Value>("1.10").expect("JSON")});
        assert_eq!(from_tree::<BTreeMap<String, f64>>(tree).expect("a map"), BTreeMap::from([("a".to_owned(), 1.1)]));
    }

    #[test]
    fn a_number_selects_the_same_variant_with_and_without_a_tape() {
        for (number, expected) in
            [("1.10", 1.1), ("-1.5e-3", -0.0015), ("1e3", 1000.0), ("18446744073709551616", 2_f64.powi(64))]
        {
            let expected = Full::Number(expected);
            assert_eq!(decode::<Full>(number).as_ref(), Ok(&expected), "{number}");
            let tree: Value = serde_json::from_str(number).expect("JSON");
            assert_eq!(serde_json::from_value::<Full>(tree).expect("a number"), expected, "{number}");
            for json in [
                format!(r#"{{"text": "", "size": {number}, "type": "note"}}"#),
                format!(r#"{{"type": "note", "text": "", "size": {number}}}"#),
            ] {
                let Ok(Event::Note(note)) = decode(&json) else { panic!("{json} is a note") };
                assert_eq!(note.size.as_ref(), Some(&expected), "{json}");
            }
        }
        assert_eq!(round_trip::<Full>("1e400"), Full::Unknown(serde_json::from_str("1e400").expect("JSON")));
    }
}
