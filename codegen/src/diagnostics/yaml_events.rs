//! The nodes of a YAML or JSON text in the order of the text, each with its position.
//!
//! libyaml-safer is a port of the parser within `serde_yaml`, so it reads what the reader of documents reads.

use libyaml_safer::{Event, EventData, Parser, ScalarStyle};
use std::io::Cursor;
use std::ops::Range;

/// A position in the text: line and column, both counted from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineColumn {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A part of the text. The end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: LineColumn,
    pub(crate) end: LineColumn,
}

/// The notation of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// YAML, and JSON that is YAML too.
    Yaml,
    /// JSON that may have escapes, tabs and characters that YAML does not have.
    Json,
}

/// The events of a text, up to its end or its first syntax error.
pub(crate) struct YamlEvents<'t> {
    text: &'t str,
    notation: Notation,
    index: TextIndex<'t>,
    parser: Parser<Cursor<Vec<u8>>>,
}

impl<'t> YamlEvents<'t> {
    /// Reads a text without a byte order mark.
    pub(crate) fn of(text: &'t str, notation: Notation) -> Self {
        let mut parser = Parser::new();
        parser.set_input(Cursor::new(readable(text, notation).into_bytes()));
        Self { text, notation, index: TextIndex::of(text), parser }
    }

    /// Returns the next event, or `None` at a syntax error.
    pub(crate) fn next(&mut self) -> Option<Event> {
        self.parser.parse().ok()
    }

    /// Returns the part of the text that an event covers.
    pub(crate) fn span(&self, event: &Event) -> Span {
        let Range { mut start, end } = self.bytes(event);
        if let EventData::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } = &event.data {
            start = self.first_line(start..end);
        }
        Span { start: self.index.position(start), end: self.index.position(end) }
    }

    /// Returns a key as JSON has it.
    pub(crate) fn key(&self, event: &Event, text: &str, is_plain: bool) -> String {
        if self.notation == Notation::Json {
            // The parser has read replacements of some escapes.
            return serde_json::from_str(&self.text[self.bytes(event)]).unwrap_or_else(|_| text.to_owned());
        }
        let source = &self.text[self.bytes(event)];
        if text.contains('_') && source.contains('!') {
            // One of them may be a replacement.
            return serde_yaml::from_str(source).unwrap_or_else(|_| text.to_owned());
        }
        let looks_special = text.starts_with(|first: char| "0123456789+-tTfF".contains(first));
        let is_short_code = text.len() < 10 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_plain && looks_special && !is_short_code {
            // The keys `0x10` and `True` are `16` and `true` in JSON.
            match serde_yaml::from_str(text) {
                Ok(serde_yaml::Value::Bool(value)) => return value.to_string(),
                Ok(serde_yaml::Value::Number(value)) if !value.is_f64() => return value.to_string(),
                _ => {}
            }
        }
        text.to_owned()
    }

    /// Returns the start of the text in a block scalar, behind `|` or `>`. An empty one starts at that mark.
    fn first_line(&self, scalar: Range<usize>) -> usize {
        let block = &self.text[scalar.clone()];
        let header = block.find(['\n', '\r']).unwrap_or(block.len());
        let blank = block[header..].len() - block[header..].trim_start().len();
        if header + blank < block.len() { scalar.start + header + blank } else { scalar.start }
    }

    fn bytes(&self, event: &Event) -> Range<usize> {
        let offset = |index: u64| usize::try_from(index).map_or(self.text.len(), |index| index.min(self.text.len()));
        let start = offset(event.start_mark.index);
        start..offset(event.end_mark.index).max(start)
    }
}

/// Returns a text of the same positions that the parser reads without a panic and, if it is JSON, without an error.
fn readable(text: &str, notation: Notation) -> String {
    let mut readable = if notation == Notation::Json { json_as_yaml(text) } else { text.to_owned() };
    // The parser panics at a tag with a comma behind it, such as `[!a, b]`. The reader refuses such a tag, so only the
    // place of the node matters.
    if readable.contains('!') {
        readable = without_tags_before_commas(&readable);
    }
    // It also panics if the text ends within a block scalar.
    readable.push('\n');
    readable
}

/// Replaces the first character of what may be a tag, if a comma is in the same word.
fn without_tags_before_commas(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let comma = word.rfind(',').unwrap_or_default();
        let mut may_start = true;
        for (offset, character) in word.char_indices() {
            let is_tag = character == '!' && may_start && offset < comma && !ends_verbatim(&word[offset..]);
            replaced.push(if is_tag { '_' } else { character });
            may_start = match character {
                ',' | '[' | ']' | '{' | '}' | '"' | '\'' => true,
                // A tag does not follow them within plain text.
                ':' | '?' => may_start,
                _ => false,
            };
        }
    }
    replaced
}

/// Returns whether a tag such as `!<tag:example.com,2000:point>` ends without a comma behind it.
fn ends_verbatim(tag: &str) -> bool {
    tag.starts_with("!<") && tag.split_once('>').is_some_and(|(_, rest)| !rest.starts_with(','))
}

/// Replaces what JSON has and YAML does not have by characters of the same length.
fn json_as_yaml(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len() + 1);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let surrogate = rest
            .strip_prefix("\\u")
            .and_then(|digits| digits.get(..4))
            .is_some_and(|digits| u32::from_str_radix(digits, 16).is_ok_and(|code| (0xd800..0xe000).contains(&code)));
        let (length, replacement) = match character {
            '\\' if surrogate => (6, "\\uFFFD"),
            // The escaped character is not the start of an escape.
            '\\' => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), ""),
            '\t' => (1, " "),
            '\n' | '\r' => (1, ""),
            '\0'..='\u{1f}' | '\u{7f}' => (1, "_"),
            '\u{80}'..='\u{9f}' => (2, "é"),
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => (3, "\u{fffd}"),
            other => (other.len_utf8(), ""),
        };
        replaced.push_str(if replacement.is_empty() { &rest[..length] } else { replacement });
        rest = &rest[length..];
    }
    replaced
}

/// Finds the line and column of a byte. The time does not depend on the length of the line.
struct TextIndex<'t> {
    text: &'t str,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// The number of characters before each block of bytes.
    characters: Vec<usize>,
}

impl<'t> TextIndex<'t> {
    /// The number of bytes in a block.
    const BLOCK: usize = 64;

    fn of(text: &'t str) -> Self {
        let mut characters = Vec::with_capacity(text.len() / Self::BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(Self::BLOCK) {
            characters.push(count);
            count += starts(block);
        }
        characters.push(count);
        Self { text, lines: super::lines::starts(text), characters }
    }

    fn position(&self, byte: usize) -> LineColumn {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        LineColumn { line: line.max(1), column: 1 + self.characters_before(byte) - self.characters_before(start) }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / Self::BLOCK;
        self.characters[block] + starts(&self.text.as_bytes()[block * Self::BLOCK..byte])
    }
}

/// Counts the characters that start in a part of a text.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, TextIndex, json_as_yaml, without_tags_before_commas};

    #[test]
    fn positions_count_characters_of_long_lines() {
        let text = format!("{}\nß{}\r\n\u{2028}x", "ä".repeat(100), "y".repeat(70));
        let index = TextIndex::of(&text);
        let position = |byte| {
            let LineColumn { line, column } = index.position(byte);
            (line, column)
        };
        assert_eq!([0, 2, 198, 200].map(position), [(1, 1), (1, 2), (1, 100), (1, 101)]);
        assert_eq!([201, 203, 273].map(position), [(2, 1), (2, 2), (2, 72)]);
        assert_eq!([275, 278, 279].map(position), [(3, 1), (3, 2), (3, 3)]);
    }

    #[test]
    fn text_for_the_parser_keeps_its_length() {
        let json = "{\t\"\\ud83d\\ude00 \\\\ud83d \u{7f}\u{85}\u{ffff}\": 1}";
        assert_eq!(json_as_yaml(json), "{ \"\\uFFFD\\uFFFD \\\\ud83d _é\u{fffd}\": 1}");
        assert_eq!(json_as_yaml(json).len(), json.len());
        assert_eq!(without_tags_before_commas("[!a, \"b!\", c!, !d ,!!e,f:!g,"), "[_a, \"b!\", c!, !d ,_!e,f:!g,");
        assert_eq!(without_tags_before_commas("[!<a,b> c, !<a,b>, d]"), "[!<a,b> c, _<a,b>, d]");
    }
}
