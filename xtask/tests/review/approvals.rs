//! Approvals of breaking changes.

use crate::repository::{BROKEN, SPEC, TestRepository, adding, breaking, edited};
use serde_json::Value;

const TODAY: &str = "--today=2027-01-15";

/// Creates a branch with a breaking change that lacks only its approval. Returns it with the change.
fn broken() -> (TestRepository, Value) {
    let repository = TestRepository::on_a_branch();
    repository.spec(&breaking(SPEC));
    repository.regenerate();
    repository.version("0.4.0");
    repository.add_changelog("The age is a boolean.");
    let change = repository.data(&[])["changes"][0].clone();
    (repository, change)
}

fn approve(repository: &TestRepository, change: &Value, expires: &str) {
    let (rule, pointer) = (&change["rule"], &change["pointer"]);
    let entry =
        format!("[[approval]]\nrule = {rule}\npointer = {pointer}\nreason = 'Nobody asks.'\nexpires = {expires}\n");
    repository.write("spec/approvals.toml", &entry);
}

#[test]
fn approved_change_fails_nothing_but_still_needs_its_version() {
    let (repository, change) = broken();
    repository.diff(&["--fail-on", "wire"]).failed(1);
    approve(&repository, &change, "2027-01-31");
    for verdict in ["wire", "major"] {
        let text = repository.diff(&["--fail-on", verdict, TODAY]).succeeded();
        assert!(text.contains("approved until 2027-01-31: Nobody asks."), "{text}");
        assert!(text.starts_with("SDK impact: MAJOR: 0.3.x → 0.4.0 needed, Cargo.toml says 0.4.0 ✓"), "{text}");
    }
    let data = repository.data(&[TODAY]);
    assert_eq!(data["changes"][0]["approval"]["state"], "used");
    let table = repository.check(&[TODAY]).succeeded();
    assert!(table.contains("approvals    ✓        1 used"), "{table}");
}

#[test]
fn expired_approval_does_not_count_and_fails_the_check() {
    let (repository, change) = broken();
    approve(&repository, &change, "2027-01-14");
    let run = repository.diff(&["--fail-on", "wire", TODAY]);
    assert!(run.stdout.contains("its approval expired after 2027-01-14"), "{}", run.stdout);
    run.failed(1);
    let run = repository.check(&[TODAY]);
    assert!(run.stdout.contains("approvals    ✗        spec/approvals.toml:1: "), "{}", run.stdout);
    assert!(run.stdout.contains("expired after 2027-01-14"), "{}", run.stdout);
    run.failed(1);
    approve(&repository, &change, "2027-01-15");
    repository.diff(&["--fail-on", "wire", TODAY]).succeeded();
}

#[test]
fn unused_approval_fails_the_check() {
    let (repository, mut change) = broken();
    change["pointer"] = "/components/schemas/Pet/properties/name".into();
    approve(&repository, &change, "2027-01-31");
    repository.diff(&["--fail-on", "wire", TODAY]).failed(1);
    let run = repository.check(&[TODAY]);
    assert!(run.stdout.contains("approves a change that does not exist (any more): remove it"), "{}", run.stdout);
    run.failed(1);
}

#[test]
fn approval_of_one_change_lets_no_other_pass() {
    let repository = TestRepository::on_a_branch();
    // Some YAML parsers refuse the bracket at the column of the key.
    let spec = edited(SPEC, "paths:\n", "tags:\n  - name: pets\n    x-owners: [\n      shop\n    ]\npaths:\n");
    let age = "        age:\n          type: integer\n          description: In years.\n";
    let spec = edited(&spec, age, &format!("{age}{}", age.replace("age:", "rank:")));
    repository.spec(&spec);
    repository.commit("Add a rank");
    repository.spec(&edited(&edited(&spec, age, ""), &age.replace("age:", "rank:"), ""));
    let changes = repository.data(&["HEAD"])["changes"].clone();
    let pointers: Vec<_> = changes.as_array().into_iter().flatten().map(|change| change["pointer"].clone()).collect();
    assert_eq!(pointers, [BROKEN.to_owned(), BROKEN.replace("age", "rank")]);
    approve(&repository, &changes[1], "2027-01-31");
    repository.diff(&["HEAD", "--fail-on", "wire", TODAY]).failed(1);
}

#[test]
fn approval_of_a_compatible_change_fails_the_check() {
    let repository = TestRepository::on_a_branch();
    repository.spec(&adding(SPEC));
    let change = repository.data(&[])["changes"][0].clone();
    approve(&repository, &change, "2027-01-31");
    let run = repository.check(&[TODAY]);
    assert!(run.stdout.contains("approves a change that breaks nothing: remove it"), "{}", run.stdout);
    assert_eq!(repository.data(&[TODAY])["changes"][0]["approval"], Value::Null, "nothing is approved by it");
}

#[test]
fn only_approvals_of_head_count() {
    let (repository, change) = broken();
    repository.commit("Break");
    approve(&repository, &change, "2027-01-31");
    repository.diff(&["main", "topic", "--fail-on", "wire", TODAY]).failed(1);
    repository.commit("Approve");
    repository.diff(&["main", "topic", "--fail-on", "wire", TODAY]).succeeded();
}

#[test]
fn errors_in_the_file_have_their_line() {
    let (repository, change) = broken();
    approve(&repository, &change, "'soon'");
    let run = repository.diff(&[]).failed(1);
    assert!(run.contains("spec/approvals.toml:5: `expires` is not a day"), "{run}");
    let output = repository.diff(&[]).stdout;
    assert!(output.starts_with("SDK impact: MAJOR"), "the review is shown all the same: {output}");
    assert!(output.contains("No approval counts, since spec/approvals.toml cannot be read"), "{output}");
    let run = repository.check(&[]);
    assert!(
        run.stdout.contains("approvals    ✗        spec/approvals.toml:5: `expires` is not a day"),
        "{}",
        run.stdout
    );
    run.failed(1);
}

#[test]
fn approvals_are_not_unused_on_the_default_branch_after_the_merge() {
    let (repository, change) = broken();
    approve(&repository, &change, "2027-01-31");
    repository.commit("Break, and approve it");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "topic"]);
    let table = repository.check(&[TODAY]).succeeded();
    assert!(table.contains("approvals    n/a      nothing differs from the default branch"), "{table}");
    // The next branch has to remove the approval.
    repository.git(&["checkout", "--quiet", "-b", "next"]);
    repository.spec(&adding(&breaking(SPEC)));
    let run = repository.check(&[TODAY]);
    assert!(run.stdout.contains("approves a change that does not exist (any more): remove it"), "{}", run.stdout);
}
