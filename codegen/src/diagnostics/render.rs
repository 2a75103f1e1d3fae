//! Renders reports as text for people, and as data for machines.

use super::diagnostic::{Diagnostic, Severity};
use super::report::Report;
use super::snippet::{Mark, PositionedText};
use annotate_snippets::{AnnotationKind, Group, Level, Padding, Renderer};
use std::fmt;

/// The number of diagnostics that are rendered. Nobody reads more, and an excerpt of each takes time and memory.
const MOST: usize = 1_000;

/// A diagnostic with its line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The id of the rule.
    pub rule: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// The JSON pointer; `None` if the text is not a document.
    pub pointer: Option<String>,
    /// The message.
    pub message: String,
    /// The help: what to write instead.
    pub help: Option<String>,
}

impl Report {
    /// Renders the diagnostics in the order of the document, each with its lines, marks and help, and then a summary.
    ///
    /// The text is empty if there are none. Beyond the first thousand, they are only counted. With `color`, it contains ANSI escapes.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        if self.diagnostics.is_empty() {
            return String::new();
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let text = PositionedText::of(&self.origin, &self.text);
        let mut output = String::new();
        for (diagnostic, mark) in sorted(self, &text).into_iter().take(MOST) {
            output.push_str(&renderer.render(&groups(&text, diagnostic, &mark)));
            output.push_str("\n\n");
        }
        let level = if self.has_errors() { Level::ERROR } else { Level::WARNING };
        let left_out = if self.diagnostics.len() > MOST {
            format!(", of which these are the first {MOST}")
        } else {
            String::new()
        };
        let title = level.clone().primary_title(format!("{}: {}{left_out}", self.origin, summary(self)));
        output.push_str(&renderer.render(&[Group::with_title(title)]));
        output.push('\n');
        output
    }

    /// Returns the diagnostics with their positions, in the order of the document.
    #[must_use]
    pub fn located(&self) -> Vec<Located> {
        let text = PositionedText::of(&self.origin, &self.text);
        let locate = |(diagnostic, mark): (&Diagnostic, Mark)| Located {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            line: mark.line,
            column: mark.column,
            pointer: diagnostic.place.pointer().map(str::to_owned),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        };
        sorted(self, &text).into_iter().map(locate).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Returns the diagnostics in the order of the text, each with its mark.
fn sorted<'r>(report: &'r Report, text: &PositionedText<'_>) -> Vec<(&'r Diagnostic, Mark)> {
    let mut all: Vec<_> =
        report.diagnostics.iter().map(|diagnostic| (diagnostic, text.mark(&diagnostic.place))).collect();
    all.sort_by(|(left, at), (right, there)| {
        (at.line, at.column, left.rule).cmp(&(there.line, there.column, right.rule))
    });
    all
}

/// Returns the title, the excerpts and the notes of a diagnostic.
fn groups<'a>(text: &PositionedText<'a>, diagnostic: &'a Diagnostic, mark: &Mark) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let related: Vec<(Mark, &str)> =
        diagnostic.related.iter().map(|(place, label)| (text.mark(place), label.as_str())).collect();
    let (near, far): (Vec<_>, Vec<_>) = related.iter().partition(|(other, _)| mark.is_near(other));
    let context = near.iter().map(|(other, label)| (other, AnnotationKind::Context, Some(*label)));
    let marks: Vec<_> = std::iter::once((mark, AnnotationKind::Primary, None)).chain(context).collect();
    let title = level.clone().primary_title(&diagnostic.message).id(diagnostic.rule);
    let mut groups = text.excerpt(&marks, &level, title);
    if let Some(last) = groups.pop() {
        groups.push(noted(last, diagnostic));
    }
    for (other, label) in far {
        let title = Level::NOTE.secondary_title(*label);
        groups.extend(text.excerpt(&[(other, AnnotationKind::Primary, None)], &Level::NOTE, title));
    }
    groups
}

/// Adds the pointer and the help to an excerpt.
fn noted<'a>(mut group: Group<'a>, diagnostic: &'a Diagnostic) -> Group<'a> {
    if diagnostic.place.pointer().is_some() || diagnostic.help.is_some() {
        group = group.element(Padding);
    }
    if let Some(pointer) = diagnostic.place.pointer() {
        group = group.element(Level::NOTE.message(format!("at #{pointer}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group
}

/// Counts the diagnostics, for example `3 errors, 1 warning`.
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
