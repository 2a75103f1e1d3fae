//! Unions whose variants only require properties.

use super::resolver::SchemaResolver;
use super::schema_site::SchemaSite;
use crate::pointer;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

/// A `oneOf` or `anyOf` whose variants only require properties.
#[derive(Clone, Debug)]
pub(crate) struct RequiredGroupsUnion<'a> {
    /// Pointer of the list of variants.
    pub(crate) pointer: Rc<str>,
    /// The list of variants.
    pub(crate) json: &'a Value,
    pub(crate) exclusive: bool,
    /// The variants without null.
    pub(crate) variants: Vec<&'a Value>,
}

impl<'a> SchemaResolver<'a> {
    /// Returns the unions of requirements in schemas and in their `allOf` parts, across references.
    pub(crate) fn required_groups(&self, sites: &[SchemaSite<'a>]) -> Vec<RequiredGroupsUnion<'a>> {
        let mut found = Vec::new();
        // References may lead to one schema many times, and in cycles.
        let mut seen = HashSet::new();
        let mut work: Vec<SchemaSite<'a>> = sites.iter().rev().cloned().collect();
        while let Some(site) = work.pop() {
            if !seen.insert(Rc::clone(&site.pointer)) {
                continue;
            }
            if let Some(reference) = site.schema.reference {
                work.extend(self.target_site(&site, reference));
                continue;
            }
            gather_groups(&site, &mut found);
            let parts = site.schema.all_of.iter().enumerate().rev();
            work.extend(parts.map(|(index, part)| site.part(pointer::element(&site.pointer, "allOf", index), part)));
        }
        found
    }
}

/// Adds the unions of requirements that a schema has itself.
fn gather_groups<'a>(site: &SchemaSite<'a>, found: &mut Vec<RequiredGroupsUnion<'a>>) {
    let schema = &*site.schema;
    for (keyword, variants, exclusive) in [("oneOf", &schema.one_of, true), ("anyOf", &schema.any_of, false)] {
        let mut variants = variants.iter().filter(|variant| !variant.is_null()).peekable();
        if let Some(json) = site.json().get(keyword)
            && variants.peek().is_some()
            && variants.clone().all(|variant| variant.only_requires())
        {
            let pointer = pointer::child(&site.pointer, keyword);
            let variants = variants.map(|variant| variant.json).collect();
            found.push(RequiredGroupsUnion { pointer, json, exclusive, variants });
        }
    }
}
