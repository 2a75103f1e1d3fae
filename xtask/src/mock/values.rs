//! Parameter values, converted from text by the types of their schemas.

use chatkit_codegen::ir::{Api, EnumRepr, Schema, Type, TypeKind};
use serde_json::{Number, Value};
use std::collections::HashMap;

/// The query parameters of a request, decoded and checked, by name.
pub(super) type QueryValues = HashMap<String, Value>;

/// The most aliases that are followed, so that a cycle of them ends.
const LONGEST_CHAIN: usize = 64;

/// Returns the type of a schema, with aliases followed.
pub(super) fn unaliased<'a>(api: &'a Api, schema: &'a Schema) -> &'a Type {
    let mut ty = &schema.ty;
    for _ in 0..LONGEST_CHAIN {
        let Type::Named(id) = ty else { break };
        match &api.type_def(*id).kind {
            TypeKind::Alias(alias) => ty = &alias.schema.ty,
            _ => break,
        }
    }
    ty
}

/// Converts text to a scalar of the type that the schema has.
///
/// Text that does not fit stays a string, and the validator reports the mismatch.
pub(super) fn scalar(api: &Api, schema: &Schema, text: &str) -> Value {
    let mut types = ScalarTypes::default();
    types.add(api, schema, 0);
    let number = || text.parse::<Number>().ok();
    let integral = || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let read = match text {
        "true" | "false" if types.boolean => Some(Value::Bool(text == "true")),
        _ if types.number || (types.integer && integral()) => number().map(Value::Number),
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}

/// Returns whether a schema takes integers.
pub(super) fn is_integer(api: &Api, schema: &Schema) -> bool {
    matches!(unaliased(api, schema), Type::Integer(_))
}

/// The scalar types other than strings that a schema allows.
#[derive(Debug, Default)]
struct ScalarTypes {
    boolean: bool,
    integer: bool,
    number: bool,
}

impl ScalarTypes {
    fn add(&mut self, api: &Api, schema: &Schema, depth: usize) {
        match unaliased(api, schema) {
            Type::Boolean => self.boolean = true,
            Type::Integer(_) => self.integer = true,
            Type::Number(_) => self.number = true,
            Type::Named(id) => match &api.type_def(*id).kind {
                TypeKind::Enum(listed) => self.integer |= listed.repr == EnumRepr::Integer,
                TypeKind::Union(union) if depth < LONGEST_CHAIN => {
                    union.variants.iter().for_each(|variant| self.add(api, &variant.schema, depth + 1));
                }
                _ => {}
            },
            _ => {}
        }
    }
}
