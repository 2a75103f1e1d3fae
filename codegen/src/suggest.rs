//! Suggests the nearest valid name: "did you mean …?"

/// The number of suggestions that a report may still make. Each one compares every name, so a document of errors would
/// take quadratic time.
#[derive(Debug)]
pub(crate) struct SuggestionBudget(usize);

impl Default for SuggestionBudget {
    fn default() -> Self {
        Self(100)
    }
}

impl SuggestionBudget {
    /// Takes one suggestion, and returns whether one was left.
    pub(crate) fn take(&mut self) -> bool {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }
}

/// Returns the nearest candidate, if at most a third of the name's characters differ.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(name, candidate, limit)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the number of characters to insert, delete, replace or swap with their neighbour to turn one text into the
/// other, or `None` if it exceeds the limit. Case is ignored, because `operationID` means `operationId`.
pub(crate) fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit * 4 {
        return None;
    }
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1; right.len() + 1];
        for (column, to) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(from != to);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && left[row - 1] == *to && right[column - 1] == *from {
                best = best.min(before[column - 1] + 1);
            }
            current[column + 1] = best;
        }
        if current.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

/// Returns the help that names the nearest candidate.
#[must_use]
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distance_counts_edits_and_swaps() {
        for (left, right, expected) in [
            ("title", "title", Some(0)),
            ("titel", "title", Some(1)),
            ("tile", "title", Some(1)),
            ("operationID", "operationId", Some(0)),
            ("größe", "grösse", Some(2)),
            ("", "ab", Some(2)),
            ("abc", "xyz", None),
        ] {
            assert_eq!(distance(left, right, 2), expected, "{left} {right}");
        }
    }

    #[test]
    fn suggests_near_names_only() {
        assert_eq!(nearest("descripton", ["summary", "description"]), Some("description"));
        assert_eq!(nearest("kind", ["summary", "description"]), None);
    }
}
