//! The documents that are compared, and where they come from.

use crate::spec;

/// The revision that a document is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DocumentRevision {
    /// The work tree.
    WorkTree,
    /// A commit, by its id.
    Commit(String),
    /// A file, or one file of a revision, without the rest of its workspace.
    Standalone,
}

/// The names of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentLabel {
    /// The name for readers: a revision, `work tree`, or the name of a file.
    pub(crate) name: String,
    /// The path of the document, for annotations.
    pub(crate) path: String,
    /// The revision that it is from.
    pub(crate) revision: DocumentRevision,
}

/// One of the two documents of a comparison.
#[derive(Debug)]
pub(crate) struct ComparedDocument {
    pub(crate) label: DocumentLabel,
    /// The name of the document in errors.
    pub(crate) origin: String,
    /// The text of the document.
    pub(crate) text: String,
}

/// Returns whether both documents are the spec of this workspace, which its version and its `generated/` belong to.
pub(crate) fn are_workspace_specs(base: &DocumentLabel, head: &DocumentLabel) -> bool {
    [base, head].iter().all(|side| side.revision != DocumentRevision::Standalone && side.path == spec::DEFAULT)
}

/// Shortens the id of a commit for readers.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
