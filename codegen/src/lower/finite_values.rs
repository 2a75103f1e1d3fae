//! Reports objects that no finite value satisfies.

use super::type_graph::{components, direct_edges, fields, named, same};
use crate::diagnostics::Diagnostic;
use crate::ir::{Property, TypeDef, TypeKind};
use std::collections::HashSet;

/// Reports objects that contain themselves through required properties only: their JSON would never end.
pub(super) fn report_infinite(types: &[TypeDef], diagnostics: &mut Vec<Diagnostic>) {
    let finite = finite(types);
    if finite.iter().all(|finite| *finite) {
        return;
    }
    let components = components(&direct_edges(types, true));
    let mut reported = HashSet::new();
    for (index, def) in types.iter().enumerate() {
        let TypeKind::Object(object) = &def.kind else { continue };
        let infinite = fields(&object.properties).find(|property| {
            needed(property).is_some_and(|to| finite.get(to) == Some(&false) && same(&components, index, to))
        });
        let Some(property) = infinite else { continue };
        if finite.get(index) == Some(&false) && reported.insert(components.get(index).copied()) {
            let message = format!(
                "no value of `{name}` can be finite: its required property `{}` always contains another `{name}`",
                property.name,
                name = def.name
            );
            diagnostics.push(
                Diagnostic::error("infinite-value", &*property.pointer, message)
                    .help("make a property in the cycle optional or nullable, or make it a list"),
            );
        }
    }
}

fn needed(property: &Property) -> Option<usize> {
    let one_way = property.read_only || property.write_only;
    if property.required && !property.schema.nullable && !one_way { named(&property.schema) } else { None }
}

/// Returns which types have a finite value, found from the bottom up: a type has one if all types that it needs do.
fn finite(types: &[TypeDef]) -> Vec<bool> {
    let mut finite = vec![false; types.len()];
    let mut missing = vec![0_usize; types.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut ready = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let (needs, count) = needs(def);
        if let Some(slot) = missing.get_mut(index) {
            *slot = count;
        }
        if count == 0 {
            ready.push(index);
        }
        for to in needs {
            if let Some(list) = needed_by.get_mut(to) {
                list.push(index);
            }
        }
    }
    while let Some(index) = ready.pop() {
        if let Some(slot) = finite.get_mut(index) {
            *slot = true;
        }
        for &user in needed_by.get(index).into_iter().flatten() {
            let Some(left) = missing.get_mut(user).filter(|left| **left > 0) else { continue };
            *left -= 1;
            if *left == 0 {
                ready.push(user);
            }
        }
    }
    finite
}

/// Returns the types that a value of a type may need, and how many of them it needs.
fn needs(def: &TypeDef) -> (Vec<usize>, usize) {
    match &def.kind {
        TypeKind::Object(object) => {
            let needs: Vec<usize> = fields(&object.properties).filter_map(needed).collect();
            let count = needs.len();
            (needs, count)
        }
        TypeKind::Union(union) => {
            let needs: Vec<usize> = union.variants.iter().filter_map(|variant| named(&variant.schema)).collect();
            // One variant with a finite value is enough, and one that is not a definition has one.
            let count = usize::from(!needs.is_empty() && needs.len() == union.variants.len());
            (needs, count)
        }
        TypeKind::Alias(alias) => {
            let needs: Vec<usize> = named(&alias.schema).into_iter().collect();
            let count = needs.len();
            (needs, count)
        }
        TypeKind::Enum(_) => (Vec::new(), 0),
    }
}
