//! Types that contain themselves: what has to be boxed, and what has no finite value.

use crate::diagnostics::Diagnostic;
use crate::ir::{Property, Schema, Type, TypeDef, TypeId, TypeKind};

/// Boxes what would otherwise be infinitely large, marks aliases that contain themselves, and finds objects that need
/// an infinite value.
pub(super) fn box_cycles(types: &mut [TypeDef], found: &mut Vec<Diagnostic>) {
    let direct: Vec<Vec<usize>> = types.iter().map(|def| direct_edges(def, true)).collect();
    let components = components(&direct);
    for (index, def) in types.iter_mut().enumerate() {
        if let TypeKind::Object(object) = &mut def.kind {
            for property in object.properties.iter_mut().filter(|property| property.constant.is_none()) {
                property.boxed = named(&property.schema).is_some_and(|to| same(&components, index, to));
            }
        }
    }
    // A cycle without a property runs through unions and aliases alone, and is broken at the unions.
    let rest: Vec<Vec<usize>> = types.iter().map(|def| direct_edges(def, false)).collect();
    let rest_components = self::components(&rest);
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
    find_infinite(types, &components, found);
}

fn named(schema: &Schema) -> Option<usize> {
    match &schema.ty {
        Type::Named(id) => Some(id.0),
        _ => None,
    }
}

fn same(components: &[usize], a: usize, b: usize) -> bool {
    components.get(a).is_some_and(|component| components.get(b) == Some(component))
}

/// The types that a value of a type holds without a list or map between.
fn direct_edges(def: &TypeDef, properties: bool) -> Vec<usize> {
    match &def.kind {
        TypeKind::Object(object) if properties => fields(&object.properties).filter_map(|p| named(&p.schema)).collect(),
        TypeKind::Union(union) => union.variants.iter().filter_map(|variant| named(&variant.schema)).collect(),
        TypeKind::Alias(alias) => named(&alias.schema).into_iter().collect(),
        TypeKind::Object(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

fn fields(properties: &[Property]) -> impl Iterator<Item = &Property> {
    properties.iter().filter(|property| property.constant.is_none())
}

/// All types that a schema names, within lists and maps as well.
pub(super) fn mentions(schema: &Schema, found: &mut Vec<TypeId>) {
    match &schema.ty {
        Type::Named(id) => found.push(*id),
        Type::List(list) => mentions(&list.items, found),
        Type::Map(map) => mentions(&map.values, found),
        _ => {}
    }
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

/// The strongly connected component of each node, by Tarjan's algorithm, without recursion: a chain of references may
/// be longer than the stack is deep.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut search = Search {
        order: vec![NEW; edges.len()],
        low: vec![NEW; edges.len()],
        component: vec![NEW; edges.len()],
        stack: Vec::new(),
        next: 0,
    };
    let mut work: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if search.order.get(start) != Some(&NEW) {
            continue;
        }
        search.enter(start);
        work.push((start, 0));
        while let Some((node, edge)) = work.pop() {
            let Some(&to) = edges.get(node).and_then(|list| list.get(edge)) else {
                search.leave(node);
                if let Some((parent, _)) = work.last() {
                    search.lower(*parent, search.low.get(node).copied().unwrap_or(NEW));
                }
                continue;
            };
            work.push((node, edge + 1));
            match search.order.get(to) {
                Some(&NEW) => {
                    search.enter(to);
                    work.push((to, 0));
                }
                Some(&order) if search.component.get(to) == Some(&NEW) => search.lower(node, order),
                _ => {}
            }
        }
    }
    search.component
}

struct Search {
    order: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
}

impl Search {
    fn enter(&mut self, node: usize) {
        for list in [&mut self.order, &mut self.low] {
            if let Some(place) = list.get_mut(node) {
                *place = self.next;
            }
        }
        self.next += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, to: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = (*low).min(to);
        }
    }

    /// Closes the component that a node is the first of.
    fn leave(&mut self, node: usize) {
        if self.low.get(node) != self.order.get(node) {
            return;
        }
        while let Some(member) = self.stack.pop() {
            if let Some(place) = self.component.get_mut(member) {
                *place = node;
            }
            if member == node {
                break;
            }
        }
    }
}

/// Finds objects that hold themselves by required properties alone: no document could ever end.
fn find_infinite(types: &[TypeDef], components: &[usize], found: &mut Vec<Diagnostic>) {
    let finite = finite(types);
    let mut told = std::collections::HashSet::new();
    for (index, def) in types.iter().enumerate() {
        let TypeKind::Object(object) = &def.kind else { continue };
        let infinite = fields(&object.properties).find(|property| {
            needed(property).is_some_and(|to| finite.get(to) == Some(&false) && same(components, index, to))
        });
        let Some(property) = infinite else { continue };
        if finite.get(index) == Some(&false) && told.insert(components.get(index).copied()) {
            let message =
                format!("`{}` requires a value that contains another `{}` without end", property.name, def.name);
            found.push(
                Diagnostic::error("infinite-value", &*property.pointer, message)
                    .help("make a property of the circle optional or nullable, or a list"),
            );
        }
    }
}

fn needed(property: &Property) -> Option<usize> {
    let one_way = property.read_only || property.write_only;
    if property.required && !property.schema.nullable && !one_way { named(&property.schema) } else { None }
}

/// Which types have a finite value: those whose needs all have one, found from the bottom up.
fn finite(types: &[TypeDef]) -> Vec<bool> {
    let mut finite = vec![false; types.len()];
    let mut missing = vec![0_usize; types.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut ready = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let (needs, count): (Vec<usize>, usize) = match &def.kind {
            TypeKind::Object(object) => {
                let needs: Vec<usize> = fields(&object.properties).filter_map(needed).collect();
                let count = needs.len();
                (needs, count)
            }
            TypeKind::Union(union) => {
                let needs: Vec<usize> = union.variants.iter().filter_map(|variant| named(&variant.schema)).collect();
                // One variant that has a finite value is enough, and one that is no definition has.
                let count = usize::from(!needs.is_empty() && needs.len() == union.variants.len());
                (needs, count)
            }
            TypeKind::Alias(alias) => {
                let needs: Vec<usize> = named(&alias.schema).into_iter().collect();
                let count = needs.len();
                (needs, count)
            }
            TypeKind::Enum(_) => (Vec::new(), 0),
        };
        if let Some(place) = missing.get_mut(index) {
            *place = count;
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
        if let Some(place) = finite.get_mut(index) {
            *place = true;
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
