//! The command line of `cargo xtask bench`.

use super::environment::RunEnvironment;
use super::results::{self, OURS, Results};
use super::{bounds, builds, chart, report};
use crate::cargo::{self, cargo};
use crate::console::say;
use crate::failure::Failure;
use crate::workspace;
use clap::Args;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The workspace of the benchmarks, relative to the workspace root.
const WORKSPACE: &str = "tests/benches";

/// Its packages. Each is built by itself: cargo would unify the features of their dependencies.
const PACKAGES: [&str; 2] = ["chatkit-benches", "chatkit-generator-benches"];

/// The file that `--write` writes, relative to the workspace root.
const DOCUMENT: &str = "BENCHMARKS.md";

/// The chart beside it, which README shows as well.
const CHART: &str = "BENCHMARKS.svg";

/// The environment variable with the folder for the results that criterion does not write.
const FOLDER: &str = "CHATKIT_BENCHES_MEASURED";

/// Measure the speed of the generated crate and of the generator against their rivals
///
/// Builds `tests/benches` in release mode, runs it, and prints a table of ratios: each rival's time divided by ours, in
/// the same run. Below the table are our bounds, met or missed. Absolute times depend on the machine. Run nothing else
/// meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  cargo xtask bench                     everything except builds, in about eight minutes
  cargo xtask bench --quick             the same in less time, less precise
  cargo xtask bench decode              the benchmarks with `decode` in their name
  cargo xtask bench --builds            build times of programs too: half an hour on two cores
  cargo xtask bench --builds --write    everything, written into BENCHMARKS.md and BENCHMARKS.svg
  cargo xtask bench --last --write      both files again, from the results of the last such run

The first run downloads and builds the rivals, and --builds takes 4 GB in target/benches.

Exit codes:
  0  measured, whether or not the bounds are met
  1  the benchmarks cannot be built or run")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct BenchArgs {
    /// Only benchmarks with this in their name
    filter: Option<String>,

    /// Measure in less time, for a first look
    #[arg(long)]
    quick: bool,

    /// Measure builds from clean too
    #[arg(long, group = "complete", conflicts_with = "filter")]
    builds: bool,

    /// Show the results of the last run, and measure nothing
    #[arg(long, group = "complete", conflicts_with_all = ["filter", "quick"])]
    last: bool,

    /// Write BENCHMARKS.md, with the machine, the date and the versions, and its chart; needs --builds or --last
    #[arg(long, requires = "complete", conflicts_with = "quick")]
    write: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &BenchArgs) -> Result<(), Failure> {
    let root = workspace::root()?;
    let target = root.join("target/benches");
    if !arguments.last {
        measure(&root, &target, arguments)?;
    }
    let results = Results::read(&target)?;
    if arguments.last && results.is_empty() {
        return Err(Failure::broken("target/benches has no results: run `cargo xtask bench` without --last"));
    }
    say(&report::render(&results, arguments.filter.as_deref()));
    if arguments.write { write(&root, &target, &results) } else { Ok(()) }
}

/// Runs the benchmarks, and replaces the results of the last run.
fn measure(root: &Path, target: &Path, arguments: &BenchArgs) -> Result<(), Failure> {
    // Builds come first, so that a failed build does not delete the earlier results.
    for package in PACKAGES {
        cargo::run(benches(root, target, package).arg("--no-run"), "the benchmarks cannot be built")?;
    }
    results::clear(target)?;
    for package in PACKAGES {
        cargo::run(&mut measuring(root, target, package, arguments), "the benchmarks cannot be run")?;
    }
    if arguments.filter.as_ref().is_none_or(|filter| bounds::REGENERATE.contains(filter)) {
        regenerate(root, target)?;
    }
    if arguments.builds {
        builds::measure(root, target)?;
        if !arguments.quick {
            RunEnvironment::gather(&root.join(WORKSPACE))?.save(target)?;
        }
    }
    Ok(())
}

/// Writes the document and its chart.
fn write(root: &Path, target: &Path, results: &Results) -> Result<(), Failure> {
    let environment = RunEnvironment::load(target).ok_or_else(|| {
        Failure::broken("the last run was not complete: run `cargo xtask bench --builds --write` instead of --last")
    })?;
    for (name, text) in [(DOCUMENT, report::document(results, &environment)), (CHART, chart::svg(results))] {
        let path = root.join(name);
        fs::write(&path, text).map_err(|error| Failure::at("write", &path, &error))?;
    }
    Ok(())
}

/// Returns the command that measures the benchmarks of a package.
fn measuring(root: &Path, target: &Path, package: &str, arguments: &BenchArgs) -> Command {
    let mut command = benches(root, target, package);
    command.env(FOLDER, target.join(results::MEASURED));
    // Criterion would write its results to that folder.
    command.env_remove("CRITERION_HOME");
    // Criterion takes the filter as a regular expression.
    command.args(["--", "--noplot"]).args(arguments.filter.as_deref().map(regex_lite::escape));
    if arguments.quick {
        command.args(["--warm-up-time", "0.3", "--measurement-time", "1", "--sample-size", "20"]);
    }
    command
}

/// Returns `cargo bench` for a package.
fn benches(root: &Path, target: &Path, package: &str) -> Command {
    let mut command = cargo();
    command.args(["bench", "--package", package, "--manifest-path"]).arg(root.join(WORKSPACE).join("Cargo.toml"));
    command.env("CARGO_TARGET_DIR", target);
    command
}

/// Measures `cargo xtask regenerate` as a developer runs it: the median of several runs.
fn regenerate(root: &Path, target: &Path) -> Result<(), Failure> {
    let command = || {
        let mut command = cargo();
        command.current_dir(root).args(["xtask", "regenerate"]).stdout(Stdio::null());
        command
    };
    // Measuring must not change any file.
    let stale = "generated/ is not fresh: run `cargo xtask regenerate` before it can be measured";
    cargo::run(command().arg("--check"), stale)?;
    let mut times = Vec::new();
    for _ in 0..11 {
        let started = Instant::now();
        cargo::run(command().stderr(Stdio::null()), "`cargo xtask regenerate` fails although its --check passes")?;
        times.push(started.elapsed().as_secs_f64());
    }
    let median = results::median(times).map(|time| (OURS, time));
    results::write(target, "s wall", bounds::REGENERATE, median.as_slice())
}
