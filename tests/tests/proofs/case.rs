//! Cases: an edit of a document, and a program that shows its effect on callers.
//!
//! `tests/fixtures/diff_proofs/<group>/base.yaml` is a document. Each `<case>.rs` beside it is a program that uses the
//! crate of this document. Its documentation states how the document changes, the source verdict, and the compiler's
//! messages with the new crate.

use std::fs;
use std::path::{Path, PathBuf};

use chatkit_codegen::diff::SourceImpact;
use chatkit_tests::fixtures::root;
use chatkit_tests::patch;

/// A program, with the two documents.
#[derive(Debug)]
pub struct Case {
    /// The names of its group and of its file, such as `objects/field-removed`.
    pub name: String,
    pub program: PathBuf,
    pub text: String,
    pub base: String,
    pub head: String,
    pub source: SourceImpact,
    /// Parts of the compiler's errors. Each error contains one of them.
    pub errors: Vec<String>,
    /// Parts of the compiler's warnings.
    pub warnings: Vec<String>,
    /// Why a change is major although every program compiles.
    pub silent: Option<String>,
    /// Why the files of the crate differ although nothing changes for callers.
    pub differs: Option<String>,
}

/// Returns all cases, by name.
pub fn all() -> Vec<Case> {
    let folder = root().join("tests/fixtures/diff_proofs");
    let mut cases = Vec::new();
    for group in listed(&folder) {
        let base = text(&group.join("base.yaml"));
        let programs = listed(&group).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
        cases.extend(programs.map(|program| Case::read(program, &base)));
    }
    cases
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Case {
    fn read(program: PathBuf, base: &str) -> Self {
        let name = |path: &Path| path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let group = name(program.parent().expect("it is in a group"));
        let (name, text) = (format!("{group}/{}", name(&program)), text(&program));
        let docs: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let said = |key: &str| -> Vec<String> {
            let lines = docs.iter().filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix(": "));
            lines.map(str::to_owned).collect()
        };
        let [source] = &said("source")[..] else { panic!("{name}: exactly one line has to state `source: …`") };
        Self {
            head: edited(&name, base, &docs),
            base: base.to_owned(),
            source: verdict(&name, source),
            errors: said("error"),
            warnings: said("warning"),
            silent: said("silent").pop(),
            differs: said("differs").pop(),
            name,
            program,
            text,
        }
    }

    /// Returns the program without its documentation.
    pub fn code(&self) -> &str {
        self.text.split_once("\n\n").map_or("", |(_, code)| code)
    }
}

fn verdict(name: &str, text: &str) -> SourceImpact {
    let all = [SourceImpact::None, SourceImpact::Patch, SourceImpact::Minor, SourceImpact::Major];
    all.into_iter().find(|each| each.name() == text).unwrap_or_else(|| panic!("{name}: {text} is not a verdict"))
}

/// Returns the document after the patch in a block of `diff`.
fn edited(name: &str, base: &str, docs: &[&str]) -> String {
    let block = docs.iter().skip_while(|line| line.trim() != "```diff").skip(1);
    let lines: Vec<&str> = block.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let end = lines
        .iter()
        .position(|line| *line == "```")
        .unwrap_or_else(|| panic!("{name}: the block of `diff` is missing or has no end"));
    patch::apply(name, &lines[..end].join("\n"), base)
}
