//! Lowers a document to the intermediate representation.
//!
//! The stage `resolve` reads the schemas. `schema` turns them into types. `operation` adds the operations, whose inline
//! types follow those of the components. Passes over all types come last: boxing, directions, presence, names.

mod binary_in_json;
mod client_names;
mod cycles;
mod defaults;
mod discriminator;
mod discriminator_constants;
mod document;
mod document_order;
mod enums;
mod finite_values;
mod inline_name;
mod lowerer;
mod media;
mod name_scope;
mod nested_containers;
mod object;
mod operation;
mod operation_source;
mod pagination;
mod parameter;
mod path_template;
mod presence;
mod recursive_unions;
mod schema;
mod schema_form;
mod security;
mod specificity;
#[cfg(test)]
mod tests;
mod type_graph;
mod type_table;
mod unchecked;
mod union;
mod union_member;
mod unsupported;
mod untyped;
mod unused_renames;
mod usage;

use crate::deep_stack;
use crate::diagnostics::Diagnostic;
use crate::ir::Api;
use crate::parse::Document;
use lowerer::Lowerer;
use serde_json::Value;

/// The result of lowering: an API, as complete as the document allows, and the diagnostics.
#[derive(Debug)]
pub struct Lowered {
    /// The API; complete if no diagnostic is an error.
    pub api: Api,
    /// Errors and warnings, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a document.
#[must_use]
pub fn lower(document: &Document) -> Lowered {
    lower_value(&document.raw)
}

pub(crate) fn lower_value(root: &Value) -> Lowered {
    deep_stack::run(|| lower_all(root))
}

fn lower_all(root: &Value) -> Lowered {
    let mut lowerer = Lowerer::new(root);
    lowerer.define_components();
    let operations = lowerer.operations();
    discriminator_constants::set_discriminator_constants(&mut lowerer.types);
    cycles::box_cycles(lowerer.types.defs_mut());
    let sequence = lowerer.types.in_document_order();
    let types = std::mem::take(lowerer.types.defs_mut());
    let mut api = lowerer.api(types, operations);
    let mut diagnostics = lowerer.schemas.diagnostics.into_kept();
    finite_values::report_infinite(&api.types, &mut diagnostics);
    recursive_unions::report_endless(&api.types, &mut diagnostics);
    document_order::renumber(&mut api, &sequence);
    usage::directions(&mut api);
    presence::decide(&mut api.types);
    defaults::check(&api, &mut diagnostics);
    binary_in_json::report(&api, &mut diagnostics);
    nested_containers::report(&api, &mut diagnostics);
    name_scope::check_type_names(&api.types, &mut diagnostics);
    let diagnostics = document_order::sorted(root, diagnostics);
    Lowered { api, diagnostics }
}
