//! The cases of `tests/fixtures/diff`: two documents, and what a comparison of them must say.

use std::fmt;
use std::path::Path;

use chatkit_codegen::diff::{Change, Diff, ItemChange, Revision, compare};
use serde_json::Value;

/// A case.
#[derive(Debug)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    pub base: String,
    pub head: String,
    pub expected: Vec<Expected>,
}

/// A change that is expected.
#[derive(Debug)]
pub struct Expected {
    /// What must be equal.
    pub verdict: Verdict,
    /// In which directions the place crosses the wire, where the case says so.
    pub usage: Option<String>,
    /// Items that are among those that change, each as a reader sees it.
    pub items: Vec<String>,
}

/// What every expectation says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    pub pointer: String,
    pub rule: String,
    pub wire: String,
    pub source: String,
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}: wire {}, source {}", self.rule, self.pointer, self.wire, self.source)
    }
}

/// Every case, by name.
pub fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    folders.sort();
    folders.iter().map(|folder| case(folder)).collect()
}

fn case(folder: &Path) -> Case {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let name = folder.file_name().expect("it has a name").to_string_lossy().into_owned();
    let head = if folder.join("head.json").exists() { "head.json" } else { "head.yaml" };
    let expected = expected(&name, &read("expect.toml"));
    Case { base: read("base.yaml"), head: read(head), expected, name }
}

fn expected(name: &str, text: &str) -> Vec<Expected> {
    let table: Value = toml::from_str(text).unwrap_or_else(|error| panic!("{name}/expect.toml: {error}"));
    let table = table.as_object().expect("TOML is a table");
    assert!(table.keys().all(|key| key == "changes"), "{name}/expect.toml has `changes` and nothing else");
    let changes = table.get("changes").unwrap_or_else(|| panic!("{name}/expect.toml lacks `changes`"));
    changes.as_array().into_iter().flatten().map(|change| one(name, change)).collect()
}

fn one(name: &str, change: &Value) -> Expected {
    const KEYS: [&str; 6] = ["rule", "pointer", "wire", "source", "usage", "items"];
    let known = change.as_object().into_iter().flatten().all(|(key, _)| KEYS.contains(&key.as_str()));
    assert!(known, "{name}/expect.toml has a key that nothing reads: {change}");
    let text = |key: &str| change.get(key).and_then(Value::as_str).map(str::to_owned);
    let must = |key: &str| text(key).unwrap_or_else(|| panic!("{name}/expect.toml lacks `{key}` in {change}"));
    let items = change.get("items").and_then(Value::as_array).into_iter().flatten();
    Expected {
        verdict: Verdict { rule: must("rule"), pointer: must("pointer"), wire: must("wire"), source: must("source") },
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

    pub fn revisions(&self) -> [Revision; 2] {
        let read = |side: &str, text: &str| {
            let origin = format!("{}/{side}", self.name);
            Revision::read(&origin, text).unwrap_or_else(|report| panic!("{report}"))
        };
        [read("base.yaml", &self.base), read("head.yaml", &self.head)]
    }

    /// How a comparison differs from what is expected, a line each; nothing where it does not.
    pub fn differences(&self, diff: &Diff) -> Vec<String> {
        let mut found: Vec<(Verdict, &Change)> = diff.changes.iter().map(|change| (verdict(change), change)).collect();
        let mut lines = Vec::new();
        for expected in &self.expected {
            match found.iter().position(|(verdict, _)| *verdict == expected.verdict) {
                Some(index) => lines.extend(expected.details(found.remove(index).1)),
                None => lines.push(format!("missing     {}", expected.verdict)),
            }
        }
        for (verdict, change) in found {
            lines.push(format!("unexpected  {verdict}"));
            lines.extend(change.items.iter().map(|item| format!("              {}", shown(item))));
        }
        lines
    }
}

impl Expected {
    /// What differs beside the verdicts.
    fn details(&self, change: &Change) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(expected) = &self.usage
            && expected != usage(change)
        {
            lines.push(format!("usage       {}: {}, and not {expected}", self.verdict, usage(change)));
        }
        let items: Vec<String> = change.items.iter().map(shown).collect();
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

/// What a change says, as an expectation would.
pub fn verdict(change: &Change) -> Verdict {
    Verdict {
        pointer: change.pointer().to_owned(),
        rule: change.rule.name().to_owned(),
        wire: change.wire.name().to_owned(),
        source: change.source.name().to_owned(),
    }
}

/// As in `Thread::title: String → Option<String>`; `+` and `-` stand before what is new and what is gone.
pub fn shown(item: &ItemChange) -> String {
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("{}: {before} → {after}", item.path),
        (None, Some(after)) => format!("+ {}: {after}", item.path),
        (Some(before), None) => format!("- {}: {before}", item.path),
        (None, None) => item.path.clone(),
    }
}

pub fn usage(change: &Change) -> &'static str {
    match (change.usage.request, change.usage.response) {
        (true, true) => "both",
        (true, false) => "request",
        (false, true) => "response",
        (false, false) => "none",
    }
}
