//! The changes that this repository's own spec has seen.

use chatkit_codegen::diff::{Revision, compare};
use chatkit_tests::spec::path;
use std::process::Command;

/// What git answers; nothing where it cannot.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(path("")).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn every_change_of_the_spec_so_far_is_known_to_a_rule() {
    // A packaged copy has no history, and a shallow clone only its end: there is nothing to look at then.
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
