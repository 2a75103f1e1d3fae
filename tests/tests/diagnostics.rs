//! Each rule has its fixtures, in which it fires and no other does.
//!
//! A fixture is called `<rule>.yaml` or `<rule>--<case>.yaml`; those called `kitchen-sink` break several rules at
//! once.

use std::collections::BTreeSet;

use chatkit_codegen::diagnostics::{RULES, Report, Severity};
use chatkit_tests::fixtures;

/// Rules that no document is known to reach, or none that is short enough to read.
const WITHOUT_FIXTURE: [&str; 3] = [
    // Needs references that lead through two hundred schemas.
    "cyclic-schema",
    // What openapiv3 would refuse is refused before.
    "openapi",
    // A schema that is one but cannot be compiled for its examples.
    "unchecked-examples",
];

const KITCHEN_SINK: &str = "kitchen-sink";

fn rule_of(name: &str) -> &str {
    name.split_once("--").map_or(name, |(rule, _)| rule)
}

/// Name, text and findings of each fixture.
fn fixtures() -> Vec<(String, String, Report)> {
    let report = |(name, text): (String, String)| {
        let report = fixtures::report(&format!("{name}.yaml"), &text);
        (name, text, report)
    };
    fixtures::diagnostics().into_iter().map(report).collect()
}

fn rules_in(report: &Report) -> BTreeSet<&'static str> {
    report.diagnostics().iter().map(|finding| finding.rule).collect()
}

#[test]
fn each_fixture_breaks_the_rule_in_its_name_and_no_other() {
    for (name, _, report) in fixtures() {
        if rule_of(&name) != KITCHEN_SINK {
            assert_eq!(rules_in(&report), BTreeSet::from([rule_of(&name)]), "{name}:\n{report}");
        }
    }
}

#[test]
fn each_rule_has_a_fixture() {
    let fixtures = fixtures();
    let covered: BTreeSet<&str> = fixtures.iter().map(|(name, ..)| rule_of(name)).collect();
    let without: Vec<&str> = RULES.iter().copied().filter(|rule| !covered.contains(rule)).collect();
    assert_eq!(without, WITHOUT_FIXTURE);
    let strangers: Vec<_> = covered.iter().filter(|rule| **rule != KITCHEN_SINK && !RULES.contains(rule)).collect();
    assert!(strangers.is_empty(), "fixtures of rules that do not exist: {strangers:?}");
}

#[test]
fn each_rule_is_used_by_the_generator() {
    let sources = sources(&fixtures::root().join("codegen/src"));
    let unused: Vec<_> = RULES.iter().filter(|rule| !sources.contains(&format!("\"{rule}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// All that is written in a folder but the list of rules itself and tests.
fn sources(folder: &std::path::Path) -> String {
    let mut text = String::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder that opens can be listed").path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if !path.ends_with("rules.rs") && !path.ends_with("tests.rs") {
            text.push_str(&std::fs::read_to_string(&path).expect("sources are UTF-8"));
        }
    }
    text
}

#[test]
fn several_findings_are_shown_in_the_order_of_the_document() {
    for (name, _, report) in fixtures().into_iter().filter(|(name, ..)| rule_of(name) == KITCHEN_SINK) {
        let places: Vec<_> = report.located().iter().map(|finding| (finding.line, finding.column)).collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
        assert!(rules_in(&report).len() >= 5, "{name}:\n{report}");
        let severities: BTreeSet<_> = report.diagnostics().iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, BTreeSet::from([Severity::Warning, Severity::Error]), "{name}:\n{report}");
    }
}

#[test]
fn each_finding_says_what_to_write_instead() {
    for (name, _, report) in fixtures() {
        for finding in report.located() {
            let help = finding.help.as_deref().unwrap_or_default();
            assert!(!help.is_empty(), "{name}: no help for {:?}", finding.message);
            for text in [help, &finding.message] {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn findings_are_the_same_with_windows_line_ends_and_a_byte_order_mark() {
    for (name, text, report) in fixtures() {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let windows = fixtures::report(&format!("{name}.yaml"), &windows);
        assert_eq!(report.located(), windows.located(), "{name}");
    }
}

#[test]
fn colours_are_there_where_they_are_asked_for() {
    for (name, _, report) in fixtures() {
        assert!(report.render(true).contains('\u{1b}'), "{name}");
        assert!(!report.render(false).contains('\u{1b}'), "{name}");
    }
}

/// The marks below a shown line, by what they look like.
#[test]
fn each_finding_marks_a_part_of_the_line_that_it_names() {
    for (name, text, report) in fixtures() {
        let shown = report.render(false);
        for finding in report.located() {
            let line = text.lines().nth(finding.line - 1).unwrap_or_default();
            let rest: String = line.chars().skip(finding.column - 1).collect();
            assert!(!rest.trim().is_empty(), "{name}: nothing is at {}:{}", finding.line, finding.column);
            let header = format!("--> {name}.yaml:{}:{}\n", finding.line, finding.column);
            assert!(shown.contains(&header), "{name}: {header} is missing in\n{shown}");
            let marked =
                marked(&shown, &header).unwrap_or_else(|| panic!("{name}: no mark below {header} in\n{shown}"));
            assert!(rest.starts_with(&marked), "{name}: marks {marked:?}, but {rest:?} is there");
        }
    }
}

/// What the first `^^^` below a header marks, in the line above it.
fn marked(shown: &str, header: &str) -> Option<String> {
    let (_, below) = shown.split_once(header)?;
    let mut above = "";
    for line in below.lines() {
        if let Some(start) = line.find('^') {
            let width = line[start..].chars().take_while(|mark| *mark == '^').count();
            let start = line[..start].chars().count();
            return Some(above.chars().skip(start).take(width).filter(|character| *character != '…').collect());
        }
        above = line;
    }
    None
}
