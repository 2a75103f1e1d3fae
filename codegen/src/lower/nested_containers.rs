//! Reports lists and maps that are nested in each other too deep for the compiler.

use super::type_graph::each_schema;
use crate::diagnostics::Diagnostic;
use crate::ir::{Alias, Api, Schema, Type, TypeDef, TypeKind};

/// How many lists and maps may be nested in each other without a struct between. Real documents nest a few. The
/// compiler proves the traits of such a type level by level, within its limit of recursion.
const MOST: usize = 24;

/// Reports lists and maps that are nested too deep.
pub(super) fn report(api: &Api, found: &mut Vec<Diagnostic>) {
    for def in &api.types {
        each_schema(def, |schema, pointer| {
            if is_deeper(&api.types, schema, MOST) {
                found.push(error(pointer));
            }
        });
    }
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        let schemas = bodies.chain(responses).filter_map(|media| media.schema.as_ref());
        if schemas.into_iter().any(|schema| is_deeper(&api.types, schema, MOST)) {
            found.push(error(&operation.pointer));
        }
    }
}

fn error(at: &str) -> Diagnostic {
    let message = format!("more than {MOST} lists or maps are nested in each other here");
    Diagnostic::error("limit-exceeded", at, message)
        .help("replace an inner one by an object with named properties, which becomes a struct")
}

/// Returns whether a schema nests more than some number of lists and maps.
fn is_deeper(types: &[TypeDef], schema: &Schema, most: usize) -> bool {
    let inner = match content(types, &schema.ty) {
        Type::List(list) => &list.items,
        Type::Map(map) => &map.values,
        _ => return false,
    };
    most.checked_sub(1).is_none_or(|most| is_deeper(types, inner, most))
}

/// Follows aliases that are not newtypes. They cannot form a circle.
fn content<'t>(types: &'t [TypeDef], mut ty: &'t Type) -> &'t Type {
    while let Type::Named(id) = ty
        && let Some(TypeDef { kind: TypeKind::Alias(Alias { schema, recursive: false }), .. }) = types.get(id.0)
    {
        ty = &schema.ty;
    }
    ty
}
