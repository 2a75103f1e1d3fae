//! `cargo xtask regenerate`, run as a process on documents made for the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const SPEC: &str = r#"
openapi: 3.0.3
info:
  title: Pets
  version: 1.0.0
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        "200":
          description: A pet.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
      type: object
      description: A pet.
      required: [name]
      properties:
        name: { type: string, description: Name of the pet. }
"#;

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
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

fn xtask(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    // Relative paths start at the workspace root, not here.
    command.current_dir(std::env::temp_dir()).args(arguments).output().expect("a process").into()
}

/// A document and the directory generated from it.
struct GeneratedSample(TempDir);

impl GeneratedSample {
    fn new() -> Self {
        let sample = Self(tempfile::tempdir().expect("a directory"));
        fs::write(sample.spec(), SPEC).expect("a spec");
        sample
    }

    /// Creates a sample after a first run.
    fn generated() -> Self {
        let sample = Self::new();
        let run = sample.regenerate(&[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        sample
    }

    fn spec(&self) -> PathBuf {
        self.0.path().join("spec.yaml")
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("out")
    }

    fn regenerate(&self, more: &[&str]) -> Run {
        let (spec, out) = (text(&self.spec()), text(&self.out()));
        let mut arguments = vec!["regenerate", "--spec", &spec, "--out", &out];
        arguments.extend(more);
        xtask(&arguments)
    }

    /// Returns a generated file: the last one, since the first has the checksums.
    fn any_file(&self) -> PathBuf {
        files_below(&self.out()).pop().expect("a file")
    }
}

/// Formats a path as the command does, with `/` on every platform.
fn text(path: &Path) -> String {
    path.to_str().expect("UTF-8").replace(std::path::MAIN_SEPARATOR, "/")
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[test]
fn second_run_writes_nothing_and_the_check_passes() {
    let sample = GeneratedSample::generated();
    let before: Vec<_> = files_below(&sample.out()).iter().map(|path| (path.clone(), fs::read(path).ok())).collect();
    let again = sample.regenerate(&[]);
    assert_eq!(again.code, Some(0));
    assert!(again.stdout.contains(": 0 written, 0 removed, "), "{}", again.stdout);
    let check = sample.regenerate(&["--check"]);
    assert_eq!(check.code, Some(0), "{}", check.stdout);
    assert!(check.stdout.contains("fresh"), "{}", check.stdout);
    let after: Vec<_> = files_below(&sample.out()).iter().map(|path| (path.clone(), fs::read(path).ok())).collect();
    assert_eq!(before, after);
}

#[test]
fn check_before_the_first_run_lists_missing_files_and_writes_nothing() {
    let sample = GeneratedSample::new();
    let run = sample.regenerate(&["--check"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stdout.contains("missing"), "{}", run.stdout);
    assert!(!sample.out().exists());
}

#[test]
fn check_after_an_edit_of_the_spec_says_stale_and_what_fixes_it() {
    let sample = GeneratedSample::generated();
    fs::write(sample.spec(), SPEC.replace("Name of the pet", "Name of the dog")).expect("a spec");
    let run = sample.regenerate(&["--check"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stdout.contains("  stale "), "{}", run.stdout);
    assert!(run.stdout.contains("spec.yaml changed since"), "{}", run.stdout);
    assert!(!run.stdout.contains("edited by hand"), "{}", run.stdout);
    let (spec, out) = (sample.spec(), sample.out());
    let fix = format!("Fix with: cargo xtask regenerate --spec {} --out {}\n", text(&spec), text(&out));
    assert!(run.stdout.ends_with(&fix), "{}", run.stdout);
    assert_eq!(sample.regenerate(&[]).code, Some(0));
    assert_eq!(sample.regenerate(&["--check"]).code, Some(0));
}

#[test]
fn check_after_one_changed_character_says_edited_by_hand_and_names_the_file() {
    let sample = GeneratedSample::generated();
    let path = sample.any_file();
    let mut bytes = fs::read(&path).expect("a file");
    let last = bytes.len() - 2;
    bytes[last] = if bytes[last] == b'#' { b'%' } else { b'#' };
    fs::write(&path, &bytes).expect("a file");
    let run = sample.regenerate(&["--check"]);
    assert_eq!(run.code, Some(4));
    let edited: Vec<_> = run.stdout.lines().filter(|line| line.contains("edited by hand  ")).collect();
    assert_eq!(edited.len(), 1, "{}", run.stdout);
    assert!(edited[0].contains(&text(&path)), "{}", run.stdout);
    assert_eq!(fs::read(&path).expect("a file"), bytes, "check writes nothing");
    let repaired = sample.regenerate(&[]);
    assert!(repaired.stderr.contains("was edited by hand: the edit is overwritten"), "{}", repaired.stderr);
    assert!(repaired.stdout.contains(": 1 written, 0 removed, "), "{}", repaired.stdout);
}

#[test]
fn an_extra_file_is_an_orphan_until_regenerate_removes_it() {
    let sample = GeneratedSample::generated();
    let extra = sample.out().join("extra.txt");
    fs::write(&extra, "").expect("a file");
    let run = sample.regenerate(&["--check"]);
    assert_eq!(run.code, Some(4));
    assert!(run.stdout.contains("orphan") && run.stdout.contains(&text(&extra)), "{}", run.stdout);
    assert!(extra.exists());
    let run = sample.regenerate(&[]);
    assert!(run.stdout.contains(" 1 removed"), "{}", run.stdout);
    let named = format!("{} was removed: never generated", text(&extra));
    assert!(run.stderr.contains(&named), "{}", run.stderr);
    assert!(!extra.exists());
}

#[test]
fn a_file_that_is_no_longer_generated_is_removed_without_a_warning() {
    let sample = GeneratedSample::generated();
    fs::write(sample.spec(), SPEC.replace("/Pet'", "/Animal'").replace("    Pet:", "    Animal:")).expect("a spec");
    let run = sample.regenerate(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains(" 2 removed"), "{}", run.stdout);
    assert!(!run.stderr.contains("was removed"), "{}", run.stderr);
}

#[test]
fn names_five_edited_files_and_counts_the_rest() {
    for (count, counted) in [(5, None), (7, Some("2 more files were edited by hand, 7 in all"))] {
        let sample = GeneratedSample::generated();
        let sources = files_below(&sample.out().join("src"));
        for path in sources.iter().take(count) {
            fs::write(path, "// Mine.\n").expect("a file");
        }
        let run = sample.regenerate(&[]);
        assert_eq!(run.stderr.matches("was edited by hand: the edit is overwritten").count(), 5, "{}", run.stderr);
        assert_eq!(run.stderr.contains("`cargo fmt -p NAME`"), counted.is_some(), "{}", run.stderr);
        assert!(run.stderr.contains(counted.unwrap_or_default()), "{}", run.stderr);
        assert_eq!(sample.regenerate(&["--check"]).code, Some(0));
    }
}

#[test]
fn unreadable_spec_is_exit_code_3_with_its_path() {
    let absent = xtask(&["regenerate", "--spec", "not/there.yaml"]);
    assert_eq!(absent.code, Some(3));
    assert!(absent.stderr.contains("cannot read not/there.yaml: "), "{}", absent.stderr);
    let sample = GeneratedSample::new();
    fs::write(sample.spec(), b"openapi: 3.0.3\ninfo: \xff\n").expect("a spec");
    let not_text = sample.regenerate(&["--check"]);
    assert_eq!(not_text.code, Some(3));
    assert!(not_text.stderr.contains("spec.yaml:2: not UTF-8"), "{}", not_text.stderr);
}

#[test]
fn invalid_spec_is_exit_code_3_and_writes_nothing() {
    let sample = GeneratedSample::generated();
    let before = files_below(&sample.out());
    fs::write(sample.spec(), "openapi: [").expect("a spec");
    let run = sample.regenerate(&[]);
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("spec.yaml"), "{}", run.stderr);
    assert_eq!(files_below(&sample.out()), before);
}

#[test]
fn refuses_a_directory_of_other_files() {
    let sample = GeneratedSample::new();
    let precious = sample.out().join("thesis.txt");
    fs::create_dir(sample.out()).expect("a directory");
    fs::write(&precious, "").expect("a file");
    let run = sample.regenerate(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("out/ is neither empty nor written by regenerate"), "{}", run.stderr);
    assert!(precious.exists());
    let root = sample.spec();
    assert_eq!(xtask(&["regenerate", "--spec", &text(&root), "--out", "."]).code, Some(1));
}

#[test]
fn refuses_a_large_directory_of_other_files_before_it_reads_it() {
    let sample = GeneratedSample::new();
    for arguments in [&["--out", "/"][..], &["--out", "/", "--check"], &["--out", ".."]] {
        let run = xtask(&[&["regenerate", "--spec", &text(&sample.spec())], arguments].concat());
        assert_eq!(run.code, Some(1), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("/ is neither empty nor written by regenerate"), "{}", run.stderr);
    }
}

/// Starts a run, and kills it once it has written some files. Returns whether it was still running.
fn interrupted(sample: &GeneratedSample, files: usize) -> bool {
    let (spec, out) = (text(&sample.spec()), text(&sample.out()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let mut child = command
        .args(["regenerate", "--spec", &spec, "--out", &out])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    while child.try_wait().expect("a status").is_none() {
        // A file may vanish while it is listed, since a draft is renamed.
        let written = fs::read_dir(sample.out()).map_or(0, Iterator::count);
        if written >= files {
            child.kill().expect("a process that can be killed");
            break;
        }
    }
    !child.wait().expect("a status").success()
}

#[test]
fn interrupted_first_run_is_repaired_by_the_next() {
    let mut interruptions = 0;
    for files in [1, 1, 1, 2, 2, 3, 3, 4, 5, 6] {
        let sample = GeneratedSample::new();
        interruptions += usize::from(interrupted(&sample, files));
        let run = sample.regenerate(&[]);
        assert_eq!(run.code, Some(0), "{files}: {}", run.stderr);
        assert!(!run.stderr.contains("edited by hand"), "{files}: {}", run.stderr);
        assert_eq!(sample.regenerate(&["--check"]).code, Some(0), "{files}");
    }
    assert!(interruptions > 0, "no run was killed in the middle");
}

#[test]
fn two_runs_at_once_write_one_after_the_other() {
    let sample = GeneratedSample::new();
    let other = sample.0.path().join("other.yaml");
    fs::write(&other, SPEC.replace("/Pet'", "/Animal'").replace("    Pet:", "    Animal:")).expect("a spec");
    let out = text(&sample.out());
    let run =
        |spec: &Path, more: &[&str]| xtask(&[&["regenerate", "--spec", &text(spec), "--out", &out], more].concat());
    let specs = [sample.spec(), other];
    std::thread::scope(|scope| {
        for spec in specs.iter().cycle().take(8) {
            scope.spawn(|| {
                let run = run(spec, &[]);
                assert_eq!(run.code, Some(0), "{}", run.stderr);
            });
        }
    });
    let fresh = specs.map(|spec| run(&spec, &["--check"]).code == Some(0));
    assert_eq!(fresh.iter().filter(|fresh| **fresh).count(), 1, "the files are those of one document");
}

#[test]
fn output_that_is_not_a_directory_is_an_error_with_its_path() {
    let sample = GeneratedSample::new();
    fs::write(sample.out(), "").expect("a file");
    let run = sample.regenerate(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("out is not a directory"), "{}", run.stderr);
}

/// Uses `/proc`, since root can write to a directory without write permission.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_with_its_path() {
    let sample = GeneratedSample::new();
    let run = xtask(&["regenerate", "--spec", &text(&sample.spec()), "--out", "/proc/chatkit"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("cannot create /proc/chatkit"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn refuses_an_output_that_is_a_link() {
    let sample = GeneratedSample::generated();
    let link = sample.0.path().join("link/");
    std::os::unix::fs::symlink(sample.out(), sample.0.path().join("link")).expect("a link");
    let run = xtask(&["regenerate", "--spec", &text(&sample.spec()), "--out", &text(&link)]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("nor is a symbolic link one"), "{}", run.stderr);
}

#[test]
fn colour_is_for_terminals_or_if_forced() {
    let plain = xtask(&["regenerate", "--spec", "absent.yaml"]);
    assert!(!plain.stderr.contains('\u{1b}'), "{}", plain.stderr);
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.env_remove("NO_COLOR").envs(variables.iter().copied());
        Run::from(command.args(["regenerate", "--spec", "absent.yaml"]).output().expect("a process"))
    };
    assert!(run(&[("CLICOLOR_FORCE", "1")]).stderr.contains('\u{1b}'));
    assert!(!run(&[("NO_COLOR", "1")]).stderr.contains('\u{1b}'));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    assert_eq!(xtask(&[]).code, Some(2));
    assert_eq!(xtask(&["regenerate", "--chek"]).code, Some(2));
}

#[test]
fn help_documents_every_exit_code() {
    for arguments in [&["--help"][..], &["regenerate", "--help"]] {
        let run = xtask(arguments);
        assert_eq!(run.code, Some(0));
        for line in ["Exit codes:", "\n  0  ", "\n  1  ", "\n  2  ", "\n  3  ", "\n  4  "] {
            assert!(run.stdout.contains(line), "{line:?} in {}", run.stdout);
        }
    }
}
