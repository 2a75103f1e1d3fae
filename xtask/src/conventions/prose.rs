//! Summaries and descriptions.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;

pub(super) const DESCRIPTION: Convention = Convention {
    name: "description",
    summary: "Each component, operation, parameter and property has a description, and each operation a summary",
    judge: description,
};

pub(super) const FULL_STOP: Convention =
    Convention { name: "full-stop", summary: "Each description ends with a full stop", judge: full_stop };

fn description(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    const HELP: &str = "add a `description`: the meaning, the unit, and the meaning of absence or null";
    for node in &document.nodes {
        let kind = match node.holder {
            "properties" => "property",
            "parameters" => "parameter",
            _ if node.is_component() => "component",
            _ => continue,
        };
        if !node.is_reference() && !node.object.contains_key("description") {
            report.key(&node.pointer, format!("the {kind} `{}` has no description", node.name()), HELP);
        }
    }
    for operation in &document.api.operations {
        let object = document.raw.pointer(&operation.pointer);
        for key in ["summary", "description"] {
            if object.is_some_and(|object| object.get(key).is_none()) {
                let message = format!("`{} {}` has no {key}", operation.method, operation.path);
                report.key(&operation.pointer, message, format!("add a `{key}`"));
            }
        }
    }
}

fn full_stop(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in &document.nodes {
        if node.string("description").is_some_and(|text| !text.trim_end().ends_with('.')) {
            report.key(&node.at("description"), "this description does not end with a full stop", "end it with `.`");
        }
    }
}
