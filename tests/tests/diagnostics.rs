//! Each rule of the diagnostics has fixtures in which only this rule fires.
//!
//! A fixture is called `<rule>.yaml` or `<rule>--<case>.yaml`; those called `kitchen-sink` break several rules at
//! once.

use std::collections::BTreeSet;

use chatkit_codegen::diagnostics::{RULES, Report, Severity};
use chatkit_tests::fixtures;

/// Rules without a fixture: no document is known to break them, or none that is short.
const WITHOUT_FIXTURE: [&str; 2] = [
    // Earlier checks refuse every document that openapiv3 would refuse.
    "openapi",
    // Needs a valid schema that the check of examples cannot compile.
    "unchecked-examples",
];

const KITCHEN_SINK: &str = "kitchen-sink";

fn rule_of(name: &str) -> &str {
    name.split_once("--").map_or(name, |(rule, _)| rule)
}

/// Returns name, text and diagnostics of each fixture.
fn fixtures() -> Vec<(String, String, Report)> {
    let report = |(name, text): (String, String)| {
        let report = fixtures::report(&format!("{name}.yaml"), &text);
        (name, text, report)
    };
    fixtures::diagnostics().into_iter().map(report).collect()
}

fn rules_in(report: &Report) -> BTreeSet<&'static str> {
    report.diagnostics().iter().map(|diagnostic| diagnostic.rule).collect()
}

#[test]
fn fixtures_break_only_the_rule_in_their_name() {
    for (name, _, report) in fixtures() {
        if rule_of(&name) != KITCHEN_SINK {
            assert_eq!(rules_in(&report), BTreeSet::from([rule_of(&name)]), "{name}:\n{report}");
        }
    }
}

#[test]
fn every_rule_has_a_fixture() {
    let fixtures = fixtures();
    let covered: BTreeSet<&str> = fixtures.iter().map(|(name, ..)| rule_of(name)).collect();
    let without: Vec<&str> = RULES.iter().copied().filter(|rule| !covered.contains(rule)).collect();
    assert_eq!(without, WITHOUT_FIXTURE);
    let strangers: Vec<_> = covered.iter().filter(|rule| **rule != KITCHEN_SINK && !RULES.contains(rule)).collect();
    assert!(strangers.is_empty(), "fixtures of rules that do not exist: {strangers:?}");
}

#[test]
fn the_generator_uses_every_rule() {
    let sources = sources(&fixtures::root().join("codegen/src"));
    let unused: Vec<_> = RULES.iter().filter(|rule| !sources.contains(&format!("\"{rule}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Returns the sources in a folder, except tests and the list of rules.
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
fn shows_diagnostics_in_document_order() {
    for (name, _, report) in fixtures().into_iter().filter(|(name, ..)| rule_of(name) == KITCHEN_SINK) {
        let places: Vec<_> = report.located().iter().map(|diagnostic| (diagnostic.line, diagnostic.column)).collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
        assert!(rules_in(&report).len() >= 5, "{name}:\n{report}");
        let severities: BTreeSet<_> = report.diagnostics().iter().map(|diagnostic| diagnostic.severity).collect();
        assert_eq!(severities, BTreeSet::from([Severity::Warning, Severity::Error]), "{name}:\n{report}");
    }
}

#[test]
fn every_diagnostic_has_help() {
    for (name, _, report) in fixtures() {
        for diagnostic in report.located() {
            let help = diagnostic.help.as_deref().unwrap_or_default();
            assert!(!help.is_empty(), "{name}: no help for {:?}", diagnostic.message);
            for text in [help, &diagnostic.message] {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn ignores_windows_line_ends_and_a_byte_order_mark() {
    for (name, text, report) in fixtures() {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let windows = fixtures::report(&format!("{name}.yaml"), &windows);
        assert_eq!(report.located(), windows.located(), "{name}");
    }
}

#[test]
fn shows_colours_on_request() {
    for (name, _, report) in fixtures() {
        assert!(report.render(true).contains('\u{1b}'), "{name}");
        assert!(!report.render(false).contains('\u{1b}'), "{name}");
    }
}

/// The marks below a line are read from the shown text.
#[test]
fn marks_a_part_of_the_line_of_each_diagnostic() {
    for (name, text, report) in fixtures() {
        let shown = report.render(false);
        for diagnostic in report.located() {
            let line = text.lines().nth(diagnostic.line - 1).unwrap_or_default();
            let rest: String = line.chars().skip(diagnostic.column - 1).collect();
            assert!(!rest.trim().is_empty(), "{name}: nothing is at {}:{}", diagnostic.line, diagnostic.column);
            let header = format!("--> {name}.yaml:{}:{}\n", diagnostic.line, diagnostic.column);
            assert!(shown.contains(&header), "{name}: {header} is missing in\n{shown}");
            let marked =
                marked(&shown, &header).unwrap_or_else(|| panic!("{name}: no mark below {header} in\n{shown}"));
            assert!(rest.starts_with(&marked), "{name}: marks {marked:?}, but {rest:?} is there");
        }
    }
}

/// Returns the text that the first `^^^` below a header marks, in the line above it.
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
