//! The documentation of types and of their members.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs;
use crate::ir::{Property, Type, TypeDef, TypeKind};

/// Why a `match` on an enum needs two more arms.
pub const OPEN: &str = "Open: later versions may list more, so a `match` needs a final `_` arm beside `Unknown`.";

/// The doc comment of a type, with its other attributes. `more` follows the document's own prose.
pub fn type_docs(def: &TypeDef, more: &str) -> TokenStream {
    let fallback = match def.kind {
        TypeKind::Object(_) => "An object of the API.",
        TypeKind::Enum(_) => "A value of the API.",
        TypeKind::Union(_) => "One of several kinds of values.",
        TypeKind::Alias(_) => "A name for a type.",
    };
    let text = item_docs(def.docs.title.as_deref(), def.docs.description.as_deref(), fallback);
    let text = docs::outer(&docs::paragraphs([text.as_str(), more]));
    let alias = def.schema.as_ref().and_then(|schema| docs::alias(schema, &def.name));
    let deprecated = def.deprecated.then(|| quote! { #[deprecated] });
    quote! { #text #alias #deprecated }
}

/// The documentation of an item: title and description, or a fallback if there is neither.
pub fn item_docs(title: Option<&str>, description: Option<&str>, fallback: &str) -> String {
    let title = title.map(docs::prose).unwrap_or_default();
    let description = description.map(docs::prose).unwrap_or_default();
    let text = docs::paragraphs([title.as_str(), description.as_str()]);
    if text.is_empty() { fallback.to_owned() } else { text }
}

/// The prose of a property; without any, the first paragraph of its type, or its name.
pub fn property_docs(context: &Context<'_>, property: &Property) -> String {
    let description = match &property.schema.ty {
        Type::Named(id) => context.api.type_def(*id).docs.description.as_deref().map(docs::prose),
        _ => None,
    };
    let first = description.as_deref().map(docs::first_paragraph).filter(|text| !text.is_empty());
    let fallback = first.unwrap_or_else(|| format!("The property {}.", docs::code(&property.name)));
    item_docs(property.docs.title.as_deref(), property.docs.description.as_deref(), &fallback)
}
