//! Sorts types and diagnostics by their place in the document.

use crate::diagnostics::{Diagnostic, Place};
use crate::ir::{
    Additional, Api, Body, MediaType, ParameterContent, Response, Schema, Type, TypeDef, TypeId, TypeKind,
};
use crate::pointer;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Sorts the types by `sequence`, and updates every id.
pub(super) fn renumber(api: &mut Api, sequence: &[TypeId]) {
    let mut places = vec![TypeId(0); api.types.len()];
    for (place, id) in sequence.iter().enumerate() {
        if let Some(slot) = places.get_mut(id.0) {
            *slot = TypeId(place);
        }
    }
    let mut slots: Vec<Option<TypeDef>> = std::mem::take(&mut api.types).into_iter().map(Some).collect();
    api.types = sequence.iter().filter_map(|id| slots.get_mut(id.0)?.take()).collect();
    let rename = |schema: &mut Schema| rename(schema, &places);
    for def in &mut api.types {
        match &mut def.kind {
            TypeKind::Object(object) => {
                object.properties.iter_mut().for_each(|property| rename(&mut property.schema));
                if let Additional::Typed(values) = &mut object.additional {
                    rename(values);
                }
            }
            TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| rename(&mut variant.schema)),
            TypeKind::Alias(alias) => rename(&mut alias.schema),
            TypeKind::Enum(_) => {}
        }
    }
    let media = |content: &mut [MediaType]| content.iter_mut().filter_map(|m| m.schema.as_mut()).for_each(rename);
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            match &mut parameter.content {
                ParameterContent::Styled { schema, .. } => rename(schema),
                ParameterContent::Media(one) => media(std::slice::from_mut(one)),
            }
        }
        if let Some(Body { content, .. }) = &mut operation.body {
            media(content);
        }
        for Response { headers, content, .. } in &mut operation.responses {
            headers.iter_mut().filter_map(|header| header.schema.as_mut()).for_each(rename);
            media(content);
        }
    }
}

fn rename(schema: &mut Schema, places: &[TypeId]) {
    match &mut schema.ty {
        Type::Named(id) => {
            if let Some(place) = places.get(id.0) {
                *id = *place;
            }
        }
        Type::List(list) => rename(&mut list.items, places),
        Type::Map(map) => rename(&mut map.values, places),
        _ => {}
    }
}

/// Returns the diagnostics in the order of the document, each once.
pub(super) fn sorted(root: &Value, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut diagnostics: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter(|diagnostic| {
            seen.insert((diagnostic.rule, pointer_of(diagnostic).to_owned(), diagnostic.message.clone()))
        })
        .collect();
    if diagnostics.len() > 1 {
        let mut paths = PointerTree::default();
        for diagnostic in &diagnostics {
            paths.add(pointer_of(diagnostic));
        }
        let mut places = HashMap::new();
        paths.walk(root, &mut places);
        diagnostics.sort_by_cached_key(|diagnostic| places.get(pointer_of(diagnostic)).copied().unwrap_or(usize::MAX));
    }
    diagnostics
}

fn pointer_of(diagnostic: &Diagnostic) -> &str {
    match &diagnostic.place {
        Place::Value(pointer) | Place::Key(pointer) => pointer,
        Place::Text { .. } => "",
    }
}

/// The pointers of diagnostics as a tree, so that one walk through the document can sort them all.
#[derive(Default)]
struct PointerTree {
    /// The whole pointer, if it belongs to a diagnostic.
    here: Option<String>,
    below: HashMap<String, PointerTree>,
}

impl PointerTree {
    fn add(&mut self, pointer: &str) {
        let mut at = self;
        for segment in pointer::segments(pointer) {
            at = at.below.entry(segment.into_owned()).or_default();
        }
        at.here = Some(pointer.to_owned());
    }

    fn walk(&self, value: &Value, places: &mut HashMap<String, usize>) {
        if let Some(pointer) = &self.here {
            places.insert(pointer.clone(), places.len());
        }
        if self.below.is_empty() {
            return;
        }
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    if let Some(paths) = self.below.get(key) {
                        paths.walk(member, places);
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    if let Some(paths) = self.below.get(&index.to_string()) {
                        paths.walk(element, places);
                    }
                }
            }
            _ => {}
        }
    }
}
