//! Doc comments of emitted code.

use proc_macro2::TokenStream;
use quote::quote;

pub use super::markdown::code;
pub use super::prose::{first_paragraph, prose};
use super::wrap::wrap;

/// The width of emitted lines.
const WIDTH: usize = 100;

/// Returns the doc comment of an item.
pub fn outer(text: &str) -> TokenStream {
    let lines = lines(text, 0);
    quote! { #(#[doc = #lines])* }
}

/// Returns the doc comment of a field, a variant or a member of an `impl`, which is indented once.
pub fn member(text: &str) -> TokenStream {
    let lines = lines(text, 4);
    quote! { #(#[doc = #lines])* }
}

/// Returns the doc comment of a module or crate.
pub fn inner(text: &str) -> TokenStream {
    let lines = lines(text, 0);
    quote! { #(#![doc = #lines])* }
}

/// Returns a `doc(alias)`, if rustdoc accepts the name and it differs from the Rust name.
pub fn alias(wire: &str, rust: &str) -> Option<TokenStream> {
    let fits = wire.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:/".contains(&byte));
    (fits && !wire.is_empty() && wire != rust).then(|| quote! { #[doc(alias = #wire)] })
}

/// Joins paragraphs, and leaves out empty ones.
pub fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns the lines of a comment, each with the space that follows `///`.
fn lines(text: &str, indent: usize) -> Vec<String> {
    let text = wrap(text, WIDTH - indent - "/// ".len());
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}
