//! Why a command fails, and with which exit code.

use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

/// Why a command fails. Wrong usage is absent, since clap ends the process itself.
#[derive(Debug)]
pub(crate) enum Failure {
    /// No command mends it.
    Broken(String),
    /// No command mends it, and the command said so on stdout.
    Failed,
    /// The spec cannot be read or is not valid; the text is ready to show.
    Spec(String),
    /// Files are not what the spec gives. The command said so on stdout, since that is its result.
    Stale,
}

impl Failure {
    /// Something that no command mends.
    pub(crate) fn broken(message: impl Display) -> Self {
        Self::Broken(error(message))
    }

    /// A spec that cannot be read.
    pub(crate) fn spec(message: impl Display) -> Self {
        Self::Spec(error(message))
    }

    /// An operation on a path that failed, as in `cannot write generated/src: Permission denied`.
    pub(crate) fn at(doing: &str, path: &Path, cause: &std::io::Error) -> Self {
        Self::broken(format_args!("cannot {doing} {}: {cause}", path.display()))
    }

    /// What to show on stderr.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Broken(message) | Self::Spec(message) => message,
            Self::Failed | Self::Stale => "",
        }
    }

    /// The exit code, as [`crate::EXIT_CODES`] lists it.
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
