//! Findings about a document, and how they are shown.

mod lines;
pub(crate) mod positions;
mod render;
mod rules;

use std::fmt;

pub use rules::RULES;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is usable, but something in it is not expressed.
    Warning,
    /// Nothing is generated.
    Error,
}

/// One finding, located by JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable id in kebab case, one of [`RULES`], as in `dangling-ref`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What to write instead, in one line without a full stop.
    pub help: Option<String>,
    /// Other places that take part, each with what it has to do with this.
    pub related: Vec<(Place, String)>,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the value behind a JSON pointer.
    Value(String),
    /// At the key of a property: the pointer's last segment.
    Key(String),
    /// At a line and column of the text, both counted from 1, in characters: for text that is no document yet.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

impl Place {
    /// The JSON pointer, where it is one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Value(pointer) | Self::Key(pointer) => Some(pointer),
            Self::Text { .. } => None,
        }
    }
}

impl Diagnostic {
    /// An error at the value behind a JSON pointer.
    pub fn error(rule: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        debug_assert!(rules::is_rule(rule), "`{rule}` is not among the rules");
        Self {
            rule,
            severity: Severity::Error,
            place: Place::Value(pointer.into()),
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// A warning at the value behind a JSON pointer.
    pub fn warning(rule: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, pointer, message) }
    }

    /// Points at the key rather than the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        if let Place::Value(pointer) = self.place {
            self.place = Place::Key(pointer);
        }
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names another place that takes part.
    #[must_use]
    pub fn related(mut self, pointer: impl Into<String>, label: impl Into<String>) -> Self {
        self.related.push((Place::Value(pointer.into()), label.into()));
        self
    }
}

/// Findings together with the text they are about.
#[derive(Clone, Debug)]
pub struct Report {
    origin: String,
    text: String,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Collects findings about a text. A byte order mark at its start counts for nothing.
    #[must_use]
    pub fn new(origin: &str, text: &str, diagnostics: Vec<Diagnostic>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { origin: origin.to_owned(), text: text.to_owned(), diagnostics }
    }

    /// Whether a finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl Report {
    /// The findings as text, in the order of the document: each with its lines, marks and help, and a summary at the
    /// end. Empty where there are none. With `color`, it holds ANSI escapes.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render::render(self, color)
    }

    /// The findings with their positions, in the order of the document, for machines.
    #[must_use]
    pub fn located(&self) -> Vec<Located> {
        render::located(self)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// A finding with its position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
    /// The JSON pointer; absent where the text is no document yet.
    pub pointer: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}
