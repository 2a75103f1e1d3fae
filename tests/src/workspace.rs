//! Cargo workspaces that tests write, build and run.
//!
//! An unchanged file is not written, so Cargo does not rebuild it. A changed file is replaced atomically, because
//! several test processes may write and build the same workspace at once. Cargo lets them build one after the other.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fixtures::{read, root};

/// The profile of the workspaces. It compiles dependencies as the repository's profile does, so both can share them.
pub const PROFILE: &str = "[profile.dev]\ndebug = false\n";

/// A workspace in a folder.
#[derive(Clone, Debug)]
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Creates a workspace with the repository's lock file, which Cargo then reduces to the dependencies in use.
    #[must_use]
    pub fn new(folder: &Path, target: &Path, manifest: &str) -> Self {
        let workspace = Self { folder: folder.to_owned(), target: target.to_owned() };
        workspace.write("Cargo.toml", manifest);
        let text = read(&root().join("Cargo.lock"));
        let seen = folder.join("Cargo.lock.repository");
        if fs::read_to_string(seen).is_ok_and(|old| old == text) && folder.join("Cargo.lock").exists() {
            return workspace;
        }
        workspace.write("Cargo.lock", &text);
        workspace.write("Cargo.lock.repository", &text);
        workspace
    }

    /// Writes a file, unless it already has this text.
    ///
    /// # Panics
    ///
    /// If it cannot be written.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        let folder = path.parent().expect("it is below the workspace");
        let new = path.with_extension(format!("{}.new", std::process::id()));
        let replaced =
            fs::create_dir_all(folder).and_then(|()| fs::write(&new, text)).and_then(|()| fs::rename(&new, &path));
        replaced.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Removes the Rust files below a folder that are not listed, such as those of an older version of a crate.
    ///
    /// A module with two files, such as `error.rs` and `error/mod.rs`, would not compile.
    pub fn remove_others<'p>(&self, folder: impl AsRef<Path>, listed: impl IntoIterator<Item = &'p Path>) {
        let folder = self.folder.join(folder);
        let listed: HashSet<PathBuf> = listed.into_iter().map(|path| folder.join(path)).collect();
        for path in rust_files(&folder).iter().filter(|path| !listed.contains(*path)) {
            // Another process may have removed it.
            let _ = fs::remove_file(path);
        }
    }

    /// Runs Cargo in the workspace without a network, and returns its output.
    ///
    /// # Errors
    ///
    /// Cargo's messages, if it fails.
    pub fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        output(&mut self.command(arguments))
    }

    /// Returns the command that [`Self::cargo`] runs, for callers that need its output even if it fails.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(&self.folder);
        command.args(arguments).env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let found = paths.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Returns a command that runs Cargo in a folder without a network.
#[must_use]
pub fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).env("CARGO_INCREMENTAL", "0").env("CARGO_NET_OFFLINE", "true");
    command
}

/// Runs a command, and returns its output.
///
/// # Errors
///
/// The command's messages, if it fails.
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_owned();
    let output = command.output().map_err(|error| format!("{} does not start: {error}", name.display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Returns a section of the repository's manifest, with its header.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn section(header: &str) -> String {
    let manifest = read(&root().join("Cargo.toml"));
    let start = manifest.find(header).unwrap_or_else(|| panic!("Cargo.toml has no {header}"));
    let section = &manifest[start..];
    let end = section[1..].find("\n[").map_or(section.len(), |end| end + 2);
    section[..end].to_owned()
}
