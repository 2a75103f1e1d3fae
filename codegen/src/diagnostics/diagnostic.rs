//! A diagnostic, with its severity and its position.

use super::rules::is_rule;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is usable, but the generated code does not express something in it.
    Warning,
    /// Nothing is generated.
    Error,
}

/// A problem in a document, located by JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable id in kebab case, one of [`RULES`](super::RULES), such as `dangling-ref`.
    pub rule: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The position.
    pub place: Place,
    /// The message, in one line without a full stop.
    pub message: String,
    /// The help: what to write instead, in one line without a full stop.
    pub help: Option<String>,
    /// Other positions that take part, each with a label.
    pub related: Vec<(Place, String)>,
}

/// The position of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The value at a JSON pointer.
    Value(String),
    /// The key of a property, which is the last segment of the pointer.
    Key(String),
    /// A line and a column of the text, both counted from 1, in characters. For text that is not a document.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

impl Place {
    /// Returns the JSON pointer, or `None` for a position in the text.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Value(pointer) | Self::Key(pointer) => Some(pointer),
            Self::Text { .. } => None,
        }
    }
}

impl Diagnostic {
    /// Creates an error at the value behind a JSON pointer.
    pub fn error(rule: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        debug_assert!(is_rule(rule), "`{rule}` is not among the rules");
        Self {
            rule,
            severity: Severity::Error,
            place: Place::Value(pointer.into()),
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// Creates a warning at the value behind a JSON pointer.
    pub fn warning(rule: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, pointer, message) }
    }

    /// Moves the position from the value to its key.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        if let Place::Value(pointer) = self.place {
            self.place = Place::Key(pointer);
        }
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another position that takes part.
    #[must_use]
    pub fn related(mut self, pointer: impl Into<String>, label: impl Into<String>) -> Self {
        self.related.push((Place::Value(pointer.into()), label.into()));
        self
    }
}
