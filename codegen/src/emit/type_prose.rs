//! The prose of types, which members and variants repeat.

use super::docs;
use crate::ir::TypeDef;

/// The prose of a type, safe for rustdoc.
pub struct TypeProse {
    /// The title and the description; empty if there is neither.
    pub text: String,
    /// The first paragraph of the title, or of the description if there is no title.
    pub name: Option<String>,
    /// The first paragraph of the description.
    pub summary: Option<String>,
}

impl TypeProse {
    pub fn new(def: &TypeDef) -> Self {
        let title = def.docs.title.as_deref().map(docs::prose);
        let description = def.docs.description.as_deref().map(docs::prose).unwrap_or_default();
        let summary = docs::first_paragraph(&description).map(str::to_owned);
        Self {
            text: docs::paragraphs([title.as_deref().unwrap_or_default(), &description]),
            name: match &title {
                Some(title) => docs::first_paragraph(title).map(str::to_owned),
                None => summary.clone(),
            },
            summary,
        }
    }
}
