//! Finds the place that states a keyword of a schema.

use super::resolver::SchemaResolver;
use super::schema_site::SchemaSite;
use crate::pointer;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

impl<'a> SchemaResolver<'a> {
    /// Returns the pointer and the value of a keyword in the schemas or their parts. The last schema wins.
    pub(crate) fn stated(&self, sites: &[SchemaSite<'a>], keyword: &str) -> Option<(Rc<str>, &'a Value)> {
        // References may lead to one schema many times, and in cycles.
        let mut seen: HashSet<*const Value> = HashSet::new();
        let mut work = sites.to_vec();
        while let Some(site) = work.pop() {
            if !seen.insert(std::ptr::from_ref(site.json())) {
                continue;
            }
            if let Some(reference) = site.schema.reference {
                work.extend(self.target_site(&site, reference));
                continue;
            }
            if let Some(value) = site.json().get(keyword) {
                return Some((pointer::child(&site.pointer, keyword), value));
            }
            let before = work.len();
            let schema = &*site.schema;
            for (combinator, parts) in [("allOf", &schema.all_of), ("oneOf", &schema.one_of), ("anyOf", &schema.any_of)]
            {
                // A keyword of one of several variants does not apply to the whole.
                if combinator == "allOf" || parts.iter().filter(|part| !part.is_null()).count() <= 1 {
                    let parts = parts.iter().enumerate();
                    work.extend(
                        parts.map(|(index, part)| site.part(pointer::element(&site.pointer, combinator, index), part)),
                    );
                }
            }
            // The first part is next.
            work[before..].reverse();
        }
        None
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
