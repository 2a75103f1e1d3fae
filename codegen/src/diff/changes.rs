//! The result of a comparison: changes, as they are shown to a reviewer.

use super::impact::{SourceImpact, WireImpact};
use super::rules::RuleId;
use crate::ir::Usage;

/// A place in one of the two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLocation {
    /// The JSON pointer.
    pub pointer: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
}

/// A change of a public item of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The path of the item, such as `Thread::title`.
    pub path: String,
    /// The old signature, such as `Option<String>`; `None` if the item is new.
    pub before: Option<String>,
    /// The new signature; `None` if the item is removed.
    pub after: Option<String>,
    /// The impact of this change alone.
    pub source: SourceImpact,
}

/// The operations and types that a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The operations that use the place, in the order of the document. Each shows its `operationId`, or its method and
    /// path.
    pub operations: Vec<String>,
    /// The Rust types that hold the place, in the order of the document.
    pub types: Vec<String>,
}

/// One edit of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule that names it.
    pub rule: RuleId,
    /// The impact on requests and responses.
    pub wire: WireImpact,
    /// The impact on callers of the generated crate.
    pub source: SourceImpact,
    /// The directions in which the place crosses the wire; neither if no operation uses it.
    pub usage: Usage,
    /// The changed part of the document in words, such as "property `title` of `ChatKitThread`".
    pub subject: String,
    /// The place in the old document; `None` if it is new.
    pub base: Option<DocumentLocation>,
    /// The place in the new document; `None` if it is removed.
    pub head: Option<DocumentLocation>,
    /// The old value, in terms of the document.
    pub before: Option<String>,
    /// The new value.
    pub after: Option<String>,
    /// The public items of the generated crate that change by it.
    pub items: Vec<ItemChange>,
    /// The operations and types that it touches.
    pub reach: Reach,
    /// The last day of something deprecated that is removed, from its `x-sunset`. After that day, the removal is expected.
    pub sunset: Option<String>,
}

impl Change {
    /// Returns the pointer in the new document, or in the old one if the place is removed.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.head.as_ref().or(self.base.as_ref()).map_or("", |location| &location.pointer)
    }
}

/// The differences between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes, in the order of the new document; removed places keep their old position.
    pub changes: Vec<Change>,
    /// The limits of the verdicts, each in one sentence.
    pub notes: Vec<String>,
}

impl Diff {
    /// Returns the worst wire verdict.
    #[must_use]
    pub fn wire(&self) -> WireImpact {
        self.changes.iter().map(|change| change.wire).max().unwrap_or_default()
    }

    /// Returns the worst source verdict.
    #[must_use]
    pub fn source(&self) -> SourceImpact {
        self.changes.iter().map(|change| change.source).max().unwrap_or_default()
    }
}
