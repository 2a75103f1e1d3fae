//! New snapshots that nobody has reviewed.

use super::table::{CheckOutcome, CheckResult};
use crate::failure::Failure;
use crate::plural::count;
use crate::workspace;
use std::collections::BTreeSet;
use std::path::Path;
use toml::de::DeTable;

/// The ending of a new snapshot in a file of its own.
const NEW: &str = ".snap.new";

/// The ending of a file with new inline snapshots, which is named after the source file beside it.
const PENDING: &str = ".pending-snap";

/// A new snapshot.
struct NewSnapshot {
    /// Its path, relative to the workspace root.
    path: String,
    /// The source file of the test that wrote it, or `None` if it does not say.
    source: Option<String>,
}

/// Checks that no new snapshots are left.
///
/// They are evidence of a test that failed, so it names the test and how to review them, and never removes them.
pub(super) fn check(root: &Path) -> Result<CheckResult, Failure> {
    let mut snapshots = Vec::new();
    find(root, root, &mut snapshots)?;
    snapshots.sort_by(|a, b| a.path.cmp(&b.path));
    if snapshots.is_empty() {
        return Ok(CheckResult::new("snapshots", CheckOutcome::Passed, "none left to review"));
    }
    let sources: BTreeSet<&str> = snapshots.iter().filter_map(|snapshot| snapshot.source.as_deref()).collect();
    let commands: BTreeSet<String> = sources.into_iter().filter_map(|source| test_command(root, source)).collect();
    // The commands come first, since a table shows only so many notes.
    let mut notes: Vec<String> = commands.iter().map(|command| format!("to see the difference: {command}")).collect();
    notes.extend(commands.iter().map(|command| format!("to accept it: INSTA_UPDATE=always {command}")));
    notes.push("CONTRIBUTING.md, \"Accept a snapshot\", says when to accept one".to_owned());
    notes.extend(snapshots.iter().map(|NewSnapshot { path, source }| {
        let source = source.as_deref().unwrap_or("an unknown test");
        format!("{path}, from {source}")
    }));
    let detail = format!("{} to review", count(snapshots.len(), "new snapshot"));
    Ok(CheckResult::new("snapshots", CheckOutcome::Failed, detail).notes(notes))
}

fn find(root: &Path, directory: &Path, found: &mut Vec<NewSnapshot>) -> Result<(), Failure> {
    let failed = |cause| Failure::at("read", directory, &cause);
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && name != "target" && name != ".git" {
            find(root, &path, found)?;
        } else if kind.is_file() && (name.ends_with(NEW) || name.ends_with(PENDING)) {
            found.push(NewSnapshot { source: source(root, &path, &name), path: workspace::shown(root, &path) });
        }
    }
    Ok(())
}

/// Returns the source file of the test that wrote a new snapshot.
fn source(root: &Path, path: &Path, name: &str) -> Option<String> {
    if let Some(name) = name.strip_suffix(PENDING) {
        let beside = path.with_file_name(name.strip_prefix('.').unwrap_or(name));
        return Some(workspace::shown(root, &beside));
    }
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().skip(1).take_while(|line| *line != "---").find_map(|line| line.strip_prefix("source: "))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// Returns the command that runs the test target of a source file.
fn test_command(root: &Path, source: &str) -> Option<String> {
    let source = Path::new(source);
    let directory = source.ancestors().skip(1).find(|directory| root.join(directory).join("Cargo.toml").is_file())?;
    let manifest = std::fs::read_to_string(root.join(directory).join("Cargo.toml")).ok()?;
    let manifest = DeTable::parse(&manifest).ok()?;
    let package = manifest.get_ref().get("package")?.get_ref().get("name")?.get_ref().as_str()?;
    let within = source.strip_prefix(directory).ok()?;
    let target = match within.strip_prefix("tests") {
        Ok(within) => format!("--test {}", within.iter().next().map(Path::new)?.file_stem()?.to_str()?),
        Err(_) => "--lib".to_owned(),
    };
    Some(format!("cargo test -p {package} {target}"))
}

#[cfg(test)]
mod tests {
    use super::test_command;
    use crate::workspace;

    #[test]
    fn finds_the_test_target_of_a_source_file() {
        let root = workspace::root().expect("a root");
        for (source, expected) in [
            ("tests/tests/snapshots.rs", Some("cargo test -p chatkit-tests --test snapshots")),
            ("xtask/tests/review/check.rs", Some("cargo test -p xtask --test review")),
            ("codegen/runtime/src/support/tape.rs", Some("cargo test -p chatkit-runtime --lib")),
            ("elsewhere.rs", None),
        ] {
            assert_eq!(test_command(&root, source).as_deref(), expected, "{source}");
        }
    }
}
