//! Robustness: no document makes a decoder panic, and decoding loses nothing.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

use super::models::{Event, Extras, Full, Item};
use crate::support::lenient::{self, Model};

const ITEM: &str = r#"{"object":"item","version":2,"live":true,"id":"é","title":null,"note":null,"due":-5,"level":3,"children":[{"id":"b"}],"labels":{"a b":1.5e3},"parent":{"id":"p"},"client_secret":"s","more":[1,{}]}"#;
const EVENTS: [&str; 4] = [
    r#"{"text":"x","items":[{"id":"a"}],"size":[],"type":"note","amount":18446744073709551615,"balance":-1}"#,
    r#"{"type":"batch","events":[{"text":"\u00e9","type":"note"},{"type":"new","x":{}}]}"#,
    r#"{"value":1,"kind":"left","type":"nested"}"#,
    r#"{"more":null,"type":"plain"}"#,
];

/// Checks that a value that decodes also encodes, and decodes to an equal value again.
fn survives<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(json: &[u8]) {
    let text = serde_json::from_slice::<T>(json);
    if let Ok(value) = serde_json::from_slice::<Value>(json) {
        // A `Value` drops duplicates. It decodes whenever its text decodes.
        let from_value = T::deserialize(&value).ok();
        assert!(text.is_err() || from_value.is_some(), "{}", String::from_utf8_lossy(json));
    }
    if let Ok(value) = text {
        let encoded = serde_json::to_vec(&value).expect("models encode");
        assert_eq!(serde_json::from_slice::<T>(&encoded).ok().as_ref(), Some(&value), "{value:?}");
    }
}

fn correction_is_complete<T: Model>(json: &[u8]) {
    if let Ok(decoded) = lenient::from_slice::<T>(json) {
        serde_json::to_vec(&decoded.value).expect("models encode");
        if serde_json::from_slice::<T>(json).is_ok() {
            let encoded = serde_json::to_vec(&decoded.value).expect("models encode");
            let again = lenient::from_slice::<T>(&encoded).expect("a corrected value is complete");
            assert!(again.corrected.is_empty());
        }
    }
}

/// Visits every truncation, and the document with each byte replaced, removed and repeated.
fn variations(json: &str, mut visit: impl FnMut(&[u8])) {
    let bytes = json.as_bytes();
    visit(bytes);
    for at in 0..bytes.len() {
        visit(&bytes[..at]);
        visit(&[&bytes[..at], &bytes[at + 1..]].concat());
        visit(&[&bytes[..=at], &bytes[at..]].concat());
        for byte in *b"\"{}[]:,\\0-.eEnt\x00\x80\xc3\xff `" {
            let mut changed = bytes.to_vec();
            changed[at] = byte;
            visit(&changed);
        }
    }
}

#[test]
fn variations_of_an_object_neither_panic_nor_lose_data() {
    variations(ITEM, |json| {
        survives::<Item>(json);
        survives::<Full>(json);
        correction_is_complete::<Item>(json);
    });
    variations(r#"{"object":"x","note":null,"a b":"s","é":"t"}"#, survives::<Extras>);
}

#[test]
fn variations_of_a_union_neither_panic_nor_lose_data() {
    for json in EVENTS {
        variations(json, |json| {
            survives::<Event>(json);
            correction_is_complete::<Event>(json);
        });
    }
}

#[test]
fn a_document_that_nests_too_deeply_is_an_error() {
    let depth = 10_000;
    for (open, close) in [("[", "]"), (r#"{"id":"a","children":["#, "]}"), (r#"{"parent":"#, "}"), (r#"{"x":"#, "}")] {
        let json = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        survives::<Item>(json.as_bytes());
        survives::<Full>(json.as_bytes());
        assert!(serde_json::from_str::<Item>(&json).is_err());
    }
    let json = format!("{}1{}", r#"{"type":"batch","events":["#.repeat(depth), "]}".repeat(depth));
    assert!(serde_json::from_str::<Event>(&json).is_err_and(|error| error.to_string().contains("recursion limit")));
}
