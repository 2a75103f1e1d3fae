//! The table of rules in the guide matches the one in code.

use std::collections::BTreeSet;

use chatkit_codegen::diff::RULES;

use crate::corpus;

/// The page with the table.
const PAGE: &str = "spec/DIFF_RULES.md";

const HEADING: &str = "| rule | what changes | wire | source | why |\n|---|---|---|---|---|\n";

#[test]
fn the_page_lists_every_rule_with_its_verdicts_and_reason() {
    let mut table = HEADING.to_owned();
    for rule in RULES {
        table.extend([
            "| `",
            rule.id.name(),
            "` | ",
            rule.summary,
            " | ",
            rule.wire,
            " | ",
            rule.source,
            " | ",
            rule.why,
            " |\n",
        ]);
    }
    let path = chatkit_tests::spec::path(PAGE);
    let page = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{PAGE}: {error}"));
    let start = page.find(HEADING).unwrap_or_else(|| panic!("{PAGE} has the heading of the table"));
    let end = page[start..].find("\n\n").map_or(page.len(), |end| start + end + 1);
    if page[start..end] == table {
        return;
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        let page = format!("{}{table}{}", &page[..start], &page[end..]);
        return std::fs::write(&path, page).unwrap_or_else(|error| panic!("{PAGE}: {error}"));
    }
    panic!("{PAGE} differs; with INSTA_UPDATE=always this test writes its table:\n\n{table}");
}

#[test]
fn texts_of_rules_fit_into_a_table() {
    for rule in RULES {
        for text in [rule.summary, rule.wire, rule.source, rule.why] {
            assert!(!text.is_empty() && !text.contains(['|', '\n']) && !text.ends_with('.'), "{}: {text}", rule.id);
        }
    }
}

/// Columns that name no verdict, because it depends on the change.
const UNNAMED: &[&str] = &["depends on the changed items", "depends on how the two schemas differ"];

/// Returns the verdicts that a column names.
fn named(column: &str) -> BTreeSet<&str> {
    let verdicts = ["none", "compatible", "risky", "breaking", "patch", "minor", "major"];
    column.split(|character: char| !character.is_alphabetic()).filter(|word| verdicts.contains(word)).collect()
}

#[test]
fn a_rule_names_exactly_the_verdicts_that_its_cases_expect() {
    let cases = corpus::cases();
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| !UNNAMED.contains(&rule.source) && !UNNAMED.contains(&rule.wire)) {
        // The generator makes no type from a header.
        let is_typed = |at: &str| !at.contains("/headers/") || !at.contains("/schema/");
        let changes = cases.iter().flat_map(|case| &case.expected);
        let changes =
            changes.filter(|change| change.verdict.rule == rule.id.name() && is_typed(&change.verdict.pointer));
        let (wires, sources): (BTreeSet<&str>, BTreeSet<&str>) =
            changes.map(|change| (change.verdict.wire.as_str(), change.verdict.source.as_str())).unzip();
        for (column, known, expected) in [("wire", named(rule.wire), wires), ("source", named(rule.source), sources)] {
            if known != expected {
                wrong.push(format!("{}: {column} names {known:?}, and the cases expect {expected:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
