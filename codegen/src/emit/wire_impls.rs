//! The implementations that the wire code of several kinds of types shares.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// Emits `Decode` with `body` as its expression, and `Deserialize` by `Decode`.
pub fn decoding(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Decode<'de> for models::#name {
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }

        impl<'de> Deserialize<'de> for models::#name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // `Self::decode` may be a setter.
                Decode::decode(deserializer)
            }
        }
    }
}

/// Emits the body of a function that returns the index of `name` among `names`. The compiler turns a `match` into
/// comparisons of lengths and words.
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

/// Emits the imports of an implementation of `Check`.
pub fn check_imports() -> TokenStream {
    quote! { use crate::support::validate::{Check, Checker}; }
}
