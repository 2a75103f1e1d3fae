//! Enums of listed values, which also hold unlisted ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::identifiers::ident;
use super::item_docs::{OPEN, type_docs};
use super::{correction_table, docs, literal, wire_impls};
use crate::ir::{Enum, EnumRepr, EnumValue, TypeDef, TypeId};

/// Emits the definition of an enum.
pub fn definition(context: &Context<'_>, id: TypeId, values: &Enum) -> TokenStream {
    let (def, docs) = (context.api.type_def(id), type_docs(context, id, OPEN));
    let name = ident(&def.name);
    let variants = values.values.iter().map(member);
    let unknown = match values.repr {
        EnumRepr::String => quote! { String },
        EnumRepr::Integer => quote! { i64 },
    };
    let (methods, conversions) = match values.repr {
        EnumRepr::String => (string_methods(&values.values), string_conversions(&def.name, &values.values)),
        EnumRepr::Integer => (integer_methods(&values.values), integer_conversions(&def.name, &values.values)),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the spec does not list.
            ///
            /// Use [`From`] instead of this variant. It maps listed values to their own variants.
            Unknown(#unknown),
        }

        impl #name {
            #methods

            /// Returns `true` if the spec does not list the value.
            #[must_use]
            pub const fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        #conversions
    }
}

fn member(value: &EnumValue) -> TokenStream {
    let variant = ident(&value.rust_name);
    let text = docs::member(&docs::code(&value.value.to_string()));
    let alias = value.value.as_str().and_then(|wire| docs::alias(wire, &value.rust_name));
    quote! { #text #alias #variant, }
}

fn names(values: &[EnumValue]) -> Vec<proc_macro2::Ident> {
    values.iter().map(|value| ident(&value.rust_name)).collect()
}

fn texts(values: &[EnumValue]) -> Vec<&str> {
    values.iter().filter_map(|value| value.value.as_str()).collect()
}

fn numbers(values: &[EnumValue]) -> Vec<TokenStream> {
    values.iter().filter_map(|value| value.value.as_i64()).map(|value| literal::integer(value.into())).collect()
}

fn string_methods(values: &[EnumValue]) -> TokenStream {
    let (names, texts) = (names(values), texts(values));
    quote! {
        /// The listed values, as they cross the wire.
        pub const VALUES: &'static [&'static str] = &[#(#texts),*];

        /// Returns the value as it crosses the wire.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                #(Self::#names => #texts,)*
                Self::Unknown(value) => value,
            }
        }
    }
}

fn string_conversions(name: &str, values: &[EnumValue]) -> TokenStream {
    let (names, texts, name) = (names(values), texts(values), ident(name));
    quote! {
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#texts => Self::#names,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

fn integer_methods(values: &[EnumValue]) -> TokenStream {
    let (names, numbers) = (names(values), numbers(values));
    quote! {
        /// The listed values, as they cross the wire.
        pub const VALUES: &'static [i64] = &[#(#numbers),*];

        /// Returns the value as it crosses the wire.
        #[must_use]
        pub const fn value(&self) -> i64 {
            match self {
                #(Self::#names => #numbers,)*
                Self::Unknown(value) => *value,
            }
        }
    }
}

fn integer_conversions(name: &str, values: &[EnumValue]) -> TokenStream {
    let (names, numbers, name) = (names(values), numbers(values), ident(name));
    quote! {
        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#numbers => Self::#names,)*
                    other => Self::Unknown(other),
                }
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.value().fmt(f)
            }
        }
    }
}

/// Emits the wire code of an enum.
pub fn wire(def: &TypeDef, values: &Enum) -> TokenStream {
    let name = ident(&def.name);
    let (decode, encode, shape) = match values.repr {
        EnumRepr::String => (quote! { string_enum }, quote! { serialize_str(self.as_str()) }, quote! { Shape::String }),
        EnumRepr::Integer => {
            (quote! { integer_enum }, quote! { serialize_i64(self.value()) }, quote! { Shape::Number })
        }
    };
    let decoding = wire_impls::decoding(&name, &quote! { decode::#decode(deserializer) });
    let model = correction_table::model(&name, &shape);
    quote! {
        use serde_core::de::{Deserialize, Deserializer};
        use serde_core::ser::{Serialize, Serializer};

        use crate::models;
        use crate::support::decode::{self, Decode};
        use crate::support::lenient::Model;
        use crate::support::correction::Shape;

        #decoding

        impl Serialize for models::#name {
            #[inline]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.#encode
            }
        }

        #model
    }
}
