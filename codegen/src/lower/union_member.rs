//! A variant of a union before it is lowered.

use crate::resolve::{MergedSchema, SchemaSite};
use std::rc::Rc;

/// A variant of a union before it is lowered.
pub(super) struct UnionMember<'a> {
    pub(super) site: SchemaSite<'a>,
    /// The component that the variant is, if it is one.
    pub(super) component: Option<usize>,
    pub(super) merged: Rc<MergedSchema<'a>>,
    /// Whether properties beside the union were merged into it. It is not the component then.
    pub(super) extended: bool,
    pub(super) tags: Vec<String>,
    pub(super) rust_name: String,
    /// Whether it repeats another variant, which has been reported.
    pub(super) repeated: bool,
}

impl<'a> UnionMember<'a> {
    pub(super) fn new(
        site: SchemaSite<'a>,
        component: Option<usize>,
        merged: Rc<MergedSchema<'a>>,
        extended: bool,
    ) -> Self {
        Self { site, component, merged, extended, tags: Vec::new(), rust_name: String::new(), repeated: false }
    }
}
