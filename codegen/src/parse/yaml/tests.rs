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
