//! The types and operations that documents are lowered to.

mod composition;
mod features;
mod names;
mod operations;
mod presence;
mod schemas;
mod show;
mod unions;

use chatkit_codegen::ir::Api;
use chatkit_codegen::lower::{Lowered, lower};
use chatkit_codegen::parse::parse;

/// Lowers a whole document.
fn lowered(text: &str) -> Lowered {
    let document = parse("test", text).unwrap_or_else(|report| panic!("{report}"));
    lower(&document)
}

/// Lowers a document that consists only of schemas.
fn schemas(text: &str) -> Lowered {
    lowered(&format!(
        "openapi: 3.0.3\ninfo: {{ title: Test, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}\n",
        indented(text)
    ))
}

/// Indents schemas to their level below `components.schemas`.
fn indented(text: &str) -> String {
    format!("    {}", text.replace('\n', "\n    "))
}

/// Lowers schemas without diagnostics, and shows the types.
fn types(text: &str) -> Vec<String> {
    let lowered = schemas(text);
    assert!(lowered.diagnostics.is_empty(), "{:#?}", lowered.diagnostics);
    show::types(&lowered.api)
}

/// Returns the rules that schemas break.
fn rules(text: &str) -> Vec<&'static str> {
    schemas(text).diagnostics.iter().map(|diagnostic| diagnostic.rule).collect()
}

/// Lowers a document that consists only of paths.
fn paths(text: &str) -> Lowered {
    lowered(&format!("openapi: 3.0.3\ninfo: {{ title: Test, version: '1' }}\npaths:\n{text}"))
}

/// Lowers a feature fixture.
fn feature(name: &str) -> Api {
    let path = format!("{}/../tests/fixtures/features/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the fixture exists");
    let lowered = lowered(&text);
    let announced = text.lines().next().and_then(|line| line.strip_prefix("# warns: "));
    assert!(lowered.diagnostics.iter().all(|found| Some(found.rule) == announced), "{:#?}", lowered.diagnostics);
    lowered.api
}
