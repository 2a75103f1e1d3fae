//! The causes of the hunks in `generated/` that no change of the document explains.

use super::hunks::{HunkMultiset, hunks_between};
use crate::checksums::{self, Checksums};
use crate::freshness::{FileDifference, FileState, OTHER_GENERATOR};
use chatkit_codegen::files::Files;
use std::collections::BTreeMap;
use std::fmt;

/// A hunk that no change of the document explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnexplainedHunk {
    /// The file, relative to `generated/`.
    pub(crate) path: String,
    /// Its first line in head, counted from 1.
    pub(crate) line: usize,
    /// Its cause.
    pub(crate) cause: HunkCause,
}

/// The cause of a hunk that no change of the document explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HunkCause {
    /// The generated file was edited by hand.
    HandEdit,
    /// An edit by hand in base was overwritten.
    HandEditUndone,
    /// The generator changed.
    Generator,
    /// Base was not up to date, and head is.
    BaseWasStale,
    /// Head is not up to date.
    Stale,
}

impl HunkCause {
    /// All causes, in the order in which reports list them.
    pub(crate) const ALL: [Self; 5] =
        [Self::HandEdit, Self::HandEditUndone, Self::Generator, Self::BaseWasStale, Self::Stale];

    /// Returns its name in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::HandEdit => "hand-edit",
            Self::HandEditUndone => "hand-edit-undone",
            Self::Generator => "generator",
            Self::BaseWasStale => "base-was-stale",
            Self::Stale => "stale",
        }
    }
}

impl fmt::Display for HunkCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::HandEdit => "edited by hand",
            Self::HandEditUndone => "an edit by hand was undone",
            Self::Generator => "the generator changed",
            Self::BaseWasStale => "base was not up to date",
            Self::Stale => "not up to date",
        })
    }
}

/// Finds the causes of hunks.
///
/// It compares four texts of each file: those of base and head, and the current generator's output for both documents.
pub(super) struct HunkAttribution<'a> {
    /// The files of base.
    pub(super) base: &'a BTreeMap<String, String>,
    /// The files of head.
    pub(super) head: &'a BTreeMap<String, String>,
    /// The generator's output for the document of base.
    pub(super) generated_base: &'a Files,
    /// The generator's output for the document of head.
    pub(super) generated_head: &'a Files,
    /// The document of base.
    pub(super) base_document: &'a str,
    /// How head differs from the output of the generator.
    pub(super) differences: &'a [FileDifference],
}

impl HunkAttribution<'_> {
    /// Returns the number of hunks in the changed files, and those that no change of the document explains.
    pub(super) fn unexplained(&self, changed: &[&str]) -> (usize, Vec<UnexplainedHunk>) {
        let checksums = self.base.get(checksums::FILE_NAME).and_then(|text| Checksums::parse(text.as_bytes()));
        let (mut all, mut unexplained) = (0, Vec::new());
        for path in changed {
            let generated = |files: &Files| files.get(path).unwrap_or_default().to_owned();
            let (generated_base, generated_head) = (generated(self.generated_base), generated(self.generated_head));
            let base = self.base.get(*path).map(String::as_str).unwrap_or_default();
            let head = self.head.get(*path).map(String::as_str).unwrap_or_default();
            let mut explained = HunkMultiset::of(hunks_between(&generated_base, &generated_head));
            let mut emitted = HunkMultiset::of(hunks_between(base, &generated_head));
            for hunk in hunks_between(base, head) {
                all += 1;
                // Line numbers are not compared, since earlier hunks may shift them.
                if !explained.take(&hunk) {
                    let cause = self.cause(checksums.as_ref(), path, emitted.take(&hunk));
                    unexplained.push(UnexplainedHunk { path: (*path).to_owned(), line: hunk.line, cause });
                }
            }
        }
        (all, unexplained)
    }

    /// Returns the cause of an unexplained hunk. `emitted` is whether it leads to the output of the generator.
    fn cause(&self, base_checksums: Option<&Checksums>, path: &str, emitted: bool) -> HunkCause {
        let difference = self.differences.iter().find(|difference| difference.path == path);
        match difference {
            Some(difference) if !emitted => match difference.state {
                FileState::Edited => HunkCause::HandEdit,
                // The last run wrote the file, so someone removed it.
                FileState::Missing if difference.note.is_empty() => HunkCause::HandEdit,
                FileState::Orphan if difference.is_stray() => HunkCause::HandEdit,
                _ if difference.note.contains(OTHER_GENERATOR) => HunkCause::Generator,
                _ => HunkCause::Stale,
            },
            _ => self.cause_in_base(base_checksums, path),
        }
    }

    /// Returns the cause of a hunk after which the file is up to date, so that the cause is in base.
    fn cause_in_base(&self, checksums: Option<&Checksums>, path: &str) -> HunkCause {
        let Some(checksums) = checksums else { return HunkCause::Generator };
        let sum = self.base.get(path).map(|text| checksums::hash(text.as_bytes()));
        if checksums.files.get(path) != sum.as_ref() {
            HunkCause::HandEditUndone
        } else if checksums.spec == checksums::spec_hash(self.base_document) {
            HunkCause::Generator
        } else {
            HunkCause::BaseWasStale
        }
    }
}
