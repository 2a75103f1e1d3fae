//! The table of everything that a pull request must pass.

use crate::repository::{Run, SPEC, TestRepository, adding, breaking, describing, edited};
use std::process::Command;

/// The checks that need no comparison with a base.
const ALONE: [&str; 5] = ["spec", "conventions", "freshness", "determinism", "snapshots"];

/// The checks that compare the work tree with a base.
const COMPARED: [&str; 4] = ["changes", "version", "approvals", "changelog"];

/// The last line of a run without `--tests`.
const NOT_RUN: &str = "Not run: tests. Run with: cargo test --workspace";

/// Returns the mark of a check, `✓`, `✗` or `skipped`, and its line.
fn row<'r>(run: &'r Run, name: &str) -> (&'r str, &'r str) {
    let line = run.stdout.lines().find(|line| line.split(' ').next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {}{}", run.stdout, run.stderr));
    (line.split_whitespace().nth(1).expect("a mark"), line)
}

fn checks() -> impl Iterator<Item = &'static str> {
    ALONE.into_iter().chain(COMPARED)
}

fn marks(run: &Run) -> Vec<&str> {
    checks().map(|name| row(run, name).0).collect()
}

/// Returns whether all checks passed but the tests, which did not run.
fn all_passed(run: &Run) -> bool {
    marks(run).iter().all(|mark| *mark == "✓")
}

/// Returns the line about fixes, above the one about the tests.
fn fix(run: &Run) -> &str {
    assert_eq!(run.stdout.lines().last(), Some(NOT_RUN), "{}", run.stdout);
    run.stdout.lines().rev().nth(1).unwrap_or_default()
}

/// Asserts that only one check fails.
fn assert_only(run: &Run, name: &str, text: &str) {
    for check in checks() {
        let (mark, line) = row(run, check);
        assert_eq!(mark, if check == name { "✗" } else { "✓" }, "{}", run.stdout);
        assert!(check != name || line.contains(text), "{text:?} in {line}");
    }
}

/// Creates a branch with an addition that passes all checks.
fn complete() -> TestRepository {
    let repository = TestRepository::on_a_branch();
    repository.spec(&adding(SPEC));
    repository.regenerate();
    repository.version("0.3.9");
    repository.add_changelog("Pets have a mood.");
    repository
}

#[test]
fn complete_change_passes() {
    let run = complete().check(&[]);
    assert!(all_passed(&run), "{}", run.stdout);
    assert_eq!(fix(&run), "No check failed.");
    assert_eq!(run.code, Some(0));
}

#[test]
fn no_change_passes() {
    let run = TestRepository::on_a_branch().check(&[]);
    assert!(all_passed(&run), "{}", run.stdout);
    assert_eq!(run.code, Some(0));
}

#[test]
fn stale_files_are_exit_code_4_and_have_a_command() {
    let repository = complete();
    repository.spec(&describing(&adding(SPEC)));
    let run = repository.check(&[]);
    assert_only(&run, "freshness", "stale");
    assert_eq!(fix(&run), "Fix with: cargo xtask regenerate");
    assert_eq!(run.code, Some(4));
    repository.regenerate();
    assert_eq!(repository.check(&[]).code, Some(0));
}

#[test]
fn new_snapshots_name_their_tests_and_how_to_review_them() {
    let repository = complete();
    repository.write("target/a.snap.new", "");
    assert_eq!(repository.check(&[]).code, Some(0));
    repository.write("xtask/Cargo.toml", "[package]\nname = 'xtask'\n");
    repository.write("tests/Cargo.toml", "[package]\nname = 'pet-tests'\n");
    repository.write("tests/tests/snapshots/a.snap.new", "---\nsource: tests/tests/unions.rs\n---\nsource: x\n");
    repository.write("xtask/src/.names.rs.pending-snap", "");
    let run = repository.check(&[]);
    assert_only(&run, "snapshots", "2 new snapshots to review");
    for note in [
        " tests/tests/snapshots/a.snap.new, from tests/tests/unions.rs\n",
        " xtask/src/.names.rs.pending-snap, from xtask/src/names.rs\n",
        " to see the difference: cargo test -p pet-tests --test unions\n",
        " to accept it: INSTA_UPDATE=always cargo test -p pet-tests --test unions\n",
        " to see the difference: cargo test -p xtask --lib\n",
        "\"Accept a snapshot\"",
    ] {
        assert!(run.stdout.contains(note), "{note:?} in {}", run.stdout);
    }
    assert!(!run.stdout.contains("rm "), "evidence is never removed: {}", run.stdout);
    assert_eq!(fix(&run), "See each ✗ for what to do.");
    assert_eq!(run.code, Some(1));
}

#[test]
fn broken_convention_has_its_place_and_its_fix() {
    let repository = complete();
    repository.spec(&edited(&adding(SPEC), "description: In years.", "description: In years"));
    repository.regenerate();
    let run = repository.check(&[]);
    assert_only(&run, "conventions", "broken in 1 place:");
    let spec = repository.read("spec/chatkit.yaml");
    let line = spec.lines().position(|line| line.contains("In years")).expect("a line") + 1;
    let note = format!(
        " spec/chatkit.yaml:{line}:11: this description does not end with a full stop (full-stop); end it with `.`\n"
    );
    assert!(run.stdout.contains(&note), "{note:?} in {}", run.stdout);
    assert_eq!(run.code, Some(1));
}

#[test]
fn tests_have_no_mark_unless_they_run() {
    let run = complete().check(&[]);
    let (mark, line) = row(&run, "tests");
    assert_eq!(mark, "not");
    assert!(line.contains("tests        not run  `cargo test --workspace`"), "{line}");
    assert!(!line.contains(['✓', '✗']), "{line}");
}

/// Runs the checks with the tests, and a script in the place of cargo.
#[cfg(unix)]
fn check_with_tests(script: &str) -> Run {
    use std::os::unix::fs::PermissionsExt;
    let repository = complete();
    repository.write("cargo", &format!("#!/bin/sh\n{script}"));
    let cargo = repository.path().join("cargo");
    std::fs::set_permissions(&cargo, std::fs::Permissions::from_mode(0o755)).expect("an executable");
    repository.command().args(["check", "--tests"]).env("CARGO", cargo).output().expect("a process").into()
}

#[cfg(unix)]
#[test]
fn tests_that_pass_have_a_mark() {
    let run = check_with_tests("echo \"arguments: $*\"; echo 'test a ... ok'");
    assert!(run.stderr.contains("arguments: test --workspace --no-fail-fast\ntest a ... ok\n"), "{}", run.stderr);
    assert_eq!(row(&run, "tests").0, "✓");
    assert_eq!(run.stdout.lines().last(), Some("No check failed."));
    assert_eq!(run.code, Some(0));
}

#[cfg(unix)]
#[test]
fn tests_that_fail_are_named_with_the_command_that_shows_why() {
    let run = check_with_tests(
        "echo 'test a::b ... FAILED'; echo 'error: 1 target failed:' >&2; echo '    `-p pets --test a`' >&2; exit 101",
    );
    assert_only(&run, "tests", "");
    assert!(row(&run, "tests").1.ends_with("1 test failed, see the output above"), "{}", run.stdout);
    assert!(run.stdout.contains(" failed: a::b\n"), "{}", run.stdout);
    assert!(run.stdout.contains(" to see why: cargo test -p pets --test a\n"), "{}", run.stdout);
    assert_eq!(run.code, Some(1));
}

#[test]
fn insufficient_version_needs_an_edit_and_is_exit_code_1() {
    let repository = complete();
    repository.version("0.3.8");
    let run = repository.check(&[]);
    assert_only(&run, "version", "MINOR: 0.3.8 → 0.3.9 needed, Cargo.toml says 0.3.8");
    assert_eq!(fix(&run), "See each ✗ for what to do.");
    assert_eq!(run.code, Some(1));
    repository.spec(&describing(&adding(SPEC)));
    let run = repository.check(&[]);
    assert_eq!(fix(&run), "See each ✗. Fix a part with: cargo xtask regenerate");
    assert_eq!(run.code, Some(1), "what is left takes an edit");
}

#[test]
fn change_needs_an_entry_in_the_changelog() {
    let repository = complete();
    repository.git(&["checkout", "--quiet", "main", "--", "CHANGELOG.md"]);
    let run = repository.check(&[]);
    assert_only(&run, "changelog", "CHANGELOG.md has no new line under Unreleased or 0.3.9");
    assert_eq!(run.code, Some(1));
    repository.edit("CHANGELOG.md", "## Unreleased", "## Unreleased\n\n## 0.3.9\n\n- Moods.\n\n## 0.3.8");
    assert_eq!(repository.check(&[]).code, Some(0));
    repository.remove("CHANGELOG.md");
    assert_only(&repository.check(&[]), "changelog", "CHANGELOG.md does not exist");
}

#[test]
fn change_that_breaks_the_wire_needs_an_approval() {
    let repository = complete();
    repository.spec(&breaking(SPEC));
    repository.regenerate();
    repository.version("0.4.0");
    let run = repository.check(&[]);
    assert_only(&run, "approvals", "1 change breaks the wire without an approval, first `type-changed` at ");
}

#[test]
fn invalid_spec_is_exit_code_3_with_its_report() {
    let repository = complete();
    repository.spec(&edited(SPEC, "$ref: '#/components/schemas/Pet'", "$ref: '#/components/schemas/Dog'"));
    let run = repository.check(&[]);
    assert_eq!(row(&run, "spec").0, "✗");
    for name in ["conventions", "freshness", "determinism", "changes", "version", "changelog"] {
        assert!(row(&run, name).1.contains("skipped  the spec is not valid"), "{}", run.stdout);
    }
    assert!(run.stderr.contains("dangling-ref"), "{}", run.stderr);
    assert_eq!(run.code, Some(3));
    repository.remove("spec/chatkit.yaml");
    assert_eq!(repository.check(&[]).code, Some(3));
}

#[test]
fn checks_that_need_a_history_are_skipped_without_one() {
    let repository = TestRepository::without_history();
    let skipped = |repository: &TestRepository, why: &str| assert_skipped(&mut repository.command(), why);
    skipped(&repository, "no history to compare with: not a git repository");
    repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
    skipped(&repository, "the repository has no commit yet");
    repository.commit("Start");
    skipped(&repository, "the default branch is unknown");
    assert_skipped(
        repository.command().env("PATH", ""),
        "no history to compare with: cannot run git, which reads revisions: install it",
    );
}

/// Asserts that the checks that compare are skipped for a reason, and that nothing reads as a pass.
fn assert_skipped(command: &mut Command, why: &str) {
    command.arg("check");
    let last = |label: &str| format!("{label}: changes, version, approvals, changelog ({why}");
    for (variable, last, code) in [
        (None, last("NOT A PASS: 4 checks could not run"), 0),
        (Some(""), last("NOT A PASS: 4 checks could not run"), 0),
        (Some("false"), last("NOT A PASS: 4 checks could not run"), 0),
        (Some("true"), last("FAILED: 4 checks could not run, and CI is set"), 1),
        (Some("1"), last("FAILED: 4 checks could not run, and CI is set"), 1),
    ] {
        match variable {
            Some(value) => command.env("CI", value),
            None => command.env_remove("CI"),
        };
        let run = Run::from(command.output().expect("a process"));
        assert!(ALONE.iter().all(|name| row(&run, name).0 == "✓"), "{}", run.stdout);
        assert!(COMPARED.iter().all(|name| row(&run, name).0 == "skipped"), "{}", run.stdout);
        assert!(run.stdout.lines().last().is_some_and(|line| line.starts_with(&last)), "{last:?} in {}", run.stdout);
        assert!(!run.stdout.contains("No check failed."), "{}", run.stdout);
        assert_eq!(run.code, Some(code), "{variable:?}: {}", run.stdout);
    }
}

#[test]
fn checks_are_skipped_in_a_shallow_clone() {
    let origin = TestRepository::on_a_branch();
    origin.commit("One");
    origin.git(&["checkout", "--quiet", "main"]);
    origin.commit("Other");
    let clone = origin.cloned(&["--depth=1", "--branch=topic", "--no-single-branch"]);
    assert_skipped(
        &mut clone.command(),
        "HEAD and origin/main have no common commit; this clone is shallow: run `git fetch --unshallow`",
    );
    let clone = origin.cloned(&["--depth=1", "--branch=topic"]);
    assert_skipped(&mut clone.command(), "the default branch is unknown");
    let run = clone.check(&[]);
    assert!(row(&run, "changes").1.contains("this clone is shallow: run `git fetch --unshallow`"), "{}", run.stdout);
}

#[test]
fn checks_are_skipped_if_git_distrusts_the_owner() {
    let repository = TestRepository::on_a_branch();
    // Git's own tests use this variable.
    let mut command = repository.command();
    command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    assert_skipped(&mut command, "no history to compare with: detected dubious ownership in repository at ");
    let run = Run::from(command.output().expect("a process"));
    let help = "; if you trust it, run `git config --global --add safe.directory ";
    assert!(row(&run, "changes").1.contains(help), "{}", run.stdout);
}

#[test]
fn checks_of_a_new_document_have_nothing_to_judge() {
    let repository = TestRepository::new();
    repository.remove("spec/chatkit.yaml");
    repository.commit("Remove the document");
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.spec(SPEC);
    let run = Run::from(repository.command().arg("check").env("CI", "true").output().expect("a process"));
    assert!(COMPARED.iter().all(|name| row(&run, name).0 == "n/a"), "{}", run.stdout);
    assert!(row(&run, "changes").1.contains("the document is new: "), "{}", run.stdout);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

#[test]
fn checks_of_a_moved_workspace_name_the_document_to_compare_with() {
    let repository = TestRepository::on_a_branch();
    let inner = repository.moved_into_a_folder();
    repository.write("inner/spec/chatkit.yaml", &breaking(SPEC));
    let check = |arguments: &[&str]| -> Run {
        let mut command = repository.command_in(&inner);
        command.arg("check").args(arguments).env("CI", "true").output().expect("a process").into()
    };
    let run = check(&[]);
    let commit = repository.git(&["rev-parse", "main"]);
    let base = format!("{}:spec/chatkit.yaml", &commit[..10]);
    let why = format!("compare with it, `cargo xtask check {base}`");
    assert!(row(&run, "changes").1.contains(&why), "{}", run.stdout);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(row(&check(&[&base]), "approvals").1.contains("1 change breaks the wire"), "{}", run.stdout);
}

#[test]
fn invalid_approvals_fail_without_a_history_too() {
    let repository = TestRepository::without_history();
    repository.write("spec/approvals.toml", "[[approval]]\nrule = 'x'\n");
    let run = repository.check(&[]);
    assert_eq!(row(&run, "approvals").0, "✗");
    assert_eq!(run.code, Some(1));
}

#[test]
fn missing_or_invalid_document_of_base_skips_the_comparison() {
    let repository = TestRepository::new();
    for (text, why) in [(Some("openapi: ["), "is not OpenAPI 3.0 in "), (None, "has no spec/chatkit.yaml")] {
        match text {
            Some(text) => repository.spec(text),
            None => repository.remove("spec/chatkit.yaml"),
        }
        repository.commit("Break the document");
        repository.spec(SPEC);
        let run = repository.check(&[]);
        assert!(row(&run, "changes").1.contains(why), "{}", run.stdout);
        assert_eq!(run.code, Some(0), "a fix of the document passes");
    }
}

#[test]
fn base_argument_must_exist() {
    let repository = complete();
    assert!(repository.check(&["nothing"]).failed(3).contains("`nothing` is neither a file"));
    let run = repository.check(&["HEAD"]);
    assert!(all_passed(&run), "{}", run.stdout);
    repository.write("old.yaml", SPEC);
    let run = repository.check(&["old.yaml"]);
    assert_eq!((row(&run, "version").0, row(&run, "changelog").0), ("skipped", "skipped"), "{}", run.stdout);
}
