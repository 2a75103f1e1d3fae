//! The types that convert into a union by `From`.

use std::collections::HashMap;

use super::rust_type::RustType;
use super::types::Types;
use crate::ir::{Type, TypeDef, Union, Variant};

/// A type that converts into a union by `From`.
pub struct UnionConversion<'a, 'u> {
    pub variant: &'u Variant,
    pub from: RustType<'a>,
    pub payload: PayloadConversion,
}

/// The conversion of a value to the payload of a variant.
#[derive(Clone, Copy)]
pub enum PayloadConversion {
    /// The value is the payload.
    Unchanged,
    /// By `Box::new`.
    Boxed,
    /// By `to_owned`.
    Owned,
    /// By `into`, to a wider integer.
    Widened,
}

/// Returns whether a value of any variant converts into the union by `From`.
pub fn has_from(types: &Types<'_>, union: &Union) -> bool {
    // The payload of `Unknown` does not convert.
    held(types, union).iter().any(|(ty, count)| *count == 1 && *ty != RustType::Json)
}

/// Returns the types that convert into a union: those that only one variant holds, and those of their literals.
pub fn conversions<'a, 'u>(types: &Types<'a>, def: &TypeDef, union: &'u Union) -> Vec<UnionConversion<'a, 'u>> {
    let held = held(types, union);
    let mut conversions = Vec::new();
    for variant in &union.variants {
        let resolved = types.resolve(&variant.schema.ty);
        let ty = types.rust_type(resolved);
        // A union that contains itself directly would convert into itself.
        let own = matches!(resolved, Type::Named(id) if std::ptr::eq(types.api.type_def(*id), def));
        if own || ty == RustType::Json || held.get(&ty) != Some(&1) {
            continue;
        }
        let payload = if variant.boxed { PayloadConversion::Boxed } else { PayloadConversion::Unchanged };
        conversions.push(UnionConversion { variant, from: types.rust_type(&variant.schema.ty), payload });
        let literal = match ty {
            RustType::String => Some((RustType::Str, PayloadConversion::Owned)),
            // A literal without a suffix is an `i32`.
            RustType::I64 => Some((RustType::I32, PayloadConversion::Widened)),
            _ => None,
        };
        let literal = literal.filter(|(from, _)| !held.contains_key(from));
        conversions.extend(literal.map(|(from, payload)| UnionConversion { variant, from, payload }));
    }
    conversions
}

/// Counts the variants that hold each type, without aliases.
fn held<'a>(types: &Types<'a>, union: &Union) -> HashMap<RustType<'a>, usize> {
    let mut held = HashMap::new();
    for variant in &union.variants {
        *held.entry(types.rust_type(types.resolve(&variant.schema.ty))).or_default() += 1;
    }
    held
}
