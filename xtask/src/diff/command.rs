//! The command line of the comparison.

use super::document::{ComparedDocument, are_workspace_specs};
use super::repository::Repository;
use super::review::Review;
use super::{generated, github, html, json, markdown, sarif, text};
use crate::approvals::{self, Approval};
use crate::console::{say, warn};
use crate::failure::Failure;
use crate::plural::count;
use crate::{spec, workspace};
use chatkit_codegen::diff::{SourceImpact, WireImpact};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use time::Date;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                  the work tree with the commit where its branch left the default branch
  cargo xtask diff v0.3.0           the work tree with a revision
  cargo xtask diff v0.3.0 v0.4.0    two revisions
  cargo xtask diff old.yaml new.json
                                    two files of any API
  cargo xtask diff main:spec/chatkit.yaml new.yaml
                                    one file of a revision with a file
  cargo xtask diff --format html > review.html
                                    a page for a browser
  cargo xtask diff --format markdown --fail-on wire
                                    the command of continuous integration

BASE and HEAD are each a file or a revision. A name that is both means the file; `NAME^0` means the
revision. A relative path starts at the workspace root. Revisions are read from git without a
checkout. For them, generated/ and the version in Cargo.toml are compared too.

A change that no rule covers always fails. A change that spec/approvals.toml approves does not count
for `wire` and `major`.

Exit codes:
  0  success
  1  a change fails by --fail-on, or is covered by no rule
  2  wrong usage
  3  a document cannot be read: there is no such file or revision, or it is not OpenAPI 3.0
";

/// Show what a change of the spec breaks, and the version that it needs
///
/// Each change has two verdicts: one for the wire, and one for Rust code that uses the generated crate.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct DiffArgs {
    /// The old document: a revision or a file [default: where HEAD left the default branch]
    base: Option<String>,

    /// The new document: a revision or a file [default: the work tree]
    head: Option<String>,

    /// The path of the document in revisions and in the work tree, relative to the workspace root
    #[arg(long, value_name = "PATH", default_value = spec::DEFAULT)]
    spec: PathBuf,

    /// The output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,

    /// Leave out some of the changes. The verdicts and the exit code count them all
    #[arg(long, value_enum, value_name = "CHANGES")]
    hide: Option<HiddenChanges>,

    /// The address of the whole review, for a comment that has no room for all changes
    #[arg(long, value_name = "URL", value_parser = markdown::address)]
    full: Option<String>,

    /// Exit with 1 if a change has this verdict or a worse one
    #[arg(long, value_enum, value_name = "VERDICT", default_value_t = FailOn::Never)]
    fail_on: FailOn,

    /// The day on which approvals are checked, for tests
    #[arg(long, hide = true, value_parser = approvals::day)]
    today: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// Text for a terminal
    Text,
    /// The comment of a pull request
    Markdown,
    /// A page for a browser, with filters
    Html,
    /// JSON for programs; xtask/schemas/diff.schema.json is its schema
    Json,
    /// Annotations for GitHub's runner
    Github,
    /// SARIF 2.1.0, for services that show findings
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HiddenChanges {
    /// Changes of descriptions and examples alone
    Prose,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// A change that breaks requests or responses
    Wire,
    /// A change that breaks Rust callers
    Major,
    /// A change that Rust callers can see
    Minor,
    /// No change
    Never,
}

/// Runs the command.
pub(crate) fn run(arguments: &DiffArgs) -> Result<(), Failure> {
    let repository = Repository::here()?;
    let document = workspace::shown(&repository.root, &repository.root.join(&arguments.spec));
    let (base, head) = documents(&repository, arguments, &document)?;
    for argument in arguments.base.iter().chain(&arguments.head) {
        if let Some(note) = repository.ambiguity(argument) {
            warn(&format!("note: {note}\n"));
        }
    }
    let today = arguments.today.unwrap_or_else(approvals::today);
    // Errors in the approvals do not stop the rest of the review.
    let (approvals, errors) = match approvals(&repository, &base, &head)? {
        Ok(approvals) => (approvals, Vec::new()),
        Err(errors) => (Vec::new(), errors),
    };
    let mut review = Review::new(&repository, &base, &head, approvals, today)?;
    review.hides_prose = arguments.hide.is_some();
    review.generated = generated::report(&repository, &base, &head)?;
    if !errors.is_empty() {
        review.notes.push(format!(
            "No approval counts, since {} cannot be read: {}.",
            approvals::PATH,
            errors.join("; ")
        ));
    }
    say(&match arguments.format {
        OutputFormat::Text => text::render(&review),
        OutputFormat::Markdown => markdown::render(&review, arguments.full.as_deref()),
        OutputFormat::Html => html::render(&review),
        OutputFormat::Json => json::render(&review),
        OutputFormat::Github => github::render(&review),
        OutputFormat::Sarif => sarif::render(&review),
    });
    match [errors, failures(&review, arguments.fail_on)].concat() {
        reasons if reasons.is_empty() => Ok(()),
        reasons => Err(Failure::broken(reasons.join("\n       "))),
    }
}

/// Reads the approvals of head. Documents other than the spec of this workspace have none.
fn approvals(
    repository: &Repository,
    base: &ComparedDocument,
    head: &ComparedDocument,
) -> Result<Result<Vec<Approval>, Vec<String>>, Failure> {
    let are_specs = are_workspace_specs(&base.label, &head.label);
    let text = if are_specs { repository.beside(&head.label, approvals::PATH)? } else { None };
    Ok(approvals::read(&text.unwrap_or_default()))
}

/// Reads the two documents.
fn documents(
    repository: &Repository,
    arguments: &DiffArgs,
    document: &str,
) -> Result<(ComparedDocument, ComparedDocument), Failure> {
    let base = match &arguments.base {
        Some(base) => repository.document(base, document)?,
        None => repository.merge_base(document)?,
    };
    let head = match &arguments.head {
        Some(head) => repository.document(head, document)?,
        None => repository.work_tree(document)?,
    };
    Ok((base, head))
}

/// Returns the reasons for which a review fails.
fn failures(review: &Review, fail_on: FailOn) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(unknown) = review.unknown_changes() {
        reasons.push(unknown);
    }
    let open = || review.changes.iter().filter(|reviewed| !reviewed.is_accepted()).map(|reviewed| &reviewed.change);
    let failed = match fail_on {
        FailOn::Never => 0,
        FailOn::Wire => open().filter(|change| change.wire == WireImpact::Breaking).count(),
        FailOn::Major => open().filter(|change| change.source == SourceImpact::Major).count(),
        // An approval accepts a breaking change. The change is still visible to callers.
        FailOn::Minor => review.changes.iter().filter(|reviewed| reviewed.change.source >= SourceImpact::Minor).count(),
    };
    let (name, what) = match fail_on {
        FailOn::Wire => ("wire", "breaking on the wire: undo it, or approve it in spec/approvals.toml"),
        FailOn::Major => ("major", "breaking for Rust callers: undo it, or approve it in spec/approvals.toml"),
        FailOn::Minor | FailOn::Never => ("minor", "visible to Rust callers: release it as a new version"),
    };
    if failed > 0 {
        reasons.push(format!("--fail-on {name}: {}, {what}", count(failed, "change")));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::{FailOn, failures};
    use crate::diff::review::{Grade, ReviewedChange};
    use crate::diff::test_review;
    use chatkit_codegen::diff::{SourceImpact, WireImpact};

    #[test]
    fn change_without_a_rule_always_fails() {
        let mut review = test_review::review();
        review.changes.retain(|reviewed| reviewed.grade() == Grade::Unknown);
        let reasons = failures(&review, FailOn::Never);
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].starts_with("1 change covered by no rule, first `unknown-construct` at "), "{reasons:?}");
    }

    #[test]
    fn fails_by_the_verdict_of_fail_on() {
        let with = |wire, source| {
            let mut review = test_review::empty();
            let mut reviewed = test_review::review().changes.remove(0);
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
    fn approved_change_counts_for_neither_wire_nor_major() {
        let mut review = test_review::review();
        review.changes.retain(ReviewedChange::is_approved);
        assert_eq!(review.changes.len(), 1);
        assert!(failures(&review, FailOn::Wire).is_empty());
        assert!(failures(&review, FailOn::Major).is_empty());
        assert!(!failures(&review, FailOn::Minor).is_empty());
    }
}
