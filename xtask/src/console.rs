//! What is said, and where.

use anstream::ColorChoice;
use std::io::Write;

/// Whether stderr takes colour: a terminal, and neither `NO_COLOR` nor `CLICOLOR=0` forbids it.
pub(crate) fn colour_on_stderr() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

/// Says on stdout what came out. A closed pipe, as in `… | head`, is no failure of the command.
pub(crate) fn say(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Says something on stderr that does not stop the command.
pub(crate) fn warn(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
