//! Maps lines of base to lines of head, so that a removed part of the document has a line to be shown at.

use chatkit_codegen::diff::Change;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// The time limit of a line diff. After it, the result is still correct, but coarser.
const TIME_LIMIT: Duration = Duration::from_millis(200);

/// Returns the line of head for each change. A removed part has the line at which it was.
pub(super) fn lines(base: &str, head: &str, changes: &[Change]) -> Vec<Option<usize>> {
    let is_gone = |change: &Change| change.head.is_none() && change.base.is_some();
    let operations = if changes.iter().any(is_gone) { operations(base, head) } else { Vec::new() };
    let last = head.lines().count().max(1);
    let line = |change: &Change| match (&change.head, &change.base) {
        (Some(site), _) => Some(site.line),
        // The end of base may be past the end of head.
        (None, Some(site)) => moved(&operations, site.line).map(|line| line.min(last)),
        (None, None) => None,
    };
    changes.iter().map(line).collect()
}

fn operations(base: &str, head: &str) -> Vec<DiffOp> {
    let (base, head): (Vec<_>, Vec<_>) = (base.lines().collect(), head.lines().collect());
    capture_diff_slices_deadline(Algorithm::Myers, &base, &head, Some(Instant::now() + TIME_LIMIT))
}

/// Returns the line of head for a line of base: the same line, or the one in its place.
fn moved(operations: &[DiffOp], line: usize) -> Option<usize> {
    let index = line.checked_sub(1)?;
    let operation = operations.iter().find(|operation| operation.old_range().contains(&index))?;
    let (old, new) = (operation.old_range(), operation.new_range());
    let offset = if matches!(operation, DiffOp::Equal { .. }) { index - old.start } else { 0 };
    Some(new.start + offset + 1)
}

#[cfg(test)]
mod tests {
    use super::{lines, moved, operations};
    use crate::diff::test_review;

    #[test]
    fn removed_line_maps_to_where_it_was() {
        let all = operations("a\nb\nc\nd\n", "x\na\nd\n");
        assert_eq!(
            (1..=5).map(|line| moved(&all, line)).collect::<Vec<_>>(),
            [Some(2), Some(3), Some(3), Some(3), None]
        );
        assert_eq!(moved(&all, 0), None);
    }

    #[test]
    fn replaced_line_maps_to_its_replacement() {
        assert_eq!(moved(&operations("a\nb\nc\n", "a\nB\nc\n"), 2), Some(2));
    }

    #[test]
    fn line_removed_from_the_end_maps_to_the_last_line() {
        let mut change = test_review::review().changes.remove(0).change;
        let base = change.base.as_mut().expect("a place");
        base.line = 3;
        assert_eq!(lines("a\nb\nc\n", "a\nb\n", &[change]), [Some(2)]);
    }
}
