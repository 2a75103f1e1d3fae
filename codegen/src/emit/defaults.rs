//! The access to the default of a property: a constant or a function.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::context::Context;
use super::fields;
use super::identifiers::ident;
use super::rust_type::RustType;
use super::variant_choice::{MAX_DEPTH, chosen};
use crate::ir::{Object, Presence, Property, Type, TypeId, TypeKind};

/// The form in which callers get the default of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultAccess {
    /// A constant string slice, since the field owns its text.
    TextConstant,
    /// A constant of the field's own type.
    Constant,
    /// A function, since no constant can hold the default.
    Function,
}

impl DefaultAccess {
    /// Returns the access to the default of a property, or `None` if it has no default.
    pub fn of(context: &Context<'_>, property: &Property) -> Option<Self> {
        let (ty, default) = (&property.schema.ty, default_of(property)?);
        let is_text = matches!(context.types.resolve(ty), Type::String(string) if !string.secret);
        Some(if is_text && default.is_string() {
            Self::TextConstant
        } else if fits_constant(context, ty, default, 0) {
            Self::Constant
        } else {
            Self::Function
        })
    }

    /// Returns the name of the constant or function.
    pub fn name(self, property: &Property) -> String {
        match self {
            Self::TextConstant | Self::Constant => fields::default_name(property),
            Self::Function => format!("default_{}", property.rust_name),
        }
    }

    /// Returns the type of the constant, or the type that the function returns.
    pub fn ty<'a>(self, context: &Context<'a>, property: &Property) -> RustType<'a> {
        match self {
            Self::TextConstant => RustType::StaticStr,
            Self::Constant | Self::Function => context.types.rust_type(&property.schema.ty),
        }
    }
}

/// Returns the default of a property, if the property has a field and the default is not null.
pub fn default_of(property: &Property) -> Option<&Value> {
    property.default.as_ref().filter(|default| fields::is_stored(property) && !default.is_null())
}

/// Emits an expression for the default of a property, of the type of its field. `owner` is the path of the struct.
pub fn default_value(context: &Context<'_>, property: &Property, owner: &TokenStream) -> TokenStream {
    let access = DefaultAccess::of(context, property).unwrap_or(DefaultAccess::Function);
    let name = ident(&access.name(property));
    let value = match access {
        DefaultAccess::Constant => quote! { #owner::#name },
        DefaultAccess::TextConstant => quote! { #owner::#name.to_owned() },
        DefaultAccess::Function => quote! { #owner::#name() },
    };
    let value = if property.boxed {
        quote! { Box::new(#value) }
    } else {
        value
    };
    if property.schema.nullable {
        quote! { Some(#value) }
    } else {
        value
    }
}

/// Emits a function that returns the default of a property, of the type of its field.
pub fn default_function(context: &Context<'_>, property: &Property) -> TokenStream {
    let plain = !property.boxed && !property.schema.nullable;
    if plain && DefaultAccess::of(context, property) == Some(DefaultAccess::Function) {
        let name = ident(&DefaultAccess::Function.name(property));
        return quote! { Self::#name };
    }
    let value = default_value(context, property, &quote! { Self });
    quote! { || #value }
}

/// Returns whether a constant holds the default of a property, of the type of its field.
pub fn is_constant(context: &Context<'_>, property: &Property) -> bool {
    DefaultAccess::of(context, property) == Some(DefaultAccess::Constant)
}

/// Returns the members of a value that no field of an object holds: unlisted properties, and other values of constants.
pub fn unknown_members<'v>(
    object: &Object,
    map: &'v Map<String, Value>,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    map.iter().filter(|(name, value)| {
        let listed = object.properties.iter().find(|property| property.name == **name);
        listed.is_none_or(|property| !fields::is_stored(property) && property.constant.as_ref() != Some(*value))
    })
}

/// Returns whether the expression for a value may be in a constant.
///
/// It looks at the value alone, not at the defaults of properties that the value leaves out. A constant cannot hold
/// those anyway, and each may lead to further defaults.
///
/// `depth` counts the enclosing unions with the same value. In a document with errors they may never end.
fn fits_constant(context: &Context<'_>, ty: &Type, value: &Value, depth: usize) -> bool {
    match (context.types.content(ty), value) {
        (Type::Boolean, Value::Bool(_)) | (Type::Integer(_) | Type::Number(_), Value::Number(_)) => true,
        (Type::String(string), Value::String(text)) => !string.secret && text.is_empty(),
        (Type::List(_), Value::Array(values)) => values.is_empty(),
        (Type::Map(_), Value::Object(map)) => map.is_empty(),
        (Type::Named(id), _) => definition_fits_constant(context, *id, value, depth),
        _ => false,
    }
}

fn definition_fits_constant(context: &Context<'_>, id: TypeId, value: &Value, depth: usize) -> bool {
    match (&context.api.type_def(id).kind, value) {
        (TypeKind::Enum(values), _) => values.values.iter().any(|listed| listed.value == *value),
        (TypeKind::Object(object), Value::Object(map)) => {
            unknown_members(object, map).next().is_none()
                && fields::stored(object).all(|property| field_fits_constant(context, property, map))
        }
        (TypeKind::Union(union), _) if depth < MAX_DEPTH => chosen(context, union, value)
            .is_some_and(|variant| !variant.boxed && fits_constant(context, &variant.schema.ty, value, depth + 1)),
        (TypeKind::Union(_) | TypeKind::Object(_) | TypeKind::Alias(_), _) => false,
    }
}

fn field_fits_constant(context: &Context<'_>, property: &Property, map: &Map<String, Value>) -> bool {
    match map.get(&property.name) {
        None => !matches!(property.presence, Presence::Defaulted { .. }),
        Some(value) if value.is_null() && property.schema.nullable => true,
        Some(value) => !property.boxed && fits_constant(context, &property.schema.ty, value, 0),
    }
}
