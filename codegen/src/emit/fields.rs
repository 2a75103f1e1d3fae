//! The fields of structs: their names and types. `lower` has decided the presence of each property.

use proc_macro2::Ident;

use super::identifiers::ident as identifier;
use super::rust_type::RustType;
use super::types::Types;
use crate::ir::{Object, Presence, Property};
use crate::rust_name;

/// The type that wraps the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldWrapper {
    /// None.
    Bare,
    /// An `Option`.
    Option,
    /// An `OptionalNullable`.
    OptionalNullable,
}

/// Returns the properties that have a field.
pub fn stored(object: &Object) -> impl Iterator<Item = &Property> + Clone {
    object.properties.iter().filter(|property| is_stored(property))
}

/// The properties that the constructor of a struct takes.
pub fn arguments(object: &Object) -> impl Iterator<Item = &Property> {
    object.properties.iter().filter(|property| property.in_constructor)
}

/// Whether a property has a field. A constant has none.
pub fn is_stored(property: &Property) -> bool {
    property.presence != Presence::Constant
}

/// Returns the name of the field, raw if it is a keyword.
pub fn ident(property: &Property) -> Ident {
    identifier(&property.rust_name)
}

/// Returns the type that wraps the values of a field.
pub fn wrapper(property: &Property) -> FieldWrapper {
    match property.presence {
        Presence::Constant | Presence::Required => FieldWrapper::Bare,
        Presence::Defaulted { .. } if !property.schema.nullable => FieldWrapper::Bare,
        Presence::RequiredNullable | Presence::Optional | Presence::Defaulted { .. } => FieldWrapper::Option,
        Presence::OptionalNullable => FieldWrapper::OptionalNullable,
    }
}

/// Returns the type of a field.
pub fn field_type<'a>(types: &Types<'a>, property: &Property) -> RustType<'a> {
    let inner = types.boxed_type(&property.schema.ty, property.boxed);
    match wrapper(property) {
        FieldWrapper::Bare => inner,
        FieldWrapper::Option => inner.option(),
        FieldWrapper::OptionalNullable => inner.nullable(),
    }
}

/// Returns the name of the associated constant that holds the only value of a property.
pub fn constant_name(property: &Property) -> String {
    rust_name::constant(&property.rust_name)
}

/// Returns the name of the associated constant that holds the default of a property.
pub fn default_name(property: &Property) -> String {
    format!("DEFAULT_{}", constant_name(property))
}
