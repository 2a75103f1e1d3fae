//! `cargo xtask bench`: measures our speed beside that of what people would pick instead.

mod bounds;
mod builds;
mod environment;
mod report;
mod results;

use crate::console::say;
use crate::failure::Failure;
use crate::workspace;
use clap::Args;
use environment::RunEnvironment;
use results::{OURS, Results};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The workspace of the benchmarks, from the workspace root.
const WORKSPACE: &str = "tests/benches";

/// Its packages, each of which is built by itself: together they would have the same features of their dependencies.
const PACKAGES: [&str; 2] = ["chatkit-benches", "chatkit-generator-benches"];

/// Where the results go with `--write`, from the workspace root.
const DOCUMENT: &str = "BENCHMARKS.md";

/// The variable that tells the benchmarks where to write what criterion does not.
const FOLDER: &str = "CHATKIT_BENCHES_MEASURED";

/// Measure the speed of the generated crate and of the generator beside that of their rivals
///
/// Builds `tests/benches` in release, runs it, and prints a table of ratios: how many times as much as ours each rival
/// takes, in the same run. The bounds that we hold ourselves to stand below it. Times of their own mean little: they
/// are another machine's tomorrow. Nothing else should run meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  cargo xtask bench                     all of them but the builds, which takes about eight minutes
  cargo xtask bench --quick             the same in less time
  cargo xtask bench decode              those with `decode` in their name
  cargo xtask bench --builds            how long programs take to build as well: half an hour on two cores
  cargo xtask bench --builds --write    all of it, written into BENCHMARKS.md

The first run downloads and builds the rivals, and --builds takes 4 GB in target/benches.

Exit codes:
  0  measured, whether or not a bound is kept
  1  the benchmarks cannot be built or run")]
pub(crate) struct BenchArgs {
    /// Only benchmarks with this in their name
    filter: Option<String>,

    /// Take less time: for a first look
    #[arg(long)]
    quick: bool,

    /// Measure builds from clean too
    #[arg(long, conflicts_with = "filter")]
    builds: bool,

    /// Write BENCHMARKS.md, with the machine, the date and the versions: all of it, so that it takes --builds
    #[arg(long, requires = "builds", conflicts_with = "quick")]
    write: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &BenchArgs) -> Result<(), Failure> {
    let root = workspace::root()?;
    let target = root.join("target/benches");
    let filter = arguments.filter.as_deref();
    // What cannot be built takes no earlier results with it.
    for package in PACKAGES {
        run_command(benches(&root, &target, package).arg("--no-run"), "the benchmarks cannot be built")?;
    }
    results::clear(&target)?;
    for package in PACKAGES {
        run_command(&mut measuring(&root, &target, package, arguments), "the benchmarks cannot be run")?;
    }
    if filter.is_none_or(|filter| bounds::REGENERATE.contains(filter)) {
        regenerate(&root, &target)?;
    }
    if arguments.builds {
        builds::measure(&root, &target)?;
    }
    let results = Results::read(&target)?;
    say(&report::render(&results, filter));
    if arguments.write {
        let document = root.join(DOCUMENT);
        let text = report::document(&results, &RunEnvironment::gather(&root.join(WORKSPACE))?);
        fs::write(&document, text).map_err(|error| Failure::at("write", &document, &error))?;
    }
    Ok(())
}

/// What measures those of one package.
fn measuring(root: &Path, target: &Path, package: &str, arguments: &BenchArgs) -> Command {
    let mut command = benches(root, target, package);
    command.env(FOLDER, target.join(results::MEASURED));
    // Criterion would write there instead.
    command.env_remove("CRITERION_HOME");
    // To criterion, it is a regular expression.
    command.args(["--", "--noplot"]).args(arguments.filter.as_deref().map(regex_lite::escape));
    if arguments.quick {
        command.args(["--warm-up-time", "0.3", "--measurement-time", "1", "--sample-size", "20"]);
    }
    command
}

/// `cargo bench` of a package.
fn benches(root: &Path, target: &Path, package: &str) -> Command {
    let mut command = cargo();
    command.args(["bench", "--package", package, "--manifest-path"]).arg(root.join(WORKSPACE).join("Cargo.toml"));
    command.env("CARGO_TARGET_DIR", target);
    command
}

/// `cargo xtask regenerate` as it is run by hand, several times: the median of what it takes.
fn regenerate(root: &Path, target: &Path) -> Result<(), Failure> {
    let command = || {
        let mut command = cargo();
        command.current_dir(root).args(["xtask", "regenerate"]).stdout(Stdio::null());
        command
    };
    // Measuring must not change anything: this one says so, and what else is wrong.
    run_command(command().arg("--check"), "`cargo xtask regenerate` can be measured where generated/ is fresh")?;
    let mut times = Vec::new();
    for _ in 0..11 {
        let started = Instant::now();
        run_command(command().stderr(Stdio::null()), "`cargo xtask regenerate` fails where its --check does not")?;
        times.push(started.elapsed().as_secs_f64());
    }
    let median = results::median(times).map(|time| (OURS, time));
    results::write(target, "s wall", bounds::REGENERATE, median.as_slice())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn run_command(command: &mut Command, otherwise: &str) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::broken(format_args!("cannot run cargo: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::broken(otherwise)) }
}
