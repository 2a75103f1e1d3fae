//! `cargo xtask diff`: what a change of the spec breaks, and which version it takes.

mod command;
mod format;
pub(crate) mod generated;
mod github;
mod json;
mod line_map;
mod markdown;
pub(crate) mod repository;
pub(crate) mod review;
mod sarif;
#[cfg(test)]
mod test_review;
mod text;
pub(crate) mod version;

pub(crate) use command::{DiffArgs, run, unknown};

use format::{MOST_ITEMS, MOST_REASON, line, listed};
use review::{Review, ReviewedChange};

/// What is said of a change where only plain text can stand.
fn message(review: &Review, reviewed: &ReviewedChange) -> String {
    let change = &reviewed.change;
    let mut lines = vec![line(&change.subject)];
    lines.extend(format::step(change.before.as_deref(), change.after.as_deref(), line));
    for item in change.items.iter().take(MOST_ITEMS) {
        lines.push(format!("{}: {}", line(&item.path), format::item_step(item, line).unwrap_or_default()));
    }
    if change.items.len() > MOST_ITEMS {
        lines.push(format!("+{} more", change.items.len() - MOST_ITEMS));
    }
    lines.extend(change.base.as_ref().map(|site| format!("was at {}", format::place(&review.base, site))));
    if !change.reach.operations.is_empty() {
        lines.push(format!("used by {}", listed(&change.reach.operations, line)));
    }
    lines.extend(reviewed.approval_text().map(|text| format::cut(&text, MOST_REASON)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{github, markdown, test_review, text};

    /// What a terminal without colour shows.
    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn the_text_shows_one_of_everything() {
        insta::assert_snapshot!(plain(&text::render(&test_review::review())));
    }

    #[test]
    fn the_markdown_shows_one_of_everything() {
        insta::assert_snapshot!(markdown::render(&test_review::review()));
    }

    #[test]
    fn the_annotations_show_one_of_everything() {
        insta::assert_snapshot!(github::render(&test_review::review()));
    }

    #[test]
    fn no_change_is_a_review_too() {
        insta::assert_snapshot!(plain(&text::render(&test_review::empty())), @r"
        SDK impact: none, wire: none
        base.yaml → head.yaml: no change
        ");
        assert_eq!(github::render(&test_review::empty()), "");
    }
}
