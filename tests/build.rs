//! Lists the generated types for `src/types.rs`, so that a schema of the spec needs no edit of a test.
//!
//! It reads text, since this package would otherwise build the generator twice: once to build itself, once to test.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let (models, wire) = (generated.join("models"), generated.join("wire"));
    let mut types = String::from("types! {\n");
    let entries = fs::read_dir(&wire).unwrap_or_else(|error| panic!("{}: {error}", wire.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a folder that opens can be listed").path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let definitions = models.join(path.file_name().expect("a file has a name"));
        for name in models_of(&read(path)) {
            let schema = schema_of(&read(&definitions), name).unwrap_or_else(|| name.to_owned());
            writeln!(types, "    {schema:?} => {name},").expect("a string takes all");
        }
    }
    types.push_str("}\n");
    let out = env::var_os("OUT_DIR").expect("cargo sets it for build scripts");
    fs::write(Path::new(&out).join("types.rs"), types).expect("cargo creates the folder");
    for folder in [models, wire] {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the names of the types that a file of wire code makes a `Model`.
fn models_of(wire: &str) -> impl Iterator<Item = &str> {
    wire.lines().filter_map(|line| line.strip_prefix("impl Model for models::")?.strip_suffix(" {"))
}

/// Returns the key of a type's component: its alias in the documentation, if it differs from the Rust name.
fn schema_of(definitions: &str, name: &str) -> Option<String> {
    let is_definition = |line: &str| {
        let rest = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| line.strip_prefix(start));
        rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with([' ', '(', '<']))
    };
    let lines: Vec<&str> = definitions.lines().collect();
    let definition = lines.iter().position(|line| is_definition(line))?;
    let mut attributes = lines[..definition].iter().rev().take_while(|line| line.starts_with("#["));
    let alias = attributes.find_map(|line| line.strip_prefix("#[doc(alias = \"")?.strip_suffix("\")]"));
    alias.map(str::to_owned)
}
