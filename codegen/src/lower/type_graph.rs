//! The graph of types: the types that a schema names, and the types that reach each other.

use crate::ir::{Additional, Property, Schema, Type, TypeDef, TypeId, TypeKind};

/// Returns the definition that a schema names directly, without a list or a map between.
pub(super) fn named(schema: &Schema) -> Option<usize> {
    match &schema.ty {
        Type::Named(id) => Some(id.0),
        _ => None,
    }
}

/// Returns the types that a value of each type holds directly, without a list or a map between. Includes those of
/// properties if `properties`.
pub(super) fn direct_edges(types: &[TypeDef], properties: bool) -> Vec<Vec<usize>> {
    types.iter().map(|def| direct_edges_of(def, properties)).collect()
}

fn direct_edges_of(def: &TypeDef, properties: bool) -> Vec<usize> {
    match &def.kind {
        TypeKind::Object(object) if properties => fields(&object.properties).filter_map(|p| named(&p.schema)).collect(),
        TypeKind::Union(union) => union.variants.iter().filter_map(|variant| named(&variant.schema)).collect(),
        TypeKind::Alias(alias) => named(&alias.schema).into_iter().collect(),
        TypeKind::Object(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

/// Returns the properties that are not constants.
pub(super) fn fields(properties: &[Property]) -> impl Iterator<Item = &Property> {
    properties.iter().filter(|property| property.constant.is_none())
}

/// Adds all types that a schema names, within lists and maps as well.
pub(super) fn mentions(schema: &Schema, found: &mut Vec<TypeId>) {
    match &schema.ty {
        Type::Named(id) => found.push(*id),
        Type::List(list) => mentions(&list.items, found),
        Type::Map(map) => mentions(&map.values, found),
        _ => {}
    }
}

/// Calls `visit` with every schema that a definition uses, and its pointer.
pub(super) fn each_schema<'d>(def: &'d TypeDef, mut visit: impl FnMut(&'d Schema, &'d str)) {
    match &def.kind {
        TypeKind::Object(object) => {
            for property in &object.properties {
                visit(&property.schema, &property.pointer);
            }
            if let Additional::Typed(values) = &object.additional {
                visit(values, &def.pointer);
            }
        }
        TypeKind::Union(union) => union.variants.iter().for_each(|v| visit(&v.schema, &v.pointer)),
        TypeKind::Alias(alias) => visit(&alias.schema, &def.pointer),
        TypeKind::Enum(_) => {}
    }
}

/// Returns the types that some types reach, including themselves.
pub(super) fn reached(types: &[TypeDef], mut work: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = vec![false; types.len()];
    let mut all = Vec::new();
    while let Some(id) = work.pop() {
        let (Some(seen), Some(def)) = (seen.get_mut(id.0), types.get(id.0)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        all.push(id);
        each_schema(def, |schema, _| mentions(schema, &mut work));
    }
    all
}

/// Returns whether two nodes are in one strongly connected component.
pub(super) fn same(components: &[usize], a: usize, b: usize) -> bool {
    components.get(a).is_some_and(|component| components.get(b) == Some(component))
}

/// Returns the strongly connected component of each node, by Tarjan's algorithm. It does not recurse, because a long
/// chain of references would overflow the stack.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut search = SccSearch {
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

struct SccSearch {
    order: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
}

impl SccSearch {
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

    /// Closes the component that starts at a node, if one does.
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
