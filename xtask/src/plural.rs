//! Counts with their nouns.

/// Returns a count with its noun, such as `1 change` or `2 changes`.
pub(crate) fn count(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
