//! From a document to the intermediate representation.

use crate::diagnostics::Diagnostic;
use crate::ir::Api;
use crate::parse::Document;

/// What lowering gives: always an API, as good as the document allows, and everything found on the way.
#[derive(Debug)]
pub struct Lowered {
    /// The API; complete where no finding is an error.
    pub api: Api,
    /// Errors and warnings, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a document.
#[must_use]
pub fn lower(document: &Document) -> Lowered {
    let api = Api {
        crate_name: String::new(),
        title: document.openapi.info.title.clone(),
        version: document.openapi.info.version.clone(),
        description: document.openapi.info.description.clone(),
        types: Vec::new(),
        operations: Vec::new(),
        servers: Vec::new(),
        security_schemes: indexmap::IndexMap::new(),
        security: Vec::new(),
    };
    Lowered { api, diagnostics: Vec::new() }
}
