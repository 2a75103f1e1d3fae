//! Enums of several kinds of values, open to others.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, Field, Imports, Scope, fields, ident, type_docs};
use super::enumeration::OPEN;
use super::rust_type::RustType;
use super::{docs, validate};
use crate::ir::{IntegerWidth, Object, Presence, Type, TypeDef, TypeKind, Union, UnionKind, Variant};

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
    let conversions = conversions(context, def, union);
    let conversions = conversions.iter().map(|each| conversion(def, each));
    let validate = checked.then(validate::method);
    let accessors = accessors(context, union);
    let accessors = accessors.iter().map(|accessor| accessor_method(union, accessor));
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

            #(#accessors)*
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
        UnionKind::ByJsonType => "The JSON type of the value selects the variant.".to_owned(),
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
    let ty = context.boxed_type(&variant.schema.ty, variant.boxed).tokens(Scope::Models);
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

/// A method that reads a scalar which all variants require, and so spares the caller a `match`.
pub struct Accessor<'a> {
    pub field: Field<'a>,
    /// What it returns, within an `Option`.
    pub ty: RustType<'static>,
}

/// The accessors of a union.
pub fn accessors<'a>(context: &Context<'a>, union: &Union) -> Vec<Accessor<'a>> {
    let objects: Option<Vec<&Object>> = union.variants.iter().map(|variant| object_of(context, variant)).collect();
    let Some([first, others @ ..]) = objects.as_deref() else { return Vec::new() };
    let required = |field: &Field<'_>| field.property.presence == Presence::Required;
    let mut accessors: Vec<_> =
        fields(first).into_iter().filter(required).filter_map(|field| accessor(context, field)).collect();
    for object in others {
        if accessors.is_empty() {
            break;
        }
        let fields: HashMap<_, _> = fields(object)
            .into_iter()
            .filter(required)
            .map(|field| ((&*field.property.name, &*field.property.rust_name), &field.property.schema.ty))
            .collect();
        accessors.retain(|Accessor { field, .. }| {
            let other = fields.get(&(&*field.property.name, &*field.property.rust_name));
            other.is_some_and(|other| context.resolve(other) == context.resolve(&field.property.schema.ty))
        });
    }
    accessors
}

fn object_of<'a>(context: &Context<'a>, variant: &Variant) -> Option<&'a Object> {
    let Type::Named(id) = variant.schema.ty else { return None };
    match &context.api.type_def(id).kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

fn accessor<'a>(context: &Context<'_>, field: Field<'a>) -> Option<Accessor<'a>> {
    if ["is_unknown", "validate"].contains(&field.property.rust_name.as_str()) {
        return None;
    }
    let ty = match context.resolve(&field.property.schema.ty) {
        Type::String(string) if !string.secret => RustType::Str,
        Type::Integer(integer) if integer.width == IntegerWidth::I64 => RustType::I64,
        Type::Boolean => RustType::Bool,
        _ => return None,
    };
    Some(Accessor { field, ty })
}

fn accessor_method(union: &Union, Accessor { field, ty }: &Accessor<'_>) -> TokenStream {
    let (name, wire) = (field.ident(), &field.property.name);
    let (borrow, read) = match ty {
        RustType::Str => (quote! { & }, quote! { as_str }),
        RustType::I64 => (quote! {}, quote! { as_i64 }),
        _ => (quote! {}, quote! { as_bool }),
    };
    let text = docs::outer(&format!(
        "The property `{wire}` of whichever variant it is; `None` if an unknown one has nothing of this type there."
    ));
    let variants = union.variants.iter().map(|variant| ident(&variant.rust_name));
    let ty = ty.tokens(Scope::Models);
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

/// How often each type is what a variant holds, without aliases.
fn held<'a>(context: &Context<'a>, union: &Union) -> HashMap<RustType<'a>, usize> {
    let mut held = HashMap::new();
    for variant in &union.variants {
        *held.entry(context.rust_type(context.resolve(&variant.schema.ty))).or_default() += 1;
    }
    held
}

/// Whether a value of some variant converts into the union by `From`.
pub fn has_from(context: &Context<'_>, union: &Union) -> bool {
    // That of `Unknown` does not.
    held(context, union).iter().any(|(ty, count)| *count == 1 && *ty != RustType::Json)
}

/// A type that converts into a union by `From`.
pub struct Conversion<'a, 'u> {
    pub variant: &'u Variant,
    pub from: RustType<'a>,
    /// How the payload comes from it.
    how: How,
}

enum How {
    /// By nothing.
    Itself,
    Boxed,
    Owned,
    Widened,
}

/// What converts into a union: what one variant alone holds, and what stands for that in a literal.
pub fn conversions<'a, 'u>(context: &Context<'a>, def: &TypeDef, union: &'u Union) -> Vec<Conversion<'a, 'u>> {
    let held = held(context, union);
    let mut conversions = Vec::new();
    for variant in &union.variants {
        let resolved = context.resolve(&variant.schema.ty);
        let ty = context.rust_type(resolved);
        // A union that contains itself directly would convert into itself.
        let own = matches!(resolved, Type::Named(id) if std::ptr::eq(context.api.type_def(*id), def));
        if own || ty == RustType::Json || held.get(&ty) != Some(&1) {
            continue;
        }
        let how = if variant.boxed { How::Boxed } else { How::Itself };
        conversions.push(Conversion { variant, from: context.rust_type(&variant.schema.ty), how });
        let more = match ty {
            RustType::String => Some((RustType::Str, How::Owned)),
            // What a literal is without a type.
            RustType::I64 => Some((RustType::I32, How::Widened)),
            _ => None,
        };
        let more = more.filter(|(from, _)| !held.contains_key(from));
        conversions.extend(more.map(|(from, how)| Conversion { variant, from, how }));
    }
    conversions
}

fn conversion(def: &TypeDef, Conversion { variant, from, how }: &Conversion<'_, '_>) -> TokenStream {
    let (name, variant, from) = (ident(&def.name), ident(&variant.rust_name), from.tokens(Scope::Models));
    let value = match how {
        How::Itself => quote! { value },
        How::Boxed => quote! { Box::new(value) },
        How::Owned => quote! { value.to_owned() },
        How::Widened => quote! { value.into() },
    };
    quote! {
        impl From<#from> for #name {
            fn from(value: #from) -> Self {
                Self::#variant(#value)
            }
        }
    }
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
