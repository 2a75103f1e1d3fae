//! Identifiers of the emitted code.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::rust_name::is_keyword;

/// Returns an identifier, raw if it is a keyword. `lower` guarantees that the name is one or the other.
pub fn ident(name: &str) -> Ident {
    if is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}

/// Returns whether an identifier occurs in some code, except within a path such as `models::Name` or as a member.
pub fn mentions(code: &TokenStream, name: &str) -> bool {
    let (mut colons, mut after_dot) = (0, false);
    code.clone().into_iter().any(|token| {
        let is_part = colons == 2 || after_dot;
        (colons, after_dot) = match &token {
            TokenTree::Punct(sign) if sign.as_char() == ':' => (colons + 1, false),
            TokenTree::Punct(sign) => (0, sign.as_char() == '.'),
            _ => (0, false),
        };
        match token {
            TokenTree::Ident(ident) => ident == name && !is_part,
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        }
    })
}
