//! Every rule of `lower` has fixtures in `tests/fixtures/diagnostics`, in which it fires and no other does.

use chatkit_codegen::diagnostics::{Diagnostic, Place};
use chatkit_codegen::lower::lower;
use chatkit_codegen::parse::parse;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The rules of `lower`. `dangling-ref` and `cyclic-schema` are missing: `parse` refuses such documents first.
const RULES: &[&str] = &[
    "binary-in-json",
    "conflicting-all-of",
    "ignored-header",
    "incomplete-default",
    "infinite-value",
    "name-clash",
    "never-matches",
    "not-expressed",
    "paging",
    "path-parameter",
    "required-without-property",
    "reserved-name",
    "unchecked-constraint",
    "union-tag",
    "unknown-security-scheme",
    "unsupported-enum",
    "unsupported-union",
    "unusable-name",
    "unused-discriminator",
    "unused-name",
];

fn rule_of(name: &str) -> &str {
    name.split_once("--").map_or(name, |(rule, _)| rule)
}

/// The findings of `lower` in each of its fixtures, by the fixture's name.
fn findings() -> Vec<(String, Vec<Diagnostic>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/diagnostics");
    let entries = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder that opens can be listed").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if RULES.contains(&rule_of(&name)) {
            let text = std::fs::read_to_string(&path).expect("fixtures are UTF-8");
            let document = parse(&name, &text).unwrap_or_else(|report| panic!("{name} does not parse:\n{report}"));
            all.push((name, lower(&document).diagnostics));
        }
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

#[test]
fn each_fixture_fires_its_rule_and_no_other() {
    let wrong: Vec<String> = findings()
        .into_iter()
        .filter(|(name, found)| found.is_empty() || found.iter().any(|finding| finding.rule != rule_of(name)))
        .map(|(name, found)| format!("{name}: {found:#?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_fixture() {
    let findings = findings();
    let covered: BTreeSet<&str> = findings.iter().map(|(name, _)| rule_of(name)).collect();
    let missing: Vec<&&str> = RULES.iter().filter(|rule| !covered.contains(**rule)).collect();
    assert!(missing.is_empty(), "no fixture: {missing:?}");
}

#[test]
fn each_finding_helps_and_points_into_the_document() {
    for (name, found) in findings() {
        for finding in found {
            assert!(finding.help.is_some(), "{name}: no help for {:?}", finding.message);
            assert!(!finding.message.ends_with('.'), "{name}: {:?}", finding.message);
            assert!(!matches!(finding.place, Place::Text { .. }), "{name}");
        }
    }
}
