//! The names of inline types.

use crate::resolve::{OwnerIndex, SchemaSite};
use std::rc::Rc;

/// The name of an inline type, and the component that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct InlineName {
    pub(super) name: Rc<str>,
    pub(super) owner: OwnerIndex,
}

impl InlineName {
    pub(super) fn of(site: &SchemaSite<'_>) -> Self {
        Self { name: Rc::clone(&site.type_name), owner: site.owner }
    }

    /// Returns the name of a type within.
    pub(super) fn inner(&self, suffix: &str) -> Self {
        Self { name: format!("{}{suffix}", self.name).into(), owner: self.owner }
    }
}
