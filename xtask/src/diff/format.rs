//! Formatting that the output formats share.

use super::document::{DocumentLabel, DocumentRevision};
use super::review::{Review, ReviewedChange};
use chatkit_codegen::diff::DocumentLocation;

/// The length to which a text of the document is truncated, in characters.
const MAX_TEXT: usize = 160;

/// The length to which the reason of an approval is truncated, in characters.
pub(super) const MAX_REASON: usize = 600;

/// The most operations or types that are named. The rest are counted.
const MAX_NAMES: usize = 3;

/// The most Rust items of a change that are shown. The rest are counted.
pub(super) const MAX_ITEMS: usize = 8;

/// The most places in `generated/` that are named. The rest are counted.
pub(super) const MAX_PLACES: usize = 10;

/// The placeholder for an absent text.
const NOTHING: &str = "–";

/// Formats a text of the document in one line, without control characters, and truncates it.
pub(super) fn line(text: &str) -> String {
    truncate(text, MAX_TEXT)
}

/// Formats a text in one line of at most so many characters, with an ellipsis if it is longer.
pub(super) fn truncate(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", printable(&text[..end])),
        None => printable(text),
    }
}

/// Splits a sentence into texts, each with the part in backticks behind it. A last backtick without a partner is text.
pub(super) fn code_spans(sentence: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(sentence);
    std::iter::from_fn(move || {
        let sentence = rest.take()?;
        let span = sentence.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?)));
        let Some((before, (code, after))) = span else { return Some((sentence, None)) };
        rest = Some(after);
        Some((before, Some(code)))
    })
}

/// Formats a text in one line. It escapes characters that move a terminal's cursor or change the direction of the line.
pub(super) fn printable(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        if character.is_control() || is_invisible(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// Returns whether a character has no width, or changes the direction of the line.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Lists the first few names, such as `a, b, c +37 more`.
pub(super) fn name_list<T: AsRef<str>>(names: &[T], show: impl Fn(&str) -> String) -> String {
    let shown: Vec<_> = names.iter().take(MAX_NAMES).map(|name| show(name.as_ref())).collect();
    let more = names.len() - shown.len();
    let shown = shown.join(", ");
    if more == 0 { shown } else { format!("{shown} +{more} more") }
}

/// Formats the line of a document, with the revision unless it is a file at hand.
pub(super) fn place(label: &DocumentLabel, site: &DocumentLocation) -> String {
    match &label.revision {
        DocumentRevision::Commit(_) => format!("{}:{} ({})", label.path, site.line, label.name),
        DocumentRevision::WorkTree | DocumentRevision::Standalone => format!("{}:{}", label.path, site.line),
    }
}

/// Formats the texts before and after a change, or returns `None` if neither is known.
pub(super) fn step(before: Option<&str>, after: Option<&str>, show: impl Fn(&str) -> String) -> Option<String> {
    let shown = |side: Option<&str>| side.map_or_else(|| NOTHING.to_owned(), &show);
    (before.is_some() || after.is_some()).then(|| format!("{} → {}", shown(before), shown(after)))
}

/// Formats the two verdicts and the direction, such as `wire breaking, source major, in requests`.
pub(super) fn verdicts(reviewed: &ReviewedChange) -> String {
    let direction = match reviewed.direction() {
        "both" => ", in requests and responses",
        "request" => ", in requests",
        "response" => ", in responses",
        // Prose, for example, has no direction.
        _ => "",
    };
    format!("wire {}, source {}{direction}", reviewed.change.wire.name(), reviewed.change.source.name())
}

/// Formats the names of the documents, such as `spec/chatkit.yaml: main → work tree`, and the counts of the changes.
pub(super) fn sides(review: &Review) -> (String, String) {
    let Review { base, head, .. } = review;
    if base.path == head.path
        && base.revision != DocumentRevision::Standalone
        && head.revision != DocumentRevision::Standalone
    {
        return (format!("{}: {} → {}", head.path, base.name, head.name), review.counts());
    }
    (format!("{} → {}", base.name, head.name), review.counts())
}

#[cfg(test)]
mod tests {
    use super::{line, name_list};

    #[test]
    fn line_escapes_control_and_invisible_characters() {
        assert_eq!(line("a\nb\u{1b}[31m\u{202e}ü"), "a\\nb\\u{1b}[31m\\u{202e}ü");
    }

    #[test]
    fn line_truncates_long_text() {
        let long = line(&"ä".repeat(1000));
        assert_eq!(long.chars().count(), 161);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn name_list_shows_the_first_names_and_counts_the_rest() {
        assert_eq!(name_list(&["a", "b", "c"], str::to_owned), "a, b, c");
        assert_eq!(name_list(&["a", "b", "c", "d", "e"], str::to_owned), "a, b, c +2 more");
        assert_eq!(name_list::<&str>(&[], str::to_owned), "");
    }
}
