//! Compares an output directory with what the generator gives, and makes the two equal.

use crate::checksums::{self, Manifest};
use crate::failure::Failure;
use crate::tree::{self, Entry, Tree};
use chatkit_codegen::files::Files;
use std::collections::BTreeMap;
use std::fmt;

/// How a file differs from what the generator gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// It is not what any run of the generator wrote.
    Edited,
    /// It is as an older run wrote it.
    Stale,
    /// It does not exist.
    Missing,
    /// The generator gives no such file.
    Orphan,
}

impl State {
    /// Each state, in the order in which they are told.
    pub(crate) const ALL: [Self; 4] = [Self::Edited, Self::Stale, Self::Missing, Self::Orphan];
}

impl fmt::Display for State {
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
pub(crate) struct Finding {
    /// Where, relative to the output directory.
    pub(crate) path: String,
    /// How it differs.
    pub(crate) state: State,
    /// What else is known about it; may be empty.
    pub(crate) note: String,
}

impl Finding {
    /// Whether it is an orphan other than what an older run wrote and left.
    pub(crate) fn is_stray(&self) -> bool {
        self.state == State::Orphan && self.note != NO_LONGER
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
    pub(crate) findings: Vec<Finding>,
}

/// What was done to an output directory, in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Done {
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
            if !tree::is_safe(path) || path == checksums::NAME {
                return Err(Failure::broken(format_args!("the generator has a bug: it emits the file `{path}`")));
            }
        }
        let now = Manifest::new(spec, files);
        let before = match tree.get(checksums::NAME) {
            Some(Entry::File(bytes)) => Manifest::parse(bytes),
            _ => None,
        };
        let judge = Judge { cause: cause(before.as_ref(), &now, origin), before, tree: &tree };
        let mut wanted: BTreeMap<String, String> =
            files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let mut findings: Vec<Finding> = wanted.iter().filter_map(|(path, text)| judge.wanted(path, text)).collect();
        let text = now.to_string();
        findings.extend(judge.manifest(&text));
        wanted.insert(checksums::NAME.to_owned(), text);
        let extra = tree.iter().filter(|(path, entry)| **entry != Entry::Directory && !wanted.contains_key(*path));
        findings.extend(extra.map(|(path, entry)| judge.extra(path, entry)));
        findings.sort_by(|a, b| (a.state, &a.path).cmp(&(b.state, &b.path)));
        Ok(Self { tree, wanted, findings })
    }

    /// How many files there are of each state, as in `2 stale, 1 missing`; empty where all are fresh.
    pub(crate) fn counts(&self) -> String {
        counts(&self.findings)
    }

    /// How many files are fresh.
    pub(crate) fn unchanged(&self) -> usize {
        let differing = self.findings.iter().filter(|finding| finding.state != State::Orphan).count();
        self.wanted.len() - differing
    }

    /// Whether the directory holds files that no run wrote as far as anyone can tell: it has no manifest.
    pub(crate) fn is_foreign(&self) -> bool {
        !self.tree.is_empty() && self.tree.get(checksums::NAME).is_none()
    }

    /// Whether there is nothing to write but the manifest, and files to remove.
    fn would_empty(&self) -> bool {
        self.wanted.len() == 1 && self.findings.iter().any(|finding| finding.state == State::Orphan)
    }

    /// Makes the directory what the generator gives; refuses to leave nothing of a crate, since without its
    /// `Cargo.toml` cargo starts no command that could bring it back.
    pub(crate) fn apply(&self) -> Result<Done, Failure> {
        if self.would_empty() {
            return Err(Failure::broken("the generator gives no file at all: refusing to remove all that is there"));
        }
        let (orphans, mut differing): (Vec<&Finding>, Vec<&Finding>) =
            self.findings.iter().partition(|finding| finding.state == State::Orphan);
        // What is in the way goes first: a file where a directory is wanted, or the other way round.
        for orphan in &orphans {
            self.tree.remove(&orphan.path)?;
        }
        self.tree.remove_empty_directories()?;
        // The manifest comes last: should the process die before, the next run still knows what the last one wrote.
        differing.sort_by_key(|finding| finding.path == checksums::NAME);
        for finding in &differing {
            if let Some(text) = self.wanted.get(&finding.path) {
                self.tree.write(&finding.path, text)?;
            }
        }
        Ok(Done { written: differing.len(), removed: orphans.len(), unchanged: self.unchanged() })
    }
}

/// How many findings there are of each state, as in `2 stale, 1 missing`.
pub(crate) fn counts(findings: &[Finding]) -> String {
    let counts: Vec<_> = State::ALL
        .iter()
        .map(|state| (findings.iter().filter(|finding| finding.state == *state).count(), state))
        .filter(|(count, _)| *count > 0)
        .map(|(count, state)| format!("{count} {state}"))
        .collect();
    counts.join(", ")
}

/// Why files that an older run wrote are no longer right.
fn cause(before: Option<&Manifest>, now: &Manifest, origin: &str) -> String {
    match before {
        Some(before) if before.spec == now.spec => OTHER_GENERATOR.to_owned(),
        Some(_) => format!("{origin} changed since"),
        None => format!("without an intact {}, an edit by hand looks the same", checksums::NAME),
    }
}

/// Finds the word for a file.
struct Judge<'a> {
    tree: &'a Tree,
    /// What the last run wrote, unless the manifest is gone or was edited.
    before: Option<Manifest>,
    cause: String,
}

impl Judge<'_> {
    /// A file that the generator gives.
    fn wanted(&self, path: &str, text: &str) -> Option<Finding> {
        let finding = |state, note| Some(Finding { path: path.to_owned(), state, note });
        match self.tree.get(path) {
            Some(Entry::File(bytes)) if bytes == text.as_bytes() => None,
            Some(Entry::File(bytes)) => {
                let (state, note) = self.differing(path, bytes, text);
                finding(state, note)
            }
            Some(other) => finding(State::Edited, in_its_place(other).to_owned()),
            None if self.before.as_ref().is_some_and(|before| !before.files.contains_key(path)) => {
                finding(State::Missing, format!("new: {}", self.cause))
            }
            None => finding(State::Missing, String::new()),
        }
    }

    fn differing(&self, path: &str, bytes: &[u8], text: &str) -> (State, String) {
        if differs_in_line_ends_only(bytes, text) {
            return (State::Edited, "only its line ends differ: see .gitattributes".to_owned());
        }
        let Some(before) = &self.before else { return (State::Stale, self.cause.clone()) };
        let line = first_difference(bytes, text.as_bytes());
        match before.files.get(path) {
            Some(sum) if *sum == checksums::hash(bytes) => (State::Stale, self.cause.clone()),
            Some(sum) if *sum == checksums::hash(text.as_bytes()) => (State::Edited, format!("in line {line}")),
            Some(_) => (State::Edited, format!("and stale: {}", self.cause)),
            None => (State::Edited, "the generator did not write it, but has such a file now".to_owned()),
        }
    }

    fn manifest(&self, text: &str) -> Option<Finding> {
        let (state, note) = match self.tree.get(checksums::NAME) {
            Some(Entry::File(bytes)) if bytes == text.as_bytes() => return None,
            Some(Entry::File(bytes)) if differs_in_line_ends_only(bytes, text) => {
                (State::Edited, "only its line ends differ: see .gitattributes".to_owned())
            }
            Some(Entry::File(_)) if self.before.is_some() => (State::Stale, self.cause.clone()),
            Some(Entry::File(_)) => (State::Edited, "its sum is wrong".to_owned()),
            Some(other) => (State::Edited, in_its_place(other).to_owned()),
            None => (State::Missing, String::new()),
        };
        Some(Finding { path: checksums::NAME.to_owned(), state, note })
    }

    /// Something that the generator does not give.
    fn extra(&self, path: &str, entry: &Entry) -> Finding {
        let sum = self.before.as_ref().and_then(|before| before.files.get(path));
        let note = match (sum, entry) {
            (Some(sum), Entry::File(bytes)) if *sum == checksums::hash(bytes) => NO_LONGER,
            (Some(_), _) => "no longer generated, and edited by hand",
            (None, Entry::Link) => "a symbolic link: only the link will be removed",
            (None, _) if self.before.is_none() => "",
            (None, _) => "never generated",
        };
        Finding { path: path.to_owned(), state: State::Orphan, note: note.to_owned() }
    }
}

fn in_its_place(entry: &Entry) -> &'static str {
    match entry {
        Entry::Directory => "a directory is in its place",
        Entry::Link => "a symbolic link is in its place",
        Entry::File(_) | Entry::Other => "something that is no file is in its place",
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
