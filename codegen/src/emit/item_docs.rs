//! The documentation of types and of their members.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs;
use crate::ir::{Property, Type, TypeDef, TypeKind};

/// The documentation of why a `match` on an enum needs a `_` arm.
pub const OPEN: &str = "Later versions may add variants, so a `match` needs a `_` arm besides `Unknown`.";

/// Returns the doc comment of a type, with its other attributes. `more` follows the document's own prose.
pub fn type_docs(def: &TypeDef, more: &str) -> TokenStream {
    let fallback = match def.kind {
        TypeKind::Object(_) => "An object of the API.",
        TypeKind::Enum(_) => "A value of the API.",
        TypeKind::Union(_) => "One of several types of values.",
        TypeKind::Alias(_) => "A name for a type.",
    };
    let text = item_docs(def.docs.title.as_deref(), def.docs.description.as_deref(), fallback);
    let text = docs::outer(&docs::paragraphs([text.as_str(), more]));
    let alias = def.schema.as_ref().and_then(|schema| docs::alias(schema, &def.name));
    let deprecated = def.deprecated.then(|| quote! { #[deprecated] });
    quote! { #text #alias #deprecated }
}

/// Returns the documentation of an item: title and description, or a fallback if there is neither.
pub fn item_docs(title: Option<&str>, description: Option<&str>, fallback: &str) -> String {
    let title = title.map(docs::prose).unwrap_or_default();
    let description = description.map(docs::prose).unwrap_or_default();
    let text = docs::paragraphs([title.as_str(), description.as_str()]);
    if text.is_empty() { fallback.to_owned() } else { text }
}

/// Returns the documentation of a property. Without prose of its own, it is the summary of its type, or its name.
pub fn property_docs(context: &Context<'_>, property: &Property) -> String {
    let own = own_docs(property);
    if !own.is_empty() {
        return own;
    }
    type_summary(context, property).unwrap_or_else(|| format!("The property {}.", docs::code(&property.name)))
}

/// Returns the documentation of a property's setter, which repeats the summary of the property.
pub fn setter_docs(context: &Context<'_>, property: &Property) -> String {
    let (name, own) = (docs::code(&property.rust_name), own_docs(property));
    let summary =
        if own.is_empty() { type_summary(context, property) } else { docs::first_paragraph(&own).map(str::to_owned) };
    summary.map_or_else(|| format!("Sets {name}."), |summary| format!("Sets {name}: {summary}"))
}

fn own_docs(property: &Property) -> String {
    item_docs(property.docs.title.as_deref(), property.docs.description.as_deref(), "")
}

/// Returns the first paragraph about the type of a property.
fn type_summary(context: &Context<'_>, property: &Property) -> Option<String> {
    let Type::Named(id) = property.schema.ty else { return None };
    let description = docs::prose(context.api.type_def(id).docs.description.as_deref()?);
    docs::first_paragraph(&description).map(str::to_owned)
}
