//! The cases of `tests/fixtures/diff`, and how a comparison differs from the expectation of its case.

use std::fmt;

use chatkit_codegen::diff::{Change, Diff, ItemChange, Revision, compare};
use chatkit_tests::document_pairs::{DocumentPair, document_pairs};
use serde_json::Value;

/// Two documents, and the changes that a comparison of them must find.
#[derive(Debug)]
pub struct Case {
    /// The name of its file.
    pub name: String,
    pub base: String,
    pub head: String,
    pub expected: Vec<ExpectedChange>,
}

/// A change that a case expects.
#[derive(Debug)]
pub struct ExpectedChange {
    pub verdict: ChangeVerdict,
    /// The directions in which the place crosses the wire, if the case names them.
    pub usage: Option<String>,
    /// Some of the items that change, each in the form of [`display_item`].
    pub items: Vec<String>,
}

/// The part of a change that every expectation has in full.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeVerdict {
    pub pointer: String,
    pub rule: String,
    pub wire: String,
    pub source: String,
}

impl fmt::Display for ChangeVerdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}: wire {}, source {}", self.rule, self.pointer, self.wire, self.source)
    }
}

/// Returns every case, by name.
pub fn cases() -> Vec<Case> {
    document_pairs().into_iter().map(case).collect()
}

fn case(pair: DocumentPair) -> Case {
    let DocumentPair { name, base, head, changes } = pair;
    let changes = changes.as_array().unwrap_or_else(|| panic!("{name}: `changes` is not a list"));
    let expected = changes.iter().map(|change| expected_change(&name, change)).collect();
    Case { name, base, head, expected }
}

fn expected_change(name: &str, change: &Value) -> ExpectedChange {
    const KEYS: [&str; 6] = ["rule", "pointer", "wire", "source", "usage", "items"];
    let known = change.as_object().into_iter().flatten().all(|(key, _)| KEYS.contains(&key.as_str()));
    assert!(known, "{name} has a change with a key that nothing reads: {change}");
    let text = |key: &str| change.get(key).and_then(Value::as_str).map(str::to_owned);
    let required = |key: &str| text(key).unwrap_or_else(|| panic!("{name} has a change without `{key}`: {change}"));
    let items = change.get("items").and_then(Value::as_array).into_iter().flatten();
    ExpectedChange {
        verdict: ChangeVerdict {
            rule: required("rule"),
            pointer: required("pointer"),
            wire: required("wire"),
            source: required("source"),
        },
        usage: text("usage"),
        items: items.filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}

impl Case {
    /// Compares the two documents.
    pub fn diff(&self) -> Diff {
        let [base, head] = self.revisions();
        compare(&base, &head)
    }

    /// Reads the two documents.
    pub fn revisions(&self) -> [Revision; 2] {
        let read = |side: &str, text: &str| {
            let origin = format!("{}/{side}", self.name);
            Revision::read(&origin, text).unwrap_or_else(|report| panic!("{report}"))
        };
        [read("base", &self.base), read("head", &self.head)]
    }

    /// Returns how a comparison differs from the expectation, a line each.
    pub fn mismatches(&self, diff: &Diff) -> Vec<String> {
        let mut found: Vec<(ChangeVerdict, &Change)> =
            diff.changes.iter().map(|change| (verdict(change), change)).collect();
        let mut lines = Vec::new();
        for expected in &self.expected {
            match found.iter().position(|(verdict, _)| *verdict == expected.verdict) {
                Some(index) => lines.extend(expected.mismatches(found.remove(index).1)),
                None => lines.push(format!("missing     {}", expected.verdict)),
            }
        }
        for (verdict, change) in found {
            lines.push(format!("unexpected  {verdict}"));
            lines.extend(change.items.iter().map(|item| format!("              {}", display_item(item))));
        }
        lines
    }
}

impl ExpectedChange {
    /// Returns how usage and items differ, a line each.
    fn mismatches(&self, change: &Change) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(expected) = &self.usage
            && expected != usage(change)
        {
            lines.push(format!("usage       {}: {}, and not {expected}", self.verdict, usage(change)));
        }
        let items: Vec<String> = change.items.iter().map(display_item).collect();
        for item in self.items.iter().filter(|item| !items.contains(item)) {
            lines.push(format!(
                "no item     {item}  ({})\n              {}",
                self.verdict,
                items.join("\n              ")
            ));
        }
        lines
    }
}

/// Returns the verdict of a change, in the words of an expectation.
pub fn verdict(change: &Change) -> ChangeVerdict {
    ChangeVerdict {
        pointer: change.pointer().to_owned(),
        rule: change.rule.name().to_owned(),
        wire: change.wire.name().to_owned(),
        source: change.source.name().to_owned(),
    }
}

/// Returns an item in the form `Thread::title: String → Option<String>`. An added one starts with `+`, a removed one
/// with `-`.
pub fn display_item(item: &ItemChange) -> String {
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("{}: {before} → {after}", item.path),
        (None, Some(after)) => format!("+ {}: {after}", item.path),
        (Some(before), None) => format!("- {}: {before}", item.path),
        (None, None) => item.path.clone(),
    }
}

/// Returns the directions in which the place of a change crosses the wire.
pub fn usage(change: &Change) -> &'static str {
    match (change.usage.request, change.usage.response) {
        (true, true) => "both",
        (true, false) => "request",
        (false, true) => "response",
        (false, false) => "none",
    }
}
