//! The review as the comment of a pull request.

use super::format::{self, MAX_ITEMS, MAX_PLACES, MAX_REASON, line, name_list, printable};
use super::item_rows;
use super::review::{Grade, Review, ReviewedChange};
use crate::plural::count;
use std::fmt::Write;

/// The start of the comment, by which the next run finds it.
pub(crate) const MARKER: &str = "<!-- cargo xtask diff -->";

/// The maximum length of a comment. GitHub counts characters, of which there are no more than bytes.
const LIMIT: usize = 65_536;

/// The space for the sentence about omitted changes.
const RESERVED: usize = 500;

/// The longest address of the whole review, in bytes. It has to fit into [`RESERVED`].
const MAX_ADDRESS: usize = 250;

/// Reads the address of the whole review. It must not need an escape, because it is a link in the comment.
pub(super) fn address(text: &str) -> Result<String, String> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-._~:/?#=&%+".contains(character);
    if !text.starts_with("https://") || !text.chars().all(is_plain) {
        return Err("an address starts with https:// and has only letters, digits and -._~:/?#=&%+".to_owned());
    }
    if text.len() > MAX_ADDRESS {
        return Err(format!("an address has at most {MAX_ADDRESS} characters"));
    }
    Ok(text.to_owned())
}

/// Renders a review within the maximum length of a comment. `full` is the address of the whole review.
pub(super) fn render(review: &Review, full: Option<&str>) -> String {
    let (sides, counts) = format::sides(review);
    let mut head = format!("{MARKER}\n**{}**\n\n{}: {counts}.\n", review.verdict(), code(&sides));
    for note in review.notes.iter().take(MAX_PLACES) {
        let _ = writeln!(head, "\n> {}", prose(note));
    }
    let rules = review.rule_counts();
    if rules.len() > 1 {
        let rules: Vec<_> = rules.iter().map(|(rule, count)| format!("{} {count}", code(rule.name()))).collect();
        let _ = writeln!(head, "\nBy rule: {}.", rules.join(", "));
    }
    let generated = generated(review);
    let mut room = LIMIT.saturating_sub(head.len() + generated.len() + RESERVED);
    let (mut body, mut omitted) = (names(review, room), Vec::new());
    room = room.saturating_sub(body.len());
    for grade in Grade::ALL {
        let changes = review.of_grade(grade);
        let (group, missing) = group(review, grade, &changes, room);
        room = room.saturating_sub(group.len());
        body.push_str(&group);
        if missing > 0 {
            // Milder changes must not take the space of worse ones.
            room = 0;
            omitted.push(format!("{missing} {}", grade.name()));
        }
    }
    if !omitted.is_empty() {
        let omitted = omitted.join(", ");
        let all = full.map_or_else(|| "`cargo xtask diff`".to_owned(), |full| format!("[The whole review](<{full}>)"));
        let _ = writeln!(body, "\nOmitted, because a comment has a maximum length: {omitted}. {all} shows all.");
    }
    head + &body + &generated
}

/// Names each change that fails in a line, because there may be no room for the details of all.
fn names(review: &Review, room: usize) -> String {
    let changes: Vec<_> = [Grade::Unknown, Grade::Breaking].iter().flat_map(|grade| review.of_grade(*grade)).collect();
    if changes.len() < 2 {
        return String::new();
    }
    let mut names = "\n### All breaking changes\n\n".to_owned();
    for (index, reviewed) in changes.iter().enumerate() {
        let change = &reviewed.change;
        let approved = if reviewed.is_approved() { ", approved" } else { "" };
        let name = format!("- {}: {}{approved}\n", code(change.rule.name()), prose(&line(&change.subject)));
        if names.len() + name.len() > room {
            let _ = writeln!(names, "- +{} more", changes.len() - index);
            return names;
        }
        names.push_str(&name);
    }
    names
}

/// Renders as many changes of a grade as there is room for, and returns the number of the others.
fn group(review: &Review, grade: Grade, changes: &[&ReviewedChange], room: usize) -> (String, usize) {
    if changes.is_empty() {
        return (String::new(), 0);
    }
    let title = format!("{} ({})", grade.title(), changes.len());
    let (start, end) = match grade {
        // Without blank lines, GitHub would not read the inside as Markdown.
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

fn entry(review: &Review, reviewed: &ReviewedChange) -> String {
    let change = &reviewed.change;
    let mut entry = format!(
        "- **{}** ({})  \n  {}",
        prose(&line(&change.subject)),
        code(change.rule.name()),
        format::verdicts(reviewed)
    );
    if let Some(approval) = reviewed.approval_text() {
        let _ = write!(entry, "  \n  _{}_", prose(&format::truncate(&approval, MAX_REASON)));
    }
    entry.push('\n');
    let mut row = |name: &str, value: &str| entry.extend(["  - ", name, value, "\n"]);
    if let Some(step) = format::step(change.before.as_deref(), change.after.as_deref(), code) {
        row("", &step);
    }
    let items = item_rows::rows(&change.items);
    for shown in items.iter().take(MAX_ITEMS) {
        let step = shown.step(code).map(|step| format!(": {step}")).unwrap_or_default();
        row(&code(&shown.item.path), &format!("{step} ({})", shown.item.source.name()));
    }
    if items.len() > MAX_ITEMS {
        row("", &format!("+{} more", items.len() - MAX_ITEMS));
    }
    let base = change.base.as_ref().map(|site| format::place(&review.base, site));
    let head = change.head.as_ref().map(|site| format::place(&review.head, site));
    let head = head.map(|place| format!("at {}", code(&place)));
    let base = base.map(|place| format!("was at {}", code(&place)));
    let pointer = code(change.pointer());
    row("", &head.into_iter().chain(base).chain([pointer]).collect::<Vec<_>>().join(", "));
    for (name, reach) in [("used by ", &change.reach.operations), ("held by ", &change.reach.types)] {
        if !reach.is_empty() {
            row(name, &name_list(reach, code));
        }
    }
    entry
}

fn generated(review: &Review) -> String {
    let Some(report) = &review.generated else { return String::new() };
    let mut out = format!("\n### generated/\n\n{}.\n", prose(&report.summary()));
    let differences = report.differences().iter().map(|difference| {
        let note = if difference.note.is_empty() { String::new() } else { format!(" ({})", prose(&difference.note)) };
        format!("- {}: {}{note}\n", difference.state, code(&format!("generated/{}", difference.path)))
    });
    list(&mut out, &differences.collect::<Vec<_>>());
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
    out.extend(lines.iter().take(MAX_PLACES).map(String::as_str));
    if lines.len() > MAX_PLACES {
        let _ = writeln!(out, "- +{} more", lines.len() - MAX_PLACES);
    }
}

/// Formats a text as code, so that nothing in it is Markdown, HTML, or a mention.
///
/// The fence is longer than any in the text.
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

/// Formats a sentence with parts in backticks. Any part may come from the document.
fn prose(text: &str) -> String {
    let text = printable(text);
    let spans = format::code_spans(&text);
    spans.map(|(text, inside)| escaped(text) + &inside.map(code).unwrap_or_default()).collect()
}

/// Escapes text, so that nothing in it is Markdown.
///
/// GitHub looks for mentions and issue references in the rendered text, where an escape is gone. A zero-width space
/// prevents them.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_last_of_word = characters.peek().is_none_or(|next| next.is_whitespace());
        match character {
            '@' | '#' => out.extend(['\\', character, '\u{200b}']),
            // Inside a word, these make an address, which would become a link.
            '.' | ':' if !is_last_of_word => out.extend(['\\', character]),
            // Common in sentences, and without a meaning inside a line.
            '.' | ':' | ',' | ';' | '/' | '(' | ')' | '-' | '%' | '\'' | '?' | '=' => out.push(character),
            _ if character.is_ascii_punctuation() => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, MARKER, MAX_ADDRESS, address, code, prose, render};
    use crate::diff::test_review;

    const WORKFLOW: &str = include_str!("../../../.github/workflows/spec-diff.yml");

    #[test]
    fn code_contains_every_backtick() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(""), "` `");
        assert_eq!(code("a\nb"), "`a\\nb`");
    }

    #[test]
    fn prose_escapes_everything_outside_backticks() {
        assert_eq!(prose("property `a|b` of <b>"), "property `a|b` of \\<b\\>");
        assert_eq!(prose("a ` b"), "a \\` b");
        assert_eq!(prose("`a` and ` b"), "`a` and \\` b");
        assert_eq!(prose("@all, see #1 and [x](y)"), "\\@\u{200b}all, see \\#\u{200b}1 and \\[x\\](y)");
        assert_eq!(prose("*a* _b_ ~c~ http://d"), "\\*a\\* \\_b\\_ \\~c\\~ http\\://d");
        assert_eq!(prose("see www.d.e: it is"), "see www\\.d\\.e: it is");
    }

    #[test]
    fn comment_keeps_its_maximum_length_and_names_omitted_changes() {
        let mut review = test_review::review();
        let changes = review.changes.clone();
        review.changes = changes.iter().cycle().take(2000).cloned().collect();
        let text = render(&review, None);
        assert!(text.len() <= LIMIT && text.len() > LIMIT / 2, "{}", text.len());
        assert!(text.starts_with(MARKER));
        assert!(text.contains("Omitted, because a comment has a maximum length: "), "omitted changes are counted");
        assert!(text.contains("### generated/"), "the rest follows the changes");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }

    #[test]
    fn comment_names_every_breaking_change_before_the_details() {
        let mut review = test_review::review();
        let changes = review.changes.clone();
        review.changes = changes.iter().cycle().take(700).cloned().collect();
        let text = render(&review, None);
        assert!(text.len() <= LIMIT, "{}", text.len());
        let (names, details) = text.split_once("### Covered by no rule").expect("details");
        assert_eq!(names.matches("\n- `property-removed`: property `title` of `ChatKitThread`\n").count(), 100);
        assert_eq!(names.matches("\n- `unknown-construct`: ").count(), 100);
        assert!(names.contains("By rule: `documentation-changed` 100, `operation-removed` 100, "), "{}", &names[..500]);
        assert!(details.contains("Omitted, because a comment has a maximum length: "));
    }

    #[test]
    fn hides_prose_and_says_so() {
        let mut review = test_review::review();
        review.hides_prose = true;
        let text = render(&review, None);
        assert!(text.contains("(1 of prose hidden)"), "{text}");
        assert!(!text.contains("documentation-changed"));
    }

    #[test]
    fn comment_links_to_the_whole_review_if_it_omits_changes() {
        let full = format!("https://github.com/{}", "a".repeat(MAX_ADDRESS - 19));
        let full = address(&full).expect("an address");
        let link = format!("[The whole review](<{full}>) shows all.");
        let mut review = test_review::review();
        assert!(!render(&review, Some(&full)).contains(&full), "nothing is omitted");
        review.changes = review.changes.iter().cycle().take(2000).cloned().collect();
        let text = render(&review, Some(&full));
        assert!(text.contains(&link) && text.len() <= LIMIT, "{}", text.len());
    }

    #[test]
    fn rejects_an_address_that_is_no_plain_link() {
        for wrong in
            ["", "review.html", "javascript:alert(1)", "http://a.b", "https://a.b/>x", "https://a.b/ c", "https://a/ü"]
        {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        assert!(address(&format!("https://{}", "a".repeat(MAX_ADDRESS))).is_err());
    }

    #[test]
    fn workflow_finds_the_comment_by_its_marker() {
        assert!(WORKFLOW.contains(&format!("startswith(\"{MARKER}\")")));
    }

    #[test]
    fn workflow_pins_its_actions_and_interpolates_nothing_into_scripts() {
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
        assert_eq!(scripts.len(), 3);
        assert!(scripts.iter().all(|script| !script.contains("${{")), "{scripts:?}");
    }
}
