//! Output on stdout and stderr.

use anstream::ColorChoice;
use std::io::Write;

/// Returns whether stderr takes colour: it is a terminal, and neither `NO_COLOR` nor `CLICOLOR=0` forbids colour.
pub(crate) fn colour_on_stderr() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

/// Prints the result of a command on stdout. A closed pipe, such as that of `… | head`, does not fail the command.
pub(crate) fn say(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Prints text on stderr without stopping the command.
pub(crate) fn warn(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
