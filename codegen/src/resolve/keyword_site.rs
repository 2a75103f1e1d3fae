//! Finds the place that states a keyword of a schema.

use super::resolver::SchemaResolver;
use super::schema_diagnostics::MAX_DEPTH;
use super::schema_site::SchemaSite;
use crate::pointer;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

impl<'a> SchemaResolver<'a> {
    /// Returns the pointer and the value of a keyword in the schemas or their parts. The last schema wins.
    pub(crate) fn stated(&self, sites: &[SchemaSite<'a>], keyword: &str) -> Option<(Rc<str>, &'a Value)> {
        let mut seen = HashSet::new();
        sites.iter().rev().find_map(|site| self.stated_at(site, keyword, 0, &mut seen))
    }

    fn stated_at(
        &self,
        site: &SchemaSite<'a>,
        keyword: &str,
        depth: usize,
        seen: &mut HashSet<*const Value>,
    ) -> Option<(Rc<str>, &'a Value)> {
        // References may lead to one schema many times, and in cycles.
        if depth > MAX_DEPTH || !seen.insert(std::ptr::from_ref(site.json())) {
            return None;
        }
        if let Some(reference) = site.schema.reference {
            return self.stated_at(&self.target_site(site, reference)?, keyword, depth + 1, seen);
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
                    self.stated_at(&part, keyword, depth + 1, seen)
                })
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::SchemaResolver;
    use serde_json::{Map, Value, json};

    #[test]
    fn searches_each_schema_once() {
        const LEVELS: usize = 60;
        let mut schemas = Map::new();
        for level in 0..LEVELS {
            // Searching the next level for each of the two references would never end.
            let next = json!({ "$ref": format!("#/components/schemas/S{}", level + 1) });
            schemas.insert(format!("S{level}"), json!({ "allOf": [next, next] }));
        }
        schemas.insert(format!("S{LEVELS}"), json!({ "minLength": 1 }));
        let root = json!({ "components": { "schemas": schemas } });
        let resolver = SchemaResolver::without_diagnostics(&root);
        let sites = [resolver.components.site(0).expect("S0 is the first").clone()];
        let (pointer, value) = resolver.stated(&sites, "minLength").expect("the last schema has it");
        assert_eq!((&*pointer, value), ("/components/schemas/S60/minLength", &Value::from(1)));
        assert_eq!(resolver.stated(&sites, "maxLength"), None);
    }
}
