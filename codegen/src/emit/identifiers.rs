//! Identifiers of the emitted code.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::rust_name::is_keyword;

/// Returns an identifier, raw if it is a keyword. `lower` guarantees that the name is one or the other.
pub fn ident(name: &str) -> Ident {
    if is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}

/// Returns whether an identifier occurs in some code, except in a path such as `models::Name`.
pub fn mentions(code: &TokenStream, name: &str) -> bool {
    let mut colons = 0;
    code.clone().into_iter().any(|token| {
        let before = std::mem::take(&mut colons);
        match token {
            TokenTree::Ident(ident) => ident == name && before != 2,
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Punct(sign) if sign.as_char() == ':' => {
                colons = before + 1;
                false
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        }
    })
}
