//! `cargo xtask bench`: measures our speed beside that of what people would pick instead.

mod bounds;
mod report;

use crate::console::say;
use crate::failure::Failure;
use crate::workspace;
use clap::Args;
use report::Medians;
use std::path::Path;
use std::process::Command;

/// The package with the benchmarks, from the workspace root.
const PACKAGE: &str = "tests/benches";

/// Measure the speed of the generated crate beside that of its rivals
///
/// Builds `tests/benches` in release, runs it, and prints a table of ratios: how many times as long as ours each rival
/// takes, in the same run. The bounds that we hold ourselves to stand below it. Times of their own mean little: they
/// are another machine's tomorrow.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  cargo xtask bench             all of them, which takes a few minutes
  cargo xtask bench --quick     the same with fewer samples
  cargo xtask bench decode      those with `decode` in their name

Exit codes:
  0  measured, whether or not a bound is kept
  1  the benchmarks cannot be built or run")]
pub(crate) struct Arguments {
    /// Only benchmarks with this in their name
    filter: Option<String>,

    /// Take fewer samples: for a first look
    #[arg(long)]
    quick: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = workspace::root()?;
    let target = root.join("target/benches");
    measure(&root, &target, arguments)?;
    let medians = Medians::read(&target.join("criterion"))?;
    say(&report::render(&medians, arguments.filter.as_deref()));
    Ok(())
}

fn measure(root: &Path, target: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let manifest = root.join(PACKAGE).join("Cargo.toml");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["bench", "--manifest-path"]).arg(manifest).env("CARGO_TARGET_DIR", target);
    cargo.args(["--", "--noplot"]).args(&arguments.filter);
    if arguments.quick {
        cargo.args(["--warm-up-time", "0.3", "--measurement-time", "1", "--sample-size", "20"]);
    }
    let status = cargo.status().map_err(|error| Failure::broken(format_args!("cannot run cargo: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::broken("the benchmarks cannot be built or run")) }
}
