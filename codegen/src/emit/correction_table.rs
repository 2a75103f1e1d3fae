//! The tables of corrections for lenient decoding.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::fields;
use super::identifiers::ident;
use crate::ir::{Object, Presence, Schema, Type, Union, UnionKind};

/// Emits the table of a type, and the trait implementation that returns it.
pub fn model(name: &Ident, shape: &TokenStream) -> TokenStream {
    quote! {
        pub(super) static SHAPE: Shape = #shape;

        impl Model for models::#name {
            fn shape() -> &'static Shape {
                &SHAPE
            }
        }
    }
}

/// Emits the table of an object.
pub fn object(context: &Context<'_>, object: &Object) -> TokenStream {
    let properties = fields::stored(object).map(|property| {
        let (name, shape) = (&property.name, reference(context, &property.schema));
        let absence = match property.presence {
            Presence::Required => quote! { required },
            Presence::RequiredNullable | Presence::Defaulted { optional: false } => quote! { defaulted },
            _ => quote! { optional },
        };
        let nullable = property.schema.nullable.then(|| quote! { .nullable() });
        quote! { Property::#absence(#name, #shape) #nullable }
    });
    quote! { Shape::Object(&[#(#properties),*]) }
}

/// Emits the table of a union.
pub fn union(context: &Context<'_>, union: &Union) -> TokenStream {
    let UnionKind::Tagged { property, .. } = &union.kind else { return quote! { Shape::Any } };
    let variants = union.variants.iter().flat_map(|variant| {
        let shape = reference(context, &variant.schema);
        variant.tags.iter().map(move |tag| quote! { (#tag, #shape) })
    });
    quote! { Shape::Tagged(#property, &[#(#variants),*]) }
}

/// Emits a reference to the table of a schema.
pub fn reference(context: &Context<'_>, schema: &Schema) -> TokenStream {
    reference_from(context, schema, &quote! { super })
}

/// Emits a reference to the table of a schema, from a module with this path to the wire code.
pub fn reference_from(context: &Context<'_>, schema: &Schema, wire: &TokenStream) -> TokenStream {
    if let Type::Named(id) = context.types.resolve(&schema.ty) {
        let module = ident(&context.api.type_def(*id).module);
        return quote! { &#wire::#module::SHAPE };
    }
    let shape = inner_from(context, schema, wire);
    quote! { &#shape }
}

/// Emits the table of a schema other than a definition.
pub fn inner(context: &Context<'_>, schema: &Schema) -> TokenStream {
    inner_from(context, schema, &quote! { super })
}

fn inner_from(context: &Context<'_>, schema: &Schema, wire: &TokenStream) -> TokenStream {
    match context.types.resolve(&schema.ty) {
        Type::Any | Type::Named(_) => quote! { Shape::Any },
        Type::Boolean => quote! { Shape::Boolean },
        Type::Integer(_) | Type::Number(_) => quote! { Shape::Number },
        Type::String(_) => quote! { Shape::String },
        Type::List(list) => {
            let items = reference_from(context, &list.items, wire);
            quote! { Shape::List(#items) }
        }
        Type::Map(map) => {
            let values = reference_from(context, &map.values, wire);
            quote! { Shape::Map(#values) }
        }
    }
}
