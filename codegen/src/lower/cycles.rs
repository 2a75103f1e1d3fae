//! Types that contain themselves: fields and variants that must be boxed, and recursive aliases.

use super::type_graph::{components, direct_edges, mentions, named, same};
use crate::ir::{TypeDef, TypeKind};

/// Boxes fields and variants of types that would be infinitely large, and marks aliases that contain themselves.
pub(super) fn box_cycles(types: &mut [TypeDef]) {
    let direct = components(&direct_edges(types, true));
    for (index, def) in types.iter_mut().enumerate() {
        if let TypeKind::Object(object) = &mut def.kind {
            for property in object.properties.iter_mut().filter(|property| property.constant.is_none()) {
                property.boxed = named(&property.schema).is_some_and(|to| same(&direct, index, to));
            }
        }
    }
    // A cycle without a property runs only through unions and aliases. Boxing the variants breaks it.
    let rest = direct_edges(types, false);
    let rest_components = components(&rest);
    let cyclic = |from: usize, to: usize| {
        same(&rest_components, from, to) && (from != to || rest.get(from).is_some_and(|edges| edges.contains(&from)))
    };
    for (index, def) in types.iter_mut().enumerate() {
        if let TypeKind::Union(union) = &mut def.kind {
            for variant in &mut union.variants {
                variant.boxed = named(&variant.schema).is_some_and(|to| cyclic(index, to));
            }
        }
    }
    mark_recursive_aliases(types);
}

fn mark_recursive_aliases(types: &mut [TypeDef]) {
    let aliases: Vec<Vec<usize>> = types
        .iter()
        .map(|def| {
            let mut found = Vec::new();
            if let TypeKind::Alias(alias) = &def.kind {
                mentions(&alias.schema, &mut found);
            }
            found.into_iter().map(|id| id.0).collect()
        })
        .collect();
    let components = components(&aliases);
    let recursive: Vec<bool> =
        aliases.iter().enumerate().map(|(from, edges)| edges.iter().any(|to| same(&components, from, *to))).collect();
    for (def, recursive) in types.iter_mut().zip(recursive) {
        if let TypeKind::Alias(alias) = &mut def.kind {
            alias.recursive = recursive;
        }
    }
}
