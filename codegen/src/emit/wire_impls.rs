//! The impls that wire code of several kinds of types has in common.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// `Decode` with `body` as its expression, and `Deserialize` by `Decode`.
pub fn decoding(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Decode<'de> for models::#name {
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }

        impl<'de> Deserialize<'de> for models::#name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Not by its own name, which may be that of a setter.
                Decode::decode(deserializer)
            }
        }
    }
}

/// The body of a function that returns the index of `name` among some names. A `match` lets the compiler compare lengths
/// and words.
pub fn index_of_name(names: impl Iterator<Item = impl ToTokens>) -> TokenStream {
    let arms: Vec<_> = names
        .enumerate()
        .map(|(index, name)| {
            let index = Literal::usize_unsuffixed(index);
            quote! { #name => Some(#index), }
        })
        .collect();
    if arms.is_empty() {
        return quote! { let _ = name; None };
    }
    quote! {
        match name {
            #(#arms)*
            _ => None,
        }
    }
}

/// The imports of an implementation of `Check`.
pub fn check_imports() -> TokenStream {
    quote! { use crate::support::validate::{Check, Checker}; }
}
