//! The project's own commands, `cargo xtask …`: the only place that reads and writes files.
//!
//! It is a library because tests of other packages start the [`mock`] server and check the [`conventions`] of the spec.

mod approvals;
mod bench;
mod cargo;
mod check;
mod checksums;
mod console;
pub mod conventions;
mod diff;
mod failure;
mod freshness;
mod git;
pub mod mock;
mod plural;
mod regenerate;
mod run_lock;
mod spec;
mod tree;
mod workspace;

use clap::{Parser, Subcommand};
use failure::{EXIT_CODES, Failure};
use std::io::Write;
use std::process::ExitCode;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    max_term_width = 100,
    after_long_help = EXIT_CODES
)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    Bench(bench::BenchArgs),
    Check(check::CheckArgs),
    Diff(diff::DiffArgs),
    Mock(mock::MockArgs),
    Regenerate(regenerate::RegenerateArgs),
}

/// Parses the command line and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        CliCommand::Bench(arguments) => bench::run(&arguments),
        CliCommand::Check(arguments) => check::run(&arguments),
        CliCommand::Diff(arguments) => diff::run(&arguments),
        CliCommand::Mock(arguments) => mock::run(&arguments),
        CliCommand::Regenerate(arguments) => regenerate::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            print_failure(&failure);
            failure.exit_code()
        }
    }
}

/// Prints the reason of a failure on stderr.
fn print_failure(failure: &Failure) {
    let message = failure.message();
    if !message.is_empty() {
        // If stderr is closed, the exit code still reports the failure.
        let _ = writeln!(anstream::stderr(), "{}", message.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
