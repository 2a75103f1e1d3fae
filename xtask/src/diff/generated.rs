//! The review of `generated/`: whether it is up to date, and which of its changes no change of the spec explains.

use super::document::{ComparedDocument, are_workspace_specs};
use super::hunk_causes::{HunkAttribution, HunkCause, UnexplainedHunk};
use super::repository::Repository;
use crate::checksums;
use crate::failure::Failure;
use crate::freshness::{self, FileDifference, OutputComparison};
use crate::plural::count;
use crate::regenerate::DEFAULT_OUT;
use crate::tree::{Tree, TreeEntry};
use std::collections::{BTreeMap, BTreeSet};

/// The review of `generated/`.
#[derive(Clone, Debug)]
pub(crate) enum GeneratedReport {
    /// The generator rejects the document of head; the text says so.
    Rejected(String),
    /// The directory was compared.
    Compared(GeneratedDiff),
}

/// How `generated/` differs, from base to head and from the output of the generator.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedDiff {
    /// How head differs from the output of the generator; empty if it is up to date.
    pub(crate) differences: Vec<FileDifference>,
    /// How many files differ between base and head, without the file of checksums, which always does.
    pub(crate) changed: usize,
    /// The hunks between base and head.
    pub(crate) hunks: HunkSummary,
}

/// The hunks between base and head.
#[derive(Clone, Debug)]
pub(crate) enum HunkSummary {
    /// The hunks are known.
    Attributed {
        /// How many there are.
        all: usize,
        /// Those that no change of the document explains.
        unexplained: Vec<UnexplainedHunk>,
    },
    /// The hunks cannot be attributed, for this reason.
    Unavailable(String),
}

impl GeneratedDiff {
    /// Summarizes it in a line.
    fn summary(&self) -> String {
        let state = match freshness::counts(&self.differences) {
            counts if counts.is_empty() => "up to date".to_owned(),
            counts => format!("not up to date: {counts}; run `cargo xtask regenerate`"),
        };
        let changed = count(self.changed, "changed file");
        match &self.hunks {
            HunkSummary::Unavailable(why) => format!("{state}; {changed}; {why}"),
            HunkSummary::Attributed { all: 0, .. } => format!("{state}; nothing changed"),
            HunkSummary::Attributed { all, unexplained } if unexplained.is_empty() => {
                format!("{state}; {changed}, {}, each explained by the spec", count(*all, "hunk"))
            }
            HunkSummary::Attributed { all, unexplained } => {
                let all = count(*all, "hunk");
                format!(
                    "{state}; {changed}, {all}, {} not explained by the spec: {}",
                    unexplained.len(),
                    causes(unexplained)
                )
            }
        }
    }
}

impl GeneratedReport {
    /// Summarizes it in a line.
    pub(crate) fn summary(&self) -> String {
        match self {
            Self::Rejected(why) => why.clone(),
            Self::Compared(diff) => diff.summary(),
        }
    }

    /// Returns the unexplained hunks; empty if they are not known.
    pub(crate) fn unexplained(&self) -> &[UnexplainedHunk] {
        match self {
            Self::Compared(GeneratedDiff { hunks: HunkSummary::Attributed { unexplained, .. }, .. }) => unexplained,
            _ => &[],
        }
    }

    /// Returns the files that are not up to date.
    pub(crate) fn differences(&self) -> &[FileDifference] {
        match self {
            Self::Compared(diff) => &diff.differences,
            Self::Rejected(_) => &[],
        }
    }
}

/// Counts the hunks by cause, such as `2 × edited by hand, 1 × the generator changed`.
fn causes(unexplained: &[UnexplainedHunk]) -> String {
    let counts = HunkCause::ALL.map(|cause| (unexplained.iter().filter(|hunk| hunk.cause == cause).count(), cause));
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, cause)| format!("{count} × {cause}"));
    counts.collect::<Vec<_>>().join(", ")
}

/// Reviews `generated/` at base and head. Returns `None` if it is not generated from the documents.
pub(crate) fn report(
    repository: &Repository,
    base: &ComparedDocument,
    head: &ComparedDocument,
) -> Result<Option<GeneratedReport>, Failure> {
    if !are_workspace_specs(&base.label, &head.label) {
        return Ok(None);
    }
    let rejected = |side: &ComparedDocument| format!("the generator rejects the document ({})", side.label.name);
    let Ok(generated_head) = chatkit_codegen::generate(&head.origin, &head.text) else {
        return Ok(Some(GeneratedReport::Rejected(rejected(head))));
    };
    let tree = repository.tree(&head.label, DEFAULT_OUT)?;
    let (old, new) = (texts(&repository.tree(&base.label, DEFAULT_OUT)?), texts(&tree));
    let differences = OutputComparison::new(tree, &generated_head.files, &head.label.path, &head.text)?.differences;
    let changed = changed_paths(&old, &new);
    let hunks = if old.is_empty() && !changed.is_empty() {
        HunkSummary::Unavailable(format!("{} has no such files", base.label.name))
    } else if changed.is_empty() {
        HunkSummary::Attributed { all: 0, unexplained: Vec::new() }
    } else if let Ok(generated_base) = chatkit_codegen::generate(&base.origin, &base.text) {
        let attribution = HunkAttribution {
            base: &old,
            head: &new,
            generated_base: &generated_base.files,
            generated_head: &generated_head.files,
            base_document: &base.text,
            differences: &differences,
        };
        let (all, unexplained) = attribution.unexplained(&changed);
        HunkSummary::Attributed { all, unexplained }
    } else {
        HunkSummary::Unavailable(format!("{}, so the changes cannot be attributed", rejected(base)))
    };
    let changed = changed.len();
    Ok(Some(GeneratedReport::Compared(GeneratedDiff { differences, changed, hunks })))
}

/// Returns the paths of the files that differ, without the file of checksums.
fn changed_paths<'a>(old: &'a BTreeMap<String, String>, new: &'a BTreeMap<String, String>) -> Vec<&'a str> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let is_changed = |path: &&String| *path != checksums::FILE_NAME && old.get(*path) != new.get(*path);
    paths.into_iter().filter(is_changed).map(String::as_str).collect()
}

/// Returns the files of a tree as texts, by path.
fn texts(tree: &Tree) -> BTreeMap<String, String> {
    let text = |(path, entry): (&str, &TreeEntry)| match entry {
        TreeEntry::File(bytes) => Some((path.to_owned(), String::from_utf8_lossy(bytes).into_owned())),
        _ => None,
    };
    tree.iter().filter_map(text).collect()
}
