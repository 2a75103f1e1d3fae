//! Reads `tests/fixtures/diff`: pairs of documents, and the changes that a comparison of each pair finds.
//!
//! Each folder has a `base.yaml`, which its cases share. Every other file is a case, in TOML. Its keys are:
//!
//! | key | value |
//! |---|---|
//! | `base` | a patch (`crate::patch`) of `base.yaml` that comes first, if the case needs another document |
//! | `diff` | the patch that turns the old document into the new one |
//! | `append` | lines that both documents end with; those with `-` are in the old one alone, with `+` in the new one |
//! | `head_document` | the new document in full, instead of `diff` and `append` |
//! | `changes` | the changes that are expected |

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::fixtures::{read, root};
use crate::patch;

/// Two documents, and the changes that are expected between them.
#[derive(Debug)]
pub struct DocumentPair {
    /// The name of the case's file, without its extension.
    pub name: String,
    /// The old document.
    pub base: String,
    /// The new document.
    pub head: String,
    /// The value of `changes`, as it is in the file.
    pub changes: Value,
}

/// Returns the pair of every case, by name.
///
/// # Panics
///
/// If a file cannot be read or is not a case, or if two cases have the same name.
#[must_use]
pub fn document_pairs() -> Vec<DocumentPair> {
    let mut pairs = Vec::new();
    for folder in list(&root().join("tests/fixtures/diff")) {
        let shared = read(&folder.join("base.yaml"));
        let cases = list(&folder).into_iter().filter(|path| !path.ends_with("base.yaml"));
        pairs.extend(cases.map(|path| DocumentPair::read(&path, &shared)));
    }
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    let names: BTreeSet<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
    assert_eq!(names.len(), pairs.len(), "two cases have the same name");
    pairs
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path()).collect()
}

impl DocumentPair {
    fn read(path: &Path, shared: &str) -> Self {
        assert!(path.extension().is_some_and(|extension| extension == "toml"), "{} is not a case", path.display());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut table: Map<String, Value> =
            toml::from_str(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let changes = table.remove("changes").unwrap_or_else(|| panic!("{name} lacks `changes`"));
        let [base, head] = documents(&name, &table, shared);
        assert_ne!(base, head, "{name}: the documents are the same");
        Self { name, base, head, changes }
    }
}

fn documents(name: &str, table: &Map<String, Value>, shared: &str) -> [String; 2] {
    const KEYS: [&str; 4] = ["base", "diff", "append", "head_document"];
    let unknown = table.keys().find(|key| !KEYS.contains(&key.as_str()));
    assert_eq!(unknown, None, "{name} has a key that nothing reads");
    let text =
        |key| table.get(key).map(|value| value.as_str().unwrap_or_else(|| panic!("{name}: `{key}` is not a string")));
    let patched = |key, text_before: &str| {
        text(key).map_or_else(|| text_before.to_owned(), |patch| patch::apply(name, patch, text_before))
    };
    let base = patched("base", shared);
    if let Some(head) = text("head_document") {
        assert!(text("diff").or(text("append")).is_none(), "{name} has `head_document` beside `diff` or `append`");
        return [base, head.to_owned()];
    }
    let head = patched("diff", &base);
    let lines: Vec<&str> = text("append").into_iter().flat_map(str::lines).collect();
    let [old, new] = patch::sides(name, &lines);
    [base + &old, head + &new]
}
