//! The types of the API in Rust, and the targets of its aliases.

use super::rust_type::RustType;
use crate::ir::{Alias, Api, IntegerWidth, Schema, Type, TypeId, TypeKind};

/// The type that each alias refers to; `None` for any other type.
type AliasTargets<'a> = Vec<Option<&'a Type>>;

/// The types of an API.
pub struct Types<'a> {
    pub api: &'a Api,
    /// The targets of aliases that are not newtypes.
    targets: AliasTargets<'a>,
    /// The targets of all aliases.
    contents: AliasTargets<'a>,
}

impl<'a> Types<'a> {
    pub fn new(api: &'a Api) -> Self {
        Self { api, targets: targets(api, |alias| !alias.recursive), contents: targets(api, |_| true) }
    }

    /// Resolves aliases, which have no code of their own.
    pub fn resolve<'s>(&self, ty: &'s Type) -> &'s Type
    where
        'a: 's,
    {
        target(&self.targets, ty)
    }

    /// Resolves aliases and newtypes. Neither shows on the wire.
    pub fn content<'s>(&self, ty: &'s Type) -> &'s Type
    where
        'a: 's,
    {
        target(&self.contents, ty)
    }

    /// Returns a type, boxed if `boxed`.
    pub fn boxed_type(&self, ty: &Type, boxed: bool) -> RustType<'a> {
        let ty = self.rust_type(ty);
        if boxed { ty.boxed() } else { ty }
    }

    /// Returns the type of a schema, with null.
    pub fn schema_type(&self, schema: &Schema) -> RustType<'a> {
        let ty = self.rust_type(&schema.ty);
        if schema.nullable { ty.option() } else { ty }
    }

    /// Returns a type in Rust.
    pub fn rust_type(&self, ty: &Type) -> RustType<'a> {
        match ty {
            Type::Any => RustType::Json,
            Type::Boolean => RustType::Bool,
            Type::Integer(integer) => match integer.width {
                IntegerWidth::I32 => RustType::I32,
                IntegerWidth::I64 => RustType::I64,
                IntegerWidth::U32 => RustType::U32,
                IntegerWidth::U64 => RustType::U64,
            },
            Type::Number(_) => RustType::F64,
            Type::String(string) if string.secret => RustType::Secret,
            Type::String(_) => RustType::String,
            Type::List(list) => self.schema_type(&list.items).list(),
            Type::Map(map) => self.schema_type(&map.values).map(),
            Type::Named(id) => RustType::Model(&self.api.type_def(*id).name),
        }
    }
}

fn target<'s>(targets: &AliasTargets<'s>, ty: &'s Type) -> &'s Type {
    match ty {
        Type::Named(id) => targets[id.0].unwrap_or(ty),
        _ => ty,
    }
}

/// Follows the aliases that `follow` selects. A circle of aliases, which only a document with errors has, ends
/// somewhere on the circle.
fn targets(api: &Api, follow: impl Fn(&Alias) -> bool) -> AliasTargets<'_> {
    let mut targets = vec![None; api.types.len()];
    for index in 0..api.types.len() {
        let (mut at, mut passed, mut end) = (TypeId(index), Vec::new(), None);
        while let TypeKind::Alias(alias) = &api.type_def(at).kind
            && follow(alias)
        {
            if targets[at.0].is_some() {
                end = targets[at.0];
                break;
            }
            end = Some(&alias.schema.ty);
            targets[at.0] = end;
            passed.push(at);
            let Type::Named(next) = alias.schema.ty else { break };
            at = next;
        }
        for id in passed {
            targets[id.0] = end;
        }
    }
    targets
}
