//! Findings as a person reads them.

use super::lines::Lines;
use super::positions::{LineColumn, NodeSpans, Positions, Span};
use super::{Diagnostic, Located, Place, Report, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet, Title};
use std::ops::Range;

/// How many characters of a line are shown.
const WIDTH: usize = 110;

/// How many of them come before what is marked, where the line must be cut.
const BEFORE: usize = 50;

/// How many lines may be between two places for both to stand in one excerpt.
const NEAR: usize = 5;

/// A stretch of one line: bytes of it.
#[derive(Clone, Debug)]
struct Mark {
    line: usize,
    column: usize,
    bytes: Range<usize>,
}

impl Mark {
    /// Whether another one can stand in the same excerpt.
    fn is_near(&self, other: &Self) -> bool {
        let (first, last) = if self.bytes.start < other.bytes.start { (self, other) } else { (other, self) };
        // On one line, both must be in the part that is shown.
        let fits = last.bytes.start - first.bytes.start <= WIDTH / 2;
        self.line.abs_diff(other.line) <= NEAR && (self.line != other.line || fits)
    }
}

/// The text with what is known of its places.
struct PositionedText<'r> {
    origin: &'r str,
    lines: Lines<'r>,
    positions: Positions,
}

impl<'r> PositionedText<'r> {
    fn of(report: &'r Report) -> Self {
        Self { origin: &report.origin, lines: Lines::of(&report.text), positions: Positions::of(&report.text) }
    }

    fn mark(&self, place: &Place) -> Mark {
        let (pointer, at_key) = match place {
            Place::Text { line, column } => return self.word(*line, *column),
            Place::Value(pointer) => (pointer, false),
            Place::Key(pointer) => (pointer, true),
        };
        match self.positions.locate(pointer) {
            Some(location) => self.mark_location(location, at_key),
            None => self.word(1, 1),
        }
    }

    /// A key is marked where it stands for its value: a mapping of many lines has no better place.
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

    /// The first line of a span.
    fn trimmed(&self, Span { start, end }: Span) -> Mark {
        let text = self.lines.line(start.line);
        let from = self.lines.offset(start.line, start.column);
        let to = if end.line == start.line { self.lines.offset(end.line, end.column) } else { text.len() };
        let shown = text.get(from..to.max(from)).unwrap_or_default().trim_end();
        Mark { line: start.line, column: start.column, bytes: from..from + shown.len() }
    }

    /// The word at a position, or one character where there is none.
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

    /// A title, and below it an excerpt with marks, of which the first is what it is about, under its place.
    fn excerpt(
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
                let span = window.place(&mark.bytes, source.len());
                annotations.push(kind.span(span).label(label.map(str::to_owned)));
            }
            source.push_str(&window.text);
            source.push('\n');
        }
        let snippet = Snippet::source(source).line_start(first).annotations(annotations);
        match marks.first() {
            // The snippet would count the column in what is left of the line. The place and a snippet without one
            // have groups of their own, or else the snippet would pass for that of another file.
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
    /// How many bytes of the line are left out, less those of the mark that says so.
    skipped: usize,
    added: usize,
}

impl LineWindow {
    fn of(line: &str, mark: usize) -> Self {
        let before = line[..mark.min(line.len())].chars().rev();
        let start = if before.clone().count() > WIDTH - BEFORE && line.chars().nth(WIDTH).is_some() {
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

    fn place(&self, bytes: &Range<usize>, offset: usize) -> Range<usize> {
        let within = |position: usize| (position.saturating_sub(self.skipped) + self.added).min(self.text.len());
        let (start, mut end) = (within(bytes.start), within(bytes.end));
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        offset + start..offset + end.max(start)
    }
}

/// Renders a whole report.
pub(super) fn render(report: &Report, color: bool) -> String {
    if report.diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let source = PositionedText::of(report);
    let mut output = String::new();
    for (diagnostic, mark) in sorted(report, &source) {
        output.push_str(&renderer.render(&groups(&source, diagnostic, &mark)));
        output.push_str("\n\n");
    }
    let level = if report.has_errors() { Level::ERROR } else { Level::WARNING };
    let title = level.clone().primary_title(format!("{}: {}", report.origin, summary(report)));
    output.push_str(&renderer.render(&[Group::with_title(title)]));
    output.push('\n');
    output
}

/// The findings as data.
pub(super) fn located(report: &Report) -> Vec<Located> {
    let source = PositionedText::of(report);
    let locate = |(diagnostic, mark): (&Diagnostic, Mark)| Located {
        rule: diagnostic.rule,
        severity: diagnostic.severity,
        line: mark.line,
        column: mark.column,
        pointer: pointer(&diagnostic.place).map(str::to_owned),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    };
    sorted(report, &source).into_iter().map(locate).collect()
}

/// The findings in the order of the text, each with its place.
fn sorted<'r>(report: &'r Report, source: &PositionedText<'_>) -> Vec<(&'r Diagnostic, Mark)> {
    let mut all: Vec<_> =
        report.diagnostics.iter().map(|diagnostic| (diagnostic, source.mark(&diagnostic.place))).collect();
    all.sort_by(|(left, at), (right, there)| {
        (at.line, at.column, left.rule).cmp(&(there.line, there.column, right.rule))
    });
    all
}

fn groups<'a>(source: &PositionedText<'a>, diagnostic: &'a Diagnostic, mark: &Mark) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let related: Vec<(Mark, &str)> =
        diagnostic.related.iter().map(|(place, label)| (source.mark(place), label.as_str())).collect();
    let (near, far): (Vec<_>, Vec<_>) = related.iter().partition(|(other, _)| mark.is_near(other));
    let context = near.iter().map(|(other, label)| (other, AnnotationKind::Context, Some(*label)));
    let marks: Vec<_> = std::iter::once((mark, AnnotationKind::Primary, None)).chain(context).collect();
    let title = level.clone().primary_title(&diagnostic.message).id(diagnostic.rule);
    let mut groups = source.excerpt(&marks, &level, title);
    if let Some(last) = groups.pop() {
        groups.push(noted(last, diagnostic));
    }
    for (other, label) in far {
        let title = Level::NOTE.secondary_title(*label);
        groups.extend(source.excerpt(&[(other, AnnotationKind::Primary, None)], &Level::NOTE, title));
    }
    groups
}

/// Adds the pointer and the help.
fn noted<'a>(mut group: Group<'a>, diagnostic: &'a Diagnostic) -> Group<'a> {
    if pointer(&diagnostic.place).is_some() || diagnostic.help.is_some() {
        group = group.element(Padding);
    }
    if let Some(pointer) = pointer(&diagnostic.place) {
        group = group.element(Level::NOTE.message(format!("at #{pointer}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group
}

fn pointer(place: &Place) -> Option<&str> {
    match place {
        Place::Value(pointer) | Place::Key(pointer) => Some(pointer),
        Place::Text { .. } => None,
    }
}

/// `3 errors, 1 warning`.
fn summary(report: &Report) -> String {
    let count = |severity, one: &str| {
        let count = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {one}{plural}"))
    };
    let counts = [count(Severity::Error, "error"), count(Severity::Warning, "warning")];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
