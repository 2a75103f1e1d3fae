//! Paths in a JSON document, such as `data[3].content` or `labels["a b"]`.

use std::fmt::{Display, Write};

use serde_core::de;

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug)]
pub enum Segment<'a> {
    /// To the value of a property.
    Key(&'a str),
    /// To an element of a list.
    Index(usize),
}

/// Adds a step at the end of a path.
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

/// Returns a key as a JSON string without backticks, which end a path in a message.
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

/// Adds a step in front of the path of an error.
///
/// Messages read ``at `data[3].content`: …``. An error of serde cannot be changed, so this makes a new one of its text.
/// `serde_json` finds the line and column at the end of that text again and keeps them.
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
        return format!("at `{path}`: {message}");
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
