//! Enums, and objects that are open like them.

use super::convention::{Convention, ConventionReport, MAKE_COMPONENT};
use super::spec_document::SpecDocument;
use serde_json::Value;

pub(super) const ENUM_COMPONENT: Convention = Convention {
    name: "enum-component",
    summary: "Each enum of several values is a component of type string",
    judge: enum_component,
};

pub(super) const OPEN_OBJECTS: Convention =
    Convention { name: "open-objects", summary: "No schema says `additionalProperties: false`", judge: open_objects };

fn enum_component(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas() {
        let values = node.object.get("enum").and_then(Value::as_array);
        if values.is_none_or(|values| values.len() < 2) {
            continue;
        }
        let at = node.at("enum");
        if !node.is_component() {
            report.key(&at, "this enum is not a component", MAKE_COMPONENT);
        }
        if node.string("type") != Some("string") {
            report.key(&at, "an enum lists strings", "write `type: string`, or list no values");
        }
    }
}

fn open_objects(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas() {
        if node.object.get("additionalProperties") == Some(&Value::Bool(false)) {
            let help = "remove it: the service adds properties without notice";
            report.key(&node.at("additionalProperties"), "this object is closed", help);
        }
    }
}
