//! Freshness of an output directory: compares it with the output of the generator, and brings it up to date.

use crate::checksums::{self, Checksums};
use crate::failure::Failure;
use crate::tree::{self, Tree, TreeEntry};
use chatkit_codegen::files::Files;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// How a file differs from the output of the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileState {
    /// No run of the generator wrote it like this.
    Edited,
    /// An older run wrote it like this.
    Stale,
    /// It does not exist.
    Missing,
    /// The generator gives no such file.
    Orphan,
}

impl FileState {
    /// All states, in the order in which reports list them.
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

/// A file that differs from the output of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileDifference {
    /// Its path, relative to the output directory.
    pub(crate) path: String,
    /// How it differs.
    pub(crate) state: FileState,
    /// Details, which may be empty.
    pub(crate) note: String,
}

impl FileDifference {
    /// Returns whether it is an orphan that no run left like this.
    pub(crate) fn is_stray(&self) -> bool {
        self.state == FileState::Orphan && self.note != NO_LONGER
    }
}

/// The note of an orphan that an older run left like this.
const NO_LONGER: &str = "no longer generated";

/// The note of a file that another version of the generator wrote from the same spec.
pub(crate) const OTHER_GENERATOR: &str = "the generator changed since";

/// An output directory compared with the output of the generator.
#[derive(Debug)]
pub(crate) struct OutputComparison {
    tree: Tree,
    /// The texts of the generated files, by path.
    generated: BTreeMap<String, String>,
    /// The files that differ, sorted by state and path.
    pub(crate) differences: Vec<FileDifference>,
}

/// Returns whether a directory has entries, but no checksums. Then the generator may not have written it.
///
/// It reads no more than it must, since the directory may be that of all files.
pub(crate) fn is_foreign(directory: &Path) -> Result<bool, Failure> {
    let failed = |cause| Failure::at("read", directory, &cause);
    if !tree::is_directory(directory)? || directory.join(checksums::FILE_NAME).symlink_metadata().is_ok() {
        return Ok(false);
    }
    for entry in directory.read_dir().map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy();
        // A first run writes the checksums first. If it was interrupted, it may have left their draft alone.
        if !tree::is_ignored(&name) && !tree::is_draft(&name, checksums::FILE_NAME) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The numbers of files that a run wrote, removed and left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ApplySummary {
    /// Files that are new or overwritten.
    pub(crate) written: usize,
    /// Files that were removed.
    pub(crate) removed: usize,
    /// Files that were fresh.
    pub(crate) unchanged: usize,
}

impl OutputComparison {
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
        let mut generated: BTreeMap<String, String> =
            files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let mut differences: Vec<FileDifference> =
            generated.iter().filter_map(|(path, text)| classifier.generated(path, text)).collect();
        let text = now.to_string();
        differences.extend(classifier.checksums(&text));
        generated.insert(checksums::FILE_NAME.to_owned(), text);
        let is_orphan = |path: &str, entry: &TreeEntry| *entry != TreeEntry::Directory && !generated.contains_key(path);
        let orphans = tree.iter().filter(|(path, entry)| is_orphan(path, entry));
        differences.extend(orphans.map(|(path, entry)| classifier.orphan(path, entry)));
        differences.sort_by(|a, b| (a.state, &a.path).cmp(&(b.state, &b.path)));
        Ok(Self { tree, generated, differences })
    }

    /// Counts the files of each state, such as `2 stale, 1 missing`. The text is empty if all are fresh.
    pub(crate) fn counts(&self) -> String {
        counts(&self.differences)
    }

    /// Counts the fresh files.
    pub(crate) fn unchanged(&self) -> usize {
        let changed = self.differences.iter().filter(|difference| difference.state != FileState::Orphan).count();
        self.generated.len() - changed
    }

    /// Returns whether [`Self::apply`] would remove files and write no more than checksums.
    fn would_empty(&self) -> bool {
        self.generated.len() == 1 && self.differences.iter().any(|difference| difference.state == FileState::Orphan)
    }

    /// Brings the directory up to date.
    ///
    /// It refuses to remove every file: a workspace member without its `Cargo.toml` would stop cargo, and with it every
    /// command that could restore the files.
    pub(crate) fn apply(&self) -> Result<ApplySummary, Failure> {
        if self.would_empty() {
            return Err(Failure::broken("the generator gives no file at all: refusing to empty the directory"));
        }
        let (orphans, mut changed): (Vec<&FileDifference>, Vec<&FileDifference>) =
            self.differences.iter().partition(|difference| difference.state == FileState::Orphan);
        // Orphans go first, since a file may have the name of a new directory, or the other way round.
        for orphan in &orphans {
            self.tree.remove(&orphan.path)?;
        }
        self.tree.remove_empty_directories()?;
        // The checksums come last. If the process dies before, the next run still has those of the last one. A first
        // run has none to keep. Without any, the next run would take the directory for that of somebody else.
        let is_first = changed.iter().all(|difference| difference.state == FileState::Missing)
            && self.tree.get(checksums::FILE_NAME).is_none();
        changed.sort_by_key(|difference| (difference.path == checksums::FILE_NAME) != is_first);
        for difference in &changed {
            if let Some(text) = self.generated.get(&difference.path) {
                self.tree.write(&difference.path, text)?;
            }
        }
        Ok(ApplySummary { written: changed.len(), removed: orphans.len(), unchanged: self.unchanged() })
    }
}

/// Counts the differences of each state, such as `2 stale, 1 missing`.
pub(crate) fn counts(differences: &[FileDifference]) -> String {
    let counts: Vec<_> = FileState::ALL
        .iter()
        .map(|state| (differences.iter().filter(|difference| difference.state == *state).count(), state))
        .filter(|(count, _)| *count > 0)
        .map(|(count, state)| format!("{count} {state}"))
        .collect();
    counts.join(", ")
}

/// Returns why the files of an older run are stale.
fn cause(before: Option<&Checksums>, now: &Checksums, origin: &str) -> String {
    match before {
        Some(before) if before.spec == now.spec => OTHER_GENERATOR.to_owned(),
        Some(_) => format!("{origin} changed since"),
        None => format!("without an intact {}, an edit by hand looks the same", checksums::FILE_NAME),
    }
}

/// Determines the state of each file.
struct FileClassifier<'a> {
    tree: &'a Tree,
    /// The checksums of the last run, unless they are missing or edited.
    before: Option<Checksums>,
    /// Why the files of an older run are stale.
    cause: String,
}

impl FileClassifier<'_> {
    /// Compares a generated file, and returns `None` if it is fresh.
    fn generated(&self, path: &str, text: &str) -> Option<FileDifference> {
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

    /// Compares the file of checksums, and returns `None` if it is fresh.
    fn checksums(&self, text: &str) -> Option<FileDifference> {
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

    /// Describes a file that the generator does not give.
    fn orphan(&self, path: &str, entry: &TreeEntry) -> FileDifference {
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
        TreeEntry::File(_) | TreeEntry::Other => "something other than a file is in its place",
    }
}

fn differs_in_line_ends_only(bytes: &[u8], text: &str) -> bool {
    // Only pairs are replaced, since a generated string may contain a carriage return of its own.
    std::str::from_utf8(bytes).is_ok_and(|found| found.replace("\r\n", "\n") == text)
}

/// Returns the first line that differs, counted from 1.
fn first_difference(found: &[u8], wanted: &[u8]) -> usize {
    let common = found.iter().zip(wanted).take_while(|(a, b)| a == b);
    1 + common.filter(|(byte, _)| **byte == b'\n').count()
}

#[cfg(test)]
mod tests;
