//! Verdicts, versions and exit codes.

use crate::repository::{SPEC, TestRepository, adding, breaking, describing, edited};

fn first_line(repository: &TestRepository) -> String {
    repository.diff(&["main"]).succeeded().lines().next().unwrap_or_default().to_owned()
}

#[test]
fn first_line_has_the_verdicts_and_the_version() {
    let repository = TestRepository::on_a_branch();
    let none = "SDK impact: none: no new version needed, Cargo.toml says 0.3.8 ✓; wire: none";
    assert_eq!(first_line(&repository), none);
    repository.spec(&breaking(SPEC));
    let major = "SDK impact: MAJOR: 0.3.x → 0.4.0 needed, Cargo.toml says";
    assert_eq!(first_line(&repository), format!("{major} 0.3.8 ✗; wire: BREAKING"));
    repository.version("0.3.9");
    assert_eq!(first_line(&repository), format!("{major} 0.3.9 ✗; wire: BREAKING"));
    repository.version("0.4.0");
    assert_eq!(first_line(&repository), format!("{major} 0.4.0 ✓; wire: BREAKING"));
    repository.spec(&adding(SPEC));
    assert!(first_line(&repository).starts_with("SDK impact: MINOR: 0.3.8 → 0.3.9 needed, Cargo.toml says 0.4.0 ✓; "));
    repository.spec(&describing(SPEC));
    assert!(first_line(&repository).starts_with("SDK impact: PATCH: 0.3.8 → 0.3.9 needed, "));
}

#[test]
fn invalid_version_is_an_error_with_its_revision() {
    let repository = TestRepository::new();
    repository.version("one");
    let run = repository.diff(&["HEAD"]).failed(1);
    assert!(run.contains("Cargo.toml (work tree): version `one`: "), "{run}");
}

#[test]
fn first_line_has_no_version_unless_both_documents_have_one() {
    let repository = TestRepository::new();
    repository.write("Cargo.toml", "[workspace]\n");
    assert_eq!(first_line(&repository), "SDK impact: none, wire: none");
}

#[test]
fn exit_code_1_follows_fail_on() {
    let repository = TestRepository::on_a_branch();
    let codes = |spec: &str| {
        repository.spec(spec);
        ["never", "wire", "major", "minor"].map(|verdict| repository.diff(&["--fail-on", verdict]).code)
    };
    let (fine, failed) = (Some(0), Some(1));
    assert_eq!(codes(SPEC), [fine, fine, fine, fine]);
    assert_eq!(codes(&describing(SPEC)), [fine, fine, fine, fine]);
    assert_eq!(codes(&adding(SPEC)), [fine, fine, fine, failed]);
    assert_eq!(codes(&breaking(SPEC)), [fine, failed, failed, failed]);
    let renamed = edited(SPEC, "operationId: getPet", "operationId: fetchPet");
    assert_eq!(codes(&renamed), [fine, fine, failed, failed], "the wire knows no operationId");
    let output = repository.diff(&["--fail-on", "major"]);
    assert!(output.stderr.contains("--fail-on major: 1 change, breaking for Rust callers"), "{}", output.stderr);
    assert!(output.stdout.starts_with("SDK impact: MAJOR"), "the review is shown all the same: {}", output.stdout);
}

#[test]
fn change_without_a_rule_always_fails_with_a_message() {
    let repository = TestRepository::without_history();
    repository.write("old.yaml", SPEC);
    repository.write("new.yaml", &edited(SPEC, "      type: object\n", "      type: object\n      sizzle: 3\n"));
    let run = repository.diff(&["old.yaml", "new.yaml", "--fail-on", "never"]);
    assert!(run.stdout.contains("Covered by no rule (1)"), "{}", run.stdout);
    let output = run.failed(1);
    assert!(output.contains("1 change covered by no rule, first `unknown-"), "{output}");
    assert!(output.contains("this always fails"), "{output}");
}
