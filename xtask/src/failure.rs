//! Why a command fails, and with which exit code.

use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

/// The exit codes of the commands, for the end of their long help.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  a failure that no command fixes, such as a directory that cannot be written
  2  wrong usage
  3  the spec cannot be read, or is not valid
  4  generated files are not up to date: run `cargo xtask regenerate`";

/// Why a command fails. Wrong usage has no variant, since clap ends the process itself.
#[derive(Debug)]
pub(crate) enum Failure {
    /// No command fixes it.
    Broken(String),
    /// No command fixes it, and the command has explained it on stdout.
    Failed,
    /// The spec cannot be read or is not valid. The text is ready to print.
    Spec(String),
    /// Generated files are not up to date. The command has listed them on stdout.
    Stale,
}

impl Failure {
    /// A failure that no command fixes.
    pub(crate) fn broken(message: impl Display) -> Self {
        Self::Broken(error(message))
    }

    /// A spec that cannot be read.
    pub(crate) fn spec(message: impl Display) -> Self {
        Self::Spec(error(message))
    }

    /// A failed operation on a path, such as `cannot write generated/src: Permission denied`.
    pub(crate) fn at(doing: &str, path: &Path, cause: &std::io::Error) -> Self {
        Self::broken(format_args!("cannot {doing} {}: {cause}", path.display()))
    }

    /// Returns the text for stderr, which may be empty.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Broken(message) | Self::Spec(message) => message,
            Self::Failed | Self::Stale => "",
        }
    }

    /// Returns the exit code, as [`EXIT_CODES`] documents it.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Broken(_) | Self::Failed => 1,
            Self::Spec(_) => 3,
            Self::Stale => 4,
        })
    }
}

fn error(message: impl Display) -> String {
    const LABEL: Style = AnsiColor::Red.on_default().bold();
    format!("{LABEL}error:{LABEL:#} {message}")
}
