//! The tokens of a tape.

use std::borrow::Cow;

use serde_json::Number;

/// A token of a JSON value.
pub(super) enum TapeToken<'de> {
    Null,
    Boolean(bool),
    Number(Number),
    Lent(&'de str),
    Text(String),
    /// Elements follow, up to the end.
    List,
    /// Keys follow, each with its value, up to the end.
    Object,
    End,
}

impl TapeToken<'_> {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Lent(text) => Some(text),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> From<Cow<'de, str>> for TapeToken<'de> {
    fn from(text: Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Lent(text),
            Cow::Owned(text) => Self::Text(text),
        }
    }
}
