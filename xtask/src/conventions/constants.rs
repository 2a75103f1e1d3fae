//! Constants: enums of one value.

use super::convention::{Convention, ConventionReport};
use super::spec_document::{SpecDocument, SpecNode};
use serde_json::Value;

pub(super) const CONSTANT: Convention = Convention {
    name: "constant",
    summary: "An enum of one value is a required string without a default",
    judge: constant,
};

fn constant(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas() {
        let Some([_]) = node.object.get("enum").and_then(Value::as_array).map(Vec::as_slice) else { continue };
        let at = node.at("enum");
        if !is_required(document, node) {
            let help = "require the property or parameter that has it, or list more values in a component";
            report.key(&at, "this `enum` has one value, but may be left out", help);
        }
        if node.is_true("nullable") {
            report.key(&node.at("nullable"), "a constant cannot be null", "remove `nullable`");
        }
        if node.string("type") != Some("string") {
            report.key(&at, "a constant is a string", "write `type: string`, and quote the value");
        }
        if node.object.contains_key("default") {
            report.key(&node.at("default"), "a constant has no default", "remove `default`");
        }
    }
}

/// Returns whether a schema is that of a required property or parameter.
fn is_required(document: &SpecDocument<'_>, node: &SpecNode<'_>) -> bool {
    let around = |levels: usize| {
        let end = node.pointer.rmatch_indices('/').nth(levels - 1).map_or(0, |(end, _)| end);
        document.raw.pointer(&node.pointer[..end])
    };
    match node.holder {
        "properties" => {
            let required = around(2).and_then(|object| object.get("required")?.as_array());
            required.is_some_and(|names| names.iter().any(|name| name == node.name()))
        }
        "schema" => around(1).and_then(|parameter| parameter.get("required")) == Some(&Value::Bool(true)),
        _ => false,
    }
}
