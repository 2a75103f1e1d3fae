//! The table of everything that a pull request must pass.

use crate::repository::{Run, SPEC, TestRepository, adding, breaking, describing, edited};

const CHECKS: [&str; 8] =
    ["spec", "freshness", "determinism", "snapshots", "changes", "version", "approvals", "changelog"];

/// Returns the mark of a check, `✓`, `✗` or `skipped`, and its line.
fn row<'r>(run: &'r Run, name: &str) -> (&'r str, &'r str) {
    let line = run.stdout.lines().find(|line| line.split(' ').next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {}{}", run.stdout, run.stderr));
    (line.split_whitespace().nth(1).expect("a mark"), line)
}

fn marks(run: &Run) -> Vec<&str> {
    CHECKS.iter().map(|name| row(run, name).0).collect()
}

fn last(run: &Run) -> &str {
    run.stdout.lines().last().unwrap_or_default()
}

/// Asserts that only one check fails.
fn assert_only(run: &Run, name: &str, told: &str) {
    for check in CHECKS {
        let (mark, line) = row(run, check);
        assert_eq!(mark, if check == name { "✗" } else { "✓" }, "{}", run.stdout);
        assert!(check != name || line.contains(told), "{told:?} in {line}");
    }
}

/// Creates a branch with an addition that passes all checks.
fn complete() -> TestRepository {
    let repository = TestRepository::on_a_branch();
    repository.spec(&adding(SPEC));
    repository.regenerate();
    repository.version("0.3.9");
    repository.tell("Pets have a mood.");
    repository
}

#[test]
fn complete_change_passes() {
    let run = complete().check(&[]);
    assert_eq!(marks(&run), ["✓"; 8], "{}", run.stdout);
    assert_eq!(last(&run), "Nothing needs mending.");
    assert_eq!(run.code, Some(0));
}

#[test]
fn no_change_passes() {
    let run = TestRepository::on_a_branch().check(&[]);
    assert_eq!(marks(&run), ["✓"; 8], "{}", run.stdout);
    assert_eq!(run.code, Some(0));
}

#[test]
fn stale_files_are_exit_code_4_and_the_last_line_fixes_them() {
    let repository = complete();
    repository.spec(&describing(&adding(SPEC)));
    let run = repository.check(&[]);
    assert_only(&run, "freshness", "stale");
    assert_eq!(last(&run), "Mend with: cargo xtask regenerate");
    assert_eq!(run.code, Some(4));
    repository.regenerate();
    assert_eq!(repository.check(&[]).code, Some(0));
}

#[test]
fn finds_leftover_snapshots_outside_of_build_results() {
    let repository = complete();
    repository.write("target/a.snap.new", "");
    assert_eq!(repository.check(&[]).code, Some(0));
    repository.write("tests/tests/snapshots/a.snap.new", "");
    repository.write("xtask/.a.pending-snap", "");
    repository.spec(&describing(&adding(SPEC)));
    let run = repository.check(&[]);
    assert!(row(&run, "snapshots").1.contains("✗        2 new snapshots left"), "{}", run.stdout);
    let command = "cargo xtask regenerate && rm tests/tests/snapshots/a.snap.new xtask/.a.pending-snap";
    assert_eq!(last(&run), format!("Mend with: {command}"));
    assert_eq!(run.code, Some(4));
}

#[test]
fn insufficient_version_needs_an_edit_and_is_exit_code_1() {
    let repository = complete();
    repository.version("0.3.8");
    let run = repository.check(&[]);
    assert_only(&run, "version", "MINOR: 0.3.8 → 0.3.9 needed, Cargo.toml says 0.3.8");
    assert_eq!(last(&run), "No command mends this: see each ✗.");
    assert_eq!(run.code, Some(1));
    repository.spec(&describing(&adding(SPEC)));
    let run = repository.check(&[]);
    assert_eq!(last(&run), "Mend what a command can: cargo xtask regenerate");
    assert_eq!(run.code, Some(1), "what is left takes an edit");
}

#[test]
fn change_needs_an_entry_in_the_changelog() {
    let repository = complete();
    repository.git(&["checkout", "--quiet", "main", "--", "CHANGELOG.md"]);
    let run = repository.check(&[]);
    assert_only(&run, "changelog", "CHANGELOG.md says nothing new under Unreleased or 0.3.9");
    assert_eq!(run.code, Some(1));
    repository.edit("CHANGELOG.md", "## Unreleased", "## Unreleased\n\n## 0.3.9\n\n- Moods.\n\n## 0.3.8");
    assert_eq!(repository.check(&[]).code, Some(0));
    repository.remove("CHANGELOG.md");
    assert_only(&repository.check(&[]), "changelog", "there is no CHANGELOG.md");
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
    for name in ["freshness", "determinism", "changes", "version", "changelog"] {
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
    let skipped = |repository: &TestRepository, why: &str| {
        let run = repository.check(&[]);
        assert_eq!(marks(&run)[..4], ["✓"; 4], "{}", run.stdout);
        assert_eq!(marks(&run)[4..], ["skipped"; 4], "{}", run.stdout);
        assert!(row(&run, "version").1.contains(why), "{why:?} in {}", run.stdout);
        assert_eq!(run.code, Some(0));
    };
    skipped(&repository, "there is no history to compare with: not a git repository");
    repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
    skipped(&repository, "there is no commit yet");
    repository.commit("Start");
    skipped(&repository, "there is no default branch");
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
    for (text, why) in [(Some("openapi: ["), "is no OpenAPI 3.0 in "), (None, "has no spec/chatkit.yaml")] {
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
    assert_eq!(marks(&run), ["✓"; 8], "{}", run.stdout);
    repository.write("old.yaml", SPEC);
    let run = repository.check(&["old.yaml"]);
    assert_eq!((row(&run, "version").0, row(&run, "changelog").0), ("skipped", "skipped"), "{}", run.stdout);
}
