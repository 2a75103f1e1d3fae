//! What operations reach, and in which direction.

use super::cycles::mentions;
use crate::diagnostics::Diagnostic;
pub(super) use crate::ir::is_json;
use crate::ir::{Additional, Api, MediaType, Operation, ParameterContent, Schema, Type, TypeDef, TypeId, TypeKind};

/// Marks each type with the directions in which it crosses the wire.
pub(super) fn directions(api: &mut Api) {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        request_types(operation, &mut requests);
        for response in &operation.responses {
            response
                .headers
                .iter()
                .filter_map(|header| header.schema.as_ref())
                .for_each(|s| mentions(s, &mut responses));
            content_types(&response.content, &mut responses);
        }
    }
    for id in reached(&api.types, requests) {
        if let Some(def) = api.types.get_mut(id.0) {
            def.usage.request = true;
        }
    }
    for id in reached(&api.types, responses) {
        if let Some(def) = api.types.get_mut(id.0) {
            def.usage.response = true;
        }
    }
}

fn request_types(operation: &Operation, found: &mut Vec<TypeId>) {
    for parameter in &operation.parameters {
        match &parameter.content {
            ParameterContent::Styled { schema, .. } => mentions(schema, found),
            ParameterContent::Media(media) => content_types(std::slice::from_ref(media), found),
        }
    }
    if let Some(body) = &operation.body {
        content_types(&body.content, found);
    }
}

fn content_types(content: &[MediaType], found: &mut Vec<TypeId>) {
    content.iter().filter_map(|media| media.schema.as_ref()).for_each(|schema| mentions(schema, found));
}

/// Everything that some types lead to, themselves included.
fn reached(types: &[TypeDef], mut work: Vec<TypeId>) -> Vec<TypeId> {
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

/// Every schema that a definition uses, with its pointer.
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

/// Finds bytes in JSON.
pub(super) fn binary_in_json(api: &Api, found: &mut Vec<Diagnostic>) {
    let mut roots = Vec::new();
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(answers).filter(|media| is_json(&media.name)) {
            let Some(schema) = &media.schema else { continue };
            mentions(schema, &mut roots);
            if is_binary(schema) {
                found.push(binary(&format!("{}/schema", media.pointer)));
            }
        }
    }
    for id in reached(&api.types, roots) {
        let Some(def) = api.types.get(id.0) else { continue };
        each_schema(def, |schema, pointer| {
            if is_binary(schema) {
                found.push(binary(pointer));
            }
        });
    }
}

fn binary(pointer: &str) -> Diagnostic {
    Diagnostic::warning("binary-in-json", pointer, "JSON cannot carry `format: binary`")
        .help("write `format: byte`, which is Base64")
}

fn is_binary(schema: &Schema) -> bool {
    match &schema.ty {
        Type::String(string) => string.format.as_deref() == Some("binary"),
        Type::List(list) => is_binary(&list.items),
        Type::Map(map) => is_binary(&map.values),
        _ => false,
    }
}
