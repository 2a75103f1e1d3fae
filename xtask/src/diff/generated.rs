//! What became of `generated/`: whether it is up to date, and which of its changes no change of the spec explains.

use super::repository::{ComparedDocument, Repository};
use super::review::{count, is_ours};
use crate::checksums::{self, Checksums};
use crate::failure::Failure;
use crate::freshness::{self, Comparison, FileDifference, FileState, OTHER_GENERATOR};
use crate::regenerate::DEFAULT_OUT;
use crate::tree::{Tree, TreeEntry};
use chatkit_codegen::files::Files;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

/// What there is to say of `generated/`.
#[derive(Clone, Debug)]
pub(crate) enum GeneratedReport {
    /// Nothing, since the generator refuses head's document.
    Refused(String),
    /// What was found.
    Compared(GeneratedDiff),
}

/// What was found in `generated/`.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedDiff {
    /// How head differs from what the generator gives; nothing where it is up to date.
    pub(crate) differences: Vec<FileDifference>,
    /// How many files differ between base and head. The checksums, which always does, is none of them.
    pub(crate) changed: usize,
    /// The stretches of lines that differ.
    pub(crate) hunks: HunkSummary,
}

/// The stretches of lines in which base and head differ.
#[derive(Clone, Debug)]
pub(crate) enum HunkSummary {
    /// Which there are.
    Attributed {
        /// How many.
        all: usize,
        /// Those that do not follow from the documents.
        unexplained: Vec<UnexplainedHunk>,
    },
    /// Why nobody can tell.
    Unavailable(String),
}

/// A hunk that no change of the document explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnexplainedHunk {
    /// The file, within `generated/`.
    pub(crate) path: String,
    /// Its first line in head, counted from 1.
    pub(crate) line: usize,
    /// What it comes from.
    pub(crate) cause: HunkCause,
}

/// Where a hunk comes from that no change of the document explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HunkCause {
    /// Someone edited what was generated.
    Hand,
    /// Someone had edited it, and the edit is gone.
    Undone,
    /// The generator changed.
    Generator,
    /// Base was not up to date, and head is.
    Late,
    /// Head is not up to date.
    Stale,
}

impl HunkCause {
    /// Each cause, in the order in which they are told.
    pub(crate) const ALL: [Self; 5] = [Self::Hand, Self::Undone, Self::Generator, Self::Late, Self::Stale];

    /// Its name in data.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand-edit",
            Self::Undone => "hand-edit-undone",
            Self::Generator => "generator",
            Self::Late => "base-was-stale",
            Self::Stale => "stale",
        }
    }
}

impl fmt::Display for HunkCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Hand => "edited by hand",
            Self::Undone => "an edit by hand was undone",
            Self::Generator => "the generator changed",
            Self::Late => "base was not up to date",
            Self::Stale => "not up to date",
        })
    }
}

impl GeneratedDiff {
    /// Whether head is what the generator gives, and what else is to say, in a line.
    fn summary(&self) -> String {
        let state = match freshness::counts(&self.differences) {
            counts if counts.is_empty() => "up to date".to_owned(),
            counts => format!("not up to date: {counts} (`cargo xtask regenerate` mends it)"),
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
    /// In a line.
    pub(crate) fn summary(&self) -> String {
        match self {
            Self::Refused(why) => why.clone(),
            Self::Compared(known) => known.summary(),
        }
    }

    /// What was unexplained; nothing where that is not known.
    pub(crate) fn unexplained(&self) -> &[UnexplainedHunk] {
        match self {
            Self::Compared(GeneratedDiff { hunks: HunkSummary::Attributed { unexplained, .. }, .. }) => unexplained,
            _ => &[],
        }
    }

    /// What is not up to date.
    pub(crate) fn differences(&self) -> &[FileDifference] {
        match self {
            Self::Compared(known) => &known.differences,
            Self::Refused(_) => &[],
        }
    }
}

/// `2 edited by hand, 1 the generator changed`.
fn causes(unexplained: &[UnexplainedHunk]) -> String {
    let counts = HunkCause::ALL.map(|cause| (unexplained.iter().filter(|hunk| hunk.cause == cause).count(), cause));
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, cause)| format!("{count} × {cause}"));
    counts.collect::<Vec<_>>().join(", ")
}

/// Looks at `generated/` on both sides; none where the documents are not what it is generated from.
pub(crate) fn report(
    repository: &Repository,
    base: &ComparedDocument,
    head: &ComparedDocument,
) -> Result<Option<GeneratedReport>, Failure> {
    if !is_ours(&base.label, &head.label) {
        return Ok(None);
    }
    let refusal = |side: &ComparedDocument| format!("the generator refuses the document ({})", side.label.name);
    let Ok(given) = chatkit_codegen::generate(&head.origin, &head.text) else {
        return Ok(Some(GeneratedReport::Refused(refusal(head))));
    };
    let tree = repository.tree(&head.label, DEFAULT_OUT)?;
    let (old, new) = (texts(&repository.tree(&base.label, DEFAULT_OUT)?), texts(&tree));
    let differences = Comparison::new(tree, &given.files, &head.label.path, &head.text)?.differences;
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed: Vec<&str> = paths
        .into_iter()
        .filter(|path| *path != checksums::FILE_NAME && old.get(*path) != new.get(*path))
        .map(String::as_str)
        .collect();
    let hunks = if old.is_empty() && !changed.is_empty() {
        HunkSummary::Unavailable(format!("{} has none of it", base.label.name))
    } else if changed.is_empty() {
        HunkSummary::Attributed { all: 0, unexplained: Vec::new() }
    } else if let Ok(before) = chatkit_codegen::generate(&base.origin, &base.text) {
        let sides = ComparedOutputs { old: &old, new: &new, before: &before.files, after: &given.files };
        let attribution =
            HunkAttribution { sides, checksums: checksums_of(&old), base_text: &base.text, differences: &differences };
        attribution.hunks(&changed)
    } else {
        HunkSummary::Unavailable(format!("{}, so that nobody can tell which changes follow from it", refusal(base)))
    };
    let changed = changed.len();
    Ok(Some(GeneratedReport::Compared(GeneratedDiff { differences, changed, hunks })))
}

/// The files of a tree as texts.
fn texts(tree: &Tree) -> BTreeMap<String, String> {
    let text = |(path, entry): (&str, &TreeEntry)| match entry {
        TreeEntry::File(bytes) => Some((path.to_owned(), String::from_utf8_lossy(bytes).into_owned())),
        _ => None,
    };
    tree.iter().filter_map(text).collect()
}

fn checksums_of(files: &BTreeMap<String, String>) -> Option<Checksums> {
    Checksums::parse(files.get(checksums::FILE_NAME)?.as_bytes())
}

/// The four texts of each file: as it is, and as the generator of today gives it.
struct ComparedOutputs<'a> {
    old: &'a BTreeMap<String, String>,
    new: &'a BTreeMap<String, String>,
    before: &'a Files,
    after: &'a Files,
}

/// Finds what hunks come from.
struct HunkAttribution<'a> {
    sides: ComparedOutputs<'a>,
    /// What the last run in base wrote.
    checksums: Option<Checksums>,
    base_text: &'a str,
    differences: &'a [FileDifference],
}

impl HunkAttribution<'_> {
    fn hunks(&self, changed: &[&str]) -> HunkSummary {
        let (mut all, mut unexplained) = (0, Vec::new());
        for path in changed {
            let text = |files: &Files| files.get(path).unwrap_or_default().to_owned();
            let (before, after) = (text(self.sides.before), text(self.sides.after));
            let old = self.sides.old.get(*path).map(String::as_str).unwrap_or_default();
            let new = self.sides.new.get(*path).map(String::as_str).unwrap_or_default();
            let mut explained = HunkMultiset::of(hunks(&before, &after));
            let mut emitted = HunkMultiset::of(hunks(old, &after));
            for hunk in hunks(old, new) {
                all += 1;
                // The line does not matter: what comes before may differ.
                if !explained.take(&hunk) {
                    let cause = self.cause(path, emitted.take(&hunk));
                    unexplained.push(UnexplainedHunk { path: (*path).to_owned(), line: hunk.line, cause });
                }
            }
        }
        HunkSummary::Attributed { all, unexplained }
    }

    /// Where an unexplained hunk comes from. `emitted` tells that it leads to what the generator gives.
    fn cause(&self, path: &str, emitted: bool) -> HunkCause {
        let difference = self.differences.iter().find(|difference| difference.path == path);
        match difference {
            Some(difference) if !emitted => match difference.state {
                FileState::Edited => HunkCause::Hand,
                // The last run wrote the file, so that someone removed it.
                FileState::Missing if difference.note.is_empty() => HunkCause::Hand,
                FileState::Orphan if difference.is_stray() => HunkCause::Hand,
                _ if difference.note.contains(OTHER_GENERATOR) => HunkCause::Generator,
                _ => HunkCause::Stale,
            },
            _ => self.cause_in_base(path),
        }
    }

    /// Where a hunk comes from that makes a file what the generator gives.
    fn cause_in_base(&self, path: &str) -> HunkCause {
        let Some(checksums) = &self.checksums else { return HunkCause::Generator };
        let sum = self.sides.old.get(path).map(|text| checksums::hash(text.as_bytes()));
        if checksums.files.get(path) != sum.as_ref() {
            return HunkCause::Undone;
        }
        if checksums.spec == checksums::hash(self.base_text.as_bytes()) {
            HunkCause::Generator
        } else {
            HunkCause::Late
        }
    }
}

/// A stretch of lines that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// The first line of it in the new text, counted from 1.
    line: usize,
}

/// The stretches of lines in which two texts differ.
fn hunks<'a>(old: &'a str, new: &'a str) -> Vec<Hunk<'a>> {
    let (old, new): (Vec<_>, Vec<_>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut hunks: Vec<Hunk<'a>> = Vec::new();
    let mut is_open = false;
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(operation, DiffOp::Equal { .. }) {
            is_open = false;
            continue;
        }
        let (gone, come) = (operation.old_range(), operation.new_range());
        if !is_open {
            hunks.push(Hunk { old: Vec::new(), new: Vec::new(), line: come.start + 1 });
            is_open = true;
        }
        if let Some(hunk) = hunks.last_mut() {
            hunk.old.extend(&old[gone]);
            hunk.new.extend(&new[come]);
        }
    }
    hunks
}

/// HunkSummary by their lines, each as often as it occurs.
struct HunkMultiset<'a>(HashMap<(Vec<&'a str>, Vec<&'a str>), usize>);

impl<'a> HunkMultiset<'a> {
    fn of(hunks: Vec<Hunk<'a>>) -> Self {
        let mut multiset = HashMap::new();
        for hunk in hunks {
            *multiset.entry((hunk.old, hunk.new)).or_default() += 1;
        }
        Self(multiset)
    }

    /// Takes one out; whether there was one.
    fn take(&mut self, hunk: &Hunk<'a>) -> bool {
        let count = self.0.get_mut(&(hunk.old.clone(), hunk.new.clone()));
        count.filter(|count| **count > 0).map(|count| *count -= 1).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{HunkMultiset, hunks};

    #[test]
    fn a_hunk_is_what_differs_between_lines_that_agree() {
        let (old, new) = ("a\nb\nc\nd\n", "a\nB\nB\nc\nd\ne\n");
        let found = hunks(old, new);
        let shown: Vec<_> = found.iter().map(|hunk| (hunk.old.concat(), hunk.new.concat(), hunk.line)).collect();
        assert_eq!(shown, [("b\n".into(), "B\nB\n".into(), 2), (String::new(), "e\n".into(), 6)]);
        assert_eq!(hunks(old, old), []);
        assert_eq!(hunks("", "a\nb").len(), 1);
    }

    #[test]
    fn a_hunk_explains_one_like_it_and_no_second() {
        let mut multiset = HunkMultiset::of(hunks("a\nx\nb\n", "a\ny\nb\n"));
        let twice = hunks("x\nb\nx\n", "y\nb\ny\n");
        assert_eq!(twice.iter().map(|hunk| multiset.take(hunk)).collect::<Vec<_>>(), [true, false]);
    }
}
