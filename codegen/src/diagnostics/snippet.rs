//! Excerpts of a text, with marks at the positions of diagnostics.

use super::diagnostic::Place;
use super::lines::Lines;
use super::positions::{LineColumn, NodeSpans, Positions, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet, Title};
use std::cell::OnceCell;
use std::ops::Range;

/// The number of characters of a line that are shown.
const WIDTH: usize = 110;

/// The number of characters before the mark in a line that is cut.
const BEFORE: usize = 50;

/// The greatest distance, in lines, of two marks in one excerpt.
const NEAR: usize = 5;

/// A part of one line that an excerpt marks.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The part, as bytes of the line.
    bytes: Range<usize>,
}

impl Mark {
    /// Returns whether one excerpt can show both marks.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let (first, last) = if self.bytes.start < other.bytes.start { (self, other) } else { (other, self) };
        // Two marks on one line must both be in the part that is shown.
        let fits = last.bytes.start - first.bytes.start <= WIDTH / 2;
        self.line.abs_diff(other.line) <= NEAR && (self.line != other.line || fits)
    }
}

/// A text with its lines and the positions of its values.
pub(super) struct PositionedText<'r> {
    origin: &'r str,
    lines: Lines<'r>,
    /// Read once a position is needed.
    positions: OnceCell<Positions>,
    text: &'r str,
}

impl<'r> PositionedText<'r> {
    /// Reads the lines and positions of a text. `origin` names it in the excerpts.
    pub(super) fn of(origin: &'r str, text: &'r str) -> Self {
        Self { origin, lines: Lines::of(text), positions: OnceCell::new(), text }
    }

    /// Returns the mark of a position.
    pub(super) fn mark(&self, place: &Place) -> Mark {
        let (pointer, at_key) = match place {
            Place::Text { line, column } => return self.word(*line, *column),
            Place::Value(pointer) => (pointer, false),
            Place::Key(pointer) => (pointer, true),
        };
        let positions = self.positions.get_or_init(|| Positions::of(self.text));
        match positions.locate(pointer) {
            Some(location) => self.mark_location(location, at_key),
            None => self.word(1, 1),
        }
    }

    /// Marks a value, or its key. A mapping of many lines is marked at its key.
    fn mark_location(&self, NodeSpans { key, value, container }: NodeSpans, at_key: bool) -> Mark {
        let one_line = value.start.line == value.end.line;
        let small = one_line && value.end.column.saturating_sub(value.start.column) <= WIDTH / 2;
        match key {
            Some(key) if at_key => self.trimmed(key),
            Some(key) if container && !(small && self.is_flow(value.start)) => self.trimmed(key),
            _ if container && !small && self.is_flow(value.start) => {
                let end = LineColumn { column: value.start.column + 1, ..value.start };
                self.trimmed(Span { start: value.start, end })
            }
            _ => self.trimmed(value),
        }
    }

    fn is_flow(&self, point: LineColumn) -> bool {
        let line = self.lines.line(point.line);
        line[self.lines.offset(point.line, point.column)..].starts_with(['{', '['])
    }

    /// Marks the first line of a span.
    fn trimmed(&self, Span { start, end }: Span) -> Mark {
        let text = self.lines.line(start.line);
        let from = self.lines.offset(start.line, start.column);
        let to = if end.line == start.line { self.lines.offset(end.line, end.column) } else { text.len() };
        let shown = text.get(from..to.max(from)).unwrap_or_default().trim_end();
        Mark { line: start.line, column: start.column, bytes: from..from + shown.len() }
    }

    /// Marks the word at a position, or one character if a word does not start there.
    fn word(&self, line: usize, column: usize) -> Mark {
        let text = self.lines.line(line);
        let start = self.lines.offset(line, column);
        let rest = &text[start..];
        let in_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '$' | '/');
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map_or(1, |end| end + 2),
            Some(first) => rest.find(|character| !in_word(character)).unwrap_or(rest.len()).max(first.len_utf8()),
            None => 0,
        };
        Mark { line, column, bytes: start..start + length }
    }

    /// Returns a title, and below it an excerpt with marks. The position above the excerpt is that of the first mark.
    pub(super) fn excerpt(
        &self,
        marks: &[(&Mark, AnnotationKind, Option<&str>)],
        level: &Level<'r>,
        title: Title<'r>,
    ) -> Vec<Group<'r>> {
        let first = marks.iter().map(|(mark, ..)| mark.line).min().unwrap_or(1);
        let last = marks.iter().map(|(mark, ..)| mark.line).max().unwrap_or(1);
        let mut source = String::new();
        let mut annotations = Vec::new();
        let mut cut = false;
        for line in first..=last {
            let here = marks.iter().filter(|(mark, ..)| mark.line == line);
            let from = here.clone().map(|(mark, ..)| mark.bytes.start).min().unwrap_or(0);
            let window = LineWindow::of(self.lines.line(line), from);
            cut |= window.skipped > 0;
            for (mark, kind, label) in here {
                let span = window.span(&mark.bytes, source.len());
                annotations.push(kind.span(span).label(label.map(str::to_owned)));
            }
            source.push_str(&window.text);
            source.push('\n');
        }
        let snippet = Snippet::source(source).line_start(first).annotations(annotations);
        match marks.first() {
            // The snippet would count the column in the part that is shown. The position and a snippet without one
            // have separate groups. In one group, the snippet would seem to be of another file.
            Some((mark, ..)) if cut => {
                let origin = Origin::path(self.origin).line(mark.line).char_column(mark.column);
                let place = Group::with_level(level.clone()).element(origin);
                vec![Group::with_title(title), place, Group::with_level(level.clone()).element(snippet)]
            }
            _ => vec![Group::with_title(title).element(snippet.path(self.origin))],
        }
    }
}

/// The part of a line that is shown.
struct LineWindow {
    text: String,
    /// The number of bytes of the line that are left out.
    skipped: usize,
    /// The number of bytes of the ellipsis in their place.
    added: usize,
}

impl LineWindow {
    fn of(line: &str, mark: usize) -> Self {
        let before = line[..mark.min(line.len())].chars().rev();
        let start = if before.clone().nth(WIDTH - BEFORE).is_some() && line.chars().nth(WIDTH).is_some() {
            mark - before.take(BEFORE).map(char::len_utf8).sum::<usize>()
        } else {
            0
        };
        let rest = &line[start..];
        let end = rest.char_indices().nth(WIDTH).map_or(rest.len(), |(end, _)| end);
        let prefix = if start > 0 { "…" } else { "" };
        let suffix = if end < rest.len() { "…" } else { "" };
        // A tab or another control character would move the marks.
        let blank = |character: char| character.is_control() && character != '\t';
        let shown: String = rest[..end]
            .chars()
            .flat_map(|character| {
                let (shown, times) = if blank(character) { (' ', character.len_utf8()) } else { (character, 1) };
                std::iter::repeat_n(shown, times)
            })
            .collect();
        Self { text: format!("{prefix}{shown}{suffix}"), skipped: start, added: prefix.len() }
    }

    /// Returns the part of the window that shows some bytes of the line, for a window at an offset.
    fn span(&self, bytes: &Range<usize>, offset: usize) -> Range<usize> {
        let within = |position: usize| (position.saturating_sub(self.skipped) + self.added).min(self.text.len());
        let (start, mut end) = (within(bytes.start), within(bytes.end));
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        offset + start..offset + end.max(start)
    }
}
