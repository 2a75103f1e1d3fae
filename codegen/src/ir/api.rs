//! A whole API.

use indexmap::IndexMap;

use super::operation::{Errors, Operation, SecurityScheme, Server};
use super::types::{TypeDef, TypeId};

/// A whole API, lowered.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The package name of the crate, such as `chatkit-client`.
    pub crate_name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`: the version of the API's description, not of the crate.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Every type that the crate defines, in the order of the document. Components come first, each followed by its
    /// inline types. The inline types of parameters, bodies and responses come last.
    pub types: Vec<TypeDef>,
    /// Every operation, in the order of the document.
    pub operations: Vec<Operation>,
    /// `servers`; a single `/` if the document lists none.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`, by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The global `security`: a list of alternatives, each a map from scheme to scopes.
    pub security: Vec<IndexMap<String, Vec<String>>>,
    /// `x-errors`, if the document has it.
    pub errors: Option<Errors>,
}

impl Api {
    /// Returns the name of the library as code imports it, such as `chatkit_client`.
    #[must_use]
    pub fn library_name(&self) -> String {
        self.crate_name.replace('-', "_")
    }

    /// Returns the definition of an id.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}
