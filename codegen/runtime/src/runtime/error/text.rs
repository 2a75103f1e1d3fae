//! The parts of messages that several errors share.

use std::fmt;

use serde_core::de::IgnoredAny;

/// Returns a server's text on one line and with a limited length.
pub fn shown(text: &str) -> String {
    const MOST: usize = 500;
    let mut line: String = text.chars().take(MOST).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line.trim_end_matches('.').to_owned()
}

/// Returns `true` if a body is JSON, whatever its content type.
pub fn is_json_text(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// Writes the number of attempts, if there was more than one.
pub fn attempts(f: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    if attempts > 1 { write!(f, " after {attempts} attempts") } else { Ok(()) }
}
