//! Paths in a JSON document, such as `data[3].content` or `labels["a b"]`.

use std::fmt::{Display, Write};

use serde_core::de;

use super::json_words::in_json_words;

/// A step from a value to one of its parts.
#[derive(Clone, Copy, Debug)]
pub enum Segment<'a> {
    /// To the value of a property.
    Key(&'a str),
    /// To an element of a list.
    Index(usize),
}

/// Appends a step to a path.
pub fn push(path: &mut String, segment: Segment<'_>) {
    match segment {
        Segment::Index(index) => {
            // Writing to a string cannot fail.
            let _ = write!(path, "[{index}]");
        }
        Segment::Key(key) if is_plain(key) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
        }
        Segment::Key(key) => {
            let _ = write!(path, "[{}]", quoted(key));
        }
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'))
}

/// Returns a key as a JSON string without backticks, which would end a path in a message.
fn quoted(key: &str) -> String {
    let mut text = String::with_capacity(key.len() + 2);
    text.push('"');
    for character in key.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '`' => text.push_str("\\u0060"),
            control if control.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            plain => text.push(plain),
        }
    }
    text.push('"');
    text
}

/// Prepends a step to the path of an error, such as ``at `data[3].content`: …``.
///
/// serde's errors cannot be changed, so this creates a new error from the text of the old one.
/// `serde_json` finds the line and column at the end of that text again, and keeps them.
#[cold]
#[inline(never)]
pub fn at<E: de::Error>(error: &E, segment: Segment<'_>) -> E {
    E::custom(prefixed(&error.to_string(), segment))
}

fn prefixed(message: &str, segment: Segment<'_>) -> String {
    let mut path = String::new();
    push(&mut path, segment);
    let placed = message.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
    let Some((inner, rest)) = placed else {
        let reworded = in_json_words(message, false);
        return format!("at `{path}`: {}", reworded.as_deref().unwrap_or(message));
    };
    let dot = if inner.starts_with('[') { "" } else { "." };
    format!("at `{path}{dot}{inner}`: {rest}")
}

/// Returns an error at a property of the current value.
#[cold]
#[inline(never)]
pub fn error_at<E: de::Error>(key: &str, message: impl Display) -> E {
    E::custom(prefixed(&message.to_string(), Segment::Key(key)))
}
