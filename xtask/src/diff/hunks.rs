//! Hunks: the runs of lines in which two texts differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// A run of lines that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk<'a> {
    pub(super) old: Vec<&'a str>,
    pub(super) new: Vec<&'a str>,
    /// Its first line in the new text, counted from 1.
    pub(super) line: usize,
}

/// Returns the hunks between two texts.
pub(super) fn hunks_between<'a>(old: &'a str, new: &'a str) -> Vec<Hunk<'a>> {
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

/// A multiset of hunks, equal if their lines are.
pub(super) struct HunkMultiset<'a>(HashMap<(Vec<&'a str>, Vec<&'a str>), usize>);

impl<'a> HunkMultiset<'a> {
    pub(super) fn of(hunks: Vec<Hunk<'a>>) -> Self {
        let mut multiset = HashMap::new();
        for hunk in hunks {
            *multiset.entry((hunk.old, hunk.new)).or_default() += 1;
        }
        Self(multiset)
    }

    /// Removes a hunk once, and returns whether there was one.
    pub(super) fn take(&mut self, hunk: &Hunk<'a>) -> bool {
        let count = self.0.get_mut(&(hunk.old.clone(), hunk.new.clone()));
        count.filter(|count| **count > 0).map(|count| *count -= 1).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{HunkMultiset, hunks_between};

    #[test]
    fn hunks_end_at_equal_lines() {
        let (old, new) = ("a\nb\nc\nd\n", "a\nB\nB\nc\nd\ne\n");
        let found = hunks_between(old, new);
        let shown: Vec<_> = found.iter().map(|hunk| (hunk.old.concat(), hunk.new.concat(), hunk.line)).collect();
        assert_eq!(shown, [("b\n".into(), "B\nB\n".into(), 2), (String::new(), "e\n".into(), 6)]);
        assert_eq!(hunks_between(old, old), []);
        assert_eq!(hunks_between("", "a\nb").len(), 1);
    }

    #[test]
    fn multiset_gives_each_hunk_once() {
        let mut multiset = HunkMultiset::of(hunks_between("a\nx\nb\n", "a\ny\nb\n"));
        let twice = hunks_between("x\nb\nx\n", "y\nb\ny\n");
        assert_eq!(twice.iter().map(|hunk| multiset.take(hunk)).collect::<Vec<_>>(), [true, false]);
    }
}
