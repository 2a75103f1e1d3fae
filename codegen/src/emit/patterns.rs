//! The patterns of the spec that generated code matches.

use super::analysis::each_schema;
use super::call_signature::CallSignature;
use super::checkable::pattern;
use crate::ir::{Api, Type};

/// Returns whether generated code matches any pattern.
pub fn any(api: &Api) -> bool {
    in_types(api) || in_calls(api)
}

/// Returns whether generated code matches a pattern of a type.
pub fn in_types(api: &Api) -> bool {
    api.types.iter().any(|def| {
        let mut found = false;
        each_schema(&def.kind, &mut |schema| found |= has_pattern(&schema.ty));
        found
    })
}

/// Returns whether generated code matches a pattern of an argument.
fn in_calls(api: &Api) -> bool {
    api.operations.iter().map(CallSignature::new).any(|call| call.types().any(has_pattern))
}

fn has_pattern(ty: &Type) -> bool {
    match ty {
        Type::String(string) => pattern(string).is_some(),
        Type::List(list) => has_pattern(&list.items.ty),
        Type::Map(map) => has_pattern(&map.values.ty),
        _ => false,
    }
}
