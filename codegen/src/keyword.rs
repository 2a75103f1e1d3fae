//! Which words are no identifiers.

/// Whether an identifier has to be raw in the edition that the generated crate has.
pub fn is_keyword(name: &str) -> bool {
    // syn takes a word for free that only the edition 2024 reserves.
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}
