//! The patterns of the spec that generated code matches.

use super::analysis::each_schema;
use super::call_signature::CallSignature;
use super::checkable::pattern;
use super::types::Types;
use crate::ir::{Alias, Api, Type, TypeKind};

/// Returns whether generated code matches any pattern.
pub fn any(api: &Api) -> bool {
    in_types(api) || in_calls(api)
}

/// Returns whether generated code matches a pattern of a type. An alias has no code: those who use it match its pattern.
pub fn in_types(api: &Api) -> bool {
    let types = Types::new(api);
    let has_code = |kind: &TypeKind| !matches!(kind, TypeKind::Alias(Alias { recursive: false, .. }));
    api.types.iter().filter(|def| has_code(&def.kind)).any(|def| {
        let mut found = false;
        each_schema(&def.kind, &mut |schema| found |= has_pattern(&types, &schema.ty));
        found
    })
}

/// Returns whether generated code matches a pattern of an argument.
fn in_calls(api: &Api) -> bool {
    let types = Types::new(api);
    api.operations.iter().map(CallSignature::new).any(|call| call.types().any(|ty| has_pattern(&types, ty)))
}

fn has_pattern(types: &Types<'_>, ty: &Type) -> bool {
    match types.resolve(ty) {
        Type::String(string) => pattern(string).is_some(),
        Type::List(list) => has_pattern(types, &list.items.ty),
        Type::Map(map) => has_pattern(types, &map.values.ty),
        _ => false,
    }
}
