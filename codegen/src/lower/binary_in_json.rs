//! Reports `format: binary` within JSON, which cannot carry raw bytes.

use super::type_graph::{each_schema, mentions, reached};
use crate::diagnostics::Diagnostic;
use crate::ir::{Api, Schema, Type, is_json};

/// Reports raw bytes in JSON bodies.
pub(super) fn report(api: &Api, found: &mut Vec<Diagnostic>) {
    let mut roots = Vec::new();
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(responses).filter(|media| is_json(&media.name)) {
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
    Diagnostic::warning("binary-in-json", pointer, "JSON cannot carry raw bytes (`format: binary`)")
        .help("write `format: byte` for Base64 text")
}

fn is_binary(schema: &Schema) -> bool {
    match &schema.ty {
        Type::String(string) => string.format.as_deref() == Some("binary"),
        Type::List(list) => is_binary(&list.items),
        Type::Map(map) => is_binary(&map.values),
        _ => false,
    }
}
