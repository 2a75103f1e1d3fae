//! The review as the comment of a pull request.

use super::review::{Grade, Review, Reviewed, count};
use super::text::title;
use super::words::{self, MOST_ITEMS, MOST_PLACES, MOST_REASON, line, listed, printable};
use std::fmt::Write;

/// What the comment starts with, so that the next run finds it.
pub(crate) const MARKER: &str = "<!-- cargo xtask diff -->";

/// How long a comment may be. GitHub counts characters; bytes are never fewer.
const LIMIT: usize = 65_536;

/// What is kept for the sentence on what was left out.
const RESERVED: usize = 300;

/// Renders a review, no longer than a comment may be.
pub(super) fn render(review: &Review) -> String {
    let (sides, counts) = words::sides(review);
    let mut head = format!("{MARKER}\n**{}**\n\n{}: {counts}.\n", review.verdict(), code(&sides));
    for note in review.notes.iter().take(MOST_PLACES) {
        let _ = writeln!(head, "\n> {}", prose(note));
    }
    let generated = generated(review);
    let mut room = LIMIT.saturating_sub(head.len() + generated.len() + RESERVED);
    let (mut body, mut left_out) = (String::new(), Vec::new());
    for grade in Grade::ALL {
        let changes = review.of_grade(grade);
        let (group, missing) = group(review, grade, &changes, room);
        room = room.saturating_sub(group.len());
        body.push_str(&group);
        if missing > 0 {
            // What is less bad does not take the room of what is worse.
            room = 0;
            left_out.push(format!("{missing} {}", grade.name()));
        }
    }
    if !left_out.is_empty() {
        let left_out = left_out.join(", ");
        let _ = writeln!(body, "\nLeft out, since a comment has an end: {left_out}. `cargo xtask diff` shows all.");
    }
    head + &body + &generated
}

/// The changes of a grade, as many as there is room for, and how many there is none for.
fn group(review: &Review, grade: Grade, changes: &[&Reviewed], room: usize) -> (String, usize) {
    if changes.is_empty() {
        return (String::new(), 0);
    }
    let title = format!("{} ({})", title(grade), changes.len());
    let (start, end) = match grade {
        // Blank lines, or else what is inside would not be Markdown.
        Grade::Compatible => (format!("\n<details><summary>{title}</summary>\n\n"), "\n</details>\n"),
        _ => (format!("\n### {title}\n\n"), ""),
    };
    let mut group = start;
    for (index, reviewed) in changes.iter().enumerate() {
        let entry = entry(review, reviewed);
        if group.len() + entry.len() + end.len() > room {
            let group = if index == 0 { String::new() } else { group + end };
            return (group, changes.len() - index);
        }
        group.push_str(&entry);
    }
    (group + end, 0)
}

fn entry(review: &Review, reviewed: &Reviewed) -> String {
    let change = &reviewed.change;
    let mut entry = format!(
        "- **{}** ({})  \n  {}",
        prose(&line(&change.subject)),
        code(change.rule.name()),
        words::verdicts(reviewed)
    );
    if let Some(approval) = reviewed.approval_text() {
        let _ = write!(entry, "  \n  _{}_", prose(&words::cut(&approval, MOST_REASON)));
    }
    entry.push('\n');
    let mut row = |name: &str, value: &str| entry.extend(["  - ", name, value, "\n"]);
    if let Some(step) = words::step(change.before.as_deref(), change.after.as_deref(), code) {
        row("", &step);
    }
    for item in change.items.iter().take(MOST_ITEMS) {
        let step = words::item_step(item, code).map(|step| format!(": {step}")).unwrap_or_default();
        row(&code(&item.path), &format!("{step} ({})", item.source.name()));
    }
    if change.items.len() > MOST_ITEMS {
        row("", &format!("+{} more", change.items.len() - MOST_ITEMS));
    }
    let base = change.base.as_ref().map(|site| words::place(&review.base, site));
    let head = change.head.as_ref().map(|site| words::place(&review.head, site));
    let head = head.map(|place| format!("at {}", code(&place)));
    let base = base.map(|place| format!("was at {}", code(&place)));
    let pointer = code(change.pointer());
    row("", &head.into_iter().chain(base).chain([pointer]).collect::<Vec<_>>().join(", "));
    for (name, reach) in [("used by ", &change.reach.operations), ("held by ", &change.reach.types)] {
        if !reach.is_empty() {
            row(name, &listed(reach, code));
        }
    }
    entry
}

fn generated(review: &Review) -> String {
    let Some(report) = &review.generated else { return String::new() };
    let mut out = format!("\n### generated/\n\n{}.\n", prose(&report.summary()));
    let findings = report.findings().iter().map(|finding| {
        let note = if finding.note.is_empty() { String::new() } else { format!(" ({})", prose(&finding.note)) };
        format!("- {}: {}{note}\n", finding.state, code(&format!("generated/{}", finding.path)))
    });
    list(&mut out, &findings.collect::<Vec<_>>());
    let unexplained = report.unexplained();
    if !unexplained.is_empty() {
        let _ = writeln!(out, "\n{} that no change of the spec explains:", count(unexplained.len(), "hunk"));
    }
    let unexplained = unexplained
        .iter()
        .map(|hunk| format!("- {}: {}\n", hunk.cause, code(&format!("generated/{}:{}", hunk.path, hunk.line))));
    list(&mut out, &unexplained.collect::<Vec<_>>());
    out
}

fn list(out: &mut String, lines: &[String]) {
    if !lines.is_empty() {
        out.push('\n');
    }
    out.extend(lines.iter().take(MOST_PLACES).map(String::as_str));
    if lines.len() > MOST_PLACES {
        let _ = writeln!(out, "- +{} more", lines.len() - MOST_PLACES);
    }
}

/// A text as code: nothing in it is Markdown, HTML, or a mention. The fence is longer than any within.
fn code(text: &str) -> String {
    let text = line(text);
    if text.trim().is_empty() {
        return format!("`{text} `");
    }
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A sentence of which parts stand in backticks, and any part may come from the document.
fn prose(text: &str) -> String {
    let text = printable(text);
    let parts: Vec<&str> = text.split('`').collect();
    // A backtick without another is none that opens.
    let closed = parts.len() - 1 - (parts.len() - 1) % 2;
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index {
            index if index % 2 == 1 && index < closed => out.push_str(&code(part)),
            index if index > closed => out.extend(["\\`", &*escaped(part)]),
            _ => out.push_str(&escaped(part)),
        }
    }
    out
}

/// Text that is text. A mention and a reference to an issue are found in what was rendered, so that escapes are too
/// early for them: a space without a width is between.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_last_of_word = characters.peek().is_none_or(|next| next.is_whitespace());
        match character {
            '@' | '#' => out.extend(['\\', character, '\u{200b}']),
            // These end words, or make addresses, which would become links.
            '.' | ':' if !is_last_of_word => out.extend(['\\', character]),
            // Common in sentences, and of no meaning within a line.
            '.' | ':' | ',' | ';' | '/' | '(' | ')' | '-' | '%' | '\'' | '?' | '=' => out.push(character),
            _ if character.is_ascii_punctuation() => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, MARKER, code, prose, render};
    use crate::diff::sample;

    const WORKFLOW: &str = include_str!("../../../.github/workflows/spec-diff.yml");

    #[test]
    fn code_outlives_every_backtick() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(""), "` `");
        assert_eq!(code("a\nb"), "`a\\nb`");
    }

    #[test]
    fn prose_is_text_save_what_stands_in_backticks() {
        assert_eq!(prose("property `a|b` of <b>"), "property `a|b` of \\<b\\>");
        assert_eq!(prose("a ` b"), "a \\` b");
        assert_eq!(prose("`a` and ` b"), "`a` and \\` b");
        assert_eq!(prose("@all, see #1 and [x](y)"), "\\@\u{200b}all, see \\#\u{200b}1 and \\[x\\](y)");
        assert_eq!(prose("*a* _b_ ~c~ http://d"), "\\*a\\* \\_b\\_ \\~c\\~ http\\://d");
        assert_eq!(prose("see www.d.e: it is"), "see www\\.d\\.e: it is");
    }

    #[test]
    fn a_comment_is_never_longer_than_a_comment_may_be_and_says_what_is_missing() {
        let mut review = sample::review();
        let changes = review.changes.clone();
        review.changes = changes.iter().cycle().take(2000).cloned().collect();
        let text = render(&review);
        assert!(text.len() <= LIMIT && text.len() > LIMIT / 2, "{}", text.len());
        assert!(text.starts_with(MARKER));
        assert!(text.contains("Left out, since a comment has an end: "), "what is missing is told");
        assert!(text.contains("### generated/"), "what comes after the changes is there");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn the_workflow_finds_the_comment_by_its_marker() {
        assert!(WORKFLOW.contains(&format!("startswith(\"{MARKER}\")")));
    }

    #[test]
    fn the_workflow_pins_its_actions_and_pastes_nothing_into_a_script() {
        for line in WORKFLOW.lines() {
            if let Some((_, action)) = line.split_once("uses: ") {
                let pin = action.split_once('@').map(|(_, pin)| pin.split(' ').next().unwrap_or_default());
                let is_sha = |pin: &str| pin.len() == 40 && pin.chars().all(|digit| digit.is_ascii_hexdigit());
                assert!(pin.is_some_and(is_sha), "{line}");
            }
        }
        let scripts = WORKFLOW.split("run: |").skip(1).map(|rest| {
            rest.lines().take_while(|line| line.trim().is_empty() || line.starts_with("          ")).collect::<String>()
        });
        let scripts: Vec<_> = scripts.collect();
        assert_eq!(scripts.len(), 2);
        assert!(scripts.iter().all(|script| !script.contains("${{")), "{scripts:?}");
    }
}
