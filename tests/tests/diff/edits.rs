//! Every single edit of a document is found, where it is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chatkit_codegen::diff::{Diff, Revision, compare};
use serde_json::Value;

/// An edit of a document: a key or an element is gone, or a scalar is another.
struct Edit {
    pointer: String,
    after: Value,
    what: &'static str,
}

/// Every edit of a document.
fn edits(raw: &Value) -> Vec<Edit> {
    let mut pointers = Vec::new();
    gather(raw, "", &mut pointers);
    let mut edits = Vec::new();
    for pointer in pointers {
        edits.push(Edit { after: without(raw, &pointer), pointer: pointer.clone(), what: "delete" });
        if let Some(after) = with_another(raw, &pointer) {
            edits.push(Edit { after, pointer, what: "change" });
        }
    }
    edits
}

/// The pointers of all that a document has. What is in an example is one.
fn gather(value: &Value, at: &str, pointers: &mut Vec<String>) {
    let mut push = |key: &str, value: &Value| {
        let pointer = chatkit_codegen::pointer::join(at, key);
        pointers.push(pointer.clone());
        if !matches!(key, "example" | "examples") {
            gather(value, &pointer, pointers);
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

/// Whether an edit means nothing: these are all such edits that the spec can have.
fn means_nothing(raw: &Value, edit: &Edit) -> bool {
    let (parent, key) = edit.pointer.rsplit_once('/').expect("it is not the root");
    let object = raw.pointer(parent);
    let has = |key: &str| object.is_some_and(|object| object.get(key).is_some());
    match (edit.what, key) {
        // What is said of a flag is what holds where nothing is said.
        ("delete", "required" | "deprecated" | "nullable") => raw.pointer(&edit.pointer) == Some(&Value::Bool(false)),
        // The parts say it as well.
        ("delete", "type") => has("allOf"),
        _ => false,
    }
}

/// Keys whose values are compared as a whole: what changes within is told at the key.
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

/// Whether a change is at a pointer: there, within it, at what has it, or at what is compared as a whole.
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

/// The pointer of what has something: parts of a schema are its own.
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

/// What is wrong with what is said of an edit.
fn judge(base: &Revision, raw: &Value, edit: &Edit) -> Option<String> {
    let text = edit.after.to_string();
    // What is no document at all is refused as one.
    let head = Revision::read("head", &text).ok()?;
    let told = format!("{} {}", edit.what, edit.pointer);
    let Ok(diff) = catch_unwind(AssertUnwindSafe(|| compare(base, &head))) else {
        return Some(format!("{told}: panics"));
    };
    if chatkit_codegen::read("head", &text).is_err() {
        return None;
    }
    let rules: Vec<String> =
        diff.changes.iter().map(|change| format!("{} at {}", change.rule, change.pointer())).collect();
    if rules.iter().any(|rule| rule.starts_with("unknown-")) {
        return Some(format!("{told}: {}", rules.join(", ")));
    }
    match is_at(&diff, &edit.pointer) {
        found if found != means_nothing(raw, edit) => None,
        true => Some(format!("{told}: means nothing, but {}", rules.join(", "))),
        false => Some(format!("{told}: not found, but {}", rules.join(", "))),
    }
}

fn check(text: &str, step: usize) -> Vec<String> {
    let raw: Value = serde_yaml::from_str(text).expect("it is YAML");
    let base = Revision::read("base", &raw.to_string()).unwrap_or_else(|report| panic!("{report}"));
    let edits = edits(&raw);
    let chosen: Vec<&Edit> = edits.iter().step_by(step).collect();
    let (one, other) = chosen.split_at(chosen.len() / 2);
    let judged = |edits: &[&Edit]| edits.iter().filter_map(|edit| judge(&base, &raw, edit)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| judged(other));
        [judged(one), other.join().expect("it does not panic")].concat()
    })
}

/// Features that say the same twice, so that leaving one of the two out means nothing.
const SAID_TWICE: &[&str] = &[
    "additional-properties",
    "all-of-merge",
    "enum-strings",
    "nullable-everything",
    "open-enum",
    "parameters",
    "secrets",
];

#[test]
fn an_edit_of_the_spec_is_found_where_it_is() {
    // A prime, so that the sample has keys of all kinds.
    let wrong = check(&chatkit_tests::spec::TEXT, 97);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_edit_of_a_feature_is_found_where_it_is() {
    let features = chatkit_tests::fixtures::feature_documents();
    let wrong: Vec<String> = features
        .iter()
        .filter(|(name, _)| !SAID_TWICE.contains(&name.as_str()))
        .flat_map(|(name, text)| check(text, 23).into_iter().map(move |line| format!("{name}: {line}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "it takes minutes: for whoever changes the comparison"]
fn every_edit_of_the_spec_and_the_features_is_found_where_it_is() {
    let features = chatkit_tests::fixtures::feature_documents().into_iter();
    let documents = features.filter(|(name, _)| !SAID_TWICE.contains(&name.as_str())).map(|(_, text)| text);
    let wrong: Vec<String> =
        documents.chain([chatkit_tests::spec::TEXT.clone()]).flat_map(|text| check(&text, 1)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
