//! The API with the facts about it that emitting functions share.

use std::sync::OnceLock;

use super::analysis::{self, CallExamples};
use super::type_prose::TypeProse;
use super::types::Types;
use crate::ir::{Api, TypeId};

/// The API, its types in Rust, and facts about them.
pub struct Context<'a> {
    pub api: &'a Api,
    pub types: Types<'a>,
    convertible: Vec<bool>,
    checked: Vec<bool>,
    examples: Vec<CallExamples<'a>>,
    /// The prose of each type, once it is needed: the list of public items needs none.
    prose: Vec<OnceLock<TypeProse>>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = Types::new(api);
        let (convertible, checked) = (analysis::convertible(&types), analysis::checked(api));
        let prose = api.types.iter().map(|_| OnceLock::new()).collect();
        let examples = analysis::call_examples(&types);
        Self { api, types, convertible, checked, examples, prose }
    }

    /// Returns whether a type is a union that some value converts into by `From`.
    pub fn is_convertible(&self, id: TypeId) -> bool {
        self.convertible[id.0]
    }

    /// Returns whether `validate()` has anything to check in a type.
    pub fn is_checked(&self, id: TypeId) -> bool {
        self.checked[id.0]
    }

    /// Returns the examples of a type that calls take or return.
    pub fn examples(&self, id: TypeId) -> CallExamples<'a> {
        self.examples[id.0]
    }

    /// Returns the prose of a type. It is parsed once, however many items repeat it.
    pub fn prose(&self, id: TypeId) -> &TypeProse {
        self.prose[id.0].get_or_init(|| TypeProse::new(self.api.type_def(id)))
    }
}
