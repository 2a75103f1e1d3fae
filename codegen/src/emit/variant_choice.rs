//! The variant that a decoder picks for a JSON value.

use std::collections::HashSet;

use super::context::Context;
use super::fields;
use crate::ir::{
    Additional, EnumRepr, IntegerWidth, Object, Presence, Schema, Type, TypeId, TypeKind, Union, UnionKind, Variant,
};
use serde_json::{Map, Value};

/// The number of nested unions that are searched: more than any document has, and few enough for the stack.
pub const MAX_DEPTH: usize = 200;

/// Returns the variant that takes a value, or `None` if the value is unknown to the union.
pub fn chosen<'u>(context: &Context<'_>, union: &'u Union, value: &Value) -> Option<&'u Variant> {
    chosen_but(context, union, value, &mut HashSet::new())
}

/// Returns the same as [`chosen`]. `tried` holds the unions that were tried with this value. None is tried twice.
fn chosen_but<'u>(
    context: &Context<'_>,
    union: &'u Union,
    value: &Value,
    tried: &mut HashSet<TypeId>,
) -> Option<&'u Variant> {
    let mut accepting = union.variants.iter().filter(|variant| match &union.kind {
        UnionKind::Tagged { property, .. } => {
            value.get(property).and_then(Value::as_str).is_some_and(|tag| variant.tags.iter().any(|other| other == tag))
        }
        UnionKind::ByJsonType | UnionKind::Untagged => accepts(context, variant, value, tried),
    });
    if union.kind != UnionKind::Untagged {
        return accepting.next();
    }
    let accepting: Vec<_> = accepting.collect();
    let lists_all = |variant: &&&Variant| lists_all(context, variant, value);
    accepting.iter().find(lists_all).or(accepting.first()).copied()
}

/// Returns whether a variant is an open object, or lists all properties of a value.
fn lists_all(context: &Context<'_>, variant: &Variant, value: &Value) -> bool {
    let Type::Named(id) = context.types.resolve(&variant.schema.ty) else { return true };
    let TypeKind::Object(Object { properties, additional: Additional::Closed, .. }) = &context.api.type_def(*id).kind
    else {
        return true;
    };
    let is_listed = |name: &String| properties.iter().any(|property| property.name == *name);
    value.as_object().is_none_or(|map| map.keys().all(is_listed))
}

/// Returns whether a decoder picks this variant for a value.
fn accepts(context: &Context<'_>, variant: &Variant, value: &Value, tried: &mut HashSet<TypeId>) -> bool {
    if let Type::Named(id) = context.types.resolve(&variant.schema.ty) {
        // A value that an enum or union does not list is left to later variants.
        match &context.api.type_def(*id).kind {
            TypeKind::Enum(values) => return values.values.iter().any(|listed| listed.value == *value),
            TypeKind::Union(union) => {
                let is_new = tried.len() < MAX_DEPTH && tried.insert(*id);
                return is_new && chosen_but(context, union, value, tried).is_some();
            }
            TypeKind::Object(object) if !has_constants_of(object, value) => return false,
            TypeKind::Object(_) | TypeKind::Alias(_) => {}
        }
    }
    decodes(context, &variant.schema.ty, value)
}

/// Returns whether a value has all constants of an object.
fn has_constants_of(object: &Object, value: &Value) -> bool {
    let mut constants = object.properties.iter().filter(|property| !fields::is_stored(property));
    constants.all(|property| value.get(&property.name) == property.constant.as_ref())
}

/// Returns whether a type decodes from a value.
fn decodes(context: &Context<'_>, ty: &Type, value: &Value) -> bool {
    match context.types.content(ty) {
        Type::Any => true,
        Type::Boolean => value.is_boolean(),
        Type::Integer(integer) => match integer.width {
            IntegerWidth::I32 => value.as_i64().is_some_and(|whole| i32::try_from(whole).is_ok()),
            IntegerWidth::I64 => value.is_i64(),
            IntegerWidth::U32 => value.as_u64().is_some_and(|whole| u32::try_from(whole).is_ok()),
            IntegerWidth::U64 => value.is_u64(),
        },
        Type::Number(_) => value.is_number(),
        Type::String(_) => value.is_string(),
        Type::List(list) => {
            value.as_array().is_some_and(|items| items.iter().all(|item| schema_decodes(context, &list.items, item)))
        }
        Type::Map(map) => value
            .as_object()
            .is_some_and(|entries| entries.values().all(|entry| schema_decodes(context, &map.values, entry))),
        Type::Named(id) => definition_decodes(context, *id, value),
    }
}

fn schema_decodes(context: &Context<'_>, schema: &Schema, value: &Value) -> bool {
    if value.is_null() { schema.nullable } else { decodes(context, &schema.ty, value) }
}

fn definition_decodes(context: &Context<'_>, id: TypeId, value: &Value) -> bool {
    match &context.api.type_def(id).kind {
        TypeKind::Object(object) => value.as_object().is_some_and(|map| object_decodes(context, object, map)),
        TypeKind::Enum(values) if values.repr == EnumRepr::String => value.is_string(),
        TypeKind::Enum(_) => value.is_i64(),
        // Only a document with errors has a circle of aliases.
        TypeKind::Alias(_) => false,
        TypeKind::Union(Union { kind: UnionKind::Tagged { property, .. }, .. }) => {
            value.get(property).is_some_and(Value::is_string)
        }
        TypeKind::Union(_) => true,
    }
}

fn object_decodes(context: &Context<'_>, object: &Object, map: &Map<String, Value>) -> bool {
    object.properties.iter().all(|property| match map.get(&property.name) {
        Some(value) => !fields::is_stored(property) || schema_decodes(context, &property.schema, value),
        None => property.presence != Presence::Required,
    })
}
