//! What the formats for people have in common.

use super::review::{Review, Reviewed};
use super::side::{Label, Place};
use chatkit_codegen::diff::{DocumentLocation, ItemChange};

/// How many characters of a text of the document are shown.
const LONGEST: usize = 160;

/// How many characters of the reason of an approval are shown.
pub(super) const MOST_REASON: usize = 600;

/// How many operations or types are named before the rest are counted.
const MOST_NAMED: usize = 3;

/// How many Rust items of a change are shown before the rest are counted.
pub(super) const MOST_ITEMS: usize = 8;

/// How many places in `generated/` are named before the rest are counted.
pub(super) const MOST_PLACES: usize = 10;

/// What stands where there is nothing.
pub(super) const NOTHING: &str = "–";

/// A text of the document in one line: see [`printable`], and what is too long is cut.
pub(super) fn line(text: &str) -> String {
    cut(text, LONGEST)
}

/// A text in one line, of at most so many characters and those that say that there are more.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", printable(&text[..end])),
        None => printable(text),
    }
}

/// A text in one line: what would move a terminal's cursor, or turn the direction of the line, is written as an escape.
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

/// Characters without a width, and those that turn the direction of a line.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The first few, and how many more there are.
pub(super) fn few<T: AsRef<str>>(names: &[T]) -> (Vec<&str>, usize) {
    let shown: Vec<_> = names.iter().take(MOST_NAMED).map(AsRef::as_ref).collect();
    let more = names.len() - shown.len();
    (shown, more)
}

/// `a, b, c +37 more`.
pub(super) fn listed<T: AsRef<str>>(names: &[T], show: impl Fn(&str) -> String) -> String {
    let (shown, more) = few(names);
    let shown = shown.into_iter().map(show).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} +{more} more") }
}

/// The line of a document, and of which revision where it is none of the files at hand.
pub(super) fn place(label: &Label, site: &DocumentLocation) -> String {
    match &label.place {
        Place::Commit(_) => format!("{}:{} ({})", label.path, site.line, label.name),
        Place::WorkTree | Place::Document => format!("{}:{}", label.path, site.line),
    }
}

/// What was there and what is there, each as `show` has it; none where neither is known.
pub(super) fn step(before: Option<&str>, after: Option<&str>, show: impl Fn(&str) -> String) -> Option<String> {
    let shown = |side: Option<&str>| side.map_or_else(|| NOTHING.to_owned(), &show);
    (before.is_some() || after.is_some()).then(|| format!("{} → {}", shown(before), shown(after)))
}

/// What was there and what is there, of a Rust item.
pub(super) fn item_step(item: &ItemChange, show: impl Fn(&str) -> String) -> Option<String> {
    step(item.before.as_deref(), item.after.as_deref(), show)
}

/// The two verdicts and the direction, if any, as in `wire breaking, source major, in requests`.
pub(super) fn verdicts(reviewed: &Reviewed) -> String {
    let direction = match reviewed.direction() {
        "both" => ", in requests and responses",
        "request" => ", in requests",
        "response" => ", in responses",
        // Prose, say: where it is used is told by the reach.
        _ => "",
    };
    format!("wire {}, source {}{direction}", reviewed.change.wire.name(), reviewed.change.source.name())
}

/// What is compared, as in `spec/chatkit.yaml: main → work tree`.
pub(super) fn sides(review: &Review) -> (String, String) {
    let Review { base, head, .. } = review;
    if base.path == head.path && base.place != Place::Document && head.place != Place::Document {
        return (format!("{}: {} → {}", head.path, base.name, head.name), review.counts());
    }
    (format!("{} → {}", base.name, head.name), review.counts())
}

#[cfg(test)]
mod tests {
    use super::{line, listed};

    #[test]
    fn a_line_holds_no_control_character_and_nothing_invisible() {
        assert_eq!(line("a\nb\u{1b}[31m\u{202e}ü"), "a\\nb\\u{1b}[31m\\u{202e}ü");
    }

    #[test]
    fn a_line_is_cut_where_it_is_too_long() {
        let long = line(&"ä".repeat(1000));
        assert_eq!(long.chars().count(), 161);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn of_many_names_the_first_few_are_shown_and_the_rest_are_counted() {
        assert_eq!(listed(&["a", "b", "c"], str::to_owned), "a, b, c");
        assert_eq!(listed(&["a", "b", "c", "d", "e"], str::to_owned), "a, b, c +2 more");
        assert_eq!(listed::<&str>(&[], str::to_owned), "");
    }
}
