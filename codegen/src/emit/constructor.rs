//! Constructors, and the structs that hold the arguments of those with many.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::identifiers::ident;
use super::item_docs::PropertyDocs;
use super::rust_type::TypePath;
use super::setter_parameters::argument;
use super::value_expression::absent_field;
use super::{docs, fields};
use crate::ir::{Additional, Constructor, Object, Presence, Property, TypeDef};

/// The function `new`.
pub fn function(context: &Context<'_>, object: &Object) -> TokenStream {
    let parameters = match &object.constructor {
        Constructor::Named(name) => {
            let name = ident(name);
            quote! { args: #name }
        }
        Constructor::Positional => {
            let parameters = fields::arguments(object).map(|property| {
                let (ty, _) = argument(context, object, property);
                let (name, ty) = (fields::ident(property), ty.tokens(TypePath::Imported));
                quote! { #name: #ty }
            });
            quote! { #(#parameters),* }
        }
    };
    let values = fields::stored(object).map(|property| member(context, object, property));
    let typed = matches!(object.additional, Additional::Typed(_));
    let additional = typed.then(|| quote! { additional_properties: BTreeMap::new(), });
    let text = docs::outer(&function_docs(object));
    quote! {
        #text
        #[must_use]
        pub fn new(#parameters) -> Self {
            Self { #(#values)* #additional unknown_fields: UnknownFields::new() }
        }
    }
}

fn function_docs(object: &Object) -> String {
    if fields::arguments(object).next().is_none() {
        return "Creates a value with no property set.".to_owned();
    }
    let named = match &object.constructor {
        Constructor::Positional => String::new(),
        Constructor::Named(name) => {
            format!("They are the fields of [`{name}`]: each is named, so no two can be swapped.")
        }
    };
    docs::paragraphs(["Creates a value from its required properties.", &named])
}

/// A field of the new value.
fn member(context: &Context<'_>, object: &Object, property: &Property) -> TokenStream {
    let name = fields::ident(property);
    let value = if property.in_constructor {
        value_of_argument(context, object, property)
    } else {
        absent_field(context, property, &quote! { Self })
    };
    // Clippy would warn of `name: name`.
    if name == value.to_string() {
        quote! { #name, }
    } else {
        quote! { #name: #value, }
    }
}

fn value_of_argument(context: &Context<'_>, object: &Object, property: &Property) -> TokenStream {
    let name = fields::ident(property);
    let given = match object.constructor {
        Constructor::Positional => quote! { #name },
        Constructor::Named(_) => quote! { args.#name },
    };
    let (_, conversion) = argument(context, object, property);
    let value = conversion.expression(&given);
    if property.presence == Presence::Optional {
        quote! { Some(#value) }
    } else {
        value
    }
}

/// The struct of the arguments; `None` if they are given by position.
///
/// It is exhaustive, since callers write it as a literal. A new argument by position would break them as well.
pub fn arguments_struct(
    context: &Context<'_>,
    def: &TypeDef,
    object: &Object,
    properties: &[PropertyDocs<'_>],
) -> Option<TokenStream> {
    let Constructor::Named(name) = &object.constructor else { return None };
    let members = properties.iter().filter(|docs| docs.property.in_constructor).map(|docs| {
        let (property, text) = (docs.property, docs::member(&docs.argument()));
        let deprecated = property.deprecated.then(|| quote! { #[deprecated] });
        let (ty, _) = argument(context, object, property);
        let (name, ty) = (fields::ident(property), ty.tokens(TypePath::Imported));
        quote! { #text #deprecated pub #name: #ty, }
    });
    let text = docs::outer(&format!("The arguments of [`{}::new`].", def.name));
    let deprecated = def.deprecated.then(|| quote! { #[deprecated] });
    let name = ident(name);
    Some(quote! {
        #text
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#members)*
        }
    })
}
