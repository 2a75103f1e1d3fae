//! The review as annotations of a pull request, in the workflow commands of GitHub's runner.

use super::format::{self, MAX_PLACES};
use super::message;
use super::review::{Grade, Review, ReviewedChange};
use crate::plural::count;

/// The most annotations of a level that GitHub shows.
const SHOWN_PER_LEVEL: usize = 10;

/// Renders a review, the worst first, since GitHub shows only ten annotations of each level.
pub(super) fn render(review: &Review) -> String {
    let changes: Vec<String> = review.worst_first().into_iter().map(|reviewed| annotation(review, reviewed)).collect();
    let generated = review.generated.iter().flat_map(|report| {
        let unexplained = report.unexplained().iter().take(MAX_PLACES).map(|hunk| {
            let title = format!("generated/: {}", hunk.cause);
            let file = format!("generated/{}", hunk.path);
            command("warning", &file, Some((hunk.line, 1)), &title, "No change of the spec explains this hunk.")
        });
        let differences = report.differences().iter().take(MAX_PLACES).map(|difference| {
            let title = format!("generated/: {}", difference.state);
            let note = if difference.note.is_empty() { String::new() } else { format!(" ({})", difference.note) };
            let message = format!("This file is not up to date{note}: run `cargo xtask regenerate`.");
            command("warning", &format!("generated/{}", difference.path), None, &title, &message)
        });
        differences.chain(unexplained)
    });
    let annotations: Vec<String> = changes.into_iter().chain(generated).collect();
    limit(review, &annotations).into_iter().chain(annotations.iter().cloned()).collect()
}

/// Says that some annotations do not show. It comes first, so that it shows itself.
fn limit(review: &Review, annotations: &[String]) -> Option<String> {
    let hidden = ["error", "warning", "notice"].map(|level| {
        let start = format!("::{level} ");
        let all = annotations.iter().filter(|annotation| annotation.starts_with(&start)).count();
        (level, all, if level == "notice" { SHOWN_PER_LEVEL - 1 } else { SHOWN_PER_LEVEL })
    });
    let hidden: Vec<String> = hidden
        .into_iter()
        .filter(|(_, all, shown)| all > shown)
        .map(|(level, all, shown)| format!("{shown} of {}", count(all, level)))
        .collect();
    if hidden.is_empty() {
        return None;
    }
    let message = format!(
        "GitHub shows only the first ten annotations of each level: {}. `cargo xtask diff` shows all changes.",
        hidden.join(", ")
    );
    Some(command("notice", &review.head.path, None, "Some changes have no annotation", &message))
}

fn annotation(review: &Review, reviewed: &ReviewedChange) -> String {
    let change = &reviewed.change;
    let level = match reviewed.grade() {
        Grade::Unknown => "error",
        Grade::Breaking if !reviewed.is_approved() => "error",
        Grade::Breaking | Grade::Risky => "warning",
        Grade::Compatible => "notice",
    };
    let column = change.head.as_ref().map_or(1, |site| site.column);
    let at = reviewed.line.map(|line| (line, column));
    let title = format!("{}: {}", change.rule, format::verdicts(reviewed));
    command(level, &review.head.path, at, &title, &message::render(review, reviewed))
}

/// Formats a workflow command. Without a line, the annotation is for the file.
fn command(level: &str, file: &str, at: Option<(usize, usize)>, title: &str, message: &str) -> String {
    let place = at.map(|(line, column)| format!(",line={line},col={column}")).unwrap_or_default();
    format!("::{level} file={}{place},title={}::{}\n", property(file), property(title), data(message))
}

/// Escapes a message, so that text of the document cannot end it and write commands.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which ends at more characters.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property, render};
    use crate::diff::test_review;

    #[test]
    fn says_first_that_annotations_do_not_show() {
        let mut review = test_review::review();
        assert!(!render(&review).contains("first ten"));
        let changes = review.changes.clone();
        review.changes = changes.iter().cycle().take(70).cloned().collect();
        let text = render(&review);
        let first = text.lines().next().expect("a line");
        assert!(first.starts_with("::notice file="), "{first}");
        assert!(first.contains("10 of 30 errors, 10 of 28 warnings, 9 of 20 notices"), "{first}");
    }

    #[test]
    fn escapes_text_that_would_end_the_command() {
        assert_eq!(data("100%\r\n::error::a, b"), "100%25%0D%0A::error::a, b");
        assert_eq!(property("a: b, 5%\n"), "a%3A b%2C 5%25%0A");
    }
}
