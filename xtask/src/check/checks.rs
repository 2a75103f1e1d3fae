//! The checks, one by one.

use super::base::CheckBase;
use super::changelog;
use super::table::{CheckOutcome, CheckResult};
use crate::approvals::{self, Approval, ApprovalStatus, CheckedApproval};
use crate::diff::document::{ComparedDocument, DocumentRevision};
use crate::diff::repository::Repository;
use crate::diff::review::{Review, loud};
use crate::failure::Failure;
use crate::freshness::OutputComparison;
use crate::plural::count;
use crate::regenerate::DEFAULT_OUT;
use crate::tree::Tree;
use chatkit_codegen::Generated;
use chatkit_codegen::diagnostics::{Report, Severity};
use chatkit_codegen::diff::WireImpact;
use std::path::Path;
use time::Date;

const REGENERATE: &str = "cargo xtask regenerate";

/// The endings of new snapshots, which nobody has accepted yet.
const LEFTOVERS: [&str; 2] = [".snap.new", ".pending-snap"];

/// Checks that the spec is valid.
pub(super) fn spec(generated: &Result<Generated, Report>) -> CheckResult {
    let of = |report: &Report, severity, one: &str| {
        let all = report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == severity).count();
        count(all, one)
    };
    match generated {
        Ok(Generated { warnings, .. }) if warnings.diagnostics().is_empty() => {
            CheckResult::new("spec", CheckOutcome::Passed, "valid, without a warning")
        }
        Ok(Generated { warnings, .. }) => {
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

/// Checks that `generated/` is up to date, and that the generator is deterministic.
pub(super) fn generated_files(
    repository: &Repository,
    head: &ComparedDocument,
    generated: &Result<Generated, Report>,
) -> Result<[CheckResult; 2], Failure> {
    let (fresh, same) = ("freshness", "determinism");
    let Ok(Generated { files, .. }) = generated else {
        return Ok([fresh, same].map(|name| CheckResult::skipped(name, "the spec is not valid")));
    };
    let tree = Tree::read(&repository.root.join(DEFAULT_OUT))?;
    let comparison = OutputComparison::new(tree, files, &head.origin, &head.text)?;
    let counts = comparison.counts();
    let fresh = if counts.is_empty() {
        CheckResult::new(fresh, CheckOutcome::Passed, format!("{DEFAULT_OUT}/ is what the spec gives"))
    } else {
        let detail = format!("{DEFAULT_OUT}/: {counts}; `{REGENERATE} --check` lists them");
        CheckResult::new(fresh, CheckOutcome::Fixable(REGENERATE.to_owned()), detail)
    };
    let again = chatkit_codegen::generate(&head.origin, &head.text);
    let is_same = again.is_ok_and(|again| again.files == *files);
    let detail = if is_same {
        format!("twice the same {}", count(files.len(), "file"))
    } else {
        "generating twice gives two results: the generator has a bug".to_owned()
    };
    Ok([fresh, CheckResult::passed_if(same, is_same, detail)])
}

/// Checks that no new snapshots are left.
pub(super) fn snapshots(root: &Path) -> Result<CheckResult, Failure> {
    let mut leftovers = Vec::new();
    find_leftovers(root, root, &mut leftovers)?;
    leftovers.sort();
    let Some(first) = leftovers.first() else {
        return Ok(CheckResult::new("snapshots", CheckOutcome::Passed, "none left to judge"));
    };
    let detail = format!("{} left, as {first}: accept or remove them", count(leftovers.len(), "new snapshot"));
    // Removing them loses nothing, since the failing test writes them again.
    let command = leftovers.iter().fold("rm".to_owned(), |command, path| command + " " + &quoted(path));
    Ok(CheckResult::new("snapshots", CheckOutcome::Fixable(command), detail))
}

fn find_leftovers(root: &Path, directory: &Path, found: &mut Vec<String>) -> Result<(), Failure> {
    let failed = |cause| Failure::at("read", directory, &cause);
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name());
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && name != "target" && name != ".git" {
            find_leftovers(root, &path, found)?;
        } else if kind.is_file() && LEFTOVERS.iter().any(|end| name.to_string_lossy().ends_with(end)) {
            found.push(crate::workspace::shown(root, &path));
        }
    }
    Ok(())
}

/// Quotes a path for a shell.
fn quoted(path: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+".contains(character);
    if path.chars().all(is_plain) && !path.starts_with('-') {
        path.to_owned()
    } else {
        format!("'./{}'", path.replace('\'', "'\\''"))
    }
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
        _ if !is_valid => Err("the spec is not valid"),
        Ok(document) => Ok(document),
        Err(why) => Err(why.as_str()),
    };
    let document = match document {
        Ok(document) => document,
        Err(why) => {
            let mut rows: Vec<_> =
                ["changes", "version", "approvals", "changelog"].map(|name| CheckResult::skipped(name, why)).into();
            rows[2] = approvals_alone(&approvals, today).unwrap_or_else(|| CheckResult::skipped("approvals", why));
            return Ok(rows);
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
            CheckResult::skipped("approvals", "nothing differs from the default branch")
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
        None => CheckResult::skipped(
            "version",
            format!("not both of {} and {} have one", review.base.name, review.head.name),
        ),
    }
}

/// Checks the approvals as far as that needs no comparison. Returns `None` if nothing is wrong.
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
            "{} the wire without an approval, first `{}` at {}: mend it, or approve it in {}",
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
        return Ok(CheckResult::new(name, CheckOutcome::Passed, "no change to tell of"));
    }
    if review.base.revision == DocumentRevision::Standalone {
        return Ok(CheckResult::skipped(name, format!("{} is a file, and has none", review.base.name)));
    }
    let path = changelog::PATH;
    let Some(head) = repository.beside(&review.head, path)? else {
        return Ok(CheckResult::new(
            name,
            CheckOutcome::Failed,
            format!("there is no {path}: it has to tell of the changes"),
        ));
    };
    let base = repository.beside(&review.base, path)?.unwrap_or_default();
    let version = review.versions.as_ref().map(|versions| &versions.head);
    let has_entry = changelog::has_entry(&base, &head, version);
    let place = version.map(|version| format!(" or {version}")).unwrap_or_default();
    let detail = if has_entry {
        format!("{path} tells of it")
    } else {
        format!("{path} says nothing new under Unreleased{place}: add what users notice")
    };
    Ok(CheckResult::passed_if(name, has_entry, detail))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_paths_with_special_characters() {
        assert_eq!(quoted("tests/a-b_c.snap.new"), "tests/a-b_c.snap.new");
        assert_eq!(quoted("a b/it's.snap.new"), "'./a b/it'\\''s.snap.new'");
        assert_eq!(quoted("-rf.snap.new"), "'./-rf.snap.new'");
    }
}
