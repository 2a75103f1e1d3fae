//! Variants of a union that no value selects.

use super::diagnostic_sink::DiagnosticSink;
use super::json_type::JsonType;
use super::merged_schema::{MergedSchema, UnionSchema};
use super::schema_site::SchemaSite;
use crate::diagnostics::Diagnostic;
use std::collections::HashMap;
use std::rc::Rc;

/// Reports variants that no value selects, and returns the indices of those that repeat another.
///
/// `components` has the component that each variant is, if it is one.
pub(super) fn repeated<'a>(
    union: &UnionSchema<'a>,
    components: &[Option<usize>],
    variants: &[Rc<MergedSchema<'a>>],
    diagnostics: &mut DiagnosticSink,
) -> Vec<usize> {
    let mut repeated = Vec::new();
    let mut seen: HashMap<String, &SchemaSite<'a>> = HashMap::new();
    for (index, (variant, component)) in union.variants.iter().zip(components).enumerate() {
        let key = component.map_or_else(|| variant.json().to_string(), |component| format!("#{component}"));
        if let Some(first) = seen.get(&key) {
            repeated.push(index);
            diagnostics.push(
                Diagnostic::error("never-matches", &*variant.pointer, "this variant repeats another one")
                    .related(&*first.pointer, "the other variant")
                    .help("remove one of them"),
            );
        } else {
            seen.insert(key, variant);
        }
    }
    diagnostics.extend(integer_beside_number(union, variants));
    repeated
}

fn integer_beside_number<'a>(union: &UnionSchema<'a>, variants: &[Rc<MergedSchema<'a>>]) -> Option<Diagnostic> {
    let find = |json_type| {
        let index =
            variants.iter().position(|variant| variant.json_type == Some(json_type) && variant.unions.is_empty());
        union.variants.get(index?)
    };
    let (integer, number) = find(JsonType::Integer).zip(find(JsonType::Number)).filter(|_| union.exclusive)?;
    let message = "`oneOf` rejects every integer, because an integer is also a number";
    Some(
        Diagnostic::error("never-matches", &*integer.pointer, message)
            .related(&*number.pointer, "the `number` variant")
            .help("write `anyOf` instead of `oneOf`"),
    )
}
