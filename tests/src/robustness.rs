//! Properties that hold for any input, however broken. Random changes check them in every test run, and so do the fuzz
//! targets.
//!
//! Each function takes bytes, and panics if a property does not hold.

use std::sync::LazyLock;

use chatkit_codegen::diff::{Revision, RuleId, compare};
use chatkit_codegen::ir::TypeId;
use serde_json::Value;

use crate::json::equal;
use crate::oracle;
use crate::spec::API;
use crate::types::{Type, listed};

/// The line between the two documents of an input.
const SEPARATOR: &str = "\n# ---- next document ----\n";

/// The largest document that is read, in bytes. Larger ones take time and show nothing else.
const LARGEST_DOCUMENT: usize = 100_000;

/// The generated types with the ids of their schemas.
pub static DECODED: LazyLock<Vec<(TypeId, &Type)>> = LazyLock::new(|| listed(&API).collect());

/// Returns the input that decodes a payload as one of [`DECODED`], by its index.
///
/// # Panics
///
/// If the index does not fit into a byte.
#[must_use]
pub fn decode_input(index: usize, payload: &[u8]) -> Vec<u8> {
    let index = u8::try_from(index).expect("the spec has fewer types");
    [&[index], payload].concat()
}

/// Returns the input that compares two documents.
#[must_use]
pub fn documents_input(base: &str, head: &str) -> Vec<u8> {
    [base, SEPARATOR, head].concat().into_bytes()
}

/// Reads the input of a decoding.
fn payload(data: &[u8]) -> Option<(TypeId, &'static Type, &str)> {
    let (index, payload) = data.split_first()?;
    let (id, ty) = DECODED[usize::from(*index) % DECODED.len()];
    Some((id, ty, std::str::from_utf8(payload).ok()?))
}

/// Asserts that strict decoding refuses everything but JSON, and loses nothing of a payload that it accepts.
///
/// # Panics
///
/// If that is not so.
pub fn decodes_strictly(data: &[u8]) {
    let Some((id, ty, text)) = payload(data) else { return };
    let decoded = (ty.from_str)(text);
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        assert!(decoded.is_err(), "{}: text that is not JSON decodes: {text}", ty.schema);
        return;
    };
    let Ok(encoded) = decoded else { return };
    let expected = oracle::decode(&API, id, &value);
    assert!(expected.errors.is_empty(), "{}: {text}\nhas no error at any of {:?}", ty.schema, expected.errors);
    assert!(equal(&encoded, &expected.encoded), "{}: {text}\nbecame {encoded}", ty.schema);
    is_stable(ty, &encoded);
    if let Some(validate) = ty.validate {
        validate(text).expect("it decodes");
    }
}

/// Asserts that lenient decoding corrects nothing that strict decoding accepts, and that its result decodes strictly.
///
/// # Panics
///
/// If that is not so.
pub fn decodes_leniently(data: &[u8]) {
    let Some((_, ty, text)) = payload(data) else { return };
    let lenient = (ty.lenient)(text);
    if let Ok(strict) = (ty.from_str)(text) {
        let (encoded, corrected) = lenient.as_ref().unwrap_or_else(|error| panic!("{}: {text}\n{error}", ty.schema));
        assert!(corrected.is_empty(), "{}: {text}\ncorrected {corrected:?}", ty.schema);
        assert!(equal(encoded, &strict), "{}: {text}\nbecame {encoded}", ty.schema);
    }
    if let Ok((encoded, _)) = lenient {
        is_stable(ty, &encoded);
    }
}

/// Asserts that an encoding decodes, and encodes to itself.
fn is_stable(ty: &Type, encoded: &Value) {
    match (ty.from_str)(&encoded.to_string()) {
        Ok(again) => assert!(equal(&again, encoded), "{}: {encoded}\nbecame {again}", ty.schema),
        Err(error) => panic!("{}: {encoded}\n{error}", ty.schema),
    }
}

/// Asserts that any two documents are generated or refused, and compared if they can be read.
///
/// # Panics
///
/// If that is not so.
pub fn generates_and_compares(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if text.len() > LARGEST_DOCUMENT {
        return;
    }
    let documents: Vec<&str> = text.splitn(2, SEPARATOR).collect();
    for document in &documents {
        generates(document);
    }
    let revisions: Vec<Revision> =
        documents.iter().filter_map(|document| Revision::read("fuzz.yaml", document).ok()).collect();
    for revision in &revisions {
        // Nobody knows whether the other file of a reference is the same.
        let mut changes = compare(revision, revision).changes.into_iter();
        let change = changes.find(|change| change.rule != RuleId::ReferenceNotFollowed);
        assert!(change.is_none(), "a document differs from itself: {change:?}");
    }
    if let [base, head] = revisions.as_slice() {
        let _ = (compare(base, head), compare(head, base));
    }
}

/// Generates a crate, or renders the reasons why there is none.
fn generates(document: &str) {
    let report = match chatkit_codegen::generate("fuzz.yaml", document) {
        Ok(generated) => {
            let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let turned = generated.files.iter().find(|(_, text)| text.contains(turns));
            assert!(
                turned.is_none(),
                "{} changes the direction of text",
                turned.map(|(path, _)| path).unwrap_or_default()
            );
            generated.warnings
        }
        Err(report) => report,
    };
    assert!(report.diagnostics().is_empty() || !report.to_string().is_empty());
}
