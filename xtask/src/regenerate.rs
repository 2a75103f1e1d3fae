//! `cargo xtask regenerate`: brings `generated/` up to date with the spec, or checks that it is.

use crate::console::{colour_on_stderr, say, warn};
use crate::failure::{EXIT_CODES, Failure};
use crate::freshness::{ApplySummary, FileDifference, FileState, OutputComparison, is_foreign};
use crate::run_lock::RunLock;
use crate::spec;
use crate::tree::Tree;
use crate::workspace;
use clap::Args;
use clap::builder::styling::{AnsiColor, Style};
use std::fmt;
use std::path::{Path, PathBuf};

/// The default for `--out`. A relative path starts at the workspace root.
pub(crate) const DEFAULT_OUT: &str = "generated";

/// The most edited files that are named. The rest are counted.
const MAX_NAMED: usize = 5;

const EXAMPLES: &str = "\
Examples:
  cargo xtask regenerate            after an edit of spec/chatkit.yaml or of the generator
  cargo xtask regenerate --check    the command of continuous integration
  cargo xtask regenerate --spec /tmp/petstore.yaml --out /tmp/petstore
                                    generates a crate from another document

States of files that --check lists:
  edited by hand   no run wrote it like this: move the change to the spec or the generator
  stale            the spec or the generator changed after it was written
  missing          it was deleted, or is new
  orphan           it is not generated (any more): regenerate removes it

A file counts as edited if it differs from the checksum of the last run in generated/.generated.

";

/// Write generated/ from spec/chatkit.yaml
///
/// Writes only the files that change, so that cargo rebuilds no more than it must, and removes those that are no longer
/// generated. Prints a summary in one line, and warns of each edit by hand that it overwrites and of each file that it
/// removes although it never wrote it.
#[derive(Debug, Args)]
#[command(after_long_help = format!("{EXAMPLES}{EXIT_CODES}"))]
pub(crate) struct RegenerateArgs {
    /// Write nothing; list each file that is not up to date, and exit with 4 if there is one
    #[arg(long)]
    check: bool,

    /// The OpenAPI 3.0 document, YAML or JSON; a relative path starts at the workspace root
    #[arg(long, value_name = "PATH", default_value = spec::DEFAULT)]
    spec: PathBuf,

    /// The directory of the crate, which needs a workspace with the dependency versions of this one; a relative path
    /// starts at the workspace root
    #[arg(long, value_name = "DIR", default_value = DEFAULT_OUT)]
    out: PathBuf,
}

/// Runs the command.
pub(crate) fn run(arguments: &RegenerateArgs) -> Result<(), Failure> {
    let root = workspace::root()?;
    let path = root.join(&arguments.spec);
    // Collecting the components drops a trailing slash, with which a symbolic link would pass for a directory.
    let out: PathBuf = root.join(&arguments.out).components().collect();
    let names = DisplayNames {
        spec: workspace::shown(&root, &path),
        out: workspace::shown(&root, &out),
        command: command(arguments),
    };
    refuse_foreign_directory(&root, &out, &names)?;
    let text = spec::read(&path, &names.spec)?;
    let generated = chatkit_codegen::generate(&names.spec, &text)
        .map_err(|report| Failure::Spec(report.render(colour_on_stderr())))?;
    if !generated.warnings.diagnostics().is_empty() {
        warn(&generated.warnings.render(colour_on_stderr()));
    }
    let compare = || OutputComparison::new(Tree::read(&out)?, &generated.files, &names.spec, &text);
    if arguments.check {
        return check(&compare()?, &names);
    }
    let _lock = RunLock::acquire(&out, &names.out)?;
    let comparison = compare()?;
    warn_of_edits(&comparison, &names);
    let ApplySummary { written, removed, unchanged } = comparison.apply()?;
    warn_of_strays(&comparison, &names);
    let DisplayNames { spec, out, .. } = &names;
    say(&format!("{out}/: {written} written, {removed} removed, {unchanged} unchanged ({spec})\n"));
    Ok(())
}

/// Paths and the command for messages.
struct DisplayNames {
    spec: String,
    out: String,
    /// The command that fixes what `--check` finds.
    command: String,
}

/// Returns the command line without `--check`.
fn command(arguments: &RegenerateArgs) -> String {
    let mut command = "cargo xtask regenerate".to_owned();
    for (option, value, default) in [("--spec", &arguments.spec, spec::DEFAULT), ("--out", &arguments.out, DEFAULT_OUT)]
    {
        if value.as_path() != Path::new(default) {
            let value = value.to_string_lossy();
            let quote = if value.contains(' ') { "'" } else { "" };
            command.extend([" ", option, " ", quote, &*value, quote]);
        }
    }
    command
}

/// Fails if `regenerate` did not write the directory, so that a mistyped `--out` deletes nobody's files.
fn refuse_foreign_directory(root: &Path, out: &Path, names: &DisplayNames) -> Result<(), Failure> {
    let is_default = out == root.join(DEFAULT_OUT);
    if !is_default && is_foreign(out)? {
        return Err(Failure::broken(format_args!(
            "{}/ is neither empty nor written by regenerate: name another --out, or empty it first",
            names.out
        )));
    }
    Ok(())
}

/// Warns of edits that are overwritten. The first few files are enough to recognize a formatter that edited all.
fn warn_of_edits(comparison: &OutputComparison, names: &DisplayNames) {
    let edited: Vec<&FileDifference> =
        comparison.differences.iter().filter(|difference| difference.state == FileState::Edited).collect();
    let few = edited.len().min(MAX_NAMED);
    for difference in &edited[..few] {
        warning(format_args!("{}/{} was edited by hand: the edit is overwritten", names.out, difference.path));
    }
    if edited.len() > few {
        warning(format_args!(
            "{} more files were edited by hand, {} in all; if `cargo fmt` did it, name packages: `cargo fmt -p NAME`",
            edited.len() - few,
            edited.len()
        ));
    }
}

/// Warns of removed files that no run had written like this, since they may have been the only copy.
fn warn_of_strays(comparison: &OutputComparison, names: &DisplayNames) {
    for difference in comparison.differences.iter().filter(|difference| difference.is_stray()) {
        let note = if difference.note.is_empty() { "not known to be generated" } else { &difference.note };
        warning(format_args!("{}/{} was removed: {note}", names.out, difference.path));
    }
}

fn warning(text: fmt::Arguments<'_>) {
    const LABEL: Style = AnsiColor::Yellow.on_default().bold();
    warn(&format!("{LABEL}warning:{LABEL:#} {text}\n"));
}

fn check(comparison: &OutputComparison, names: &DisplayNames) -> Result<(), Failure> {
    let DisplayNames { spec, out, command } = names;
    if comparison.differences.is_empty() {
        say(&format!("{out}/: fresh, {} files ({spec})\n", comparison.unchanged()));
        return Ok(());
    }
    say(&listing(comparison, names));
    say(&format!("Fix with: {command}\n"));
    Err(Failure::Stale)
}

/// Formats a line for each file, and one with the counts.
fn listing(comparison: &OutputComparison, DisplayNames { spec, out, .. }: &DisplayNames) -> String {
    const DIM: Style = Style::new().dimmed();
    let line = |difference: &FileDifference| {
        let colour = match difference.state {
            FileState::Edited => AnsiColor::Red,
            FileState::Stale | FileState::Missing | FileState::Orphan => AnsiColor::Yellow,
        };
        let style = colour.on_default();
        let note =
            if difference.note.is_empty() { String::new() } else { format!("  {DIM}({}){DIM:#}", difference.note) };
        format!("  {style}{:<14}{style:#}  {out}/{}{note}\n", difference.state, difference.path)
    };
    let lines: String = comparison.differences.iter().map(line).collect();
    let counts = comparison.counts();
    format!("{out}/ is not up to date with {spec}:\n{lines}{counts}, {} fresh\n", comparison.unchanged())
}
