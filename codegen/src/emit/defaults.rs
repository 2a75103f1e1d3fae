//! Defaults and constants of the spec as Rust expressions, for the module of a definition.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::context::{Context, Field, Imports, Scope, fields, ident};
use super::rust_type::RustType;
use super::{docs, literal};
use crate::ir::{
    Additional, Enum, EnumRepr, IntegerWidth, Object, Presence, Property, Schema, Type, TypeId, TypeKind, Union,
    UnionKind, Variant,
};

/// How many unions within unions are looked at: more than a document has, and not so many that the stack ends.
const DEEP: usize = 200;

/// The type of a scalar in a constant; `None` for anything else.
pub fn scalar_type(value: &Value) -> Option<RustType<'static>> {
    match value {
        Value::String(_) => Some(RustType::StaticStr),
        Value::Bool(_) => Some(RustType::Bool),
        Value::Number(number) if number.is_f64() => Some(RustType::F64),
        Value::Number(number) if number.is_i64() => Some(RustType::I64),
        Value::Number(_) => Some(RustType::U64),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The value of a scalar in a constant; `None` for anything else.
pub fn scalar(value: &Value) -> Option<TokenStream> {
    match value {
        Value::String(text) => Some(quote! { #text }),
        Value::Bool(truth) => Some(quote! { #truth }),
        Value::Number(number) => Some(self::number(number)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// How callers get at the default of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Associated {
    /// By a constant, as a string slice, where the field owns its text.
    Text,
    /// By a constant of the field's own type.
    Constant,
    /// By a function, where no constant can hold it.
    Function,
}

impl Associated {
    /// Of a field; `None` where it has no default.
    pub fn of(context: &Context<'_>, field: &Field<'_>) -> Option<Self> {
        let (ty, default) = (&field.property.schema.ty, default(field)?);
        let is_text = matches!(context.resolve(ty), Type::String(string) if !string.secret) && default.is_string();
        Some(match () {
            () if is_text => Self::Text,
            () if fits_constant(context, ty, default, 0) => Self::Constant,
            () => Self::Function,
        })
    }

    /// What the constant or function is called.
    pub fn name(self, field: &Field<'_>) -> String {
        match self {
            Self::Text | Self::Constant => field.default_name(),
            Self::Function => format!("default_{}", field.property.rust_name),
        }
    }

    /// The type of the constant, or of what the function returns.
    pub fn ty<'a>(self, context: &Context<'a>, field: &Field<'_>) -> RustType<'a> {
        match self {
            Self::Text => RustType::StaticStr,
            Self::Constant | Self::Function => context.rust_type(&field.property.schema.ty),
        }
    }
}

/// The associated constant, or function where no constant can hold it, that gives the default of a field.
pub fn associated(context: &Context<'_>, imports: &mut Imports, field: &Field<'_>) -> Option<TokenStream> {
    let default = default(field)?;
    let text = docs::outer(&format!("The default of the property {}.", docs::code(&field.property.name)));
    let associated = Associated::of(context, field)?;
    let (name, ty) = (ident(&associated.name(field)), associated.ty(context, field).tokens(Scope::Models));
    let mut value = || typed(context, imports, &field.property.schema.ty, default);
    Some(match associated {
        Associated::Text => {
            let value = default.as_str();
            quote! { #text pub const #name: #ty = #value; }
        }
        Associated::Constant => {
            let value = value();
            quote! { #text pub const #name: #ty = #value; }
        }
        Associated::Function => {
            let value = value();
            quote! { #text #[must_use] pub fn #name() -> #ty { #value } }
        }
    })
}

/// The default of a field, of the field's own type.
pub fn use_of(context: &Context<'_>, field: &Field<'_>, owner: &TokenStream) -> TokenStream {
    let associated = Associated::of(context, field).unwrap_or(Associated::Function);
    let name = ident(&associated.name(field));
    let value = match associated {
        Associated::Constant => quote! { #owner::#name },
        Associated::Text => quote! { #owner::#name.to_owned() },
        Associated::Function => quote! { #owner::#name() },
    };
    let value = if field.property.boxed {
        quote! { Box::new(#value) }
    } else {
        value
    };
    if field.property.schema.nullable {
        quote! { Some(#value) }
    } else {
        value
    }
}

/// A function that gives the default of a field, of the field's own type.
pub fn producer(context: &Context<'_>, field: &Field<'_>) -> TokenStream {
    let plain = !field.property.boxed && !field.property.schema.nullable;
    if plain && Associated::of(context, field) == Some(Associated::Function) {
        let name = ident(&Associated::Function.name(field));
        return quote! { Self::#name };
    }
    let value = use_of(context, field, &quote! { Self });
    quote! { || #value }
}

/// Whether a constant holds the default of a field, of the field's own type.
pub fn is_constant(context: &Context<'_>, field: &Field<'_>) -> bool {
    Associated::of(context, field) == Some(Associated::Constant)
}

fn default<'f>(field: &'f Field<'_>) -> Option<&'f Value> {
    field.property.default.as_ref().filter(|default| field.is_stored() && !default.is_null())
}

/// Whether the expression for a value may stand in a constant.
///
/// Looks at the value alone, and not at the defaults of what it leaves out, which a constant cannot hold anyway: they
/// may lead on to any number of others.
///
/// `depth` counts the unions around it that have the same value: in a document with errors they may never end.
fn fits_constant(context: &Context<'_>, ty: &Type, value: &Value, depth: usize) -> bool {
    match (context.content(ty), value) {
        (Type::Boolean, Value::Bool(_)) | (Type::Integer(_) | Type::Number(_), Value::Number(_)) => true,
        (Type::String(string), Value::String(text)) => !string.secret && text.is_empty(),
        (Type::List(_), Value::Array(values)) => values.is_empty(),
        (Type::Map(_), Value::Object(map)) => map.is_empty(),
        (Type::Named(id), _) => {
            let def = context.api.type_def(*id);
            match (&def.kind, value) {
                (TypeKind::Enum(values), _) => values.values.iter().any(|listed| listed.value == *value),
                (TypeKind::Object(object), Value::Object(map)) => {
                    beyond(object, map).next().is_none()
                        && fields(object).iter().all(|field| field_fits_constant(context, field, map))
                }
                (TypeKind::Union(union), _) if depth < DEEP => chosen(context, union, value).is_some_and(|variant| {
                    !variant.boxed && fits_constant(context, &variant.schema.ty, value, depth + 1)
                }),
                (TypeKind::Union(_) | TypeKind::Object(_) | TypeKind::Alias(_), _) => false,
            }
        }
        _ => false,
    }
}

fn field_fits_constant(context: &Context<'_>, field: &Field<'_>, map: &Map<String, Value>) -> bool {
    let property = field.property;
    match map.get(&property.name) {
        _ if !field.is_stored() => true,
        None => !matches!(field.property.presence, Presence::Defaulted { .. }),
        Some(value) if value.is_null() && property.schema.nullable => true,
        Some(value) => !property.boxed && fits_constant(context, &property.schema.ty, value, 0),
    }
}

fn expr(context: &Context<'_>, imports: &mut Imports, schema: &Schema, value: &Value) -> TokenStream {
    if !schema.nullable {
        return typed(context, imports, &schema.ty, value);
    }
    if value.is_null() {
        return quote! { None };
    }
    let value = typed(context, imports, &schema.ty, value);
    quote! { Some(#value) }
}

fn typed(context: &Context<'_>, imports: &mut Imports, ty: &Type, value: &Value) -> TokenStream {
    match (ty, value) {
        (Type::Boolean, Value::Bool(truth)) => quote! { #truth },
        (Type::Integer(_), Value::Number(number)) => integer(number),
        (Type::Number(_), Value::Number(number)) => literal::float(number.as_f64().unwrap_or_default()),
        (Type::String(string), Value::String(text)) if string.secret => {
            imports.add(context, ty);
            quote! { Secret::from(#text) }
        }
        (Type::String(_), Value::String(text)) if text.is_empty() => quote! { String::new() },
        (Type::String(_), Value::String(text)) => quote! { String::from(#text) },
        (Type::List(_), Value::Array(values)) if values.is_empty() => quote! { Vec::new() },
        (Type::List(list), Value::Array(values)) => {
            let values = values.iter().map(|value| expr(context, imports, &list.items, value));
            quote! { vec![#(#values),*] }
        }
        (Type::Map(map), Value::Object(entries)) => entries_of(context, imports, &map.values, entries),
        (Type::Named(id), value) => named(context, imports, *id, value),
        (_, value) => json(value),
    }
}

/// A map with these entries.
fn entries_of<'v>(
    context: &Context<'_>,
    imports: &mut Imports,
    values: &Schema,
    entries: impl IntoIterator<Item = (&'v String, &'v Value)>,
) -> TokenStream {
    imports.map();
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(name, value)| {
            let value = expr(context, imports, values, value);
            quote! { (String::from(#name), #value) }
        })
        .collect();
    if entries.is_empty() {
        quote! { BTreeMap::new() }
    } else {
        quote! { BTreeMap::from([#(#entries),*]) }
    }
}

/// A number as it was written: whole, or not.
fn number(number: &serde_json::Number) -> TokenStream {
    match number.as_i128() {
        Some(whole) => literal::integer(whole),
        None => literal::float(number.as_f64().unwrap_or_default()),
    }
}

/// A whole number, though it may be written as `1.0`: the bounds of the type have been checked with the default.
fn integer(number: &serde_json::Number) -> TokenStream {
    #[allow(clippy::cast_possible_truncation, reason = "a whole number within the bounds of the type")]
    let whole = number.as_i128().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i128);
    literal::integer(whole)
}

/// Any JSON value.
pub fn json(value: &Value) -> TokenStream {
    if value.is_null() {
        return quote! { serde_json::Value::Null };
    }
    let tokens = json_tokens(value);
    quote! { serde_json::json!(#tokens) }
}

fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote! { null },
        Value::Bool(truth) => quote! { #truth },
        Value::Number(number) => self::number(number),
        Value::String(text) => quote! { #text },
        Value::Array(values) => {
            let values = values.iter().map(json_tokens);
            quote! { [#(#values),*] }
        }
        Value::Object(map) => {
            let (names, values): (Vec<_>, Vec<_>) = map.iter().map(|(name, value)| (name, json_tokens(value))).unzip();
            quote! { { #(#names: #values),* } }
        }
    }
}

fn named(context: &Context<'_>, imports: &mut Imports, id: TypeId, value: &Value) -> TokenStream {
    let def = context.api.type_def(id);
    let name = ident(&def.name);
    imports.add(context, &Type::Named(id));
    let path = quote! { #name };
    match (&def.kind, value) {
        (TypeKind::Alias(alias), _) if alias.recursive => {
            let value = typed(context, imports, &alias.schema.ty, value);
            quote! { #path(#value) }
        }
        (TypeKind::Alias(alias), _) => typed(context, imports, &alias.schema.ty, value),
        (TypeKind::Enum(values), _) => enum_value(&path, values, value),
        (TypeKind::Object(object), Value::Object(map)) => object_literal(context, imports, object, &path, map),
        (TypeKind::Union(union), _) => union_value(context, imports, union, &path, value),
        (TypeKind::Object(_), _) => json(value),
    }
}

pub fn enum_value(path: &TokenStream, values: &Enum, value: &Value) -> TokenStream {
    if let Some(listed) = values.values.iter().find(|listed| listed.value == *value) {
        let variant = ident(&listed.rust_name);
        return quote! { #path::#variant };
    }
    let tokens = match values.repr {
        EnumRepr::String => json_tokens(value),
        EnumRepr::Integer => value.as_number().map(integer).unwrap_or_default(),
    };
    quote! { #path::from(#tokens) }
}

/// A struct by its fields, which a constant can hold where a constructor's call could not stand.
fn object_literal(
    context: &Context<'_>,
    imports: &mut Imports,
    object: &Object,
    path: &TokenStream,
    map: &Map<String, Value>,
) -> TokenStream {
    let mut members = Vec::new();
    for field in fields(object).iter().filter(|field| field.is_stored()) {
        let (name, value) = (field.ident(), map.get(&field.property.name));
        let value = field_value(context, imports, field, value, path);
        members.push(quote! { #name: #value, });
    }
    let mut beyond: Vec<_> = beyond(object, map).collect();
    if let Additional::Typed(values) = &object.additional {
        let unnamed = |name: &str| object.properties.iter().all(|property| property.name != *name);
        let (typed, rest) = beyond.into_iter().partition(|(name, _)| unnamed(name));
        let typed: Vec<_> = typed;
        beyond = rest;
        let entries = entries_of(context, imports, values, typed);
        members.push(quote! { additional_properties: #entries, });
    }
    let unknown: Vec<_> = beyond
        .into_iter()
        .map(|(name, value)| {
            let value = json(value);
            quote! { (#name, #value) }
        })
        .collect();
    members.push(if unknown.is_empty() {
        quote! { unknown_fields: UnknownFields::new() }
    } else {
        quote! { unknown_fields: [#(#unknown),*].into_iter().collect() }
    });
    quote! { #path { #(#members)* } }
}

/// What no field holds: properties that are not listed, and other values of constants.
fn beyond<'v>(object: &Object, map: &'v Map<String, Value>) -> impl Iterator<Item = (&'v String, &'v Value)> {
    map.iter().filter(|(name, value)| {
        let listed = object.properties.iter().find(|property| property.name == **name);
        listed.is_none_or(|property| property.constant.as_ref().is_some_and(|constant| constant != *value))
    })
}

fn field_value(
    context: &Context<'_>,
    imports: &mut Imports,
    field: &Field<'_>,
    value: Option<&Value>,
    path: &TokenStream,
) -> TokenStream {
    let property = field.property;
    if field.property.presence == Presence::OptionalNullable {
        imports.support("optional_nullable", "OptionalNullable");
    }
    let Some(value) = value else {
        return match field.property.presence {
            Presence::OptionalNullable => quote! { OptionalNullable::Absent },
            Presence::Defaulted { .. } => use_of(context, field, path),
            _ => quote! { None },
        };
    };
    if value.is_null() && property.schema.nullable {
        let is_absence = field.property.presence == Presence::OptionalNullable;
        return if is_absence {
            quote! { OptionalNullable::Null }
        } else {
            quote! { None }
        };
    }
    let mut value = typed(context, imports, &property.schema.ty, value);
    if property.boxed {
        value = quote! { Box::new(#value) };
    }
    match field.property.presence {
        Presence::OptionalNullable => quote! { OptionalNullable::Value(#value) },
        Presence::Optional | Presence::RequiredNullable => quote! { Some(#value) },
        Presence::Defaulted { .. } if property.schema.nullable => quote! { Some(#value) },
        _ => value,
    }
}

/// The variant that takes a value; none where the spec lists none that does.
pub fn chosen<'u>(context: &Context<'_>, union: &'u Union, value: &Value) -> Option<&'u Variant> {
    chosen_but(context, union, value, &mut HashSet::new())
}

/// As [`chosen`], where some unions have been tried with the same value: none has to be tried twice.
fn chosen_but<'u>(
    context: &Context<'_>,
    union: &'u Union,
    value: &Value,
    tried: &mut HashSet<TypeId>,
) -> Option<&'u Variant> {
    union.variants.iter().find(|variant| match &union.kind {
        UnionKind::Tagged { property, .. } => {
            value.get(property).and_then(Value::as_str).is_some_and(|tag| variant.tags.iter().any(|other| other == tag))
        }
        UnionKind::ByJsonType | UnionKind::Untagged => accepts(context, variant, value, tried),
    })
}

fn union_value(
    context: &Context<'_>,
    imports: &mut Imports,
    union: &Union,
    path: &TokenStream,
    value: &Value,
) -> TokenStream {
    let Some(variant) = chosen(context, union, value) else {
        let value = json(value);
        return quote! { #path::Unknown(#value) };
    };
    let name = ident(&variant.rust_name);
    let value = typed(context, imports, &variant.schema.ty, value);
    if variant.boxed {
        quote! { #path::#name(Box::new(#value)) }
    } else {
        quote! { #path::#name(#value) }
    }
}

/// Whether a decoder would take a value for this variant.
fn accepts(context: &Context<'_>, variant: &Variant, value: &Value, tried: &mut HashSet<TypeId>) -> bool {
    if let Type::Named(id) = context.resolve(&variant.schema.ty) {
        // What such a type does not list is for the variants after it.
        match &context.api.type_def(*id).kind {
            TypeKind::Enum(values) => return values.values.iter().any(|listed| listed.value == *value),
            TypeKind::Union(union) => {
                let is_new = tried.len() < DEEP && tried.insert(*id);
                return is_new && chosen_but(context, union, value, tried).is_some();
            }
            TypeKind::Object(object) => {
                let differs = |property: &Property| {
                    property.constant.as_ref().is_some_and(|constant| value.get(&property.name) != Some(constant))
                };
                if object.properties.iter().any(differs) {
                    return false;
                }
            }
            TypeKind::Alias(_) => {}
        }
    }
    holds(context, &variant.schema.ty, value)
}

/// Whether a type decodes from a value.
fn holds(context: &Context<'_>, ty: &Type, value: &Value) -> bool {
    let fits = |schema: &Schema, value: &Value| {
        if value.is_null() { schema.nullable } else { holds(context, &schema.ty, value) }
    };
    match context.content(ty) {
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
        Type::List(list) => value.as_array().is_some_and(|items| items.iter().all(|item| fits(&list.items, item))),
        Type::Map(map) => value.as_object().is_some_and(|entries| entries.values().all(|item| fits(&map.values, item))),
        Type::Named(id) => match &context.api.type_def(*id).kind {
            TypeKind::Object(object) => value.as_object().is_some_and(|map| {
                object.properties.iter().all(|property| match map.get(&property.name) {
                    Some(value) => property.constant.is_some() || fits(&property.schema, value),
                    None => !property.required || property.constant.is_some() || property.schema.nullable,
                })
            }),
            TypeKind::Enum(values) if values.repr == EnumRepr::String => value.is_string(),
            TypeKind::Enum(_) => value.is_i64(),
            // One that stands for itself.
            TypeKind::Alias(_) => false,
            TypeKind::Union(Union { kind: UnionKind::Tagged { property, .. }, .. }) => {
                value.get(property).is_some_and(Value::is_string)
            }
            TypeKind::Union(_) => true,
        },
    }
}
