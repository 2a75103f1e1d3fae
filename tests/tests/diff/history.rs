//! Compares the revisions of this repository's own spec.

use chatkit_codegen::diff::{Revision, compare};
use chatkit_tests::spec::path;
use std::process::Command;

/// Returns the output of git, or `None` if it fails.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(path("")).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn rules_explain_every_change_in_the_history_of_the_spec() {
    // A packaged copy has no history, and a shallow clone only its end. Then there is nothing to compare.
    let Some(log) = git(&["log", "--reverse", "--format=%H", "--", "spec/chatkit.yaml"]) else { return };
    let texts: Vec<(&str, String)> = log
        .lines()
        .filter_map(|commit| Some((commit, git(&["show", &format!("{commit}:spec/chatkit.yaml")])?)))
        .collect();
    for pair in texts.windows(2) {
        let [(before, was), (after, is)] = pair else { continue };
        let both = Revision::read_both((before, was), (after, is));
        let (base, head) = both.unwrap_or_else(|report| panic!("{before} or {after}: {report}"));
        let diff = compare(&base, &head);
        let unknown = diff.changes.iter().find(|change| change.rule.is_unknown());
        assert!(unknown.is_none(), "{before} to {after}: {unknown:?}");
    }
}
