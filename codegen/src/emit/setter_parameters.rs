//! The parameters of constructors and setters, and the conversions from them to fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::rust_type::RustType;
use crate::ir::{Constructor, Object, Presence, Property, Type};

/// The conversion from a parameter to the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterConversion {
    /// The parameter is the value.
    Unchanged,
    /// By `into`.
    Into,
    /// By `Box::new`.
    Boxed,
    /// By `into`, then `Box::new`.
    IntoBoxed,
    /// By `Box::new` within an `Option`.
    MapBoxed,
    /// By collecting the entries of a map.
    Collected,
}

impl ParameterConversion {
    /// The value that a parameter is converted to.
    pub fn expression(self, parameter: &TokenStream) -> TokenStream {
        match self {
            Self::Unchanged => parameter.clone(),
            Self::Into => quote! { #parameter.into() },
            Self::Boxed => quote! { Box::new(#parameter) },
            Self::IntoBoxed => quote! { Box::new(#parameter.into()) },
            Self::MapBoxed => quote! { #parameter.map(Box::new) },
            Self::Collected => {
                quote! { #parameter.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
            }
        }
    }
}

/// Returns whether `impl Into<T>` saves the caller a conversion.
pub fn takes_into(context: &Context<'_>, ty: &Type) -> bool {
    match context.types.resolve(ty) {
        Type::String(_) => true,
        Type::Named(id) => context.is_convertible(*id),
        _ => false,
    }
}

/// The type of a constructor's argument, and the conversion to its field.
pub fn argument<'a>(
    context: &Context<'a>,
    object: &Object,
    property: &Property,
) -> (RustType<'a>, ParameterConversion) {
    match object.constructor {
        _ if property.schema.nullable => nullable(context, property),
        Constructor::Positional => value(context, property),
        Constructor::Named(_) => plain(context, property),
    }
}

/// The type of a setter's parameter, and the conversion to its field; `None` if the property has no setter.
pub fn setter_parameter<'a>(context: &Context<'a>, property: &Property) -> Option<(RustType<'a>, ParameterConversion)> {
    match property.presence {
        _ if property.in_constructor => None,
        Presence::Constant | Presence::Required => None,
        Presence::OptionalNullable => {
            let ty = context.types.boxed_type(&property.schema.ty, property.boxed);
            Some((ty.nullable().into(), ParameterConversion::Into))
        }
        Presence::Defaulted { .. } if property.schema.nullable => Some(nullable(context, property)),
        Presence::Optional | Presence::RequiredNullable | Presence::Defaulted { .. } => {
            Some(entries(context, property).unwrap_or_else(|| value(context, property)))
        }
    }
}

/// An `Option` of the value.
fn nullable<'a>(context: &Context<'a>, property: &Property) -> (RustType<'a>, ParameterConversion) {
    let conversion = if property.boxed { ParameterConversion::MapBoxed } else { ParameterConversion::Unchanged };
    (context.types.rust_type(&property.schema.ty).option(), conversion)
}

/// The value, or `impl Into` of it if that spares the caller a conversion.
fn value<'a>(context: &Context<'a>, property: &Property) -> (RustType<'a>, ParameterConversion) {
    if !takes_into(context, &property.schema.ty) {
        return plain(context, property);
    }
    let conversion = if property.boxed { ParameterConversion::IntoBoxed } else { ParameterConversion::Into };
    (context.types.rust_type(&property.schema.ty).into(), conversion)
}

/// The value itself.
fn plain<'a>(context: &Context<'a>, property: &Property) -> (RustType<'a>, ParameterConversion) {
    let conversion = if property.boxed { ParameterConversion::Boxed } else { ParameterConversion::Unchanged };
    (context.types.rust_type(&property.schema.ty), conversion)
}

/// For a map, anything that iterates over entries, such as an array.
///
/// Constructors do not use it, because callers would have to name the types of an empty map.
fn entries<'a>(context: &Context<'a>, property: &Property) -> Option<(RustType<'a>, ParameterConversion)> {
    let Type::Map(map) = context.types.resolve(&property.schema.ty) else { return None };
    if property.boxed || map.values.nullable {
        return None;
    }
    let values = context.types.rust_type(&map.values.ty);
    Some((RustType::Entries(Box::new(values)), ParameterConversion::Collected))
}
