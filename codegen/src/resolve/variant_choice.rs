//! Unions that a schema inherits and is itself a variant of.
//!
//! `Pet` may list its variants `Cat` and `Dog`, and `Cat` may inherit the properties of `Pet` by `allOf`. A `Cat` is
//! then one of the variants already, so that it inherits the properties alone.

use super::merged_schema::UnionSchema;
use super::schema_site::SchemaSite;
use crate::pointer;
use std::collections::HashSet;
use std::rc::Rc;

/// Returns the pointers of a union's variants, and of those within variants that are only unions or references.
pub(super) fn choices<'a>(
    union: &UnionSchema<'a>,
    follow: impl Fn(&SchemaSite<'a>, &'a str) -> Option<SchemaSite<'a>>,
) -> HashSet<Rc<str>> {
    let mut choices = HashSet::new();
    let mut work = union.variants.clone();
    while let Some(site) = work.pop() {
        if !choices.insert(Rc::clone(&site.pointer)) {
            continue;
        }
        let schema = &*site.schema;
        if let Some(reference) = schema.reference {
            work.extend(follow(&site, reference));
            continue;
        }
        if schema.restricts {
            continue;
        }
        for (keyword, parts) in [("allOf", &schema.all_of), ("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            // Several parts of an `allOf` restrict each other.
            if keyword == "allOf" && parts.len() > 1 {
                continue;
            }
            let parts = parts.iter().enumerate().filter(|(_, part)| !part.is_null());
            work.extend(parts.map(|(index, part)| site.part(pointer::element(&site.pointer, keyword, index), part)));
        }
    }
    choices
}
