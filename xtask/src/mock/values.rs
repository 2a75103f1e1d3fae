//! QueryValues that travel as text, read by the type that the spec gives them.

use chatkit_codegen::ir::{Api, EnumRepr, Schema, Type, TypeKind};
use serde_json::{Number, Value};

/// More aliases in a row than any honest document has.
const LONGEST_CHAIN: usize = 64;

/// The type behind a schema, aliases followed.
pub(super) fn behind<'a>(api: &'a Api, schema: &'a Schema) -> &'a Type {
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

/// The value that a text stands for. Text that is no number where one is due stays a string, so that its schema says
/// what is wrong with it.
pub(super) fn scalar(api: &Api, schema: &Schema, text: &str) -> Value {
    let mut kinds = ScalarTypes::default();
    kinds.add(api, schema, 0);
    let number = || text.parse::<Number>().ok();
    let integral = || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let read = match text {
        "true" | "false" if kinds.boolean => Some(Value::Bool(text == "true")),
        _ if kinds.number || (kinds.integer && integral()) => number().map(Value::Number),
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}

/// Whether a parameter takes whole numbers.
pub(super) fn is_integer(api: &Api, schema: &Schema) -> bool {
    matches!(behind(api, schema), Type::Integer(_))
}

/// Which kinds of scalars a schema has.
#[derive(Debug, Default)]
struct ScalarTypes {
    boolean: bool,
    integer: bool,
    number: bool,
}

impl ScalarTypes {
    fn add(&mut self, api: &Api, schema: &Schema, depth: usize) {
        match behind(api, schema) {
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
