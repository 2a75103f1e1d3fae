//! The parts of messages that several errors share.

use std::fmt;

/// Returns a server's text as one line of limited length.
pub fn shown(text: &str) -> String {
    const MOST: usize = 500;
    let mut line: String = text.chars().take(MOST).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    line.trim_end_matches('.').to_owned()
}

/// Writes the number of attempts, if there was more than one.
pub fn attempts(f: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    if attempts > 1 { write!(f, ", in {attempts} attempts") } else { Ok(()) }
}
