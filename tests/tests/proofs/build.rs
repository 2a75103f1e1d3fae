//! A workspace of generated crates and of programs that use them, and the compiler's verdict on each program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chatkit_codegen::emit::emit;
use chatkit_codegen::files::Files;
use chatkit_codegen::ir::Api;
use chatkit_tests::workspace::{PROFILE, Workspace, section};
use serde_json::Value;

/// A generated crate.
pub struct Generated {
    pub api: Api,
    pub files: Files,
}

/// The compiler's verdict on a program.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Whether it compiles.
    pub compiles: bool,
    /// Each error as the compiler shows it.
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
}

/// A program: its package and its path.
pub type Program = (String, PathBuf);

/// Programs that the compiler sees at once, each as a module.
#[derive(Default)]
struct Package {
    /// The crate that they use.
    krate: String,
    programs: BTreeSet<PathBuf>,
}

/// The crates and programs to compile.
#[derive(Default)]
pub struct Build {
    names: BTreeMap<String, String>,
    crates: BTreeMap<String, Generated>,
    packages: BTreeMap<String, Package>,
    /// The texts of programs that are not written yet.
    texts: BTreeMap<PathBuf, String>,
    folder: PathBuf,
}

impl Build {
    /// Creates an empty build in a folder of this name.
    pub fn new(name: &str) -> Self {
        Self { folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), ..Self::default() }
    }

    /// Adds the crate of a document, unless it is known, and returns its name.
    pub fn add_crate(&mut self, name: &str, text: &str) -> String {
        if let Some(known) = self.names.get(text) {
            return known.clone();
        }
        let api = chatkit_codegen::read(name, text).unwrap_or_else(|report| panic!("{report}")).api;
        let known = self.crates.insert(name.to_owned(), Generated { files: emit(&api), api });
        assert!(known.is_none(), "{name} is another document already");
        self.names.insert(text.to_owned(), name.to_owned());
        name.to_owned()
    }

    pub fn generated(&self, name: &str) -> &Generated {
        &self.crates[name]
    }

    /// Adds a program that uses a crate to a package, all of whose programs use it.
    ///
    /// Programs that have to compile can share a package, which takes less time. One that must not compile needs its
    /// own: an error in one program can hide those of another.
    pub fn add_program(&mut self, name: &str, path: &Path, krate: &str) -> Program {
        let package = self.packages.entry(name.to_owned()).or_default();
        assert!(package.programs.is_empty() || package.krate == krate, "{name} uses {} already", package.krate);
        krate.clone_into(&mut package.krate);
        package.programs.insert(path.to_owned());
        (name.to_owned(), path.to_owned())
    }

    /// Adds the text of a program, and returns its future path.
    pub fn add_text(&mut self, name: &str, text: String) -> PathBuf {
        let path = self.folder.join("texts").join(name).with_extension("rs");
        self.texts.insert(path.clone(), text);
        path
    }

    /// Compiles every package in this repository's target folder, and returns the verdict on each program.
    pub fn check(&self) -> BTreeMap<Program, Verdict> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the folder of all builds");
        let workspace = Workspace::new(&self.folder, target, &self.root_manifest());
        for (name, krate) in &self.crates {
            workspace
                .remove_others(Path::new("crates").join(name), krate.files.iter().map(|(path, _)| Path::new(path)));
            for (path, text) in krate.files.iter() {
                let text = if path == "Cargo.toml" { &renamed(name, &krate.api, text) } else { text };
                workspace.write(Path::new("crates").join(name).join(path), text);
            }
        }
        self.texts.iter().for_each(|(path, text)| workspace.write(path, text));
        for (name, package) in &self.packages {
            let manifest = manifest(name, &package.krate, &self.crates[&package.krate].api);
            workspace.write(format!("programs/{name}/Cargo.toml"), &manifest);
            workspace.write(format!("programs/{name}/src/lib.rs"), &modules(&package.programs));
        }
        let mut command = workspace.command(&["check", "--keep-going", "--message-format=json", "--quiet"]);
        let output = command.output().unwrap_or_else(|error| panic!("Cargo does not start: {error}"));
        let compiled = compiled(&String::from_utf8_lossy(&output.stdout));
        assert!(!compiled.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut verdicts = BTreeMap::new();
        for (name, Package { programs, .. }) in &self.packages {
            for path in programs {
                let verdict = compiled.get(name).map(|package| package.verdict(path, programs));
                verdicts.insert((name.clone(), path.clone()), verdict.unwrap_or_default());
            }
        }
        verdicts
    }

    fn root_manifest(&self) -> String {
        let (mut members, mut programs) = (String::new(), String::new());
        for name in self.crates.keys() {
            // Writing to a string cannot fail.
            let _ = write!(members, "\"crates/{name}\", ");
        }
        for name in self.packages.keys() {
            let _ = write!(programs, "\"programs/{name}\", ");
        }
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}{programs}]\ndefault-members = [{programs}]\n\n\
             {package}\n{dependencies}\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n\n{profile}",
            package = section("[workspace.package]"),
            dependencies = section("[workspace.dependencies]"),
            profile = PROFILE,
        )
    }
}

/// Returns a manifest with a package name that no other package has. The library keeps its name.
fn renamed(name: &str, api: &Api, manifest: &str) -> String {
    let own = format!("name = \"{}\"", api.crate_name);
    assert!(manifest.contains(&own), "{name}: {manifest}");
    let manifest = manifest.replacen(&own, &format!("name = \"{name}\""), 1);
    format!("{manifest}\n[lib]\nname = \"{}\"\n", api.library_name())
}

/// Returns a package's manifest. It depends on the crate by the crate's own name, so a renamed crate is missing.
fn manifest(package: &str, name: &str, api: &Api) -> String {
    let features = if api.operations.is_empty() { "" } else { ", features = [\"client\"]" };
    format!(
        "[package]\nname = {package:?}\npublish = false\nedition.workspace = true\n\n\
         [dependencies]\n{} = {{ package = {name:?}, path = \"../../crates/{name}\", \
         default-features = false{features} }}\nserde_json = {{ workspace = true }}\n",
        api.crate_name
    )
}

/// Returns a library with each program as a module.
fn modules(programs: &BTreeSet<PathBuf>) -> String {
    let mut text = String::new();
    for (index, path) in programs.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "#[path = {:?}]\npub mod program{index};\n", path.display().to_string());
    }
    text
}

/// The compiler's messages about a package.
#[derive(Default)]
struct Compiled {
    compiles: bool,
    messages: Vec<Value>,
}

impl Compiled {
    /// Returns the verdict on one of the package's programs, without the messages about the others.
    fn verdict(&self, path: &Path, programs: &BTreeSet<PathBuf>) -> Verdict {
        let mut verdict = Verdict { compiles: self.compiles, ..Verdict::default() };
        let is_other = |file: &Path| file != path && programs.contains(file);
        for message in self.messages.iter().filter(|message| !files(message).any(is_other)) {
            let shown = message["rendered"].as_str().unwrap_or_default().to_owned();
            match message["level"].as_str() {
                // This only counts the others.
                Some("error") if shown.starts_with("error: aborting due to") => {}
                Some("error") => verdict.errors.push(shown),
                Some("warning") => verdict.warnings.push(shown),
                _ => {}
            }
        }
        verdict
    }
}

/// Returns the files that a message is about.
fn files(message: &Value) -> impl Iterator<Item = &Path> {
    let spans = message["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true);
    spans.filter_map(|span| span["file_name"].as_str().map(Path::new))
}

/// Returns the compiler's messages about each package.
fn compiled(messages: &str) -> BTreeMap<String, Compiled> {
    let mut packages = BTreeMap::<String, Compiled>::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        let Some(manifest) = message["manifest_path"].as_str() else { continue };
        let name = Path::new(manifest).parent().and_then(Path::file_name).unwrap_or_default();
        let package = packages.entry(name.to_string_lossy().into_owned()).or_default();
        match message["reason"].as_str() {
            Some("compiler-artifact") => package.compiles = true,
            _ => package.messages.push(message["message"].clone()),
        }
    }
    packages
}
