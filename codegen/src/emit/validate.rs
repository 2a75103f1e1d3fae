//! The bounds of the spec as checks.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::checkable::{format_check, pattern, whole};
use super::context::Context;
use super::fields::FieldWrapper;
use super::identifiers::ident;
use super::{fields, literal};
use crate::ir::{
    Additional, Alias, IntegerWidth, ListType, MapType, NumberBounds, Object, Presence, Property, Schema, SizeBounds,
    StringType, Type, Union,
};

/// Emits the method that checks a whole value.
pub fn method() -> TokenStream {
    quote! {
        /// Checks the value against the bounds of the spec.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with its path.
        pub fn validate(&self) -> Result<(), Violations> {
            crate::support::validate::validate(self)
        }
    }
}

/// Emits the check of a struct.
pub fn object(context: &Context<'_>, name: &Ident, object: &Object) -> TokenStream {
    let checks = fields::stored(object).filter_map(|property| field(context, property));
    let additional = match &object.additional {
        Additional::Typed(schema) => nested(context, schema).map(|check| {
            quote! {
                for (name, value) in &self.additional_properties {
                    let checker = &mut checker.property(name);
                    #check
                }
            }
        }),
        Additional::Any | Additional::Closed => None,
    };
    let size = (object.size != SizeBounds::default()).then(|| {
        let (min, max) = limits(object.size);
        let count = count(object);
        quote! { checker.property_count(#count, #min, #max); }
    });
    check(name, &quote! { #(#checks)* #additional #size })
}

fn check(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl Check for models::#name {
            fn check(&self, checker: &mut Checker<'_>) {
                #body
            }
        }
    }
}

/// Emits an expression for the number of properties that an object has.
fn count(object: &Object) -> TokenStream {
    let always = object.properties.iter().filter(|property| {
        !matches!(
            property.presence,
            Presence::Optional | Presence::OptionalNullable | Presence::Defaulted { optional: true }
        )
    });
    let always = match always.count() {
        0 => None,
        count => {
            let count = Literal::usize_unsuffixed(count);
            Some(quote! { #count + })
        }
    };
    let sometimes = object.properties.iter().filter_map(count_of);
    let typed = matches!(object.additional, Additional::Typed(_));
    let typed = typed.then(|| quote! { self.additional_properties.len() + });
    quote! { #always #(#sometimes)* #typed self.unknown_fields.count_all_but(Self::PROPERTIES) }
}

/// Emits the term that counts a property, or `None` if the property is always there.
fn count_of(property: &Property) -> Option<TokenStream> {
    let (name, wire) = (fields::ident(property), &property.name);
    match property.presence {
        // A null that the field cannot hold is kept in `unknown_fields`, and counts.
        Presence::Optional => Some(quote! {
            usize::from(self.#name.is_some() || self.unknown_fields.get(#wire).is_some()) +
        }),
        Presence::OptionalNullable => Some(quote! { usize::from(!self.#name.is_absent()) + }),
        Presence::Defaulted { optional: true } => {
            Some(quote! { usize::from(!self.unknown_fields.was_absent(#wire)) + })
        }
        _ => None,
    }
}

fn field(context: &Context<'_>, property: &Property) -> Option<TokenStream> {
    let (name, wire) = (fields::ident(property), &property.name);
    let schema = Schema { nullable: false, ..property.schema.clone() };
    let body = nested(context, &schema)?;
    let call = quote! {
        let checker = &mut checker.property(#wire);
        #body
    };
    Some(match fields::wrapper(property) {
        FieldWrapper::Bare => quote! { { let value = &self.#name; #call } },
        FieldWrapper::Option => quote! { if let Some(value) = &self.#name { #call } },
        FieldWrapper::OptionalNullable => quote! { if let Some(value) = self.#name.as_ref() { #call } },
    })
}

/// Emits the check of a union.
pub fn union(context: &Context<'_>, name: &Ident, union: &Union) -> TokenStream {
    let checked = union.variants.iter().filter_map(|variant| {
        let body = nested(context, &variant.schema)?;
        Some((ident(&variant.rust_name), body))
    });
    let (variants, bodies): (Vec<_>, Vec<_>) = checked.unzip();
    if let ([variant], [body]) = (&variants[..], &bodies[..]) {
        return check(name, &quote! { if let Self::#variant(value) = self { #body } });
    }
    let all = variants.len() == union.variants.len();
    let rest = if all {
        quote! { Self::Unknown(_) }
    } else {
        quote! { _ }
    };
    check(name, &quote! { match self { #(Self::#variants(value) => { #bodies })* #rest => {} } })
}

/// Emits the check of a newtype.
pub fn newtype(context: &Context<'_>, name: &Ident, alias: &Alias) -> TokenStream {
    let body = nested(context, &alias.schema).unwrap_or_default();
    check(name, &quote! { let value = &self.0; #body })
}

/// Emits statements that check the reference `value`, or `None` if there is nothing to check.
pub fn nested(context: &Context<'_>, schema: &Schema) -> Option<TokenStream> {
    let body = match context.types.resolve(&schema.ty) {
        Type::Integer(integer) => {
            let literal = |number: &Number| integer_literal(number, integer.width);
            bounds(&whole(&integer.bounds), literal, &quote! { multiple_of })?
        }
        Type::Number(number) => {
            let bounds = bounds(&number.bounds, float_literal, &quote! { multiple_of_number });
            quote! { checker.finite(*value); #bounds }
        }
        Type::String(string) => text(string)?,
        Type::List(list) => elements(context, list)?,
        Type::Map(map) => entries(context, map)?,
        Type::Named(id) if context.is_checked(*id) => quote! { value.check(checker); },
        Type::Any | Type::Boolean | Type::Named(_) => return None,
    };
    Some(if schema.nullable {
        quote! { if let Some(value) = value { #body } }
    } else {
        body
    })
}

fn elements(context: &Context<'_>, list: &ListType) -> Option<TokenStream> {
    let (min, max) = limits(list.size);
    let size = (list.size != SizeBounds::default()).then(|| quote! { checker.item_count(value.len(), #min, #max); });
    let unique = list.unique.then(|| quote! { checker.unique(value); });
    let items = nested(context, &list.items).map(|check| {
        quote! {
            for (index, value) in value.iter().enumerate() {
                let checker = &mut checker.item(index);
                #check
            }
        }
    });
    joined([size, unique, items])
}

fn entries(context: &Context<'_>, map: &MapType) -> Option<TokenStream> {
    let (min, max) = limits(map.size);
    let size = (map.size != SizeBounds::default()).then(|| quote! { checker.property_count(value.len(), #min, #max); });
    let (min, max) = limits(map.keys);
    let keys = (map.keys != SizeBounds::default()).then(|| quote! { checker.names(value, #min, #max); });
    let values = nested(context, &map.values).map(|check| {
        quote! {
            for (name, value) in value {
                let checker = &mut checker.property(name);
                #check
            }
        }
    });
    joined([size, keys, values])
}

fn joined(parts: [Option<TokenStream>; 3]) -> Option<TokenStream> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| quote! { #(#parts)* })
}

fn limits(size: SizeBounds) -> (TokenStream, TokenStream) {
    let limit = |limit: Option<u64>| {
        let limit = limit.map(|limit| literal::integer(limit.into()));
        limit.map_or_else(|| quote! { None }, |limit| quote! { Some(#limit) })
    };
    (limit(size.min), limit(size.max))
}

fn bounds(
    bounds: &NumberBounds,
    literal: impl Fn(&Number) -> TokenStream,
    multiple_of: &TokenStream,
) -> Option<TokenStream> {
    let minimum = bounds.minimum.as_ref().map(|limit| {
        let limit = literal(limit);
        if bounds.exclusive_minimum {
            quote! { checker.exclusive_minimum(*value, #limit); }
        } else {
            quote! { checker.minimum(*value, #limit); }
        }
    });
    let maximum = bounds.maximum.as_ref().map(|limit| {
        let limit = literal(limit);
        if bounds.exclusive_maximum {
            quote! { checker.exclusive_maximum(*value, #limit); }
        } else {
            quote! { checker.maximum(*value, #limit); }
        }
    });
    let multiple = bounds.multiple_of.as_ref().map(|limit| {
        let limit = literal(limit);
        quote! { checker.#multiple_of(*value, #limit); }
    });
    joined([minimum, maximum, multiple])
}

/// Returns a bound of an integer, clamped to the range of its Rust type.
fn integer_literal(number: &Number, width: IntegerWidth) -> TokenStream {
    #[allow(clippy::cast_possible_truncation, reason = "casts from f64 saturate")]
    let exact = number.as_i128().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i128);
    let range = width.range();
    literal::integer(exact.clamp(*range.start(), *range.end()))
}

fn float_literal(number: &Number) -> TokenStream {
    literal::float(number.as_f64().unwrap_or_default())
}

fn text(string: &StringType) -> Option<TokenStream> {
    let value = if string.secret {
        quote! { value.expose() }
    } else {
        quote! { value }
    };
    let shown = if string.secret {
        quote! { "…" }
    } else {
        quote! { value.as_str() }
    };
    let (min, max) = limits(string.length);
    let length = (string.length != SizeBounds::default()).then(|| quote! { checker.length(#value, #min, #max); });
    let pattern = pattern(string).map(|pattern| {
        quote! {
            let within = crate::support::pattern::matches!(#pattern, #value);
            checker.require(within, crate::Limit::Pattern(#pattern), #shown);
        }
    });
    let format = format_check(string).map(|check| {
        let (check, format) = (ident(check), &string.format);
        quote! {
            let within = crate::support::format::#check(#value);
            checker.require(within, crate::Limit::Format(#format), #shown);
        }
    });
    joined([length, pattern, format])
}
