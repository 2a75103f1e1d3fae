//! The checks, one by one.

use super::changelog;
use super::table::{self, Outcome, Row};
use crate::approvals::{self, Approval};
use crate::console::{colour_on_stderr, say};
use crate::diff::review::{Review, count, loud};
use crate::diff::side::{Place, Repository, Side, short};
use crate::diff::unknown;
use crate::failure::Failure;
use crate::regenerate::DEFAULT_OUT;
use crate::spec;
use crate::sync::Comparison;
use crate::tree::Tree;
use chatkit_codegen::Generated;
use chatkit_codegen::diagnostics::{Report, Severity};
use chatkit_codegen::diff::{Revision, WireImpact};
use clap::Args;
use std::path::Path;
use time::Date;

const REGENERATE: &str = "cargo xtask regenerate";

/// How tests that differ end that nobody has judged.
const LEFTOVERS: [&str; 2] = [".snap.new", ".pending-snap"];

const EXAMPLES: &str = "\
Examples:
  cargo xtask check          the work tree, since its branch left the default branch
  cargo xtask check v0.3.0   since a revision

The checks:
  spec         the document is valid
  freshness    generated/ is what the document gives
  determinism  generating twice gives the same
  snapshots    no *.snap.new and no *.pending-snap is left
  changes      there is a rule for each change of the document
  version      Cargo.toml says a version that the changes take
  approvals    spec/approvals.toml has no approval that is unused or expired
  changelog    CHANGELOG.md tells of the changes

What cannot be checked says `skipped`, and why: as for the last four, where there is nothing to compare
with. The last line is the command that mends what a command can mend.

";

/// Check all that a pull request must pass
#[derive(Debug, Args)]
#[command(after_long_help = format!("{EXAMPLES}{}", crate::EXIT_CODES))]
pub(crate) struct Arguments {
    /// What to compare with: a revision or a file [default: where HEAD left the default branch]
    base: Option<String>,

    /// The day by which approvals are judged, for tests
    #[arg(long, hide = true, value_parser = approvals::day)]
    today: Option<Date>,
}

/// What the work tree is compared with, or why with nothing.
struct Base {
    side: Result<Side, String>,
    /// Nothing was changed at all since then.
    is_here: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let repository = Repository::here()?;
    let head = repository.work_tree(spec::DEFAULT)?;
    let base = base(&repository, arguments.base.as_deref())?;
    let generated = chatkit_codegen::generate(&head.origin, &head.text);
    let mut rows = vec![spec_row(&generated)];
    rows.extend(generated_rows(&repository, &head, &generated)?);
    rows.push(snapshots(&repository.root)?);
    let today = arguments.today.unwrap_or_else(approvals::today);
    rows.extend(compared_rows(&repository, &base, &head, generated.is_ok(), today)?);
    say(&table::render(&rows));
    match generated {
        Err(report) => Err(Failure::Spec(report.render(colour_on_stderr()))),
        Ok(_) => table::verdict(&rows),
    }
}

/// A base that was asked for has to be there. Otherwise there may be none, as in a clone without a history.
fn base(repository: &Repository, argument: Option<&str>) -> Result<Base, Failure> {
    if let Some(argument) = argument {
        return Ok(Base { side: Ok(repository.side(argument, spec::DEFAULT)?), is_here: false });
    }
    let commit = match repository.default_base()? {
        Ok(commit) => commit,
        Err(why) => return Ok(Base { side: Err(why), is_here: false }),
    };
    let name = short(&commit);
    let side = match repository.commit_if_any(name, &commit, spec::DEFAULT)? {
        None => Err(format!("{name}, where HEAD left the default branch, has no {}", spec::DEFAULT)),
        Some(side) if Revision::read(&side.origin, &side.text).is_err() => {
            Err(format!("{} is no OpenAPI 3.0 in {name}, where HEAD left the default branch", spec::DEFAULT))
        }
        Some(side) => Ok(side),
    };
    Ok(Base { side, is_here: repository.git.is_unchanged_since(&commit)? })
}

fn spec_row(generated: &Result<Generated, Report>) -> Row {
    let of = |report: &Report, severity, one: &str| {
        let all = report.diagnostics().iter().filter(|finding| finding.severity == severity).count();
        count(all, one)
    };
    match generated {
        Ok(Generated { warnings, .. }) if warnings.diagnostics().is_empty() => {
            Row::new("spec", Outcome::Passed, "valid, without a warning")
        }
        Ok(Generated { warnings, .. }) => {
            let warnings = of(warnings, Severity::Warning, "warning");
            Row::new("spec", Outcome::Passed, format!("valid; `{REGENERATE} --check` shows {warnings}"))
        }
        Err(report) => {
            Row::new("spec", Outcome::Failed, format!("{}, see below", of(report, Severity::Error, "error")))
        }
    }
}

fn generated_rows(
    repository: &Repository,
    head: &Side,
    generated: &Result<Generated, Report>,
) -> Result<[Row; 2], Failure> {
    let (fresh, same) = ("freshness", "determinism");
    let Ok(Generated { files, .. }) = generated else {
        return Ok([fresh, same].map(|name| Row::skipped(name, "the spec is not valid")));
    };
    let tree = Tree::read(&repository.root.join(DEFAULT_OUT))?;
    let comparison = Comparison::new(tree, files, &head.origin, &head.text)?;
    let counts = comparison.counts();
    let fresh = if counts.is_empty() {
        Row::new(fresh, Outcome::Passed, format!("{DEFAULT_OUT}/ is what the spec gives"))
    } else {
        let detail = format!("{DEFAULT_OUT}/: {counts}; `{REGENERATE} --check` lists them");
        Row::new(fresh, Outcome::Mendable(REGENERATE.to_owned()), detail)
    };
    let again = chatkit_codegen::generate(&head.origin, &head.text);
    let is_same = again.is_ok_and(|again| again.files == *files);
    let detail = if is_same {
        format!("twice the same {}", count(files.len(), "file"))
    } else {
        "generating twice gives two results: the generator has a bug".to_owned()
    };
    Ok([fresh, Row::passed_if(same, is_same, detail)])
}

fn snapshots(root: &Path) -> Result<Row, Failure> {
    let mut leftovers = Vec::new();
    find_leftovers(root, root, &mut leftovers)?;
    leftovers.sort();
    let Some(first) = leftovers.first() else {
        return Ok(Row::new("snapshots", Outcome::Passed, "none left to judge"));
    };
    let detail = format!("{} left, as {first}: accept or remove them", count(leftovers.len(), "new snapshot"));
    // Nothing is lost: the test that differs writes it again.
    let command = leftovers.iter().fold("rm".to_owned(), |command, path| command + " " + &quoted(path));
    Ok(Row::new("snapshots", Outcome::Mendable(command), detail))
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

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+".contains(character);
    if path.chars().all(is_plain) && !path.starts_with('-') {
        path.to_owned()
    } else {
        format!("'./{}'", path.replace('\'', "'\\''"))
    }
}

/// What takes a comparison.
fn compared_rows(
    repository: &Repository,
    base: &Base,
    head: &Side,
    is_valid: bool,
    today: Date,
) -> Result<Vec<Row>, Failure> {
    let approvals = approvals::read(&repository.beside(&head.label, approvals::PATH)?.unwrap_or_default());
    let side = match &base.side {
        _ if !is_valid => Err("the spec is not valid".to_owned()),
        Ok(side) => Ok(side),
        Err(why) => Err(why.clone()),
    };
    let side = match side {
        Ok(side) => side,
        Err(why) => {
            let mut rows: Vec<_> =
                ["changes", "version", "approvals", "changelog"].map(|name| Row::skipped(name, &*why)).into();
            rows[2] = approvals_alone(&approvals, today).unwrap_or_else(|| Row::skipped("approvals", &*why));
            return Ok(rows);
        }
    };
    let review = Review::new(repository, side, head, approvals.clone().unwrap_or_default(), today)?;
    let unknown = unknown(&review);
    let changes = Row::passed_if("changes", unknown.is_none(), unknown.unwrap_or_else(|| review.counts()));
    let version = version(&review);
    let approvals = match approvals_alone(&approvals, today) {
        Some(row) => row,
        // An approval is for one change, which is merged by now.
        None if base.is_here && !review.approvals.is_empty() => {
            Row::skipped("approvals", "nothing differs from the default branch")
        }
        None => judged(&review),
    };
    Ok(vec![changes, version, approvals, changelog(repository, &review)?])
}

fn version(review: &Review) -> Row {
    match &review.versions {
        Some(versions) => {
            let detail = format!("{}: {versions}", loud(review.source().name()));
            Row::passed_if("version", versions.suffice(), detail)
        }
        None => Row::skipped("version", format!("not both of {} and {} have one", review.base.name, review.head.name)),
    }
}

/// What is wrong with approvals whatever they are compared with.
fn approvals_alone(approvals: &Result<Vec<Approval>, Vec<String>>, today: Date) -> Option<Row> {
    let wrong: Vec<String> = match approvals {
        Err(wrong) => wrong.clone(),
        Ok(approvals) => {
            let (judged, _) = approvals::judge(approvals.clone(), &[], today);
            let expired = judged.iter().filter(|judged| judged.state == approvals::State::Expired);
            expired.filter_map(approvals::Judged::complaint).collect()
        }
    };
    (!wrong.is_empty()).then(|| Row::new("approvals", Outcome::Failed, wrong.join("; ")))
}

fn judged(review: &Review) -> Row {
    let wrong: Vec<String> = review.approvals.iter().filter_map(approvals::Judged::complaint).collect();
    if !wrong.is_empty() {
        return Row::new("approvals", Outcome::Failed, wrong.join("; "));
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
        return Row::new("approvals", Outcome::Failed, detail);
    }
    let used = match review.approvals.len() {
        0 => "none".to_owned(),
        used => format!("{used} used"),
    };
    Row::new("approvals", Outcome::Passed, used)
}

fn changelog(repository: &Repository, review: &Review) -> Result<Row, Failure> {
    let name = "changelog";
    if review.changes.is_empty() {
        return Ok(Row::new(name, Outcome::Passed, "no change to tell of"));
    }
    if review.base.place == Place::Document {
        return Ok(Row::skipped(name, format!("{} is a file, and has none", review.base.name)));
    }
    let path = changelog::PATH;
    let Some(head) = repository.beside(&review.head, path)? else {
        return Ok(Row::new(name, Outcome::Failed, format!("there is no {path}: it has to tell of the changes")));
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
    Ok(Row::passed_if(name, has_entry, detail))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_reads_a_path_as_one_word() {
        assert_eq!(quoted("tests/a-b_c.snap.new"), "tests/a-b_c.snap.new");
        assert_eq!(quoted("a b/it's.snap.new"), "'./a b/it'\\''s.snap.new'");
        assert_eq!(quoted("-rf.snap.new"), "'./-rf.snap.new'");
    }
}
