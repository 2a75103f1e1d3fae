//! Compares an output directory with what the generator gives, and makes the two equal.

use crate::checksums::{self, Checksums};
use crate::failure::Failure;
use crate::tree::{self, Tree, TreeEntry};
use chatkit_codegen::files::Files;
use std::collections::BTreeMap;
use std::fmt;

/// How a file differs from what the generator gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileState {
    /// It is not what any run of the generator wrote.
    Edited,
    /// It is as an older run wrote it.
    Stale,
    /// It does not exist.
    Missing,
    /// The generator gives no such file.
    Orphan,
}

impl FileState {
    /// Each state, in the order in which they are told.
    pub(crate) const ALL: [Self; 4] = [Self::Edited, Self::Stale, Self::Missing, Self::Orphan];
}

impl fmt::Display for FileState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Edited => "edited by hand",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Orphan => "orphan",
        })
    }
}

/// A file that is not what the generator gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileDifference {
    /// Where, relative to the output directory.
    pub(crate) path: String,
    /// How it differs.
    pub(crate) state: FileState,
    /// What else is known about it; may be empty.
    pub(crate) note: String,
}

impl FileDifference {
    /// Whether it is an orphan other than what an older run wrote and left.
    pub(crate) fn is_stray(&self) -> bool {
        self.state == FileState::Orphan && self.note != NO_LONGER
    }
}

/// The note of an orphan that is as an older run wrote it.
const NO_LONGER: &str = "no longer generated";

/// The note of what another generator wrote from the same spec.
pub(crate) const OTHER_GENERATOR: &str = "the generator changed since";

/// An output directory compared with what the generator gives.
#[derive(Debug)]
pub(crate) struct Comparison {
    tree: Tree,
    wanted: BTreeMap<String, String>,
    /// Files that differ, sorted by state and path.
    pub(crate) differences: Vec<FileDifference>,
}

/// What was done to an output directory, in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ApplySummary {
    /// Files written, new or over others.
    pub(crate) written: usize,
    /// Files removed.
    pub(crate) removed: usize,
    /// Files that were fresh, and were not touched.
    pub(crate) unchanged: usize,
}

impl Comparison {
    /// Compares a tree with the files that a spec gives. `origin` names the spec in notes.
    pub(crate) fn new(tree: Tree, files: &Files, origin: &str, spec: &str) -> Result<Self, Failure> {
        for (path, _) in files.iter() {
            if !tree::is_safe(path) || path == checksums::FILE_NAME {
                return Err(Failure::broken(format_args!("the generator has a bug: it emits the file `{path}`")));
            }
        }
        let now = Checksums::new(spec, files);
        let before = match tree.get(checksums::FILE_NAME) {
            Some(TreeEntry::File(bytes)) => Checksums::parse(bytes),
            _ => None,
        };
        let classifier = FileClassifier { cause: cause(before.as_ref(), &now, origin), before, tree: &tree };
        let mut wanted: BTreeMap<String, String> =
            files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let mut differences: Vec<FileDifference> =
            wanted.iter().filter_map(|(path, text)| classifier.wanted(path, text)).collect();
        let text = now.to_string();
        differences.extend(classifier.manifest(&text));
        wanted.insert(checksums::FILE_NAME.to_owned(), text);
        let extra = tree.iter().filter(|(path, entry)| **entry != TreeEntry::Directory && !wanted.contains_key(*path));
        differences.extend(extra.map(|(path, entry)| classifier.extra(path, entry)));
        differences.sort_by(|a, b| (a.state, &a.path).cmp(&(b.state, &b.path)));
        Ok(Self { tree, wanted, differences })
    }

    /// How many files there are of each state, as in `2 stale, 1 missing`; empty where all are fresh.
    pub(crate) fn counts(&self) -> String {
        counts(&self.differences)
    }

    /// How many files are fresh.
    pub(crate) fn unchanged(&self) -> usize {
        let changed = self.differences.iter().filter(|difference| difference.state != FileState::Orphan).count();
        self.wanted.len() - changed
    }

    /// Whether the directory holds files that no run wrote as far as anyone can tell: it has no manifest.
    pub(crate) fn is_foreign(&self) -> bool {
        !self.tree.is_empty() && self.tree.get(checksums::FILE_NAME).is_none()
    }

    /// Whether there is nothing to write but the manifest, and files to remove.
    fn would_empty(&self) -> bool {
        self.wanted.len() == 1 && self.differences.iter().any(|difference| difference.state == FileState::Orphan)
    }

    /// Makes the directory what the generator gives; refuses to leave nothing of a crate, since without its
    /// `Cargo.toml` cargo starts no command that could bring it back.
    pub(crate) fn apply(&self) -> Result<ApplySummary, Failure> {
        if self.would_empty() {
            return Err(Failure::broken("the generator gives no file at all: refusing to remove all that is there"));
        }
        let (orphans, mut changed): (Vec<&FileDifference>, Vec<&FileDifference>) =
            self.differences.iter().partition(|difference| difference.state == FileState::Orphan);
        // What is in the way goes first: a file where a directory is wanted, or the other way round.
        for orphan in &orphans {
            self.tree.remove(&orphan.path)?;
        }
        self.tree.remove_empty_directories()?;
        // The manifest comes last: should the process die before, the next run still knows what the last one wrote.
        changed.sort_by_key(|difference| difference.path == checksums::FILE_NAME);
        for difference in &changed {
            if let Some(text) = self.wanted.get(&difference.path) {
                self.tree.write(&difference.path, text)?;
            }
        }
        Ok(ApplySummary { written: changed.len(), removed: orphans.len(), unchanged: self.unchanged() })
    }
}

/// How many differences there are of each state, as in `2 stale, 1 missing`.
pub(crate) fn counts(differences: &[FileDifference]) -> String {
    let counts: Vec<_> = FileState::ALL
        .iter()
        .map(|state| (differences.iter().filter(|difference| difference.state == *state).count(), state))
        .filter(|(count, _)| *count > 0)
        .map(|(count, state)| format!("{count} {state}"))
        .collect();
    counts.join(", ")
}

/// Why files that an older run wrote are no longer right.
fn cause(before: Option<&Checksums>, now: &Checksums, origin: &str) -> String {
    match before {
        Some(before) if before.spec == now.spec => OTHER_GENERATOR.to_owned(),
        Some(_) => format!("{origin} changed since"),
        None => format!("without an intact {}, an edit by hand looks the same", checksums::FILE_NAME),
    }
}

/// Finds the word for a file.
struct FileClassifier<'a> {
    tree: &'a Tree,
    /// What the last run wrote, unless the manifest is gone or was edited.
    before: Option<Checksums>,
    cause: String,
}

impl FileClassifier<'_> {
    /// A file that the generator gives.
    fn wanted(&self, path: &str, text: &str) -> Option<FileDifference> {
        let difference = |state, note| Some(FileDifference { path: path.to_owned(), state, note });
        match self.tree.get(path) {
            Some(TreeEntry::File(bytes)) if bytes == text.as_bytes() => None,
            Some(TreeEntry::File(bytes)) => {
                let (state, note) = self.changed(path, bytes, text);
                difference(state, note)
            }
            Some(other) => difference(FileState::Edited, in_its_place(other).to_owned()),
            None if self.before.as_ref().is_some_and(|before| !before.files.contains_key(path)) => {
                difference(FileState::Missing, format!("new: {}", self.cause))
            }
            None => difference(FileState::Missing, String::new()),
        }
    }

    fn changed(&self, path: &str, bytes: &[u8], text: &str) -> (FileState, String) {
        if differs_in_line_ends_only(bytes, text) {
            return (FileState::Edited, "only its line ends differ: see .gitattributes".to_owned());
        }
        let Some(before) = &self.before else { return (FileState::Stale, self.cause.clone()) };
        let line = first_difference(bytes, text.as_bytes());
        match before.files.get(path) {
            Some(sum) if *sum == checksums::hash(bytes) => (FileState::Stale, self.cause.clone()),
            Some(sum) if *sum == checksums::hash(text.as_bytes()) => (FileState::Edited, format!("in line {line}")),
            Some(_) => (FileState::Edited, format!("and stale: {}", self.cause)),
            None => (FileState::Edited, "the generator did not write it, but has such a file now".to_owned()),
        }
    }

    fn manifest(&self, text: &str) -> Option<FileDifference> {
        let (state, note) = match self.tree.get(checksums::FILE_NAME) {
            Some(TreeEntry::File(bytes)) if bytes == text.as_bytes() => return None,
            Some(TreeEntry::File(bytes)) if differs_in_line_ends_only(bytes, text) => {
                (FileState::Edited, "only its line ends differ: see .gitattributes".to_owned())
            }
            Some(TreeEntry::File(_)) if self.before.is_some() => (FileState::Stale, self.cause.clone()),
            Some(TreeEntry::File(_)) => (FileState::Edited, "its sum is wrong".to_owned()),
            Some(other) => (FileState::Edited, in_its_place(other).to_owned()),
            None => (FileState::Missing, String::new()),
        };
        Some(FileDifference { path: checksums::FILE_NAME.to_owned(), state, note })
    }

    /// Something that the generator does not give.
    fn extra(&self, path: &str, entry: &TreeEntry) -> FileDifference {
        let sum = self.before.as_ref().and_then(|before| before.files.get(path));
        let note = match (sum, entry) {
            (Some(sum), TreeEntry::File(bytes)) if *sum == checksums::hash(bytes) => NO_LONGER,
            (Some(_), _) => "no longer generated, and edited by hand",
            (None, TreeEntry::Link) => "a symbolic link: only the link will be removed",
            (None, _) if self.before.is_none() => "",
            (None, _) => "never generated",
        };
        FileDifference { path: path.to_owned(), state: FileState::Orphan, note: note.to_owned() }
    }
}

fn in_its_place(entry: &TreeEntry) -> &'static str {
    match entry {
        TreeEntry::Directory => "a directory is in its place",
        TreeEntry::Link => "a symbolic link is in its place",
        TreeEntry::File(_) | TreeEntry::Other => "something that is no file is in its place",
    }
}

fn differs_in_line_ends_only(bytes: &[u8], text: &str) -> bool {
    // Generated text may hold a carriage return of its own, in a string.
    std::str::from_utf8(bytes).is_ok_and(|found| found.replace("\r\n", "\n") == text)
}

/// The first line that differs, counted from 1.
fn first_difference(found: &[u8], wanted: &[u8]) -> usize {
    let common = found.iter().zip(wanted).take_while(|(a, b)| a == b);
    1 + common.filter(|(byte, _)| **byte == b'\n').count()
}

#[cfg(test)]
mod tests;
