//! Wrappers of references: an `allOf` with one `$ref`.

use super::convention::{Convention, ConventionReport};
use super::spec_document::{SpecDocument, SpecNode, name_of};
use serde_json::Value;

pub(super) const NEEDLESS_WRAPPER: Convention = Convention {
    name: "needless-wrapper",
    summary: "A reference is wrapped in `allOf` only if the wrapper adds something",
    judge: needless_wrapper,
};

pub(super) const NULLABLE_WRAPPER: Convention = Convention {
    name: "nullable-wrapper",
    summary: "A nullable wrapper repeats the type of a referenced schema that is nullable too",
    judge: nullable_wrapper,
};

/// Returns the schemas that wrap one reference, each with the reference.
fn wrappers<'s, 'a>(document: &'s SpecDocument<'a>) -> impl Iterator<Item = (&'s SpecNode<'a>, &'a str)> {
    document.schemas().filter_map(|node| match node.object.get("allOf")?.as_array()?.as_slice() {
        [part] => Some((node, part.get("$ref")?.as_str()?)),
        _ => None,
    })
}

fn needless_wrapper(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for (node, reference) in wrappers(document) {
        let target = document.target(reference);
        // `nullable` allows null here, even if the referenced schema says it too.
        let adds = |(key, value): (&String, &Value)| {
            key == "nullable" || (key != "allOf" && target.and_then(|target| target.get(key)) != Some(value))
        };
        if !node.object.iter().any(adds) {
            let message = format!("this wrapper adds nothing to `{}`", name_of(reference));
            report.value(&node.pointer, message, format!("write the bare `$ref: '{reference}'`"));
        }
    }
}

fn nullable_wrapper(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for (node, reference) in wrappers(document).filter(|(node, _)| node.is_true("nullable")) {
        let target = document.target(reference);
        let of_target = |key: &str| target.and_then(|target| target.get(key));
        let (name, at) = (name_of(reference), node.at("nullable"));
        if of_target("nullable") != Some(&Value::Bool(true)) {
            let message = format!("`{name}` does not allow null, and `allOf` only narrows it");
            report.key(&at, message, format!("add `nullable: true` to `{name}` as well"));
        }
        if of_target("type") != node.object.get("type") {
            let help = of_target("type").and_then(Value::as_str).map_or_else(
                || format!("add a `type` to `{name}`, and the same here"),
                |ty| format!("add `type: {ty}` here"),
            );
            report.key(&at, format!("`nullable` needs the `type` of `{name}` beside it"), help);
        }
    }
}
