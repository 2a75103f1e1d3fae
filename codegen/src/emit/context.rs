//! The API with the facts about it that emitting functions share.

use super::analysis;
use super::types::Types;
use crate::ir::{Api, TypeId};

/// The API, its types in Rust, and facts about them.
pub struct Context<'a> {
    pub api: &'a Api,
    pub types: Types<'a>,
    convertible: Vec<bool>,
    checked: Vec<bool>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = Types::new(api);
        let (convertible, checked) = (analysis::convertible(&types), analysis::checked(api));
        Self { api, types, convertible, checked }
    }

    /// Returns whether a type is a union that some value converts into by `From`.
    pub fn is_convertible(&self, id: TypeId) -> bool {
        self.convertible[id.0]
    }

    /// Returns whether `validate()` has anything to check in a type.
    pub fn is_checked(&self, id: TypeId) -> bool {
        self.checked[id.0]
    }
}
