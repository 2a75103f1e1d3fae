//! Patches of documents, in the notation of `diff` without its line numbers.
//!
//! A patch is a list of hunks with a line `@@` between two of them. A line that starts with `-` is in the old document
//! alone, a line that starts with `+` in the new one alone, and a line that starts with a space in both.

/// Applies a patch to a document.
///
/// # Panics
///
/// If the old lines of a hunk are not in the document exactly once, or if a hunk changes nothing.
#[must_use]
pub fn apply(name: &str, patch: &str, document: &str) -> String {
    let lines: Vec<&str> = patch.lines().collect();
    // Line breaks on both sides of each line keep parts of lines from matching.
    let mut text = format!("\n{document}");
    for hunk in lines.split(|line| line.starts_with("@@")) {
        let [old, new] = sides(name, hunk).map(|side| format!("\n{side}"));
        assert_ne!(old, new, "{name}: a hunk changes nothing");
        assert!(occurs_once(&text, &old), "{name}: these lines are not in the document exactly once:{old}");
        text = text.replacen(&old, &new, 1);
    }
    text.split_off(1)
}

/// Returns the old and the new side of some lines.
///
/// # Panics
///
/// If a line starts with anything but a space, `-` or `+`.
#[must_use]
pub fn sides(name: &str, lines: &[&str]) -> [String; 2] {
    let (mut old, mut new) = (String::new(), String::new());
    for line in lines {
        let text = line.get(1..).unwrap_or_default();
        match line.chars().next() {
            None | Some(' ') => [&mut old, &mut new].into_iter().for_each(|side| side.extend([text, "\n"])),
            Some('-') => old.extend([text, "\n"]),
            Some('+') => new.extend([text, "\n"]),
            Some(_) => panic!("{name}: a line starts with neither a space nor `-` nor `+`: {line}"),
        }
    }
    [old, new]
}

/// Whether a text has a part once. Matches that overlap count as two.
fn occurs_once(text: &str, part: &str) -> bool {
    let first = text.find(part);
    first.is_some() && first == text.rfind(part)
}

#[cfg(test)]
mod tests {
    use super::apply;

    const DOCUMENT: &str = "a:\n  x: 1\nb:\n  x: 1\n";

    #[test]
    fn applies_each_hunk() {
        let patched = apply("here", " b:\n-  x: 1\n+  x: 2\n+  y: 3\n@@\n-a:\n+c:\n", DOCUMENT);
        assert_eq!(patched, "c:\n  x: 1\nb:\n  x: 2\n  y: 3\n");
    }

    #[test]
    #[should_panic(expected = "here: these lines are not in the document exactly once:\n  x: 1\n")]
    fn refuses_ambiguous_lines() {
        let _ = apply("here", "-  x: 1\n+  x: 2\n", DOCUMENT);
    }

    #[test]
    #[should_panic(expected = "exactly once")]
    fn refuses_overlapping_matches() {
        let _ = apply("here", "-x\n+y\n", "x\nx\n");
    }

    #[test]
    #[should_panic(expected = "exactly once")]
    fn refuses_missing_lines() {
        let _ = apply("here", "-  x: 3\n+  x: 2\n", DOCUMENT);
    }

    #[test]
    #[should_panic(expected = "exactly once")]
    fn refuses_a_part_of_a_line() {
        let _ = apply("here", "-x: 1\n+x: 2\n", "a: {x: 1\n");
    }

    #[test]
    #[should_panic(expected = "a hunk changes nothing")]
    fn refuses_a_hunk_without_changes() {
        let _ = apply("here", " a:\n", DOCUMENT);
    }

    #[test]
    #[should_panic(expected = "starts with neither")]
    fn refuses_a_line_without_its_marker() {
        let _ = apply("here", "b:\n+  y: 2\n", DOCUMENT);
    }
}
