//! A comparison finds every single edit of a document, at the place of the edit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chatkit_codegen::diff::{Diff, Revision, compare};
use serde_json::Value;

/// An edit of a document: it deletes a key or an element, or changes a scalar.
pub struct Edit {
    pub pointer: String,
    pub after: Value,
    pub kind: &'static str,
}

/// The values of a document that are edited as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WholeValues {
    None,
    Examples,
}

/// Returns every edit of a document.
pub fn edits(raw: &Value, whole: WholeValues) -> Vec<Edit> {
    let mut pointers = Vec::new();
    collect_pointers(raw, "", whole, &mut pointers);
    let mut edits = Vec::new();
    for pointer in pointers {
        edits.push(Edit { after: without(raw, &pointer), pointer: pointer.clone(), kind: "delete" });
        if let Some(after) = with_another(raw, &pointer) {
            edits.push(Edit { after, pointer, kind: "change" });
        }
    }
    edits
}

/// Collects the pointers of a document.
fn collect_pointers(value: &Value, at: &str, whole: WholeValues, pointers: &mut Vec<String>) {
    let mut push = |key: &str, value: &Value| {
        let pointer = chatkit_codegen::pointer::join(at, key);
        pointers.push(pointer.clone());
        if whole == WholeValues::None || !matches!(key, "example" | "examples") {
            collect_pointers(value, &pointer, whole, pointers);
        }
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| push(key, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| push(&index.to_string(), value)),
        _ => {}
    }
}

fn without(raw: &Value, pointer: &str) -> Value {
    let mut raw = raw.clone();
    let (parent, _) = pointer.rsplit_once('/').expect("it is not the root");
    let key = chatkit_codegen::pointer::segments(pointer).last().expect("it has a last segment").into_owned();
    match raw.pointer_mut(parent) {
        Some(Value::Object(object)) => drop(object.shift_remove(&key)),
        Some(Value::Array(list)) => drop(list.remove(key.parse().expect("it is an index"))),
        other => panic!("{parent} holds {other:?}"),
    }
    raw
}

fn with_another(raw: &Value, pointer: &str) -> Option<Value> {
    let mut raw = raw.clone();
    let value = raw.pointer_mut(pointer)?;
    *value = match &*value {
        Value::String(text) => format!("{text}x").into(),
        Value::Number(number) => (number.as_i64()? + 1).into(),
        Value::Bool(value) => (!value).into(),
        _ => return None,
    };
    Some(raw)
}

/// Whether an edit has no meaning. The spec allows no other edit without a meaning.
fn is_meaningless(raw: &Value, edit: &Edit) -> bool {
    let (parent, key) = edit.pointer.rsplit_once('/').expect("it is not the root");
    let object = raw.pointer(parent);
    let has = |key: &str| object.is_some_and(|object| object.get(key).is_some());
    match (edit.kind, key) {
        // `false` is the default of these flags.
        ("delete", "required" | "deprecated" | "nullable") => raw.pointer(&edit.pointer) == Some(&Value::Bool(false)),
        // The parts of `allOf` have the type too.
        ("delete", "type") => has("allOf"),
        _ => false,
    }
}

/// Keys whose values are compared as a whole: a change within is reported at the key.
const WHOLE: &[&str] = &[
    "contact",
    "default",
    "externalDocs",
    "license",
    "links",
    "tags",
    "variables",
    "x-errors",
    "x-paging",
    "x-rust-crate",
    "x-rust-names",
    "x-property-names",
];

/// Whether a change is at a pointer: at it, within it, at its owner, or at a value that contains it and is compared as a
/// whole.
fn is_at(diff: &Diff, pointer: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_whole = |at: &str| WHOLE.iter().any(|key| at.ends_with(&format!("/{key}")));
    let sites = diff.changes.iter().flat_map(|change| [&change.base, &change.head]).flatten();
    sites.map(|site| &*site.pointer).any(|at| {
        within(at, pointer) || at == parent(pointer) || at == owner(pointer) || (is_whole(at) && within(pointer, at))
    })
}

/// Returns the pointer of the owner. The parts of an `allOf` belong to the schema that has it.
fn owner(pointer: &str) -> &str {
    let mut owner = parent(pointer);
    while owner.rsplit('/').next().is_some_and(|key| key == "allOf" || key.parse::<usize>().is_ok()) {
        owner = parent(owner);
    }
    owner
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Returns an error if a comparison does not find an edit at its place.
fn check_edit(base: &Revision, raw: &Value, edit: &Edit) -> Option<String> {
    let text = edit.after.to_string();
    // Some edits leave a document that cannot be read.
    let head = Revision::read("head", &text).ok()?;
    let label = format!("{} {}", edit.kind, edit.pointer);
    let Ok(diff) = catch_unwind(AssertUnwindSafe(|| compare(base, &head))) else {
        return Some(format!("{label}: panics"));
    };
    if chatkit_codegen::read("head", &text).is_err() {
        return None;
    }
    let rules: Vec<String> =
        diff.changes.iter().map(|change| format!("{} at {}", change.rule, change.pointer())).collect();
    if rules.iter().any(|rule| rule.starts_with("unknown-")) {
        return Some(format!("{label}: {}", rules.join(", ")));
    }
    match is_at(&diff, &edit.pointer) {
        found if found != is_meaningless(raw, edit) => None,
        true => Some(format!("{label}: has no meaning, but {}", rules.join(", "))),
        false => Some(format!("{label}: not found, but {}", rules.join(", "))),
    }
}

fn check_edits(text: &str, step: usize) -> Vec<String> {
    let raw: Value = serde_yaml::from_str(text).expect("it is YAML");
    let base = Revision::read("base", &raw.to_string()).unwrap_or_else(|report| panic!("{report}"));
    let edits = edits(&raw, WholeValues::Examples);
    let chosen: Vec<&Edit> = edits.iter().step_by(step).collect();
    let (one, other) = chosen.split_at(chosen.len() / 2);
    let wrong_among =
        |edits: &[&Edit]| edits.iter().filter_map(|edit| check_edit(&base, &raw, edit)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| wrong_among(other));
        [wrong_among(one), other.join().expect("it does not panic")].concat()
    })
}

/// Features that state a fact twice, so that deleting one of the two has no meaning.
const REDUNDANT: &[&str] = &[
    "additional-properties",
    "all-of-merge",
    "enum-strings",
    "nullable-everything",
    "open-enum",
    "parameters",
    "secrets",
];

#[test]
fn finds_edits_of_the_spec() {
    // With a prime step, the sample has keys of every kind.
    let wrong = check_edits(&chatkit_tests::spec::TEXT, 97);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn finds_edits_of_the_features() {
    let features = chatkit_tests::fixtures::feature_documents();
    let wrong: Vec<String> = features
        .iter()
        .filter(|(name, _)| !REDUNDANT.contains(&name.as_str()))
        .flat_map(|(name, text)| check_edits(text, 23).into_iter().map(move |line| format!("{name}: {line}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes minutes; run it after a change of the comparison"]
fn finds_every_edit_of_the_spec_and_the_features() {
    let features = chatkit_tests::fixtures::feature_documents().into_iter();
    let documents = features.filter(|(name, _)| !REDUNDANT.contains(&name.as_str())).map(|(_, text)| text);
    let wrong: Vec<String> =
        documents.chain([chatkit_tests::spec::TEXT.clone()]).flat_map(|text| check_edits(&text, 1)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
