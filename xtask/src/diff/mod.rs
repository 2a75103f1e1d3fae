//! `cargo xtask diff`: the breaking changes of the spec, and the version that they need.

mod command;
pub(crate) mod document;
mod format;
mod generated;
mod github;
mod html;
mod hunk_causes;
mod hunks;
mod item_rows;
mod json;
mod line_map;
mod markdown;
mod message;
pub(crate) mod repository;
pub(crate) mod review;
mod sarif;
#[cfg(test)]
mod test_review;
mod text;
mod version;

pub(crate) use command::{DiffArgs, run};

#[cfg(test)]
mod tests {
    use super::{github, markdown, test_review, text};

    /// Returns the text as a terminal without colour shows it.
    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn the_text_shows_one_of_everything() {
        insta::assert_snapshot!(plain(&text::render(&test_review::review())));
    }

    #[test]
    fn the_markdown_shows_one_of_everything() {
        insta::assert_snapshot!(markdown::render(&test_review::review(), None));
    }

    #[test]
    fn the_annotations_show_one_of_everything() {
        insta::assert_snapshot!(github::render(&test_review::review()));
    }

    #[test]
    fn renders_a_review_without_changes() {
        insta::assert_snapshot!(plain(&text::render(&test_review::empty())), @r"
        SDK impact: none, wire: none
        base.yaml → head.yaml: no change
        ");
        assert_eq!(github::render(&test_review::empty()), "");
    }
}
