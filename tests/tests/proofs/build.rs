//! A workspace of generated crates and of programs that use them, and the compiler's verdict on each program.

use std::collections::BTreeMap;
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

/// The crates and programs to compile.
#[derive(Default)]
pub struct Build {
    names: BTreeMap<String, String>,
    crates: BTreeMap<String, Generated>,
    /// The path of each program, and the crate that it uses.
    programs: BTreeMap<String, (PathBuf, String)>,
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

    /// Adds a program that uses a crate.
    pub fn add_program(&mut self, name: &str, path: &Path, krate: &str) {
        self.programs.insert(name.to_owned(), (path.to_owned(), krate.to_owned()));
    }

    /// Adds the text of a program, and returns its future path.
    pub fn add_text(&mut self, name: &str, text: String) -> PathBuf {
        let path = self.folder.join("texts").join(name).with_extension("rs");
        self.texts.insert(path.clone(), text);
        path
    }

    /// Compiles every program in this repository's target folder, which already has the dependencies.
    pub fn check(&self) -> BTreeMap<String, Verdict> {
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
        for (name, (path, krate)) in &self.programs {
            let manifest = manifest(name, path, krate, &self.crates[krate].api);
            workspace.write(format!("programs/{name}/Cargo.toml"), &manifest);
        }
        let mut command = workspace.command(&["check", "--keep-going", "--message-format=json", "--quiet"]);
        let output = command.output().unwrap_or_else(|error| panic!("Cargo does not start: {error}"));
        let verdicts = verdicts(&String::from_utf8_lossy(&output.stdout));
        assert!(!verdicts.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        verdicts
    }

    fn root_manifest(&self) -> String {
        let (mut members, mut programs) = (String::new(), String::new());
        for name in self.crates.keys() {
            // Writing to a string cannot fail.
            let _ = write!(members, "\"crates/{name}\", ");
        }
        for name in self.programs.keys() {
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

/// Returns a program's manifest. It depends on the crate by the crate's own name, so a renamed crate is missing.
fn manifest(program: &str, path: &Path, name: &str, api: &Api) -> String {
    let features = if api.operations.is_empty() { "" } else { ", features = [\"client\"]" };
    format!(
        "[package]\nname = {program:?}\npublish = false\nedition.workspace = true\n\n[lib]\npath = {:?}\n\n\
         [dependencies]\n{} = {{ package = {name:?}, path = \"../../crates/{name}\", \
         default-features = false{features} }}\nserde_json = {{ workspace = true }}\n",
        path.display().to_string(),
        api.crate_name
    )
}

/// Returns the compiler's verdict on each package.
fn verdicts(messages: &str) -> BTreeMap<String, Verdict> {
    let mut verdicts = BTreeMap::<String, Verdict>::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        let Some(manifest) = message["manifest_path"].as_str() else { continue };
        let package = Path::new(manifest).parent().and_then(Path::file_name).unwrap_or_default();
        let verdict = verdicts.entry(package.to_string_lossy().into_owned()).or_default();
        if message["reason"] == "compiler-artifact" {
            verdict.compiles = true;
            continue;
        }
        let said = &message["message"];
        let shown = said["rendered"].as_str().unwrap_or_default().to_owned();
        match said["level"].as_str() {
            // This only counts the others.
            Some("error") if shown.starts_with("error: aborting due to") => {}
            Some("error") => verdict.errors.push(shown),
            Some("warning") => verdict.warnings.push(shown),
            _ => {}
        }
    }
    verdicts
}
