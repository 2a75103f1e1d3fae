//! The command line of the checks.

use super::base::CheckBase;
use super::table::SkippedChecks;
use super::{checks, snapshots, table, test_run};
use crate::approvals;
use crate::console::{colour_on_stderr, say};
use crate::diff::repository::Repository;
use crate::failure::{EXIT_CODES, Failure};
use crate::spec;
use clap::Args;
use time::Date;

const EXAMPLES: &str = "\
Examples:
  cargo xtask check          compares with the commit where the branch left the default branch
  cargo xtask check v0.3.0   compares with a revision
  cargo xtask check --tests  runs the tests too, which takes minutes

The checks:
  spec         the document is valid
  conventions  the document follows the conventions of spec/README.md
  freshness    generated/ is up to date with the document
  determinism  generating twice gives equal files
  tests        `cargo test --workspace` passes; `not run` without --tests
  snapshots    no *.snap.new and no *.pending-snap is left to review
  changes      each change of the document is covered by a rule
  version      the version in Cargo.toml is enough for the changes
  approvals    spec/approvals.toml has no approval that is unused or expired
  changelog    CHANGELOG.md describes the changes

A check that cannot run is `skipped`, with the reason: the last four need a document to compare with.
The last line counts the skipped checks. If the variable CI is set, they fail the command.
A check that has nothing to judge is `n/a`, such as those four if the document is new.
Below the table are a command that fixes failed checks, if there is one, and the checks not run.

";

/// Check everything that a pull request must pass
#[derive(Debug, Args)]
#[command(after_long_help = format!("{EXAMPLES}{EXIT_CODES}"))]
pub(crate) struct CheckArgs {
    /// The document to compare with: a revision or a file [default: where HEAD left the default branch]
    base: Option<String>,

    /// Run the tests as well
    #[arg(long)]
    tests: bool,

    /// The day on which approvals are checked, for tests
    #[arg(long, hide = true, value_parser = approvals::day)]
    today: Option<Date>,
}

/// Runs the command.
pub(crate) fn run(arguments: &CheckArgs) -> Result<(), Failure> {
    let repository = Repository::here()?;
    let head = repository.work_tree(spec::DEFAULT)?;
    let base = CheckBase::read(&repository, arguments.base.as_deref())?;
    let document = chatkit_codegen::read(&head.origin, &head.text);
    let mut rows = vec![checks::spec(&document), checks::conventions(&head, &document)];
    rows.extend(checks::generated_files(&repository, &head, &document)?);
    // A test that fails may leave a new snapshot, so the tests come first.
    rows.push(if arguments.tests { test_run::run(&repository.root)? } else { test_run::not_run() });
    rows.push(snapshots::check(&repository.root)?);
    let today = arguments.today.unwrap_or_else(approvals::today);
    rows.extend(checks::changes(&repository, &base, &head, document.is_ok(), today)?);
    let skipped = SkippedChecks::from_environment();
    say(&table::render(&rows, skipped));
    match document {
        Err(report) => Err(Failure::Spec(report.render(colour_on_stderr()))),
        Ok(_) => table::verdict(&rows, skipped),
    }
}
