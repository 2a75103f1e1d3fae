//! Text that is read as a document, and text that is refused.

use super::read;
use crate::diagnostics::Place;
use serde_json::json;

#[test]
fn converts_keys_and_numbers_to_json() {
    let value = read("a: { 200: x, true: y, -1: z, 18446744073709551615: 18446744073709551615, f: 1.5 }").ok();
    let expected = json!({"a": {
        "200": "x", "true": "y", "-1": "z", "18446744073709551615": 18_446_744_073_709_551_615_u64, "f": 1.5,
    }});
    assert_eq!(value, Some(expected));
}

#[test]
fn reads_numbers_of_any_size() {
    for (text, expected) in [
        ("-9223372036854776000", json!(-9_223_372_036_854_776_000.0)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("0xFFFFFFFFFFFFFFFFFF", json!(4_722_366_482_869_645_213_695.0)),
        ("-170141183460469231731687303715884105729", json!(-1.701_411_834_604_692_3e38)),
        ("1000000000000000000000000000000000000000000", json!(1e42)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("18446744073709551615", json!(u64::MAX)),
        ("1e300", json!(1e300)),
    ] {
        assert_eq!(read(&format!("a: {{ b: [{text}] }}")).ok(), Some(json!({"a": {"b": [expected]}})), "{text}");
    }
}

#[test]
fn refuses_tags_that_json_does_not_have() {
    for (text, tag, pointer) in [
        ("a: !foo 1", "!foo", "/a"),
        ("a: [x, !!binary aGk=]", "!!binary", "/a/1"),
        ("a: { b: !!set { c, d } }", "!!set", "/a/b"),
        ("a: [{ b: 1 }, !<tag:example.com,2000:point> [1]]", "!<tag:example.com,2000:point>", "/a/1"),
        ("%TAG ! tag:example.com,2000:\n---\na: !point 1", "!<tag:example.com,2000:point>", "/a"),
        ("a: { !!timestamp b: 1 }", "!!timestamp", "/a"),
    ] {
        let found = read(text).expect_err(text);
        let message = format!("the tag `{tag}` has no meaning in JSON");
        assert_eq!((found.len(), found[0].rule, &found[0].message), (1, "not-json", &message), "{text}");
        assert_eq!(found[0].place, Place::Value(pointer.to_owned()), "{text}");
    }
    let text = "a: !!str 1\nb: !!int '2'\nc: !!map { d: !!seq [!!null ~] }\ne: 'write !!binary here'\nf: !!bool true\n";
    let expected = json!({"a": "1", "b": 2, "c": {"d": [null]}, "e": "write !!binary here", "f": true});
    assert_eq!(read(text).ok(), Some(expected));
}

#[test]
fn finds_the_quote_behind_a_later_error() {
    for (text, place, message) in [
        ("a:\n  b: \"x\n  c: d\n", (2, 6), "never closed"),
        ("a:\n  b: 'x\n  c: d\n  e: 'y'\n", (2, 6), "the next quote closes it"),
        ("a: {b: \"x, c: d}\ne: {f: \"y\"}\n", (1, 8), "the next quote closes it"),
        ("{\"a\": \"x,\n \"b\": 1}\n", (1, 7), "the next quote closes it"),
        ("a:\n  b: 'it's fine'\n", (2, 10), "closes before this text"),
        ("a: [\"say \"hi\" now\"]\n", (1, 11), "closes before this text"),
        ("a: 'b'\nc: d: e\n", (2, 5), "mapping values"),
    ] {
        let found = read(text).expect_err(text);
        assert_eq!(found[0].place, Place::Text { line: place.0, column: place.1 }, "{text}: {found:?}");
        assert!(found.len() == 1 && found[0].message.contains(message), "{text}: {found:?}");
    }
}

#[test]
fn applies_merge_keys() {
    let value = read("base: &base { a: 1, b: 2 }\nuse: { <<: *base, b: 3 }").ok();
    assert_eq!(value, Some(json!({"base": {"a": 1, "b": 2}, "use": {"b": 3, "a": 1}})));
}

#[test]
fn reads_all_escapes_of_json() {
    assert_eq!(read("{\"a\": \"\\ud83d\\ude00 \\/\"}").ok(), Some(json!({"a": "😀 /"})));
    assert_eq!(read("\t{\n\t\"a\": 1e3\n}\n").ok(), Some(json!({"a": 1000.0})));
    let found = read("{\"a\": \"\\ud83d\\ude00\", \"a\": 1}").expect_err("the key is there twice");
    assert_eq!(found[0].rule, "duplicate-key");
    assert_eq!(found[0].place, Place::Text { line: 1, column: 23 });
}

#[test]
fn finds_all_duplicate_keys() {
    let found = read("a: 1\nb: { c: 1, c: 2 }\na: 2\na: 3\n").expect_err("keys are there twice");
    let places: Vec<_> = found.iter().map(|diagnostic| diagnostic.place.clone()).collect();
    let at = |line, column| Place::Text { line, column };
    assert_eq!(places, [at(2, 12), at(3, 1), at(4, 1)]);
    assert_eq!(found[1].related[0].0, at(1, 1));
}

#[test]
fn refuses_aliases_that_expand_exponentially() {
    let line = |level: usize| {
        let before = vec![format!("*a{}", level - 1); 10];
        format!("a{level}: &a{level} [{}]\n", before.join(", "))
    };
    let bomb: String = std::iter::once("a0: &a0 [x]\n".to_owned()).chain((1..13).map(line)).collect();
    let found = read(&bomb).expect_err("it has a million million elements");
    assert_eq!(found[0].rule, "yaml");
    assert!(found[0].message.contains("repetition"), "{}", found[0].message);
}

#[test]
fn refuses_very_deep_nesting() {
    for text in ["[".repeat(1_000), "{\"a\":".repeat(1_000), "- ".repeat(1_000)] {
        assert!(read(&text).is_err());
    }
}

#[test]
fn refuses_documents_that_are_not_mappings() {
    for text in ["", "\n# nothing\n", "---\n", "null", "just text", "[1]", "42"] {
        let found = read(text).expect_err(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].rule, "yaml", "{text}");
    }
}
