//! Defaults and constants of the spec as Rust expressions, for the module of a definition.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::context::{Context, Field, Imports, Presence, Scope, fields, ident};
use super::{docs, literal};
use crate::ir::{
    Additional, Enum, EnumRepr, MapType, Object, Schema, SizeBounds, Type, TypeDef, TypeId, TypeKind, Union, UnionKind,
    Variant,
};

/// An expression, and whether it may stand in a constant.
struct Expr {
    tokens: TokenStream,
    constant: bool,
}

fn constant(tokens: TokenStream) -> Expr {
    Expr { tokens, constant: true }
}

fn computed(tokens: TokenStream) -> Expr {
    Expr { tokens, constant: false }
}

/// The type and value of a scalar in a constant; `None` for anything else.
pub fn scalar(value: &Value) -> Option<(TokenStream, TokenStream)> {
    match value {
        Value::String(text) => Some((quote! { &'static str }, quote! { #text })),
        Value::Bool(truth) => Some((quote! { bool }, quote! { #truth })),
        Value::Number(number) if number.is_f64() => Some((quote! { f64 }, self::number(number))),
        Value::Number(number) => {
            let ty = if number.is_i64() {
                quote! { i64 }
            } else {
                quote! { u64 }
            };
            Some((ty, self::number(number)))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The associated constant, or function where no constant can hold it, that gives the default of a field.
pub fn associated(context: &Context<'_>, imports: &mut Imports, field: &Field<'_>) -> Option<TokenStream> {
    let default = default(field)?;
    let text = docs::outer(&format!("The default of the property `{}`.", field.property.name));
    let schema = Schema { nullable: false, ..field.property.schema.clone() };
    if is_text(context, field)
        && let Value::String(value) = default
    {
        let name = field.default_ident();
        return Some(quote! { #text pub const #name: &'static str = #value; });
    }
    let ty = context.schema_type(&schema, Scope::Models);
    let Expr { tokens, constant } = expr(context, imports, &schema, default);
    if constant {
        let name = field.default_ident();
        return Some(quote! { #text pub const #name: #ty = #tokens; });
    }
    let name = function(field);
    Some(quote! { #text #[must_use] pub fn #name() -> #ty { #tokens } })
}

/// The default of a field, of the field's own type.
pub fn use_of(context: &Context<'_>, field: &Field<'_>, owner: &TokenStream) -> TokenStream {
    let value = if is_constant(context, field) {
        let name = field.default_ident();
        quote! { #owner::#name }
    } else if is_text(context, field) {
        let name = field.default_ident();
        quote! { #owner::#name.to_owned() }
    } else {
        let name = function(field);
        quote! { #owner::#name() }
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
    if plain && !is_constant(context, field) && !is_text(context, field) {
        let name = function(field);
        return quote! { Self::#name };
    }
    let value = use_of(context, field, &quote! { Self });
    quote! { || #value }
}

/// Whether a constant holds the default of a field, of the field's own type.
pub fn is_constant(context: &Context<'_>, field: &Field<'_>) -> bool {
    let schema = Schema { nullable: false, ..field.property.schema.clone() };
    !is_text(context, field)
        && default(field).is_some_and(|default| expr(context, &mut Imports::default(), &schema, default).constant)
}

/// Whether a constant holds the default of a field as a string slice, where the field owns its text.
fn is_text(context: &Context<'_>, field: &Field<'_>) -> bool {
    let is_string = matches!(context.resolve(&field.property.schema.ty), Type::String(string) if !string.secret);
    is_string && default(field).is_some_and(Value::is_string)
}

fn default<'f>(field: &'f Field<'_>) -> Option<&'f Value> {
    field.property.default.as_ref().filter(|default| field.is_stored() && !default.is_null())
}

fn function(field: &Field<'_>) -> Ident {
    format_ident!("default_{}", field.property.rust_name)
}

fn expr(context: &Context<'_>, imports: &mut Imports, schema: &Schema, value: &Value) -> Expr {
    if !schema.nullable {
        return typed(context, imports, &schema.ty, value);
    }
    if value.is_null() {
        return constant(quote! { None });
    }
    let Expr { tokens, constant } = typed(context, imports, &schema.ty, value);
    Expr { tokens: quote! { Some(#tokens) }, constant }
}

fn typed(context: &Context<'_>, imports: &mut Imports, ty: &Type, value: &Value) -> Expr {
    match (ty, value) {
        (Type::Boolean, Value::Bool(truth)) => constant(quote! { #truth }),
        (Type::Integer(_), Value::Number(number)) => constant(integer(number)),
        (Type::Number(_), Value::Number(number)) => constant(literal::float(number.as_f64().unwrap_or_default())),
        (Type::String(string), Value::String(text)) if string.secret => {
            imports.add(context, ty);
            computed(quote! { Secret::from(#text) })
        }
        (Type::String(_), Value::String(text)) if text.is_empty() => constant(quote! { String::new() }),
        (Type::String(_), Value::String(text)) => computed(quote! { String::from(#text) }),
        (Type::List(_), Value::Array(values)) if values.is_empty() => constant(quote! { Vec::new() }),
        (Type::List(list), Value::Array(values)) => {
            let values = values.iter().map(|value| expr(context, imports, &list.items, value).tokens);
            computed(quote! { vec![#(#values),*] })
        }
        (Type::Map(_), Value::Object(map)) if map.is_empty() => {
            imports.add(context, ty);
            constant(quote! { BTreeMap::new() })
        }
        (Type::Map(ty), Value::Object(map)) => {
            imports.add(context, &Type::Map(ty.clone()));
            let entries = map.iter().map(|(name, value)| {
                let value = expr(context, imports, &ty.values, value).tokens;
                quote! { (String::from(#name), #value) }
            });
            computed(quote! { BTreeMap::from([#(#entries),*]) })
        }
        (Type::Named(id), value) => named(context, imports, *id, value),
        (_, value) => computed(json(value)),
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

fn json(value: &Value) -> TokenStream {
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

fn named(context: &Context<'_>, imports: &mut Imports, id: TypeId, value: &Value) -> Expr {
    let def = context.api.type_def(id);
    let name = ident(&def.name);
    imports.add(context, &Type::Named(id));
    let path = quote! { #name };
    match (&def.kind, value) {
        (TypeKind::Alias(alias), _) if alias.recursive => {
            let Expr { tokens, constant } = typed(context, imports, &alias.schema.ty, value);
            Expr { tokens: quote! { #path(#tokens) }, constant }
        }
        (TypeKind::Alias(alias), _) => typed(context, imports, &alias.schema.ty, value),
        (TypeKind::Enum(values), _) => enum_value(&path, values, value),
        (TypeKind::Object(object), Value::Object(map)) => object_literal(context, imports, def, object, &path, map),
        (TypeKind::Union(union), _) => union_value(context, imports, union, &path, value),
        (TypeKind::Object(_), _) => computed(json(value)),
    }
}

fn enum_value(path: &TokenStream, values: &Enum, value: &Value) -> Expr {
    if let Some(listed) = values.values.iter().find(|listed| listed.value == *value) {
        let variant = ident(&listed.rust_name);
        return constant(quote! { #path::#variant });
    }
    let tokens = match values.repr {
        EnumRepr::String => json_tokens(value),
        EnumRepr::Integer => value.as_number().map(integer).unwrap_or_default(),
    };
    computed(quote! { #path::from(#tokens) })
}

/// A struct by its fields, which a constant can hold where a constructor's call could not stand.
fn object_literal(
    context: &Context<'_>,
    imports: &mut Imports,
    def: &TypeDef,
    object: &Object,
    path: &TokenStream,
    map: &Map<String, Value>,
) -> Expr {
    let mut all_constant = true;
    let mut members = Vec::new();
    for field in fields(def, object).iter().filter(|field| field.is_stored()) {
        let (name, value) = (&field.ident, map.get(&field.property.name));
        let Expr { tokens, constant } = field_value(context, imports, field, value, path);
        all_constant &= constant;
        members.push(quote! { #name: #tokens, });
    }
    if let Additional::Typed(schema) = &object.additional {
        let map = MapType { values: (**schema).clone(), keys: SizeBounds::default(), size: SizeBounds::default() };
        imports.add(context, &Type::Map(Box::new(map)));
        members.push(quote! { additional_properties: BTreeMap::new(), });
    }
    let unlisted = map.iter().filter(|(name, value)| {
        let listed = object.properties.iter().find(|property| property.name == **name);
        listed.is_none_or(|property| property.constant.as_ref().is_some_and(|constant| constant != *value))
    });
    let unlisted: Vec<_> = unlisted
        .map(|(name, value)| {
            let value = json(value);
            quote! { (#name, #value) }
        })
        .collect();
    if unlisted.is_empty() {
        members.push(quote! { unlisted: Unlisted::new() });
    } else {
        all_constant = false;
        members.push(quote! { unlisted: [#(#unlisted),*].into_iter().collect() });
    }
    Expr { tokens: quote! { #path { #(#members)* } }, constant: all_constant }
}

fn field_value(
    context: &Context<'_>,
    imports: &mut Imports,
    field: &Field<'_>,
    value: Option<&Value>,
    path: &TokenStream,
) -> Expr {
    let property = field.property;
    if field.presence == Presence::OptionalNullable {
        imports.support("optional_nullable", "OptionalNullable");
    }
    let Some(value) = value else {
        return match field.presence {
            Presence::OptionalNullable => constant(quote! { OptionalNullable::Absent }),
            Presence::Defaulted { .. } => computed(use_of(context, field, path)),
            _ => constant(quote! { None }),
        };
    };
    if value.is_null() && property.schema.nullable {
        let is_absence = field.presence == Presence::OptionalNullable;
        return constant(if is_absence {
            quote! { OptionalNullable::Null }
        } else {
            quote! { None }
        });
    }
    let mut expr = typed(context, imports, &property.schema.ty, value);
    if property.boxed {
        let tokens = expr.tokens;
        expr = computed(quote! { Box::new(#tokens) });
    }
    let tokens = &expr.tokens;
    expr.tokens = match field.presence {
        Presence::OptionalNullable => quote! { OptionalNullable::Value(#tokens) },
        Presence::Optional | Presence::RequiredNullable => quote! { Some(#tokens) },
        Presence::Defaulted { .. } if property.schema.nullable => quote! { Some(#tokens) },
        _ => expr.tokens,
    };
    expr
}

fn union_value(context: &Context<'_>, imports: &mut Imports, union: &Union, path: &TokenStream, value: &Value) -> Expr {
    let variant = union.variants.iter().find(|variant| match &union.kind {
        UnionKind::Tagged { property, .. } => {
            value.get(property).and_then(Value::as_str).is_some_and(|tag| variant.tags.iter().any(|other| other == tag))
        }
        UnionKind::Token | UnionKind::Untagged => accepts(context, variant, value),
    });
    let Some(variant) = variant else {
        let value = json(value);
        return computed(quote! { #path::Unknown(#value) });
    };
    let name = ident(&variant.rust_name);
    let Expr { tokens, constant } = typed(context, imports, &variant.schema.ty, value);
    if variant.boxed {
        return computed(quote! { #path::#name(Box::new(#tokens)) });
    }
    Expr { tokens: quote! { #path::#name(#tokens) }, constant }
}

/// Whether a value is of the kind that a variant holds.
fn accepts(context: &Context<'_>, variant: &Variant, value: &Value) -> bool {
    match context.resolve(&variant.schema.ty) {
        Type::Any => true,
        Type::Boolean => value.is_boolean(),
        Type::Integer(_) => value.is_i64() || value.is_u64(),
        Type::Number(_) => value.is_number(),
        Type::String(_) => value.is_string(),
        Type::List(_) => value.is_array(),
        Type::Map(_) => value.is_object(),
        Type::Named(id) => match &context.api.type_def(*id).kind {
            TypeKind::Object(object) => value.as_object().is_some_and(|map| {
                object.properties.iter().all(|property| !property.required || map.contains_key(&property.name))
            }),
            TypeKind::Enum(values) => values.values.iter().any(|listed| listed.value == *value),
            TypeKind::Alias(alias) => matches!(alias.schema.ty, Type::List(_)) == value.is_array(),
            TypeKind::Union(union) => union.variants.iter().any(|variant| accepts(context, variant, value)),
        },
    }
}
