//! No edit of a document passes in silence, even if the generator refuses one of the two documents.

use chatkit_codegen::diff::{Revision, compare};
use serde_json::Value;

use crate::corpus;
use crate::edits::{Edit, WholeValues, edits};

/// Edits that only these documents spell in a way that has no meaning, each with the reason.
const WITHOUT_MEANING: &[(&str, &str, &str)] = &[
    ("nullable-everything", "/components/schemas/Union/nullable", "a variant is null"),
    ("nullable-everything", "/components/schemas/Holder/properties/wrapped/nullable", "the wrapped schema is nullable"),
    ("nullable-everything", "/components/schemas/Holder/properties/choice/nullable", "the component is nullable"),
    ("parameters", "/paths/~1pets~1{id}~1{path}/parameters/1", "the operation has a parameter of the same name"),
    ("secrets", "/components/schemas/Session/properties/other/anyOf/1", "the values of a secret are not listed"),
    ("ignored-header", "/paths/~1pets/get/parameters/0/in", "OpenAPI ignores the header"),
    ("duplicate-required", "/components/schemas/Pet/required/0", "another entry has the same name"),
];

/// Whether an edit has no meaning by the rules of OpenAPI.
fn has_no_meaning(name: &str, raw: &Value, edit: &Edit) -> bool {
    let (parent, key) = edit.pointer.rsplit_once('/').expect("it is not the root");
    let (owner, value) = (raw.pointer(parent), raw.pointer(&edit.pointer));
    let states = |key: &str| owner.is_some_and(|owner| owner.get(key).is_some());
    let is_type = |kind: &str| owner.is_some_and(|owner| owner.get("type").is_some_and(|own| own == kind));
    let listed =
        WITHOUT_MEANING.iter().any(|(document, pointer, _)| *document == name && edit.pointer.starts_with(pointer));
    listed
        || match key {
            // `false` and `true` are the defaults.
            "required" | "deprecated" | "nullable" | "readOnly" | "writeOnly" | "uniqueItems" | "exclusiveMinimum"
            | "exclusiveMaximum" | "allowReserved" => edit.kind == "delete" && value == Some(&Value::Bool(false)),
            "additionalProperties" => edit.kind == "delete" && value == Some(&Value::Bool(true)),
            // Another part or keyword states it as well.
            "type" => edit.kind == "delete" && (states("allOf") || states("enum") || parent.contains("/allOf/")),
            "minLength" | "maxLength" | "pattern" => is_type("integer") || is_type("number"),
            "minimum" | "maximum" => is_type("string"),
            _ => key != "$ref" && states("$ref"),
        }
}

/// Returns the edits of a document that a comparison does not see.
fn silent_edits(name: &str, text: &str, step: usize) -> Vec<String> {
    let Ok(raw) = serde_yaml::from_str::<Value>(text) else { return Vec::new() };
    let Ok(base) = Revision::read("base", &raw.to_string()) else { return Vec::new() };
    let is_silent = |edit: &&Edit| {
        let head = Revision::read("head", &edit.after.to_string());
        head.is_ok_and(|head| compare(&base, &head).changes.is_empty())
    };
    let edits = edits(&raw, WholeValues::None);
    let silent = edits.iter().step_by(step).filter(is_silent).filter(|edit| !has_no_meaning(name, &raw, edit));
    silent.map(|edit| format!("{name}: {} {}", edit.kind, edit.pointer)).collect()
}

/// Returns the silent edits of many documents. With a prime step, the sample has keys of every kind.
fn silent_edits_of(documents: &[(String, String)], step: usize) -> Vec<String> {
    let (one, other) = documents.split_at(documents.len() / 2);
    let of_some = |documents: &[(String, String)]| {
        documents.iter().flat_map(|(name, text)| silent_edits(name, text, step)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| of_some(other));
        [of_some(one), other.join().expect("it does not panic")].concat()
    })
}

fn spec() -> Vec<(String, String)> {
    vec![("spec".to_owned(), chatkit_tests::spec::TEXT.clone())]
}

fn cases() -> Vec<(String, String)> {
    corpus::cases().into_iter().map(|case| (case.name, case.base)).collect()
}

#[test]
fn no_edit_of_the_spec_is_silent() {
    assert_eq!(silent_edits_of(&spec(), 101), [""; 0]);
}

#[test]
fn no_edit_of_the_features_is_silent() {
    assert_eq!(silent_edits_of(&chatkit_tests::fixtures::feature_documents(), 17), [""; 0]);
}

#[test]
fn no_edit_of_a_document_with_errors_is_silent() {
    assert_eq!(silent_edits_of(&chatkit_tests::fixtures::diagnostics(), 7), [""; 0]);
}

#[test]
fn no_edit_of_the_cases_is_silent() {
    assert_eq!(silent_edits_of(&cases(), 61), [""; 0]);
}

#[test]
#[ignore = "takes minutes; run it after a change of the comparison"]
fn no_edit_at_all_is_silent() {
    let features = chatkit_tests::fixtures::feature_documents();
    let documents = [spec(), features, chatkit_tests::fixtures::diagnostics()].concat();
    assert_eq!(silent_edits_of(&documents, 1), [""; 0]);
}
