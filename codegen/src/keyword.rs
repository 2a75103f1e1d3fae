//! Which words are no identifiers.

use heck::ToSnakeCase;

/// The name of the file of a type, which is no keyword: `mod r#type` would read `type.rs` all the same, but nobody looks
/// for it there, and neither `mod.rs` nor `crate.rs` would be a module.
pub fn file(type_name: &str) -> String {
    let name = type_name.to_snake_case();
    // The wire code of calls has a folder of this name beside that of the types.
    if name.is_empty() || is_keyword(&name) || name == "operations" { format!("{name}_") } else { name }
}

/// Whether an identifier has to be raw in the edition that the generated crate has.
pub fn is_keyword(name: &str) -> bool {
    // syn knows the keywords, but takes its time: a document has thousands of names, and keywords are short words.
    let like_keyword = (1..12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    // syn takes a word for free that only the edition 2024 reserves.
    like_keyword && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}
