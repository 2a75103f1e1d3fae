//! The documents in `tests/fixtures`, and the crates generated from them.

pub mod outline;
pub mod runner;

use std::fs;
use std::path::{Path, PathBuf};

use chatkit_codegen::diagnostics::Report;
use chatkit_codegen::files::Files;
use chatkit_codegen::ir::{Api, TypeDef};
use chatkit_codegen::lower::lower;
use chatkit_codegen::parse::parse;
use serde_json::Value;

/// A document with the crate generated from it.
#[derive(Debug)]
pub struct Fixture {
    /// The file's name without its extension, such as `one-of-untagged`.
    pub name: String,
    /// The document, untyped.
    pub raw: Value,
    /// The document, lowered.
    pub api: Api,
    /// The generated crate.
    pub files: Files,
}

impl Fixture {
    /// Generates a crate from a document.
    ///
    /// # Panics
    ///
    /// With the report, if there is an error, or a warning other than those that the first line announces.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let generated = match chatkit_codegen::generate(name, text) {
            Ok(generated) if has_announced_warnings(text, &generated.warnings) => generated,
            Ok(generated) => panic!("{name}:\n{}", generated.warnings),
            Err(report) => panic!("{name}:\n{report}"),
        };
        let document = match parse(name, text) {
            Ok(document) => document,
            Err(report) => panic!("{name}:\n{report}"),
        };
        Self { name: name.to_owned(), api: lower(&document).api, raw: document.raw, files: generated.files }
    }

    /// Whether a component allows null. Its type does not show that, but its uses do.
    #[must_use]
    pub fn is_nullable(&self, def: &TypeDef) -> bool {
        self.raw.pointer(&def.pointer).and_then(|schema| schema.get("nullable")) == Some(&Value::Bool(true))
    }

    /// Returns the definition and the wire code of a type, each under the path of its file.
    #[must_use]
    pub fn sources(&self, def: &TypeDef) -> String {
        let mut sources = String::new();
        for folder in ["models", "wire"] {
            let path = format!("src/{folder}/{}.rs", def.module);
            if let Some(text) = self.files.get(&path) {
                sources.extend(["// == ", &path, "\n", text, "\n"]);
            }
        }
        sources
    }
}

impl Fixture {
    /// Returns the client and its calls, each under the path of its file.
    #[must_use]
    pub fn client(&self) -> String {
        let is_ours = |path: &str| {
            ["src/client.rs", "src/operations/", "src/wire/operations/"].iter().any(|part| path.starts_with(part))
        };
        let files = self.files.iter().filter(|(path, _)| is_ours(path));
        files.flat_map(|(path, text)| ["// == ", path, "\n", text, "\n"]).collect()
    }
}

/// Returns whether the warnings of a document are those that its first line announces: none, or those of the rule in a
/// comment such as `# warns: unchecked-constraint`.
fn has_announced_warnings(text: &str, warnings: &Report) -> bool {
    let announced = text.lines().next().and_then(|line| line.strip_prefix("# warns: "));
    let warnings = warnings.diagnostics();
    warnings.is_empty() != announced.is_some() && warnings.iter().all(|warning| Some(warning.rule) == announced)
}

/// Returns the root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the spec of the real API.
#[must_use]
pub fn chatkit() -> Fixture {
    let path = root().join("spec/chatkit.yaml");
    Fixture::of("chatkit", &read(&path))
}

/// Returns the fixtures that show one feature each, by name.
#[must_use]
pub fn features() -> Vec<Fixture> {
    feature_documents().into_iter().map(|(name, text)| Fixture::of(&name, &text)).collect()
}

/// Returns name and text of the same fixtures.
#[must_use]
pub fn feature_documents() -> Vec<(String, String)> {
    documents("features")
}

/// Returns name and text of the fixtures that break one rule each, by name.
#[must_use]
pub fn diagnostics() -> Vec<(String, String)> {
    documents("diagnostics")
}

/// Returns all diagnostics of a document, warnings included.
#[must_use]
pub fn report(name: &str, text: &str) -> Report {
    match chatkit_codegen::generate(name, text) {
        Ok(generated) => generated.warnings,
        Err(report) => report,
    }
}

/// Returns the text of a feature's hand-written cases; `None` if there is no such file.
#[must_use]
pub fn cases(feature: &str) -> Option<String> {
    fs::read_to_string(folder("features").join(format!("{feature}.cases.yaml"))).ok()
}

/// Returns the names of the features that have cases.
#[must_use]
pub fn names_of_cases() -> Vec<String> {
    files("features").into_iter().filter_map(|name| Some(name.strip_suffix(".cases.yaml")?.to_owned())).collect()
}

fn documents(kind: &str) -> Vec<(String, String)> {
    let names = files(kind).into_iter().filter(|name| !name.ends_with(".cases.yaml"));
    let document = |file: String| {
        let name = file.strip_suffix(".yaml")?.to_owned();
        Some((name, read(&folder(kind).join(file))))
    };
    names.filter_map(document).collect()
}

fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(kind)
}

/// Returns the names of a folder's files, sorted.
fn files(kind: &str) -> Vec<String> {
    let folder = folder(kind);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| match entry {
            Ok(entry) => entry.file_name().to_string_lossy().into_owned(),
            Err(error) => panic!("{}: {error}", folder.display()),
        })
        .collect();
    names.sort();
    names
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
