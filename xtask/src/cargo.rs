//! Running cargo.

use crate::failure::Failure;
use std::process::Command;

/// Returns a command that runs the cargo that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command of cargo. If it does not succeed, the failure has the given message.
pub(crate) fn run(command: &mut Command, otherwise: &str) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::broken(format_args!("cannot run cargo: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::broken(otherwise)) }
}
