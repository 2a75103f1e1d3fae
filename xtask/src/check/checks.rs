//! The checks, one by one.

use super::base::{CheckBase, MissingBase};
use super::changelog;
use super::table::{CheckOutcome, CheckResult};
use crate::approvals::{self, Approval, ApprovalStatus, CheckedApproval};
use crate::conventions::{self, CONVENTIONS};
use crate::diff::document::{ComparedDocument, DocumentRevision};
use crate::diff::repository::Repository;
use crate::diff::review::{Review, loud};
use crate::failure::Failure;
use crate::freshness::OutputComparison;
use crate::plural::count;
use crate::regenerate::DEFAULT_OUT;
use crate::tree::Tree;
use chatkit_codegen::LoweredDocument;
use chatkit_codegen::diagnostics::{Located, Report, Severity};
use chatkit_codegen::diff::WireImpact;
use time::Date;

const REGENERATE: &str = "cargo xtask regenerate";

/// The reason to skip a check of an invalid spec.
const NOT_VALID: &str = "the spec is not valid";

/// Checks that the spec is valid.
pub(super) fn spec(document: &Result<LoweredDocument, Report>) -> CheckResult {
    let of = |report: &Report, severity, one: &str| {
        let all = report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == severity).count();
        count(all, one)
    };
    match document {
        Ok(LoweredDocument { warnings, .. }) if warnings.diagnostics().is_empty() => {
            CheckResult::new("spec", CheckOutcome::Passed, "valid, without a warning")
        }
        Ok(LoweredDocument { warnings, .. }) => {
            let warnings = of(warnings, Severity::Warning, "warning");
            CheckResult::new("spec", CheckOutcome::Passed, format!("valid; `{REGENERATE} --check` shows {warnings}"))
        }
        Err(report) => CheckResult::new(
            "spec",
            CheckOutcome::Failed,
            format!("{}, see below", of(report, Severity::Error, "error")),
        ),
    }
}

/// Checks that the spec follows its conventions.
pub(super) fn conventions(head: &ComparedDocument, document: &Result<LoweredDocument, Report>) -> CheckResult {
    let name = "conventions";
    let Ok(document) = document else { return CheckResult::skipped(name, NOT_VALID) };
    let broken = conventions::check(document, &head.text).located();
    if broken.is_empty() {
        let detail = format!("{} of spec/README.md hold", count(CONVENTIONS.len(), "convention"));
        return CheckResult::new(name, CheckOutcome::Passed, detail);
    }
    let note = |Located { rule, line, column, message, help, .. }: &Located| {
        let help = help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}:{line}:{column}: {message} ({rule}){help}", head.origin)
    };
    let detail = format!("broken in {}:", count(broken.len(), "place"));
    CheckResult::new(name, CheckOutcome::Failed, detail).notes(broken.iter().map(note).collect())
}

/// Checks that `generated/` is up to date, and that the generator is deterministic.
pub(super) fn generated_files(
    repository: &Repository,
    head: &ComparedDocument,
    document: &Result<LoweredDocument, Report>,
) -> Result<[CheckResult; 2], Failure> {
    let (fresh, same) = ("freshness", "determinism");
    let Ok(document) = document else {
        return Ok([fresh, same].map(|name| CheckResult::skipped(name, NOT_VALID)));
    };
    let files = chatkit_codegen::emit::emit(&document.api);
    let tree = Tree::read(&repository.root.join(DEFAULT_OUT))?;
    let comparison = OutputComparison::new(tree, &files, &head.origin, &head.text)?;
    let counts = comparison.counts();
    let fresh = if counts.is_empty() {
        let files = count(comparison.unchanged(), "file");
        CheckResult::new(fresh, CheckOutcome::Passed, format!("{DEFAULT_OUT}/ is up to date, {files}"))
    } else {
        let detail = format!("{DEFAULT_OUT}/: {counts}; `{REGENERATE} --check` lists them");
        CheckResult::new(fresh, CheckOutcome::Fixable(REGENERATE.to_owned()), detail)
    };
    let again = chatkit_codegen::generate(&head.origin, &head.text);
    let is_same = again.is_ok_and(|again| again.files == files);
    let detail = if is_same { "two runs give equal files" } else { "two runs give different files: fix the generator" };
    Ok([fresh, CheckResult::passed_if(same, is_same, detail)])
}

/// Makes the checks that need a comparison with the base.
pub(super) fn changes(
    repository: &Repository,
    base: &CheckBase,
    head: &ComparedDocument,
    is_valid: bool,
    today: Date,
) -> Result<Vec<CheckResult>, Failure> {
    let approvals = approvals::read(&repository.beside(&head.label, approvals::PATH)?.unwrap_or_default());
    let document = match &base.document {
        _ if !is_valid => Err((CheckOutcome::Skipped, NOT_VALID)),
        Ok(document) => Ok(document),
        Err(MissingBase { outcome, why }) => Err((outcome.clone(), why.as_str())),
    };
    let document = match document {
        Ok(document) => document,
        Err((outcome, why)) => {
            let row = |name| match approvals_alone(&approvals, today) {
                Some(row) if name == row.name => row,
                _ => CheckResult::new(name, outcome.clone(), why),
            };
            return Ok(["changes", "version", "approvals", "changelog"].map(row).into());
        }
    };
    let review = Review::new(repository, document, head, approvals.clone().unwrap_or_default(), today)?;
    let unknown = review.unknown_changes();
    let changes = CheckResult::passed_if("changes", unknown.is_none(), unknown.unwrap_or_else(|| review.counts()));
    let version = version(&review);
    let approvals = match approvals_alone(&approvals, today) {
        Some(row) => row,
        // The approved changes are merged by now, so that every approval looks unused.
        None if base.is_unchanged && !review.approvals.is_empty() => {
            CheckResult::new("approvals", CheckOutcome::NotApplicable, "nothing differs from the default branch")
        }
        None => approvals_of(&review),
    };
    Ok(vec![changes, version, approvals, changelog(repository, &review)?])
}

/// Checks that the version is new enough for the changes.
fn version(review: &Review) -> CheckResult {
    match &review.versions {
        Some(versions) => {
            let detail = format!("{}: {versions}", loud(review.source().name()));
            CheckResult::passed_if("version", versions.suffice(), detail)
        }
        None => CheckResult::skipped("version", format!("{} or {} has no version", review.base.name, review.head.name)),
    }
}

/// Checks the approvals as far as possible without a comparison. Returns `None` if nothing is wrong.
fn approvals_alone(approvals: &Result<Vec<Approval>, Vec<String>>, today: Date) -> Option<CheckResult> {
    let problems: Vec<String> = match approvals {
        Err(errors) => errors.clone(),
        Ok(approvals) => {
            let (checked, _) = approvals::check(approvals.clone(), &[], today);
            let expired = checked.iter().filter(|checked| checked.status == ApprovalStatus::Expired);
            expired.filter_map(CheckedApproval::problem).collect()
        }
    };
    (!problems.is_empty()).then(|| CheckResult::new("approvals", CheckOutcome::Failed, problems.join("; ")))
}

/// Checks that each approval is used, and that each change that breaks the wire has one.
fn approvals_of(review: &Review) -> CheckResult {
    let problems: Vec<String> = review.approvals.iter().filter_map(CheckedApproval::problem).collect();
    if !problems.is_empty() {
        return CheckResult::new("approvals", CheckOutcome::Failed, problems.join("; "));
    }
    let open: Vec<_> = review
        .changes
        .iter()
        .filter(|change| change.change.wire == WireImpact::Breaking && !change.is_approved())
        .collect();
    if let Some(first) = open.first() {
        let detail = format!(
            "{} the wire without an approval, first `{}` at {}: undo it, or approve it in {}",
            if open.len() == 1 { "1 change breaks".to_owned() } else { format!("{} changes break", open.len()) },
            first.change.rule,
            first.change.pointer(),
            approvals::PATH,
        );
        return CheckResult::new("approvals", CheckOutcome::Failed, detail);
    }
    let used = match review.approvals.len() {
        0 => "none".to_owned(),
        used => format!("{used} used"),
    };
    CheckResult::new("approvals", CheckOutcome::Passed, used)
}

/// Checks that the changelog has an entry for the changes.
fn changelog(repository: &Repository, review: &Review) -> Result<CheckResult, Failure> {
    let name = "changelog";
    if review.changes.is_empty() {
        return Ok(CheckResult::new(name, CheckOutcome::Passed, "no change of the spec"));
    }
    if review.base.revision == DocumentRevision::Standalone {
        return Ok(CheckResult::skipped(name, format!("{} is a file without a changelog", review.base.name)));
    }
    let path = changelog::PATH;
    let Some(head) = repository.beside(&review.head, path)? else {
        return Ok(CheckResult::new(
            name,
            CheckOutcome::Failed,
            format!("{path} does not exist: add it, with a line for users about the changes"),
        ));
    };
    let base = repository.beside(&review.base, path)?.unwrap_or_default();
    let version = review.versions.as_ref().map(|versions| &versions.head);
    let has_entry = changelog::has_entry(&base, &head, version);
    let place = version.map(|version| format!(" or {version}")).unwrap_or_default();
    let detail = if has_entry {
        format!("{path} describes the changes")
    } else {
        format!("{path} has no new line under Unreleased{place}: add one for users about the changes")
    };
    Ok(CheckResult::passed_if(name, has_entry, detail))
}
