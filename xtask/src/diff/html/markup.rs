//! HTML, written so that no text of a document becomes markup.

use crate::diff::format;

/// The length to which a text is truncated, in characters, so that no single text makes the page slow.
const MAX_TEXT: usize = 4_000;

/// HTML under construction.
///
/// Markup is `'static`: it is part of this program. Every other text goes through [`escape`].
#[derive(Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Writes markup.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writes a text, as content or within a quoted attribute.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(text));
        self
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.text(&number.to_string())
    }

    /// Writes a text as code.
    pub(super) fn code(&mut self, text: &str) -> &mut Self {
        self.raw("<code>").text(text).raw("</code>")
    }

    /// Writes a sentence with parts in backticks. A last backtick without a partner is literal.
    pub(super) fn prose(&mut self, sentence: &str) -> &mut Self {
        for (text, code) in format::code_spans(sentence) {
            self.text(text);
            code.map(|code| self.code(code));
        }
        self
    }

    /// Returns the HTML.
    pub(super) fn into_html(self) -> String {
        self.0
    }
}

/// Escapes a text, so that nothing in it ends an attribute or begins a tag or a character reference.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in format::truncate(text, MAX_TEXT).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{MAX_TEXT, Markup, escape};
    use crate::diff::format;
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    fn prose(text: &str) -> String {
        let mut markup = Markup::default();
        markup.prose(text);
        markup.into_html()
    }

    #[test]
    fn escapes_tags_quotes_and_character_references() {
        assert_eq!(escape("<b a='1' c=\"2\">&lt;"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;lt;");
        assert_eq!(escape("a\nb\u{202e}c\u{0}"), "a\\nb\\u{202e}c\\u{0}");
    }

    #[test]
    fn truncates_a_text_that_would_make_the_page_slow() {
        assert_eq!(escape(&"ä".repeat(MAX_TEXT + 1)).chars().count(), MAX_TEXT + 1);
    }

    #[test]
    fn prose_marks_pairs_of_backticks_as_code() {
        assert_eq!(prose("schema `a<b` of `c`"), "schema <code>a&lt;b</code> of <code>c</code>");
        assert_eq!(prose("`a` and ` b"), "<code>a</code> and ` b");
        assert_eq!(prose("``"), "<code></code>");
        assert_eq!(prose(""), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn escaped_text_holds_no_markup_and_reads_as_the_text(text in "(?s)([<>&\"'`=/!-]|&[a-z#0-9]{1,4};?|</?[a-z]{1,6}|.){0,40}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']), "{escaped}");
            prop_assert!(escaped.chars().all(|character| !character.is_control()), "{escaped:?}");
            let read = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(read.replace("&amp;", "&"), format::printable(&text));
        }
    }
}
