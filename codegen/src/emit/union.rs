//! The definitions of unions: enums with a variant for each schema, and `Unknown`.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::identifiers::ident;
use super::imports::Imports;
use super::item_docs::{OPEN, type_docs};
use super::rust_type::{RustType, TypePath};
use super::union_conversions::{PayloadConversion, UnionConversion, conversions};
use super::{docs, fields, union_example, validate};
use crate::ir::{IntegerWidth, Object, Presence, Property, Type, TypeDef, TypeId, TypeKind, Union, UnionKind, Variant};

/// Emits the definition of a union.
pub fn definition(context: &Context<'_>, id: TypeId, union: &Union, checked: bool) -> TokenStream {
    let def = context.api.type_def(id);
    let imports = imports(context, def, union, checked);
    let accessors = accessors(context, union);
    let shared: Vec<_> = accessors.iter().map(|accessor| &*accessor.property.rust_name).collect();
    let example = union_example::of_union(context, def, union, &shared);
    let docs = type_docs(context, id, &docs::paragraphs([&*selection(union), OPEN, &example]));
    let name = ident(&def.name);
    let variants = union.variants.iter().map(|variant| member(context, variant));
    let conversions = conversions(&context.types, def, union);
    let conversions = conversions.iter().map(|each| conversion(def, each));
    let validate = checked.then(validate::method);
    let accessors = accessors.iter().map(|accessor| accessor_method(union, accessor));
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A variant that the spec does not list, kept unchanged.
            Unknown(serde_json::Value),
        }

        impl #name {
            /// Returns `true` if the spec does not list the variant.
            #[must_use]
            pub const fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }

            #(#accessors)*
            #validate
        }

        #(#conversions)*
    }
}

fn imports(context: &Context<'_>, def: &TypeDef, union: &Union, checked: bool) -> TokenStream {
    let mut imports = Imports::default();
    for variant in &union.variants {
        imports.add(&context.types, &variant.schema.ty);
    }
    if checked {
        imports.support("validate", "Violations");
    }
    imports.tokens(&def.name)
}

/// Describes how a decoder selects the variant.
fn selection(union: &Union) -> String {
    match &union.kind {
        UnionKind::Tagged { property, .. } => {
            format!("The property {} selects the variant.", docs::code(property))
        }
        UnionKind::ByJsonType => "The JSON type of the value selects the variant.".to_owned(),
        UnionKind::Untagged => "The first variant that accepts the value is used.".to_owned(),
    }
}

fn member(context: &Context<'_>, variant: &Variant) -> TokenStream {
    let text = match &variant.schema.ty {
        Type::Named(id) => context.prose(*id).name.as_deref(),
        _ => None,
    };
    let tags = variant.tags.iter().map(|tag| docs::code(tag)).collect::<Vec<_>>().join(", ");
    let text = match (text, tags.is_empty()) {
        (Some(text), true) => text.to_owned(),
        (Some(text), false) => format!("{tags}: {text}"),
        (None, true) => json_kind(context, &variant.schema.ty).to_owned(),
        (None, false) => tags,
    };
    let text = docs::member(&text);
    let aliases = variant.tags.iter().filter_map(|tag| docs::alias(tag, &variant.rust_name));
    let name = ident(&variant.rust_name);
    let ty = context.types.boxed_type(&variant.schema.ty, variant.boxed).tokens(TypePath::Imported);
    quote! { #text #(#aliases)* #name(#ty), }
}

fn json_kind(context: &Context<'_>, ty: &Type) -> &'static str {
    match context.types.resolve(ty) {
        Type::Any => "Any value.",
        Type::Boolean => "A boolean.",
        Type::Integer(_) => "An integer.",
        Type::Number(_) => "A number.",
        Type::String(_) => "A string.",
        Type::List(_) => "A list.",
        Type::Map(_) | Type::Named(_) => "An object.",
    }
}

/// A method that returns a scalar property which all variants require, so callers need no `match`.
pub struct Accessor<'a> {
    pub property: &'a Property,
    /// The type that it returns within an `Option`.
    pub ty: RustType<'static>,
}

/// Returns the accessors of a union.
pub fn accessors<'a>(context: &Context<'a>, union: &Union) -> Vec<Accessor<'a>> {
    let objects: Option<Vec<&Object>> = union.variants.iter().map(|variant| object_of(context, variant)).collect();
    let Some([first, others @ ..]) = objects.as_deref() else { return Vec::new() };
    let mut accessors: Vec<_> = required(first).filter_map(|property| accessor(context, property)).collect();
    for object in others {
        if accessors.is_empty() {
            break;
        }
        let types: HashMap<_, _> =
            required(object).map(|property| ((&*property.name, &*property.rust_name), &property.schema.ty)).collect();
        accessors.retain(|Accessor { property, .. }| {
            let other = types.get(&(&*property.name, &*property.rust_name));
            other.is_some_and(|other| context.types.resolve(other) == context.types.resolve(&property.schema.ty))
        });
    }
    accessors
}

fn required(object: &Object) -> impl Iterator<Item = &Property> {
    object.properties.iter().filter(|property| property.presence == Presence::Required)
}

fn object_of<'a>(context: &Context<'a>, variant: &Variant) -> Option<&'a Object> {
    let Type::Named(id) = variant.schema.ty else { return None };
    match &context.api.type_def(id).kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

fn accessor<'a>(context: &Context<'_>, property: &'a Property) -> Option<Accessor<'a>> {
    if ["is_unknown", "validate"].contains(&property.rust_name.as_str()) {
        return None;
    }
    let ty = match context.types.resolve(&property.schema.ty) {
        Type::String(string) if !string.secret => RustType::Str,
        Type::Integer(integer) if integer.width == IntegerWidth::I64 => RustType::I64,
        Type::Boolean => RustType::Bool,
        _ => return None,
    };
    Some(Accessor { property, ty })
}

fn accessor_method(union: &Union, Accessor { property, ty }: &Accessor<'_>) -> TokenStream {
    let (name, wire) = (fields::ident(property), &property.name);
    let (borrow, read) = match ty {
        RustType::Str => (quote! { & }, quote! { as_str }),
        RustType::I64 => (quote! {}, quote! { as_i64 }),
        _ => (quote! {}, quote! { as_bool }),
    };
    let kind = match ty {
        RustType::Str => "string",
        RustType::I64 => "integer",
        _ => "boolean",
    };
    let wire_name = docs::code(wire);
    let text = docs::member(&format!(
        "Returns {wire_name}, or `None` if the variant is unknown and has no {kind} {wire_name}."
    ));
    let variants = union.variants.iter().map(|variant| ident(&variant.rust_name));
    let ty = ty.tokens(TypePath::Imported);
    quote! {
        #text
        #[must_use]
        pub fn #name(&self) -> Option<#ty> {
            match self {
                #(Self::#variants(value) => Some(#borrow value.#name),)*
                Self::Unknown(value) => value.get(#wire)?.#read(),
            }
        }
    }
}

fn conversion(def: &TypeDef, conversion: &UnionConversion<'_, '_>) -> TokenStream {
    let (name, variant) = (ident(&def.name), ident(&conversion.variant.rust_name));
    let from = conversion.from.tokens(TypePath::Imported);
    let value = match conversion.payload {
        PayloadConversion::Unchanged => quote! { value },
        PayloadConversion::Boxed => quote! { Box::new(value) },
        PayloadConversion::Owned => quote! { value.to_owned() },
        PayloadConversion::Widened => quote! { value.into() },
    };
    quote! {
        impl From<#from> for #name {
            fn from(value: #from) -> Self {
                Self::#variant(#value)
            }
        }
    }
}
