//! A run of the tests, and the names of those that fail.

use super::table::{CheckOutcome, CheckResult};
use crate::cargo::cargo;
use crate::console::warn;
use crate::failure::Failure;
use crate::plural::count;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;

/// The command that the README tells everyone to run.
pub(super) const COMMAND: &str = "cargo test --workspace";

/// Returns the result of a check without the tests.
pub(super) fn not_run() -> CheckResult {
    CheckResult::new("tests", CheckOutcome::NotRun(COMMAND), format!("`{COMMAND}` runs them, and so does --tests"))
}

/// Runs all tests, even after one has failed. Their output goes to stderr as it comes.
pub(super) fn run(root: &Path) -> Result<CheckResult, Failure> {
    let mut command = cargo();
    command.current_dir(root).args(["test", "--workspace", "--no-fail-fast"]);
    let failed = |cause| Failure::broken(format_args!("cannot run `{COMMAND}`: {cause}"));
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(failed)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Both pipes are read at once, since the process would block on a full one.
    let stderr = std::thread::spawn(move || lines_of(stderr));
    let mut lines = lines_of(stdout);
    lines.extend(stderr.join().unwrap_or_default());
    let status = child.wait().map_err(failed)?;
    Ok(if status.success() {
        CheckResult::new("tests", CheckOutcome::Passed, format!("`{COMMAND}` passes"))
    } else {
        failure(&lines)
    })
}

/// Reads the lines of a pipe, and shows each.
fn lines_of(pipe: Option<impl Read>) -> Vec<String> {
    let Some(pipe) = pipe else { return Vec::new() };
    let mut pipe = BufReader::new(pipe);
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    while pipe.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let text = String::from_utf8_lossy(&line).into_owned();
        warn(&text);
        lines.push(text.trim_end().to_owned());
        line.clear();
    }
    lines
}

/// Describes a failed run by the lines that it printed.
fn failure(lines: &[String]) -> CheckResult {
    let names: Vec<&str> = lines.iter().filter_map(|line| failed_test(line)).collect();
    // Cargo names each target after its tests, and all of them at the end.
    let targets: BTreeSet<&str> = lines.iter().filter_map(|line| failed_target(line)).collect();
    // The commands come first, since a table shows only so many notes.
    let mut notes: Vec<String> = targets.iter().map(|target| format!("to see why: cargo test {target}")).collect();
    notes.extend(names.iter().map(|name| format!("failed: {name}")));
    let detail = if names.is_empty() {
        format!("`{COMMAND}` fails, but names no test: see its output above")
    } else {
        format!("{} failed, see the output above", count(names.len(), "test"))
    };
    CheckResult::new("tests", CheckOutcome::Failed, detail).notes(notes)
}

/// Returns the name in a line such as `test wire::bounds::checks_each … FAILED`.
fn failed_test(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// Returns the arguments in one of cargo's lines about a failed target.
fn failed_target(line: &str) -> Option<&str> {
    let rest = line.trim_start().trim_start_matches("error: test failed, to rerun pass ").strip_prefix('`')?;
    rest.strip_suffix('`').filter(|arguments| arguments.starts_with("-p "))
}

#[cfg(test)]
mod tests {
    use super::failure;

    #[test]
    fn failure_names_the_tests_and_the_targets() {
        let lines = "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\nfailures:\n    a::c\n\
                     test src/lib.rs - d (line 3) ... FAILED\n\
                     error: test failed, to rerun pass `-p one --test a`\n\
                     error: doctest failed, to rerun pass `-p one --doc`\n\
                     error: 2 targets failed:\n    `-p one --test a`\n    `-p one --doc`\n";
        let result = failure(&lines.lines().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(result.detail, "2 tests failed, see the output above");
        assert_eq!(
            result.notes,
            [
                "to see why: cargo test -p one --doc",
                "to see why: cargo test -p one --test a",
                "failed: a::c",
                "failed: src/lib.rs - d (line 3)"
            ]
        );
    }

    #[test]
    fn failure_without_a_failed_test_refers_to_the_output() {
        let lines = ["error: could not compile `one`".to_owned()];
        assert!(failure(&lines).detail.contains("names no test: see its output above"));
        let lines = ["error: test failed, to rerun pass `-p one --lib`".to_owned()];
        assert_eq!(failure(&lines).notes, ["to see why: cargo test -p one --lib"]);
    }
}
