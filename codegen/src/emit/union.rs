//! Enums of several kinds of values, open to others.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, Field, Imports, Presence, Scope, fields, ident, type_docs};
use super::enumeration::OPEN;
use super::{docs, validate};
use crate::ir::{IntegerWidth, Object, Type, TypeDef, TypeKind, Union, UnionKind, Variant};

/// The definition of a union.
pub fn definition(context: &Context<'_>, def: &TypeDef, union: &Union, checked: bool) -> TokenStream {
    let mut imports = Imports::default();
    for variant in &union.variants {
        imports.add(context, &variant.schema.ty);
    }
    if checked {
        imports.support("validate", "Violations");
    }
    let imports = imports.tokens(&def.name);
    let docs = type_docs(def, &format!("{}\n\n{OPEN}", how(union)));
    let name = ident(&def.name);
    let variants = union.variants.iter().map(|variant| member(context, variant));
    let conversions = union.variants.iter().filter_map(|variant| conversion(context, def, union, variant));
    let validate = checked.then(validate::method);
    let shared = shared(context, union);
    let allow = large(context, union).then(|| {
        quote! {
            #[allow(
                clippy::large_enum_variant,
                reason = "boxing the large variant would cost the common case an allocation"
            )]
        }
    });
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #allow
        pub enum #name {
            #(#variants)*
            /// A variant that the spec does not list, as it came.
            Unknown(serde_json::Value),
        }

        impl #name {
            /// Whether the spec does not list the variant.
            #[must_use]
            pub const fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }

            #(#shared)*
            #validate
        }

        #(#conversions)*
    }
}

/// How a decoder tells the variants apart, as documentation.
fn how(union: &Union) -> String {
    match &union.kind {
        UnionKind::Tagged { property, .. } => {
            format!("The property {} tells the variants apart.", docs::code(property))
        }
        UnionKind::Token => "The kind of JSON value tells the variants apart.".to_owned(),
        UnionKind::Untagged => "The first variant that accepts a value takes it.".to_owned(),
    }
}

fn member(context: &Context<'_>, variant: &Variant) -> TokenStream {
    let text = match &variant.schema.ty {
        Type::Named(id) => {
            let def = context.api.type_def(*id);
            let description = def.docs.title.as_deref().or(def.docs.description.as_deref());
            description
                .map(docs::prose)
                .and_then(|text| text.split("\n\n").next().map(str::to_owned))
                .filter(|text| !text.is_empty())
        }
        _ => None,
    };
    let tags = variant.tags.iter().map(|tag| docs::code(tag)).collect::<Vec<_>>().join(", ");
    let text = match (text, tags.is_empty()) {
        (Some(text), true) => text,
        (Some(text), false) => format!("{tags}: {}", text.replace('\n', " ")),
        (None, true) => json_kind(context, &variant.schema.ty).to_owned(),
        (None, false) => tags,
    };
    let text = docs::outer(&text);
    let aliases = variant.tags.iter().filter_map(|tag| docs::alias(tag, &variant.rust_name));
    let name = ident(&variant.rust_name);
    let ty = context.boxed_type(&variant.schema.ty, variant.boxed, Scope::Models);
    quote! { #text #(#aliases)* #name(#ty), }
}

fn json_kind(context: &Context<'_>, ty: &Type) -> &'static str {
    match context.resolve(ty) {
        Type::Any => "Any value.",
        Type::Boolean => "A truth value.",
        Type::Integer(_) => "An integer.",
        Type::Number(_) => "A number.",
        Type::String(_) => "A string.",
        Type::List(_) => "A list.",
        Type::Map(_) | Type::Named(_) => "An object.",
    }
}

/// A method for each scalar that all variants require, which spares the caller a `match`.
fn shared(context: &Context<'_>, union: &Union) -> Vec<TokenStream> {
    let objects: Option<Vec<(&TypeDef, &Object)>> =
        union.variants.iter().map(|variant| object_of(context, variant)).collect();
    let Some([(first, object), others @ ..]) = objects.as_deref() else { return Vec::new() };
    let properties = fields(first, object).into_iter().filter(|field| field.presence == Presence::Required);
    let everywhere = |field: &Field<'_>| {
        others.iter().all(|(def, object)| {
            fields(def, object).iter().any(|other| {
                let (one, two) = (field.property, other.property);
                one.name == two.name
                    && field.ident == other.ident
                    && other.presence == Presence::Required
                    && context.resolve(&one.schema.ty) == context.resolve(&two.schema.ty)
            })
        })
    };
    properties.filter(everywhere).filter_map(|field| accessor(context, union, &field)).collect()
}

fn object_of<'a>(context: &'a Context<'_>, variant: &Variant) -> Option<(&'a TypeDef, &'a Object)> {
    let Type::Named(id) = variant.schema.ty else { return None };
    let def = context.api.type_def(id);
    match &def.kind {
        TypeKind::Object(object) => Some((def, object)),
        _ => None,
    }
}

fn accessor(context: &Context<'_>, union: &Union, field: &Field<'_>) -> Option<TokenStream> {
    let (name, wire) = (&field.ident, &field.property.name);
    if ["is_unknown", "validate"].contains(&field.property.rust_name.as_str()) {
        return None;
    }
    let (ty, borrow, read) = match context.resolve(&field.property.schema.ty) {
        Type::String(string) if !string.secret => (quote! { &str }, quote! { & }, quote! { as_str }),
        Type::Integer(integer) if integer.width == IntegerWidth::I64 => (quote! { i64 }, quote! {}, quote! { as_i64 }),
        Type::Boolean => (quote! { bool }, quote! {}, quote! { as_bool }),
        _ => return None,
    };
    let text = docs::outer(&format!(
        "The property `{wire}` of whichever variant it is; `None` if an unknown one has nothing of this type there."
    ));
    let variants = union.variants.iter().map(|variant| ident(&variant.rust_name));
    Some(quote! {
        #text
        #[must_use]
        pub fn #name(&self) -> Option<#ty> {
            match self {
                #(Self::#variants(value) => Some(#borrow value.#name),)*
                Self::Unknown(value) => value.get(#wire)?.#read(),
            }
        }
    })
}

/// Whether a value of some variant converts into the union by `From`.
pub fn has_from(context: &Context<'_>, union: &Union) -> bool {
    union.variants.iter().any(|variant| converts(context, union, variant))
}

/// No other variant holds the same type, and the type is not the union's own `Unknown`.
fn converts(context: &Context<'_>, union: &Union, variant: &Variant) -> bool {
    let ty = |variant: &Variant| context.rust_type(context.resolve(&variant.schema.ty), Scope::Models).to_string();
    let own = ty(variant);
    own != "serde_json :: Value" && union.variants.iter().filter(|other| ty(other) == own).count() == 1
}

fn conversion(context: &Context<'_>, def: &TypeDef, union: &Union, variant: &Variant) -> Option<TokenStream> {
    // A union that contains itself directly would convert into itself.
    let own =
        matches!(context.resolve(&variant.schema.ty), Type::Named(id) if std::ptr::eq(context.api.type_def(*id), def));
    if own || !converts(context, union, variant) {
        return None;
    }
    let (name, variant_name) = (ident(&def.name), ident(&variant.rust_name));
    let ty = context.rust_type(&variant.schema.ty, Scope::Models);
    let value = if variant.boxed {
        quote! { Box::new(value) }
    } else {
        quote! { value }
    };
    let more = match context.resolve(&variant.schema.ty) {
        Type::String(string) if !string.secret => Some((quote! { &str }, quote! { value.to_owned() })),
        // What a literal is without a type.
        Type::Integer(integer) if integer.width == IntegerWidth::I64 => Some((quote! { i32 }, quote! { value.into() })),
        _ => None,
    };
    let more = more.filter(|(ty, _)| !takes(context, union, ty)).map(|(ty, value)| {
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        }
    });
    Some(quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant_name(#value)
            }
        }

        #more
    })
}

/// Whether a variant holds just this type.
fn takes(context: &Context<'_>, union: &Union, ty: &TokenStream) -> bool {
    let own = |variant: &Variant| context.rust_type(context.resolve(&variant.schema.ty), Scope::Models).to_string();
    union.variants.iter().any(|variant| own(variant) == ty.to_string())
}

/// Whether clippy would find one variant much larger than the next: by more than 200 bytes.
fn large(context: &Context<'_>, union: &Union) -> bool {
    // `Unknown` holds a `Value`.
    let mut sizes: Vec<_> = union
        .variants
        .iter()
        .filter(|variant| !variant.boxed)
        .map(|variant| size(context, &variant.schema.ty, 0))
        .chain([32])
        .collect();
    sizes.sort_unstable();
    // An estimate, so that anything near the limit counts.
    matches!(sizes[..], [.., next, largest] if largest >= next + 150)
}

/// About how many bytes a type takes.
fn size(context: &Context<'_>, ty: &Type, depth: usize) -> usize {
    match context.resolve(ty) {
        Type::Boolean => 1,
        Type::Integer(_) | Type::Number(_) => 16,
        Type::Any => 32,
        Type::Named(id) if depth < 8 => match &context.api.type_def(*id).kind {
            TypeKind::Object(object) => {
                let stored = object.properties.iter().filter(|property| property.constant.is_none());
                let sizes = stored.map(
                    |property| {
                        if property.boxed { 8 } else { size(context, &property.schema.ty, depth + 1) }
                    },
                );
                8 + sizes.sum::<usize>()
            }
            TypeKind::Union(union) => {
                union.variants.iter().map(|variant| size(context, &variant.schema.ty, depth + 1)).max().unwrap_or(32)
            }
            TypeKind::Enum(_) | TypeKind::Alias(_) => 24,
        },
        // What is deeper is behind some pointer.
        Type::String(_) | Type::List(_) | Type::Map(_) | Type::Named(_) => 24,
    }
}
