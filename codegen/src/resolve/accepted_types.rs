//! The JSON types that a schema accepts.

use super::json_type::JsonTypes;
use super::merged_schema::MergedSchema;
use super::resolver::SchemaResolver;
use std::collections::HashSet;
use std::rc::Rc;

impl<'a> SchemaResolver<'a> {
    /// Returns the JSON types that a schema accepts, apart from null.
    pub(crate) fn accepted_types(&mut self, merged: &MergedSchema<'a>) -> JsonTypes {
        let mut types = JsonTypes::default();
        // Unions may refer to each other many times, in cycles, and in long chains.
        let mut seen: HashSet<Rc<str>> = HashSet::new();
        let mut work = Vec::new();
        let mut next = Some(merged);
        let mut current: Rc<MergedSchema<'a>>;
        while let Some(merged) = next {
            if merged.unions.is_empty() {
                types.add(merged.json_type.map_or(JsonTypes::ALL, JsonTypes::from));
            }
            let unions = merged.unions.iter().filter(|union| seen.insert(Rc::clone(&union.pointer)));
            work.extend(unions.flat_map(|union| &union.variants).cloned());
            let Some(variant) = work.pop() else { break };
            current = self.resolve(std::slice::from_ref(&variant));
            next = Some(&current);
        }
        types
    }
}
