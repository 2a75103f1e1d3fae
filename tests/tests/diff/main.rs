//! Compares documents whose changes are known.

mod corpus;
mod crates;
mod determinism;
mod edits;
mod history;
mod mirror;
mod sampled;
mod silence;
mod table;

use std::collections::BTreeSet;

use chatkit_codegen::diff::RULES;

#[test]
fn finds_exactly_the_changes_that_each_case_expects() {
    let cases = corpus::cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let lines = case.mismatches(&case.diff());
        if !lines.is_empty() {
            wrong.push(format!("{}\n    {}", case.name, lines.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let cases = corpus::cases();
    let expected: BTreeSet<&str> =
        cases.iter().flat_map(|case| &case.expected).map(|expected| expected.verdict.rule.as_str()).collect();
    // A document with an unexplained effect would reveal a bug of the comparison.
    let required = RULES.iter().map(|rule| rule.id.name()).filter(|id| *id != "unknown-effect");
    let missing: Vec<&str> = required.filter(|id| !expected.contains(id)).collect();
    assert_eq!(missing, [""; 0], "no case expects these");
}
