//! Names of operations.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;

pub(super) const OPERATION_ID: Convention = Convention {
    name: "operation-id",
    summary: "Each operation has an `operationId` in camelCase, with the verb first",
    judge: operation_id,
};

fn operation_id(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    const HELP: &str = "write verb and noun in camelCase, such as `listThreads`";
    for operation in &document.api.operations {
        match &operation.id {
            None => report.key(&operation.pointer, "this operation has no `operationId`", HELP),
            Some(id) if !is_camel_case(id) => {
                let at = format!("{}/operationId", operation.pointer);
                report.value(&at, format!("`{id}` is not a verb and a noun in camelCase"), HELP);
            }
            Some(_) => {}
        }
    }
}

/// Returns whether a name has two words or more in camelCase. Which words are verbs is left to the reviewer.
fn is_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|character| character.is_ascii_alphanumeric())
        && name.contains(|character: char| character.is_ascii_uppercase())
}
