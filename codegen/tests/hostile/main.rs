//! Documents that lead to themselves, nest deep, or expand far. None overflows the stack, hangs, or fills the memory.

mod circles;
mod depth;
mod documents;
mod growth;

use chatkit_codegen::diagnostics::{Report, Severity};
use chatkit_codegen::diff::{Revision, RuleId, compare};
use chatkit_codegen::{generate, parse};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The stack of a test's thread.
const STACK: usize = 2 << 20;

/// A guard against hangs. A loaded machine needs a few seconds.
const LONGEST: Duration = Duration::from_secs(300);

/// Runs a function on a small stack and returns its result, unless it takes too long.
fn finishes<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || sender.send(run()));
    let _thread = thread.expect("the system has threads");
    receiver.recv_timeout(LONGEST).expect("the function neither panics nor hangs")
}

/// Generates a crate from a text, renders the report, compares the text with a retitled copy, and validates a request.
/// Returns the rules of the errors, each once.
fn errors_of(text: String) -> Vec<&'static str> {
    finishes(move || {
        let errors = match generate("hostile.yaml", &text) {
            Ok(generated) => errors_in(&generated.warnings),
            Err(report) => errors_in(&report),
        };
        changes_between(&text, &text.replace("title: Hostile", "title: Changed"));
        validate(&text);
        errors
    })
}

fn errors_in(report: &Report) -> Vec<&'static str> {
    assert_eq!(report.render(false).is_empty(), report.diagnostics().is_empty());
    assert_eq!(report.located().len(), report.diagnostics().len());
    let errors = report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut rules: Vec<&str> = errors.map(|diagnostic| diagnostic.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Validates an object against each component, as the mock does with requests.
fn validate(text: &str) {
    let Ok(document) = parse::parse("hostile.yaml", text) else { return };
    if errors_in(&document.report(document.diagnostics.clone())).contains(&"limit-exceeded") {
        return;
    }
    let schemas = document.raw.pointer("/components/schemas").and_then(|schemas| schemas.as_object());
    let pointers: Vec<String> =
        schemas.into_iter().flatten().take(20).map(|(key, _)| format!("/components/schemas/{key}")).collect();
    let validator = document.request_validator(pointers.iter().map(String::as_str)).expect("a checked document");
    for pointer in &pointers {
        let _ = validator.violations(pointer, serde_json::json!({ "kind": "Cat", "name": "Tom" }));
    }
}

/// Returns the rules of the changes between two texts.
fn changes_between(base: &str, head: &str) -> Vec<RuleId> {
    let Ok((base, head)) = Revision::read_both(("base.yaml", base), ("head.yaml", head)) else { return Vec::new() };
    compare(&base, &head).changes.iter().map(|change| change.rule).collect()
}

/// Returns the rules of the changes if a text of a document is replaced.
fn changes_by(text: String, from: &'static str, to: &'static str) -> Vec<RuleId> {
    assert!(text.contains(from));
    finishes(move || changes_between(&text, &text.replace(from, to)))
}
