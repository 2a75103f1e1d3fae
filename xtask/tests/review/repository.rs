//! A workspace in a temporary repository, with real commits.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The document of the first commit, which follows the conventions of the spec.
pub(crate) const SPEC: &str = r"openapi: 3.0.3
info:
  title: Pets
  version: 1.0.0
paths:
  /pet:
    get:
      operationId: getPet
      summary: Get the pet
      description: Gets the pet.
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
              example:
                name: Rex
    post:
      operationId: createPet
      summary: Create the pet
      description: Creates the pet.
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Pet'
            example:
              name: Rex
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
              example:
                name: Rex
components:
  schemas:
    Pet:
      type: object
      description: A pet.
      required:
        - name
      properties:
        name:
          type: string
          description: Name of the pet.
        age:
          type: integer
          description: In years.
      example:
        name: Rex
";

/// The pointer of the part that [`breaking`] changes.
pub(crate) const BROKEN: &str = "/components/schemas/Pet/properties/age";

/// Makes a change that breaks the wire and callers.
pub(crate) fn breaking(spec: &str) -> String {
    edited(spec, "          type: integer\n", "          type: boolean\n")
}

/// Adds a property.
pub(crate) fn adding(spec: &str) -> String {
    let new = "        mood:\n          type: string\n          description: How it feels.\n";
    edited(spec, "        age:\n", &format!("{new}        age:\n"))
}

/// Changes a description.
pub(crate) fn describing(spec: &str) -> String {
    edited(spec, "In years.", "In whole years.")
}

/// Replaces a part of a text, which must be there.
pub(crate) fn edited(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no {from:?} in {text}");
    text.replacen(from, to, 1)
}

/// The result of a process.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Run {
    /// Returns the stdout of a process that must succeed.
    pub(crate) fn succeeded(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.stdout, self.stderr);
        self.stdout
    }

    /// Returns the stderr of a process that must fail with an exit code.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self.stderr
    }

    /// Parses the stdout as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
}

/// A workspace in a temporary repository.
pub(crate) struct TestRepository(TempDir);

impl TestRepository {
    /// Creates a workspace without a repository.
    pub(crate) fn without_history() -> Self {
        let repository = Self(tempfile::tempdir().expect("a directory"));
        repository.write("xtask/Cargo.toml", "");
        repository.version("0.3.8");
        repository.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- Pets.\n");
        repository.write(".gitattributes", "* text=auto eol=lf\n");
        repository.spec(SPEC);
        repository.regenerate();
        repository
    }

    /// Creates a workspace with one commit, on the branch `main`.
    pub(crate) fn new() -> Self {
        let repository = Self::without_history();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("Start");
        repository
    }

    /// Creates a workspace with one commit, on a new branch `topic`.
    pub(crate) fn on_a_branch() -> Self {
        let repository = Self::new();
        repository.git(&["checkout", "--quiet", "-b", "topic"]);
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Returns the absolute path of a file, with `/` on every platform.
    pub(crate) fn absolute(&self, path: &str) -> String {
        self.path().join(path).to_str().expect("UTF-8").replace(std::path::MAIN_SEPARATOR, "/")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("a file")
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("a file");
    }

    /// Edits a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        self.write(path, &edited(&self.read(path), from, to));
    }

    /// Writes the document.
    pub(crate) fn spec(&self, text: &str) {
        self.write("spec/chatkit.yaml", text);
    }

    /// Sets the version.
    pub(crate) fn version(&self, version: &str) {
        self.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = []\n\n[workspace.package]\nversion = \"{version}\"\n"),
        );
    }

    /// Adds an entry to the changelog.
    pub(crate) fn add_changelog(&self, entry: &str) {
        self.edit("CHANGELOG.md", "## Unreleased\n", &format!("## Unreleased\n\n- {entry}\n"));
    }

    pub(crate) fn regenerate(&self) {
        self.xtask(&["regenerate"]).succeeded();
    }

    /// Commits all files, and returns the id of the commit.
    pub(crate) fn commit(&self, subject: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", subject]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let run = Run::from(self.process(Path::new("git")).args(arguments).output().expect("git"));
        run.succeeded().trim().to_owned()
    }

    /// Runs a command of xtask in this workspace.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Run {
        self.command().args(arguments).output().expect("a process").into()
    }

    pub(crate) fn diff(&self, arguments: &[&str]) -> Run {
        self.xtask(&[&["diff"], arguments].concat())
    }

    /// Runs `diff` and returns its JSON.
    pub(crate) fn data(&self, arguments: &[&str]) -> Value {
        self.diff(&[arguments, &["--format", "json"]].concat()).json()
    }

    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        self.xtask(&[&["check"], arguments].concat())
    }

    /// Returns xtask as a command in this workspace.
    pub(crate) fn command(&self) -> Command {
        self.command_in(self.path())
    }

    /// Returns xtask as a command in another workspace, such as one below the root of this repository.
    pub(crate) fn command_in(&self, workspace: &Path) -> Command {
        let mut command = self.process(Path::new(env!("CARGO_BIN_EXE_xtask")));
        command.env("CARGO_MANIFEST_DIR", workspace.join("xtask"));
        command
    }

    /// Moves the workspace into the folder `inner`, commits that, and returns the folder.
    pub(crate) fn moved_into_a_folder(&self) -> PathBuf {
        let inner = self.path().join("inner");
        fs::create_dir(&inner).expect("a directory");
        for name in ["xtask", "spec", "generated", "Cargo.toml", "CHANGELOG.md"] {
            self.git(&["mv", name, &format!("inner/{name}")]);
        }
        self.commit("Move");
        inner
    }

    /// Returns a command that is independent of the configuration of the user.
    pub(crate) fn process(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (variable, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(variable);
        }
        // Under CI, skipped checks fail.
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            command.env_remove(variable);
        }
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.path().join("no-configuration"));
        // If the directory of temporary files is in a repository, git must not find it.
        command.env("GIT_CEILING_DIRECTORIES", self.path().parent().unwrap_or(Path::new("/")));
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Nobody").env(format!("GIT_{role}_EMAIL"), "nobody@example.com");
        }
        command.current_dir(self.path());
        command
    }

    /// Clones the repository with additional arguments.
    pub(crate) fn cloned(&self, arguments: &[&str]) -> Self {
        let target = tempfile::tempdir().expect("a directory");
        let into = target.path().to_str().expect("UTF-8").to_owned();
        let path = self.absolute("");
        let url = format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" });
        self.git(&[&["clone", "--quiet"], arguments, &[&url, &into]].concat());
        Self(target)
    }

    /// Returns the first generated file below `src` that contains a text, relative to the root.
    pub(crate) fn generated_file(&self, text: &str) -> String {
        let mut files: Vec<PathBuf> = Vec::new();
        let mut directories = vec![self.path().join("generated/src")];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { directories.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        let file = files.iter().find(|path| fs::read_to_string(path).is_ok_and(|found| found.contains(text)));
        let file = file.unwrap_or_else(|| panic!("no file has {text:?}"));
        let path = file.strip_prefix(self.path()).expect("a file below the root");
        path.to_str().expect("UTF-8").replace(std::path::MAIN_SEPARATOR, "/")
    }
}
