//! Where a schema states a keyword.

use super::resolver::SchemaResolver;
use super::schema_diagnostics::MAX_DEPTH;
use super::schema_site::SchemaSite;
use crate::pointer;
use serde_json::Value;
use std::rc::Rc;

impl<'a> SchemaResolver<'a> {
    /// Returns where schemas state a keyword, in one of them or in one of their parts, and its value.
    pub(crate) fn stated(&self, sites: &[SchemaSite<'a>], keyword: &str) -> Option<(Rc<str>, &'a Value)> {
        sites.iter().rev().find_map(|site| self.stated_at(site, keyword, 0))
    }

    fn stated_at(&self, site: &SchemaSite<'a>, keyword: &str, depth: usize) -> Option<(Rc<str>, &'a Value)> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(reference) = site.schema.reference {
            let (pointer, json) = pointer::target(self.root, reference)?;
            return self.stated_at(&site.target(pointer, json), keyword, depth + 1);
        }
        if let Some(value) = site.json().get(keyword) {
            return Some((pointer::child(&site.pointer, keyword), value));
        }
        let schema = &*site.schema;
        [("allOf", &schema.all_of), ("oneOf", &schema.one_of), ("anyOf", &schema.any_of)].into_iter().find_map(
            |(combinator, parts)| {
                // A keyword of one of several variants does not apply to the whole.
                if combinator != "allOf" && parts.iter().filter(|part| !part.is_null()).count() > 1 {
                    return None;
                }
                parts.iter().enumerate().find_map(|(index, part)| {
                    let part = site.part(pointer::element(&site.pointer, combinator, index), part);
                    self.stated_at(&part, keyword, depth + 1)
                })
            },
        )
    }
}
