//! What the comparison of two documents says, held against documents with known answers.

mod corpus;
mod crates;
mod determinism;
mod edits;
mod history;
mod mirror;
mod table;

use std::collections::BTreeSet;

use chatkit_codegen::diff::RULES;

#[test]
fn each_case_has_the_changes_that_it_expects_and_no_others() {
    let cases = corpus::cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let lines = case.differences(&case.diff());
        if !lines.is_empty() {
            wrong.push(format!("{}\n    {}", case.name, lines.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn each_rule_is_expected_by_a_case() {
    let cases = corpus::cases();
    let expected: BTreeSet<&str> =
        cases.iter().flat_map(|case| &case.expected).map(|expected| expected.verdict.rule.as_str()).collect();
    // Nobody can write a document that the engine does not explain and ought to.
    let wanted = RULES.iter().map(|rule| rule.id.name()).filter(|id| *id != "unknown-effect");
    let missing: Vec<&str> = wanted.filter(|id| !expected.contains(id)).collect();
    assert_eq!(missing, [""; 0], "no case expects these");
}
