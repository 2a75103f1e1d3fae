//! Unions: `oneOf` and `anyOf`.

use super::convention::{Convention, ConventionReport, MAKE_COMPONENT};
use super::spec_document::{SpecDocument, SpecNode, name_of};
use serde_json::Value;

pub(super) const TAGGED_UNION: Convention = Convention {
    name: "tagged-union",
    summary: "A tagged union is `oneOf` with a complete `mapping`, and an untagged one is `anyOf`",
    judge: tagged_union,
};

pub(super) const UNION_COMPONENT: Convention =
    Convention { name: "union-component", summary: "Each union is a component", judge: union_component };

fn tagged_union(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas() {
        let discriminator = node.object.get("discriminator");
        if let Some(variants) = node.object.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
            if let Some(discriminator) = discriminator {
                complete_mapping(document, report, node, (discriminator, variants));
            } else {
                let help = "write `anyOf`, or add a `discriminator` with a `mapping`";
                report.key(&node.at("oneOf"), "this `oneOf` has no `discriminator`", help);
            }
        }
        if node.object.contains_key("anyOf") && discriminator.is_some() {
            report.key(&node.at("anyOf"), "a union with a `discriminator` is tagged", "write `oneOf`");
        }
    }
}

/// Reports each variant of a tagged union that its mapping does not list.
fn complete_mapping(
    document: &SpecDocument<'_>,
    report: &mut ConventionReport,
    node: &SpecNode<'_>,
    (discriminator, variants): (&Value, &[Value]),
) {
    let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
    for (index, variant) in variants.iter().enumerate() {
        let at = format!("{}/{index}", node.at("oneOf"));
        let Some(reference) = variant.get("$ref").and_then(Value::as_str) else {
            report.value(&at, "a variant of a tagged union is a reference", "move it to `components.schemas`");
            continue;
        };
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        if !mapping.is_some_and(|mapping| mapping.values().any(|listed| listed == reference)) {
            let name = name_of(reference);
            let tag =
                document.target(reference).and_then(|target| target.get("properties")?.get(property)?.get("enum"));
            let tag = tag.and_then(|values| values.get(0)?.as_str()).unwrap_or("TAG");
            let help = format!("add `{tag}: '{reference}'` to `discriminator.mapping`");
            report.value(&at, format!("`discriminator.mapping` does not list `{name}`"), help);
        }
    }
}

fn union_component(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas().filter(|node| !node.is_component()) {
        for key in ["oneOf", "anyOf"].into_iter().filter(|key| node.object.contains_key(*key)) {
            report.key(&node.at(key), "this union is not a component", MAKE_COMPONENT);
        }
    }
}
