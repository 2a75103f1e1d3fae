//! Unions whose variants only require properties.

use super::resolver::SchemaResolver;
use super::schema_site::SchemaSite;
use crate::pointer;
use serde_json::Value;
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
        for site in sites {
            self.gather_groups(site, 0, &mut found);
        }
        found
    }

    fn gather_groups(&self, site: &SchemaSite<'a>, depth: usize, found: &mut Vec<RequiredGroupsUnion<'a>>) {
        const DEEPEST: usize = 16;
        if depth > DEEPEST {
            return;
        }
        if let Some(reference) = site.schema.reference {
            if let Some(target) = self.target_site(site, reference) {
                self.gather_groups(&target, depth + 1, found);
            }
            return;
        }
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
        for (index, part) in schema.all_of.iter().enumerate() {
            let part = site.part(pointer::element(&site.pointer, "allOf", index), part);
            self.gather_groups(&part, depth + 1, found);
        }
    }
}
