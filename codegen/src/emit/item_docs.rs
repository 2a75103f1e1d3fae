//! The documentation of types and of their members.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs;
use crate::ir::{Property, Type, TypeId, TypeKind};

/// The documentation of why a `match` on an enum needs a `_` arm.
pub const OPEN: &str = "Later versions may add variants, so a `match` needs a `_` arm besides `Unknown`.";

/// Returns the doc comment of a type, with its other attributes. `more` follows the document's own prose.
pub fn type_docs(context: &Context<'_>, id: TypeId, more: &str) -> TokenStream {
    let (def, text) = (context.api.type_def(id), &context.prose(id).text);
    let fallback = match def.kind {
        TypeKind::Object(_) => "An object of the API.",
        TypeKind::Enum(_) => "A value of the API.",
        TypeKind::Union(_) => "One of several types of values.",
        TypeKind::Alias(_) => "A name for a type.",
    };
    let text = if text.is_empty() { fallback } else { text };
    let text = docs::outer(&docs::paragraphs([text, more]));
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

/// The documentation of a property with a field, whose prose is parsed once for all the items that repeat it.
pub struct PropertyDocs<'a> {
    pub property: &'a Property,
    /// The title and the description; empty if there is neither.
    own: String,
    /// The summary of its type.
    of_type: Option<&'a str>,
}

impl<'a> PropertyDocs<'a> {
    pub fn new(context: &'a Context<'_>, property: &'a Property) -> Self {
        let of_type = match property.schema.ty {
            Type::Named(id) => context.prose(id).summary.as_deref(),
            _ => None,
        };
        let own = item_docs(property.docs.title.as_deref(), property.docs.description.as_deref(), "");
        Self { property, own, of_type }
    }

    /// Returns the text of the field. Without prose of the property, it is the summary of its type, or its name.
    pub fn field(&self) -> Cow<'_, str> {
        match self.of_type {
            _ if !self.own.is_empty() => Cow::Borrowed(&*self.own),
            Some(summary) => Cow::Borrowed(summary),
            None => Cow::Owned(format!("The property {}.", docs::code(&self.property.name))),
        }
    }

    /// Returns the text of the constructor's argument.
    pub fn argument(&self) -> Cow<'_, str> {
        self.summary().map_or_else(|| self.field(), Cow::Borrowed)
    }

    /// Returns the text of the setter.
    pub fn setter(&self) -> String {
        sets(&self.property.rust_name, self.summary())
    }

    fn summary(&self) -> Option<&str> {
        if self.own.is_empty() { self.of_type } else { docs::first_paragraph(&self.own) }
    }
}

/// Returns the text of a setter. A paragraph about the value continues its first sentence.
pub fn sets(name: &str, value: Option<&str>) -> String {
    let name = docs::code(name);
    value.map_or_else(|| format!("Sets {name}."), |value| format!("Sets {name}: {value}"))
}
