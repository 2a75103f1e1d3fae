//! Compiles many generated crates.

use std::fmt::Write as _;
use std::path::Path;

use chatkit_codegen::files::Files;
use chatkit_tests::fixtures;
use chatkit_tests::workspace::{PROFILE, Workspace, section};

/// Checks models as modules of one crate, which share the support modules.
pub fn check_models(folder: &Path, mutants: &[(String, Files)]) -> Result<(), String> {
    let workspace = workspace(folder, "\"models\"");
    let shared = shared();
    workspace.write("models/Cargo.toml", shared.get("Cargo.toml").unwrap_or_default());
    let mut files: Vec<(String, String)> = Vec::new();
    for (path, text) in shared.iter().filter(|(path, _)| path.starts_with("src/support/")) {
        files.push((path.to_owned(), text.to_owned()));
    }
    let mut root = format!(
        "//! Mutants.\n#![allow({})]\n#[allow(dead_code, unused_imports, unused_macros)]\nmod support;\n",
        ROOT_LINTS.join(", ")
    );
    let exports =
        shared.get("src/lib.rs").unwrap_or_default().lines().filter(|line| line.starts_with("pub use support"));
    root.extend(exports.flat_map(|line| [line, "\n"]));
    for (index, (document, own)) in mutants.iter().enumerate() {
        let module = format!("m{index:03}");
        // Writing to a string cannot fail.
        let _ = writeln!(root, "pub mod {module};");
        files.push((format!("documents/{module}.json"), document.clone()));
        for (path, text) in own.iter() {
            let within = path.strip_prefix("src/").filter(|path| !path.starts_with("support/"));
            let Some(within) = within else { continue };
            let text = as_module(within, text, &module);
            let within = if within == "lib.rs" { "mod.rs" } else { within };
            files.push((format!("src/{module}/{within}"), text));
        }
    }
    files.push(("src/lib.rs".to_owned(), root));
    write(&workspace, "models", &files);
    check(&workspace, &[])
}

/// Lints that only the root of a crate can allow.
const ROOT_LINTS: [&str; 3] = ["confusable_idents", "mixed_script_confusables", "uncommon_codepoints"];

/// Returns the text of a crate's file as part of a module.
fn as_module(path: &str, text: &str, module: &str) -> String {
    let text = text
        .replace("crate::models", &format!("crate::{module}::models"))
        .replace("crate::wire", &format!("crate::{module}::wire"));
    if path != "lib.rs" {
        return text;
    }
    let text = text.replace("mod support;", "use crate::support;");
    ROOT_LINTS.iter().fold(text, |text, lint| text.replace(&format!("    {lint},\n"), ""))
}

/// Returns a crate with all support modules: that of a document with a pattern.
fn shared() -> Files {
    let text = "openapi: 3.0.3\ninfo: { title: Models, version: '1' }\npaths: {}\n\
                components: { schemas: { T: { type: object, properties: { a: { type: string, pattern: a } } } } }\n";
    fixtures::Fixture::of("models", text).files
}

/// Checks each client as a crate of its own.
pub fn check_clients(folder: &Path, mutants: &[(String, Files)]) -> Result<(), String> {
    let names: Vec<String> = (0..mutants.len()).map(|index| format!("c{index:03}")).collect();
    let workspace = workspace(folder, &names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "));
    for (name, (document, own)) in names.iter().zip(mutants) {
        let mut files = vec![("document.json".to_owned(), document.clone())];
        for (path, text) in own.iter() {
            let text = if path == "Cargo.toml" { &renamed(text, name) } else { text };
            files.push((path.to_owned(), text.to_owned()));
        }
        write(&workspace, name, &files);
    }
    // TLS takes long to build, and no document changes it.
    check(&workspace, &["--no-default-features", "--features", "client,blocking,tracing"])
}

/// Returns a manifest with another name for the package.
fn renamed(manifest: &str, name: &str) -> String {
    let line = manifest.lines().find(|line| line.starts_with("name = ")).unwrap_or_default();
    manifest.replacen(line, &format!("name = {name:?}"), 1)
}

/// Creates a workspace in this repository's target folder, which already has the dependencies.
fn workspace(folder: &Path, members: &str) -> Workspace {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the folder of all builds");
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n{}\n{}\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\nunsafe_code = \"forbid\"\n\n{PROFILE}",
        section("[workspace.package]"),
        section("[workspace.dependencies]"),
    );
    Workspace::new(folder, target, &manifest)
}

fn write(workspace: &Workspace, package: &str, files: &[(String, String)]) {
    workspace.remove_others(package, files.iter().map(|(path, _)| Path::new(path)));
    for (path, text) in files {
        workspace.write(Path::new(package).join(path), text);
    }
}

fn check(workspace: &Workspace, features: &[&str]) -> Result<(), String> {
    let arguments = ["check", "--quiet", "--workspace", "--keep-going", "--message-format=short"];
    workspace.cargo(&[&arguments, features].concat()).map(|_| ())
}
