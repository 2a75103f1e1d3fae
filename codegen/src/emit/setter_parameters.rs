//! The parameters of constructors and setters, and their conversion to fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::rust_type::RustType;
use crate::ir::{Presence, Property, Type};

/// The conversion of a parameter to the value of a field.
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
    /// Returns the expression, or `None` if the parameter is the value.
    pub fn expression(self, name: &Ident) -> Option<TokenStream> {
        Some(match self {
            Self::Unchanged => return None,
            Self::Into => quote! { #name.into() },
            Self::Boxed => quote! { Box::new(#name) },
            Self::IntoBoxed => quote! { Box::new(#name.into()) },
            Self::MapBoxed => quote! { #name.map(Box::new) },
            Self::Collected => {
                quote! { #name.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
            }
        })
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

/// Returns the type of the parameter that takes a field's value, and the conversion to that value.
pub fn parameter<'a>(context: &Context<'a>, property: &Property) -> (RustType<'a>, ParameterConversion) {
    let ty = context.types.rust_type(&property.schema.ty);
    if property.presence == Presence::RequiredNullable
        || (property.schema.nullable && property.presence != Presence::OptionalNullable)
    {
        let conversion = if property.boxed { ParameterConversion::MapBoxed } else { ParameterConversion::Unchanged };
        return (ty.option(), conversion);
    }
    match (takes_into(context, &property.schema.ty), property.boxed) {
        (true, true) => (ty.into(), ParameterConversion::IntoBoxed),
        (true, false) => (ty.into(), ParameterConversion::Into),
        (false, true) => (ty, ParameterConversion::Boxed),
        (false, false) => (ty, ParameterConversion::Unchanged),
    }
}

/// Returns the parameter of a property's setter, like [`parameter`], or `None` if there is no setter.
pub fn setter_parameter<'a>(context: &Context<'a>, property: &Property) -> Option<(RustType<'a>, ParameterConversion)> {
    match property.presence {
        _ if property.in_constructor => None,
        Presence::OptionalNullable => {
            let ty = context.types.boxed_type(&property.schema.ty, property.boxed);
            Some((ty.nullable().into(), ParameterConversion::Into))
        }
        Presence::Optional | Presence::Defaulted { .. } => {
            Some(entries(context, property).unwrap_or_else(|| parameter(context, property)))
        }
        Presence::Constant | Presence::Required | Presence::RequiredNullable => None,
    }
}

/// Returns the parameter for a map, like [`parameter`]: anything that iterates over entries, such as an array.
///
/// Constructors do not use it, because callers would have to name the types of an empty map.
fn entries<'a>(context: &Context<'a>, property: &Property) -> Option<(RustType<'a>, ParameterConversion)> {
    let Type::Map(map) = context.types.resolve(&property.schema.ty) else { return None };
    if property.boxed || property.schema.nullable || map.values.nullable {
        return None;
    }
    let values = context.types.rust_type(&map.values.ty);
    Some((RustType::Entries(Box::new(values)), ParameterConversion::Collected))
}
