//! Breaks long lines of Markdown without changing what is rendered.

use super::markdown::{LocatedEvent, is_inline, parse_with_item_links, rendering, starts_block};
use pulldown_cmark::{Event, Tag, TagEnd};

/// A space that must stay, such as one in a code span. No text has this character.
const FIXED: char = '\0';

/// Breaks paragraphs at `width` characters if any of their lines is longer.
///
/// Lines are broken at spaces in text alone: not in code, tables, headings or the targets of links.
pub fn wrap(text: &str, width: usize) -> String {
    let is_long = |line: &str| line.len() > width && line.chars().count() > width;
    if !text.lines().any(is_long) {
        return text.to_owned();
    }
    let events = parse_with_item_links(text);
    let mut wrapped = String::new();
    let mut end = 0;
    for paragraph in paragraphs(&events) {
        let paragraph = Paragraph::new(text, paragraph);
        if paragraph.lines().any(is_long) {
            wrapped.push_str(&text[end..paragraph.start]);
            paragraph.write(width, &mut wrapped);
            end = paragraph.end;
        }
    }
    wrapped.push_str(&text[end..]);
    if rendering(&wrapped) == rendering(text) { wrapped } else { text.to_owned() }
}

/// Returns the events of each paragraph.
fn paragraphs<'e, 'a>(events: &'e [LocatedEvent<'a>]) -> Vec<&'e [LocatedEvent<'a>]> {
    let mut paragraphs = Vec::new();
    let mut rest = events;
    while let Some((first, _)) = rest.first() {
        let end = match first {
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                end_of_block(rest)
            }
            event if is_inline(event) => {
                let end = rest.iter().position(|(event, _)| !is_inline(event)).unwrap_or(rest.len());
                paragraphs.push(&rest[..end]);
                end
            }
            _ => 1,
        };
        rest = &rest[end..];
    }
    paragraphs
}

/// Counts the events of a block that contains no other block.
fn end_of_block(events: &[LocatedEvent<'_>]) -> usize {
    let ends = |event: &Event<'_>| {
        matches!(event, Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::HtmlBlock))
    };
    events.iter().position(|(event, _)| ends(event)).map_or(events.len(), |position| position + 1)
}

/// A paragraph with its place in the text.
struct Paragraph<'t, 'e> {
    text: &'t str,
    events: &'e [LocatedEvent<'t>],
    start: usize,
    end: usize,
}

impl<'t, 'e> Paragraph<'t, 'e> {
    fn new(text: &'t str, events: &'e [LocatedEvent<'t>]) -> Self {
        let start = events.iter().map(|(_, range)| range.start).min().unwrap_or_default();
        let end = events.iter().map(|(_, range)| range.end).max().unwrap_or_default();
        // No event has the backslash of an escape.
        let start = if text[..start].ends_with('\\') { start - 1 } else { start };
        Self { text, events, start, end: start + text[start..end].trim_end_matches('\n').len() }
    }

    /// Returns the whole lines, with the marks of quotes and lists.
    fn lines(&self) -> impl Iterator<Item = &'t str> {
        self.text[self.line_start()..self.end].lines()
    }

    fn line_start(&self) -> usize {
        self.text[..self.start].rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn write(&self, width: usize, wrapped: &mut String) {
        let first = &self.text[self.line_start()..self.start];
        // The marks of quotes are repeated, and those of lists are not.
        let prefix: String = first.chars().map(|mark| if mark == '>' { '>' } else { ' ' }).collect();
        let width = width.saturating_sub(prefix.chars().count());
        let lines: Vec<_> = self.flow().split('\n').flat_map(|part| fill(part, width)).collect();
        wrapped.push_str(&lines.join(&format!("\n{prefix}")).replace(FIXED, " "));
    }

    /// Returns the content on one line, except for hard breaks. A space that must stay is [`FIXED`].
    fn flow(&self) -> String {
        let mut flow = String::new();
        let mut end = self.start;
        for (event, range) in self.events {
            match event {
                Event::Text(_) => {
                    fixed(&self.text[end..range.start], &mut flow);
                    flow.push_str(&self.text[range.clone()]);
                }
                Event::SoftBreak | Event::HardBreak => {
                    fixed(&self.text[end..range.start], &mut flow);
                    flow.push_str(if *event == Event::SoftBreak { " " } else { "\\\n" });
                    end = self.text.len() - self.text[range.end..].trim_start_matches([' ', '>']).len();
                    continue;
                }
                _ => continue,
            }
            end = range.end;
        }
        fixed(&self.text[end..self.end], &mut flow);
        flow
    }
}

/// Adds markup, in which no line is broken.
fn fixed(markup: &str, flow: &mut String) {
    for (index, line) in markup.split('\n').enumerate() {
        let line = if index == 0 {
            line
        } else {
            flow.push(FIXED);
            line.trim_start_matches([' ', '>'])
        };
        flow.extend(line.chars().map(|letter| if letter == ' ' { FIXED } else { letter }));
    }
}

/// Fills lines with words.
fn fill(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in unbreakable(text) {
        let size = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + size <= width => {
                line.extend([" ", &word]);
                length += 1 + size;
            }
            _ => {
                lines.push(word);
                length = size;
            }
        }
    }
    lines
}

/// Splits a text into words. A word that would begin a block, or that follows a backslash, is joined to the word before
/// it.
fn unbreakable(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if starts_block(word) || last.ends_with('\\') => {
                last.push(FIXED);
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_long_paragraphs_only() {
        for (text, expected) in [
            ("one two three four", "one two\nthree four"),
            ("one two\nthree\nfour five six", "one two\nthree four\nfive six"),
            ("one\ntwo\nthree", "one\ntwo\nthree"),
            ("a long line here\n\nshort\nlines", "a long\nline here\n\nshort\nlines"),
            ("- one two three\n  - four five\n- six", "- one two\n  three\n  - four\n    five\n- six"),
            ("> one two three\n> four", "> one two\n> three\n> four"),
            ("one two\\\nthree four five", "one two\\\nthree four\nfive"),
            ("\\- one two three", "\\- one two\nthree"),
        ] {
            assert_eq!(wrap(text, 10), expected, "{text}");
        }
    }

    #[test]
    fn breaks_no_code_table_heading_or_target() {
        for text in [
            "`let x = some_code(1);`",
            "# A long heading of many words",
            "| a long cell | another cell |\n| --- | --- |",
            "```text\na long line of code\n```",
            "<https://example.com/a/long/path>",
        ] {
            assert_eq!(wrap(text, 10), text);
        }
        assert_eq!(
            wrap("see [the long text](https://a.b \"with a title\") now", 12),
            "see [the\nlong\ntext](https://a.b \"with a title\")\nnow"
        );
    }

    #[test]
    fn starts_no_line_with_the_mark_of_a_block() {
        for (text, expected) in [
            ("one two - three", "one\ntwo -\nthree"),
            ("about 1986. It was", "about 1986.\nIt was"),
            ("one two # > + 2) x", "one\ntwo # > + 2)\nx"),
            ("one two === x", "one\ntwo ===\nx"),
        ] {
            assert_eq!(wrap(text, 8), expected, "{text}");
        }
    }
}
