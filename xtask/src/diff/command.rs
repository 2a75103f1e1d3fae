//! The command line of the comparison.

use super::generated;
use super::review::{Grade, Review, count, is_ours};
use super::side::{Repository, Side};
use super::{github, json, markdown, sarif, text};
use crate::approvals::{self, Approval};
use crate::console::{say, warn};
use crate::failure::Failure;
use crate::{spec, workspace};
use chatkit_codegen::diff::{SourceImpact, WireImpact};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use time::Date;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                  what the work tree changes since its branch left the default branch
  cargo xtask diff v0.3.0           what it changes since a revision
  cargo xtask diff v0.3.0 v0.4.0    what changed between two
  cargo xtask diff old.yaml new.json
                                    two files, whatever API they describe
  cargo xtask diff main:spec/chatkit.yaml new.yaml
                                    one file of a revision, and one that is here
  cargo xtask diff --format markdown --fail-on wire
                                    what continuous integration runs

BASE and HEAD are each a file or a revision. What is both is taken for the file; `NAME^0` is the
revision then. A relative path starts at the workspace root. Revisions are read from git without a
checkout, and with them generated/ and the version of Cargo.toml are looked at too.

A change that no rule knows fails whatever --fail-on says. One that spec/approvals.toml approves
does not count for `wire` and `major`.

Exit codes:
  0  fine
  1  --fail-on says so, or no rule knows a change
  2  wrong usage
  3  a document cannot be read: there is no such file or revision, or it is no OpenAPI 3.0
";

/// Say what a change of the spec breaks, and which version it takes
///
/// Each change has two verdicts: what it means on the wire, and for Rust code that uses the generated crate.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to compare with: a revision or a file [default: where HEAD left the default branch]
    base: Option<String>,

    /// What to compare: a revision or a file [default: the work tree]
    head: Option<String>,

    /// The document in revisions and in the work tree, from the workspace root
    #[arg(long, value_name = "PATH", default_value = spec::DEFAULT)]
    spec: PathBuf,

    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Exit with 1 where something is that bad, or worse
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = FailOn::Never)]
    fail_on: FailOn,

    /// The day by which approvals are judged, for tests
    #[arg(long, hide = true, value_parser = approvals::day)]
    today: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For the comment of a pull request
    Markdown,
    /// For programs; xtask/schemas/diff.schema.json describes it
    Json,
    /// Annotations, as GitHub's runner reads them
    Github,
    /// SARIF 2.1.0, for services that show findings
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// A change that breaks requests or responses
    Wire,
    /// A change that breaks Rust callers
    Major,
    /// A change of what Rust callers see
    Minor,
    /// Nothing
    Never,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let repository = Repository::here()?;
    let document = workspace::shown(&repository.root, &repository.root.join(&arguments.spec));
    let (base, head) = sides(&repository, arguments, &document)?;
    for argument in arguments.base.iter().chain(&arguments.head) {
        if let Some(note) = repository.ambiguity(argument) {
            warn(&format!("note: {note}\n"));
        }
    }
    let today = arguments.today.unwrap_or_else(approvals::today);
    // Whatever is wrong with them, the rest of the review is as good as ever.
    let (approvals, wrong) = match approvals(&repository, &base, &head)? {
        Ok(approvals) => (approvals, Vec::new()),
        Err(wrong) => (Vec::new(), wrong),
    };
    let mut review = Review::new(&repository, &base, &head, approvals, today)?;
    review.generated = generated::report(&repository, &base, &head)?;
    if !wrong.is_empty() {
        review.notes.push(format!(
            "No approval counts, since {} cannot be read: {}.",
            approvals::PATH,
            wrong.join("; ")
        ));
    }
    say(&match arguments.format {
        Format::Text => text::render(&review),
        Format::Markdown => markdown::render(&review),
        Format::Json => json::render(&review),
        Format::Github => github::render(&review),
        Format::Sarif => sarif::render(&review),
    });
    match [wrong, failures(&review, arguments.fail_on)].concat() {
        reasons if reasons.is_empty() => Ok(()),
        reasons => Err(Failure::broken(reasons.join("\n       "))),
    }
}

/// The approvals of head, or what is wrong with them; documents that are not this workspace's own have none.
fn approvals(repository: &Repository, base: &Side, head: &Side) -> Result<Result<Vec<Approval>, Vec<String>>, Failure> {
    let text = if is_ours(&base.label, &head.label) { repository.beside(&head.label, approvals::PATH)? } else { None };
    Ok(approvals::read(&text.unwrap_or_default()))
}

fn sides(repository: &Repository, arguments: &Arguments, document: &str) -> Result<(Side, Side), Failure> {
    let base = match &arguments.base {
        Some(base) => repository.side(base, document)?,
        None => repository.merge_base(document)?,
    };
    let head = match &arguments.head {
        Some(head) => repository.side(head, document)?,
        None => repository.work_tree(document)?,
    };
    Ok((base, head))
}

/// Why a review fails.
fn failures(review: &Review, fail_on: FailOn) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(unknown) = unknown(review) {
        reasons.push(unknown);
    }
    let open = || review.changes.iter().filter(|reviewed| !reviewed.is_approved()).map(|reviewed| &reviewed.change);
    let failed = match fail_on {
        FailOn::Never => 0,
        FailOn::Wire => open().filter(|change| change.wire == WireImpact::Breaking).count(),
        FailOn::Major => open().filter(|change| change.source == SourceImpact::Major).count(),
        // An approval accepts what breaks; that something is new is so all the same.
        FailOn::Minor => review.changes.iter().filter(|reviewed| reviewed.change.source >= SourceImpact::Minor).count(),
    };
    let (name, what) = match fail_on {
        FailOn::Wire => ("wire", "which the wire does not survive: mend it, or approve it in spec/approvals.toml"),
        FailOn::Major => ("major", "which Rust callers do not survive: mend it, or approve it in spec/approvals.toml"),
        FailOn::Minor | FailOn::Never => ("minor", "which Rust callers see"),
    };
    if failed > 0 {
        reasons.push(format!("--fail-on {name}: {}, {what}", count(failed, "change")));
    }
    reasons
}

/// What to say where no rule knows a change.
pub(crate) fn unknown(review: &Review) -> Option<String> {
    let unknown = review.of_grade(Grade::Unknown);
    let first = unknown.first()?;
    Some(format!(
        "{} known to no rule, `{}` at {} first: nobody can say what it breaks, so it always fails, and cannot be \
         approved; codegen/src/diff needs a rule for it",
        count(unknown.len(), "change"),
        first.change.rule,
        first.change.pointer()
    ))
}

#[cfg(test)]
mod tests {
    use super::{FailOn, failures};
    use crate::diff::review::{Grade, Reviewed};
    use crate::diff::sample;
    use chatkit_codegen::diff::{SourceImpact, WireImpact};

    #[test]
    fn a_change_that_no_rule_knows_fails_whatever_is_asked() {
        let mut review = sample::review();
        review.changes.retain(|reviewed| reviewed.grade() == Grade::Unknown);
        let reasons = failures(&review, FailOn::Never);
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].starts_with("1 change known to no rule, `unknown-construct` at "), "{reasons:?}");
    }

    #[test]
    fn each_verdict_fails_by_what_it_asks_for() {
        let with = |wire, source| {
            let mut review = sample::empty();
            let mut reviewed = sample::review().changes.remove(0);
            (reviewed.change.wire, reviewed.change.source, reviewed.approval) = (wire, source, None);
            review.changes.push(reviewed);
            review
        };
        for (wire, source, fails) in [
            (WireImpact::Breaking, SourceImpact::None, [true, false, false, false]),
            (WireImpact::Risky, SourceImpact::Major, [false, true, true, false]),
            (WireImpact::Compatible, SourceImpact::Minor, [false, false, true, false]),
            (WireImpact::None, SourceImpact::Patch, [false, false, false, false]),
        ] {
            let failed = [FailOn::Wire, FailOn::Major, FailOn::Minor, FailOn::Never]
                .map(|fail_on| !failures(&with(wire, source), fail_on).is_empty());
            assert_eq!(failed, fails, "{wire:?} {source:?}");
        }
    }

    #[test]
    fn an_approved_change_counts_for_neither_wire_nor_major() {
        let mut review = sample::review();
        review.changes.retain(Reviewed::is_approved);
        assert_eq!(review.changes.len(), 1);
        assert!(failures(&review, FailOn::Wire).is_empty());
        assert!(failures(&review, FailOn::Major).is_empty());
        assert!(!failures(&review, FailOn::Minor).is_empty());
    }
}
