//! Makes a document's prose safe for rustdoc.
//!
//! Descriptions are `CommonMark`, as rustdoc's comments are, but rustdoc does more with it: it compiles code blocks as
//! tests, links brackets to items and keeps HTML. Prose is parsed and written anew, block by block. Text keeps the
//! author's markup if that is safe.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::markdown::{
    self, LocatedEvent, fence, is_address, is_inline, is_rust, parse_with_item_links, printable, starts_block, visible,
};
use super::prose_inline::{Escapes, Events, InlinePlace, inline, literal};
use super::wrap::wrap;

/// The width of lines without indentation, such as those of a README.
const WIDTH: usize = 100;

/// The deepest nesting of quotes and lists. It bounds the length of what each line starts with.
const MAX_DEPTH: usize = 16;

/// Makes prose of the document safe for rustdoc.
///
/// The result has no HTML, no image, no link to an item, and no code that rustdoc compiles. Its reader sees the same
/// text. If rewriting cannot achieve that, the whole text becomes a code block.
pub fn prose(text: &str) -> String {
    let text = printable(text);
    if is_one_plain_line(&text) {
        return wrap(text.trim(), WIDTH);
    }
    let seen = visible(&markdown::parse(&text));
    let written = [Escapes::Needed, Escapes::All].into_iter().find_map(|escapes| {
        let written = BlockWriter::new(&text, escapes).blocks(0)?.lines.join("\n");
        is_safe(&written, &seen).then_some(written)
    });
    wrap(&written.unwrap_or_else(|| fence('`', "text", &text).join("\n")), WIDTH)
}

/// Returns whether a text is one line without markup, except for code between single backticks.
///
/// Most descriptions are, and need no parser.
fn is_one_plain_line(text: &str) -> bool {
    let text = text.trim();
    let is_markup = |letter: char| "*_~[]<>&\\#|=".contains(letter);
    let is_plain = |part: &str| !part.contains(is_markup) && !part.contains("http");
    !text.contains(['\n', '\t'])
        && !text.contains("``")
        && !text.starts_with(|letter: char| letter.is_ascii_digit() || "+-".contains(letter))
        && text.split('`').count() % 2 == 1
        && text.split('`').step_by(2).all(is_plain)
}

/// Returns whether rustdoc shows the text `seen` and nothing that prose must not have.
fn is_safe(text: &str, seen: &str) -> bool {
    let events = parse_with_item_links(text);
    events.iter().all(|(event, _)| is_allowed(event)) && visible(&events) == seen
}

fn is_allowed(event: &Event<'_>) -> bool {
    match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock | Tag::Image { .. }) => false,
        Event::Start(Tag::CodeBlock(kind)) => matches!(kind, CodeBlockKind::Fenced(info) if !is_rust(info)),
        Event::Start(Tag::Link { link_type: LinkType::Inline | LinkType::Autolink, dest_url, .. }) => {
            is_address(dest_url)
        }
        Event::Start(Tag::Link { link_type, .. }) => *link_type == LinkType::Email,
        _ => true,
    }
}

/// Returns the first paragraph of safe prose, or `None` if the prose starts with another block.
pub fn first_paragraph(prose: &str) -> Option<&str> {
    // No paragraph has an empty line.
    let block = prose.split("\n\n").next().filter(|block| !block.is_empty())?;
    if !block.starts_with(' ') && is_one_plain_line(block) {
        return Some(block.trim_end());
    }
    match markdown::parse(block).into_iter().next() {
        Some((Event::Start(Tag::Paragraph), range)) => Some(block[range].trim_end()),
        _ => None,
    }
}

/// The blocks of a container, as lines without the marks of the container.
#[derive(Default)]
struct Blocks {
    lines: Vec<String>,
    /// Whether there is a paragraph. A list item has none if the list is tight.
    has_paragraph: bool,
}

impl Blocks {
    /// Adds a block, after an empty line unless it belongs to a tight list.
    fn push(&mut self, block: Vec<String>, is_tight: bool) {
        if !self.lines.is_empty() && !block.is_empty() && !is_tight {
            self.lines.push(String::new());
        }
        self.lines.extend(block);
    }
}

/// Writes blocks anew. A method returns `None` for blocks that are nested too deep.
struct BlockWriter<'a> {
    source: &'a str,
    events: Events<'a>,
    escapes: Escapes,
}

impl<'a> BlockWriter<'a> {
    fn new(source: &'a str, escapes: Escapes) -> Self {
        Self { source, events: markdown::parse(source).into_iter().peekable(), escapes }
    }

    /// Writes the blocks up to the end of the container, and consumes that end.
    fn blocks(&mut self, depth: usize) -> Option<Blocks> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut blocks = Blocks::default();
        let mut is_tight = false;
        while let Some((event, _)) = self.events.peek() {
            if is_inline(event) {
                is_tight = true;
                let paragraph = self.paragraph();
                blocks.push(paragraph, is_tight);
                continue;
            }
            match self.events.next()? {
                (Event::End(_), _) => break,
                event => {
                    blocks.has_paragraph |= matches!(event.0, Event::Start(Tag::Paragraph));
                    let block = self.block(event, depth)?;
                    blocks.push(block, is_tight);
                }
            }
        }
        Some(blocks)
    }

    fn block(&mut self, (event, range): LocatedEvent<'a>, depth: usize) -> Option<Vec<String>> {
        Some(match event {
            // Not `---`, which is a heading's underline in a tight list, and an item of its own after `-`.
            Event::Rule => vec!["___".to_owned()],
            Event::Start(Tag::Paragraph) => {
                let lines = self.paragraph();
                self.events.next();
                lines
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let text = inline(self.source, &mut self.events, InlinePlace::Heading, self.escapes);
                self.events.next();
                vec![heading(level as usize, text.trim())]
            }
            Event::Start(Tag::BlockQuote(_)) => prefixed("> ", "> ", &self.blocks(depth + 1)?.lines),
            Event::Start(Tag::CodeBlock(kind)) => {
                let mark = if self.source[range].starts_with('~') { '~' } else { '`' };
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => language(info),
                    CodeBlockKind::Indented => "text",
                };
                fence(mark, language, &self.content())
            }
            Event::Start(Tag::HtmlBlock) => html(&self.content()),
            Event::Start(Tag::List(_)) => self.list(depth)?,
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let starts_with_text = matches!(self.events.peek(), Some((Event::Start(Tag::Paragraph), _)));
                footnote(&label, self.blocks(depth + 1)?.lines, starts_with_text)
            }
            Event::Start(Tag::Table(alignments)) => self.table(&alignments),
            _ => return None,
        })
    }

    fn paragraph(&mut self) -> Vec<String> {
        paragraph(&inline(self.source, &mut self.events, InlinePlace::Paragraph, self.escapes))
    }

    /// Returns the text of a block of code or HTML.
    fn content(&mut self) -> String {
        let mut content = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) | Event::Html(text) => content.push_str(&text),
                _ => break,
            }
        }
        content
    }

    fn list(&mut self, depth: usize) -> Option<Vec<String>> {
        let mut items = Vec::new();
        let mut is_loose = false;
        while let Some((Event::Start(Tag::Item), range)) = self.events.next() {
            let marker = marker(&self.source[range]);
            let item = self.blocks(depth + 1)?;
            is_loose |= item.has_paragraph;
            items.push(if item.lines.is_empty() {
                vec![marker.to_owned()]
            } else {
                prefixed(&format!("{marker} "), &" ".repeat(marker.len() + 1), &item.lines)
            });
        }
        let mut list = Blocks::default();
        for item in items {
            list.push(item, !is_loose);
        }
        Some(list.lines)
    }

    fn table(&mut self, alignments: &[Alignment]) -> Vec<String> {
        let mut rows = Vec::new();
        let mut row = String::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = inline(self.source, &mut self.events, InlinePlace::Cell, self.escapes);
                    row.extend(["| ", cell.trim(), " "]);
                }
                Event::End(TagEnd::TableHead) => {
                    rows.push(std::mem::take(&mut row) + "|");
                    rows.push(alignments.iter().map(|alignment| alignment_cell(*alignment)).collect::<String>() + "|");
                }
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row) + "|"),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows
    }
}

/// Splits a paragraph into lines.
fn paragraph(text: &str) -> Vec<String> {
    let text = text.trim_end();
    // Every other backslash is escaped or escapes, so an odd one is a line break with nothing after it.
    let slashes = text.len() - text.trim_end_matches('\\').len();
    let text = &text[..text.len() - slashes % 2];
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(escape_start).collect()
}

/// Escapes the start of a line that may begin a block.
fn escape_start(line: &str) -> String {
    let word = line.split(' ').next().unwrap_or_default();
    if !starts_block(word) {
        return line.to_owned();
    }
    // `1.` is escaped before the dot.
    let at = if word.starts_with(|letter: char| letter.is_ascii_digit()) { word.len() - 1 } else { 0 };
    format!("{}\\{}", &line[..at], &line[at..])
}

fn heading(level: usize, text: &str) -> String {
    let marks = "#".repeat(level);
    // Marks at the end would close the heading.
    match text.strip_suffix('#') {
        Some(start) if !start.ends_with('\\') => format!("{marks} {start}\\#"),
        _ => format!("{marks} {text}").trim_end().to_owned(),
    }
}

/// Returns the language of a code block, which is its first word, or `text` if rustdoc would take it for Rust.
fn language(info: &str) -> &str {
    // rustdoc reports other characters, such as those of `c++`.
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let language = info.trim_start().split(|letter| !is_letter(letter)).next().unwrap_or_default();
    let is_language = language.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !is_rust(language);
    if is_language { language } else { "text" }
}

/// Writes HTML as text: one line as a paragraph, more lines as a code block.
fn html(content: &str) -> Vec<String> {
    let content = content.trim();
    if content.contains('\n') { fence('`', "html", content) } else { paragraph(&literal(content)) }
}

/// Writes a footnote as paragraphs. Its name may clash with another footnote of the page.
fn footnote(label: &str, mut lines: Vec<String>, starts_with_text: bool) -> Vec<String> {
    let label = literal(&format!("[^{label}]:"));
    match lines.first_mut().filter(|_| starts_with_text) {
        Some(first) => *first = format!("{label} {first}"),
        None => lines.splice(0..0, [label, String::new()]).for_each(drop),
    }
    lines
}

/// Returns the marker at the start of a list item.
fn marker(item: &str) -> &str {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    item.get(..=digits).unwrap_or("-")
}

fn alignment_cell(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "| --- ",
        Alignment::Left => "| :-- ",
        Alignment::Center => "| :-: ",
        Alignment::Right => "| --: ",
    }
}

/// Puts `first` before the first line and `other` before the others, without spaces at the end.
fn prefixed(first: &str, other: &str, lines: &[String]) -> Vec<String> {
    let prefixed = lines.iter().enumerate().map(|(index, line)| {
        let prefix = if index == 0 { first } else { other };
        format!("{prefix}{line}").trim_end().to_owned()
    });
    prefixed.collect()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::markdown::{self, rendering, visible};
    use super::{fence, first_paragraph, is_allowed, prose};

    #[test]
    fn escapes_markup_that_rustdoc_interprets() {
        let cases = [
            ("plain `code [x] <y>` text", "plain `code [x] <y>` text"),
            ("`a` and ` b` and ` c", "`a` and ` b` and \\` c"),
            ("a [thing] of <b>", "a \\[thing] of \\<b>"),
            ("see https://example.com/a.", "see <https://example.com/a>."),
            ("see <https://example.com/a>.", "see <https://example.com/a>."),
            ("a [link](https://example.com) here", "a [link](https://example.com) here"),
            ("an [anchor](#there)", "an anchor"),
            ("an open ` tick", "an open \\` tick"),
            ("``a ` [b]`` [c]", "``a ` [b]`` \\[c]"),
            ("```x``` [y]", "```x``` \\[y]"),
            ("[a] to ](http://b.c)", "\\[a] to ](<http://b.c>)"),
            ("[a](http://b.c d e)", "\\[a](<http://b.c> d e)"),
            ("[a](http://b.c \"d\")", "[a](http://b.c \"d\")"),
            ("a\tb\rc\u{202e}d\u{7}", "a b\ncd"),
            ("escaped \\[x]", "escaped \\[x]"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn keeps_the_markup_of_the_author() {
        for text in [
            "*a* and _b_, **c** and __d__, ***e***, ~f~ and ~~g~~",
            "an a_b_c, 2 * 3, a < b & c, x &amp; y, 50% of ~10",
            "# A `heading`\n\nand\\\nits text",
            "- one\n- two\n  - a\n  - b\n\n1. first\n\n   More.\n\n2. second",
            "> a quote\n> of two lines\n>\n> - and a list",
            "| a | b |\n| --- | --: |\n| `x\\|y` | z |",
            "<a@b.c>, [mail](mailto:a@b.c), [*a* `b`](https://c.d/e_(f)?g=h&i \"j\")",
            "C:\\dir and \\*no emphasis\\*",
        ] {
            assert_eq!(prose(text), text);
        }
    }

    #[test]
    fn rewrites_what_rustdoc_cannot_show() {
        let cases = [
            ("![A diagram](https://a.b/c.png) of it", "[A diagram](https://a.b/c.png) of it"),
            ("![](https://a.b/c.png), ![local](c.png)", "<https://a.b/c.png>, local"),
            ("[![badge](https://a.b/c.svg)](https://d.e)", "[badge](https://d.e)"),
            ("[text][ref]\n\n[ref]: https://a.b", "[text](https://a.b)"),
            ("a <a href=\"https://b.c/d_e\">link</a>", "a \\<a href=\"<https://b.c/d_e>\">link\\</a>"),
            ("<p>One *line*.</p>\n\nAnd", "\\<p>One \\*line\\*.\\</p>\n\nAnd"),
            ("<ul>\n  <li>a</li>\n</ul>", "```html\n<ul>\n  <li>a</li>\n</ul>\n```"),
            ("[run](javascript:alert(1)) <javascript:alert(1)>", "run javascript:alert(1)"),
            ("A note[^1].\n\n[^1]: The note.", "A note\\[^1].\n\n\\[^1]: The note."),
            ("A title\n===\n\n* * *\n\nb", "# A title\n\n___\n\nb"),
            ("a  \nb\n    - c", "a\\\nb\n\\- c"),
            ("- a\n      - b\n\n- c\nd", "- a\n  \\- b\n\n- c\n  d"),
            ("- [ ] open\n- [x] done", "- \\[ ] open\n- \\[x] done"),
            ("a &#91;b&#93; \\http://c.d", "a &#91;b&#93; \\\\<http://c.d>"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn turns_no_block_into_a_doctest() {
        assert_eq!(prose("Like:\n\n    let x = 1;"), "Like:\n\n```text\nlet x = 1;\n```");
        assert_eq!(prose("```\nx\n```\nafter"), "```text\nx\n```\n\nafter");
        assert_eq!(prose("```json\n{}"), "```json\n{}\n```");
        assert_eq!(prose("```rust\nx\n```"), "```text\nx\n```");
        assert_eq!(prose("```c++\nx\n```"), "```c\nx\n```");
        assert_eq!(prose("```compile-fail\nx\n```"), "```text\nx\n```");
        assert_eq!(prose("~~~yaml title=\"x\"\n```\n~~~"), "~~~yaml\n```\n~~~");
        assert_eq!(prose("````\n```\n````\n[x]"), "````text\n```\n````\n\n\\[x]");
        assert_eq!(prose("> ```\n> x\n\n[y]"), "> ```text\n> x\n> ```\n\n\\[y]");
        assert_eq!(prose("- ```\n  x\n[y]"), "- ```text\n  x\n  ```\n\n\\[y]");
        assert_eq!(prose("a\n\n    ```\n    x\n    ```"), "a\n\n````text\n```\nx\n```\n````");
        assert_eq!(prose("1. a\n\n    ```\n    x\n    ```"), "1. a\n\n   ```text\n   x\n   ```");
        assert_eq!(prose("# A\n    let x;\n    y"), "# A\n\n```text\nlet x;\ny\n```");
        assert_eq!(
            prose("- a\n\n        x y\n\n    - b\n\nc\n\n    - d"),
            "- a\n\n  ```text\n    x y\n  ```\n\n  - b\n\nc\n\n```text\n- d\n```"
        );
        assert_eq!(prose(">     let x;\n\n1.     y"), "> ```text\n> let x;\n> ```\n\n1. ```text\n   y\n   ```");
        assert_eq!(prose("1.\n        x"), "1. ```text\n    x\n   ```");
    }

    #[test]
    fn makes_a_code_span_of_any_text() {
        for (text, expected) in [("a", "`a`"), ("a`b", "`` a`b ``"), ("`` a", "``` `` a ```"), ("a\nb", "`a b`")] {
            assert_eq!(markdown::code(text), expected);
        }
    }

    #[test]
    fn finds_the_first_paragraph() {
        assert_eq!(first_paragraph("a\nb\n\nc"), Some("a\nb"));
        assert_eq!(first_paragraph("\\<b> *c*"), Some("\\<b> *c*"));
        assert_eq!(first_paragraph("# a\n\nb"), None);
        assert_eq!(first_paragraph("```text\na\n```"), None);
        assert_eq!(first_paragraph(""), None);
    }

    #[test]
    fn takes_linear_time() {
        for part in [
            "[", "`", "![", "](", "<", "<!--", "*", "*a ", "_a", "~", "&", "\\", "http://", "> ", "- ", "|", "a`b",
            "[a](", "#\n", "- a\n",
        ] {
            let text = part.repeat(100_000 / part.len());
            let start = Instant::now();
            prose(&text);
            assert!(start.elapsed() < Duration::from_secs(3), "{part}: {:?}", start.elapsed());
        }
    }

    /// Words and marks, whose combinations are most of Markdown.
    #[rustfmt::skip]
    const PARTS: [&str; 64] = [
        "a", "b ", "word word word ", "é ", " ", "  ", "    ", "\t", "\n", "\n\n", "\r", "`", "``", "```",
        "```rust\n", "~", "~~~", "*", "**", "_", "[", "[a]", "[ ] ", "[^1]", "[^1]: ", "[a]: http://b.c\n", "]",
        "](x)", "](http://a.b)", "(", ")", "!", "![", "<", "<b>", "</b>", "<div>\n", "<script>", "<!--", "-->",
        "<http://a.b>", "<a@b.c>", ">", "> ", "- ", "---", "* ", "+", "1. ", "2)", "#", "# ", "=", "===", "|",
        "|a|b|\n", "|-|-|\n", "\\", "&", "&amp;", ";", "http://a.b", ":", "\u{202e}",
    ];

    fn markdown_text() -> impl Strategy<Value = String> {
        vec(select(&PARTS[..]), 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn shows_the_text_and_nothing_forbidden(text in markdown_text()) {
            let safe = prose(&text);
            let events = markdown::parse_with_item_links(&safe);
            for (event, _) in &events {
                prop_assert!(is_allowed(event), "{event:?} in {safe:?}");
            }
            let text = markdown::printable(&text);
            let is_code = safe == fence('`', "text", &text).join("\n");
            prop_assert!(is_code || visible(&events) == visible(&markdown::parse(&text)), "{safe:?}");
        }

        #[test]
        fn wrapping_changes_no_rendering(text in markdown_text(), width in 1..60_usize) {
            let safe = prose(&text);
            let wrapped = super::wrap(&safe, width);
            prop_assert_eq!(rendering(&wrapped), rendering(&safe));
        }
    }
}
