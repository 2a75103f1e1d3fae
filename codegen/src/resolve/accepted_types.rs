//! The JSON types that a schema accepts.

use super::json_type::JsonTypes;
use super::merged_schema::MergedSchema;
use super::resolver::SchemaResolver;
use std::collections::HashSet;
use std::rc::Rc;

impl<'a> SchemaResolver<'a> {
    /// Returns the JSON types that a schema accepts, apart from null.
    pub(crate) fn accepted_types(&mut self, merged: &MergedSchema<'a>) -> JsonTypes {
        self.types_beyond(merged, &mut HashSet::new())
    }

    /// Visits each union once, because unions may refer to each other many times and in cycles.
    fn types_beyond(&mut self, merged: &MergedSchema<'a>, seen: &mut HashSet<Rc<str>>) -> JsonTypes {
        if merged.unions.is_empty() {
            return merged.json_type.map_or(JsonTypes::ALL, JsonTypes::from);
        }
        let mut types = JsonTypes::default();
        for union in &merged.unions {
            if !seen.insert(Rc::clone(&union.pointer)) {
                continue;
            }
            for variant in &union.variants {
                let variant = self.resolve(std::slice::from_ref(variant));
                types.add(self.types_beyond(&variant, seen));
            }
        }
        types
    }
}
