use super::{ApplySummary, FileState, OutputComparison};
use crate::checksums;
use crate::tree::Tree;
use chatkit_codegen::files::Files;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempDir;

const SPEC: &str = "openapi: 3.0.3\n";

/// An output directory after a run with two files.
struct OutputDirectory {
    directory: TempDir,
    spec: &'static str,
    files: Files,
}

impl OutputDirectory {
    fn new() -> Self {
        let out = Self { directory: tempfile::tempdir().expect("a directory"), spec: SPEC, files: two_files() };
        assert_eq!(out.regenerate(), ApplySummary { written: 3, removed: 0, unchanged: 0 });
        out
    }

    fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let at = self.path(path);
        fs::create_dir_all(at.parent().expect("a parent")).expect("a directory");
        fs::write(at, bytes).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file")
    }

    fn compare(&self) -> OutputComparison {
        let tree = Tree::read(self.directory.path()).expect("a tree");
        OutputComparison::new(tree, &self.files, "a.yaml", self.spec).expect("safe paths")
    }

    /// Returns the state, path and note of each difference.
    fn found(&self) -> Vec<(FileState, String, String)> {
        let differences = self.compare().differences;
        differences.into_iter().map(|difference| (difference.state, difference.path, difference.note)).collect()
    }

    #[track_caller]
    fn assert_found(&self, expected: &[(FileState, &str, &str)]) {
        let owned = |(state, path, note): &(FileState, &str, &str)| (*state, (*path).to_owned(), (*note).to_owned());
        assert_eq!(self.found(), expected.iter().map(owned).collect::<Vec<_>>());
    }

    fn regenerate(&self) -> ApplySummary {
        let done = self.compare().apply().expect("a writable directory");
        assert_eq!(self.found(), [], "fresh after a run");
        done
    }
}

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in entries {
        files.add(*path, (*text).to_owned());
    }
    files
}

fn two_files() -> Files {
    files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "//! One.\n//! Two.\n")])
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time")
}

#[test]
fn one_changed_character_is_an_edit_by_hand() {
    let out = OutputDirectory::new();
    out.write("src/lib.rs", "//! One.\n//! two.\n");
    out.assert_found(&[(FileState::Edited, "src/lib.rs", "in line 2")]);
    assert_eq!(out.regenerate(), ApplySummary { written: 1, removed: 0, unchanged: 2 });
}

#[test]
fn an_edit_of_the_spec_makes_its_files_stale() {
    let mut out = OutputDirectory::new();
    out.spec = "openapi: 3.0.3 # edited\n";
    out.files = files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "//! New.\n")]);
    let note = "a.yaml changed since";
    out.assert_found(&[(FileState::Stale, ".generated", note), (FileState::Stale, "src/lib.rs", note)]);
    out.regenerate();
    assert_eq!(out.read("src/lib.rs"), "//! New.\n");
}

#[test]
fn line_ends_and_a_byte_order_mark_of_the_spec_make_nothing_stale() {
    let mut out = OutputDirectory::new();
    for spec in ["openapi: 3.0.3\r\n", "\u{feff}openapi: 3.0.3\n", "\u{feff}openapi: 3.0.3\r"] {
        out.spec = spec;
        out.assert_found(&[]);
    }
}

#[test]
fn an_edit_of_the_spec_that_changes_no_file_is_stale_too() {
    let mut out = OutputDirectory::new();
    out.spec = "openapi: 3.0.3 # edited\n";
    out.assert_found(&[(FileState::Stale, ".generated", "a.yaml changed since")]);
}

#[test]
fn notes_distinguish_changes_of_the_generator_and_of_the_spec() {
    let mut out = OutputDirectory::new();
    out.files = files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "//! New.\n"), ("src/new.rs", "")]);
    let note = "the generator changed since";
    out.assert_found(&[
        (FileState::Stale, ".generated", note),
        (FileState::Stale, "src/lib.rs", note),
        (FileState::Missing, "src/new.rs", "new: the generator changed since"),
    ]);
}

#[test]
fn a_file_can_be_edited_and_stale() {
    let mut out = OutputDirectory::new();
    out.files = files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "//! New.\n")]);
    out.write("src/lib.rs", "//! Mine.\n");
    out.assert_found(&[
        (FileState::Edited, "src/lib.rs", "and stale: the generator changed since"),
        (FileState::Stale, ".generated", "the generator changed since"),
    ]);
}

#[test]
fn a_deleted_file_is_missing() {
    let out = OutputDirectory::new();
    fs::remove_dir_all(out.path("src")).expect("a directory");
    out.assert_found(&[(FileState::Missing, "src/lib.rs", "")]);
    assert_eq!(out.regenerate(), ApplySummary { written: 1, removed: 0, unchanged: 2 });
}

#[test]
fn every_file_of_a_missing_directory_is_missing() {
    let mut out = OutputDirectory::new();
    out.directory = tempfile::tempdir().expect("a directory");
    let tree = Tree::read(&out.path("not/there")).expect("an empty tree");
    let comparison = OutputComparison::new(tree, &out.files, "a.yaml", SPEC).expect("safe paths");
    assert!(comparison.differences.iter().all(|difference| difference.state == FileState::Missing));
    assert_eq!(comparison.differences.len(), 3);
    comparison.apply().expect("a new directory");
    assert!(out.path("not/there/src/lib.rs").is_file());
}

#[test]
fn an_extra_file_is_an_orphan_and_goes_with_its_directories() {
    let out = OutputDirectory::new();
    out.write("src/a/b/extra.rs", "");
    out.assert_found(&[(FileState::Orphan, "src/a/b/extra.rs", "never generated")]);
    assert_eq!(out.regenerate(), ApplySummary { written: 0, removed: 1, unchanged: 3 });
    assert!(!out.path("src/a").exists());
}

#[test]
fn a_file_that_is_no_longer_generated_is_an_orphan() {
    let mut out = OutputDirectory::new();
    out.files = files(&[("Cargo.toml", "[package]\n")]);
    let checksums = (FileState::Stale, ".generated", "the generator changed since");
    out.assert_found(&[checksums, (FileState::Orphan, "src/lib.rs", "no longer generated")]);
    out.write("src/lib.rs", "mine");
    out.assert_found(&[checksums, (FileState::Orphan, "src/lib.rs", "no longer generated, and edited by hand")]);
    out.regenerate();
    assert!(!out.path("src").exists());
}

#[test]
fn a_file_written_by_hand_that_the_generator_wants_now_is_an_edit() {
    let mut out = OutputDirectory::new();
    out.write("src/new.rs", "mine");
    out.files.add("src/new.rs", String::new());
    let note = "the generator did not write it, but has such a file now";
    assert_eq!(out.found()[0], (FileState::Edited, "src/new.rs".to_owned(), note.to_owned()));
}

#[test]
fn without_checksums_an_edit_counts_as_stale_with_a_note() {
    let out = OutputDirectory::new();
    fs::remove_file(out.path(checksums::FILE_NAME)).expect("checksums");
    out.assert_found(&[(FileState::Missing, ".generated", "")]);
    out.write("src/lib.rs", "mine");
    let note = "without an intact .generated, an edit by hand looks the same";
    out.assert_found(&[(FileState::Stale, "src/lib.rs", note), (FileState::Missing, ".generated", "")]);
    out.regenerate();
}

#[test]
fn edited_checksums_are_reported_and_ignored() {
    let out = OutputDirectory::new();
    let forged = checksums::hash(b"mine");
    let honest = checksums::hash(b"//! One.\n//! Two.\n");
    let text = out.read(checksums::FILE_NAME).replace(&format!("{honest:016x}"), &format!("{forged:016x}"));
    assert_ne!(text, out.read(checksums::FILE_NAME));
    out.write(checksums::FILE_NAME, text);
    out.write("src/lib.rs", "mine");
    let note = "without an intact .generated, an edit by hand looks the same";
    out.assert_found(&[(FileState::Edited, ".generated", "its sum is wrong"), (FileState::Stale, "src/lib.rs", note)]);
    out.regenerate();
}

#[test]
fn a_directory_in_place_of_a_file_is_an_edit() {
    let out = OutputDirectory::new();
    fs::remove_file(out.path("src/lib.rs")).expect("a file");
    out.write("src/lib.rs/inside/a.rs", "");
    out.assert_found(&[
        (FileState::Edited, "src/lib.rs", "a directory is in its place"),
        (FileState::Orphan, "src/lib.rs/inside/a.rs", "never generated"),
    ]);
    assert_eq!(out.regenerate(), ApplySummary { written: 1, removed: 1, unchanged: 2 });
}

#[test]
fn a_file_in_place_of_a_directory_is_an_orphan() {
    let out = OutputDirectory::new();
    fs::remove_dir_all(out.path("src")).expect("a directory");
    out.write("src", "");
    out.assert_found(&[(FileState::Missing, "src/lib.rs", ""), (FileState::Orphan, "src", "never generated")]);
    out.regenerate();
}

#[test]
fn a_file_that_is_not_utf_8_is_an_edit() {
    let out = OutputDirectory::new();
    out.write("src/lib.rs", b"//! One.\n\xff\n");
    out.assert_found(&[(FileState::Edited, "src/lib.rs", "in line 2")]);
    out.regenerate();
}

#[test]
fn other_line_ends_are_noted() {
    let out = OutputDirectory::new();
    for path in ["src/lib.rs", checksums::FILE_NAME] {
        out.write(path, out.read(path).replace('\n', "\r\n"));
    }
    let note = "only its line ends differ: see .gitattributes";
    out.assert_found(&[(FileState::Edited, ".generated", note), (FileState::Edited, "src/lib.rs", note)]);
    out.regenerate();
}

#[test]
fn fresh_files_keep_their_modification_times() {
    let out = OutputDirectory::new();
    out.write("src/lib.rs", "mine");
    let early = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in ["Cargo.toml", "src/lib.rs", checksums::FILE_NAME] {
        let file = fs::File::options().write(true).open(out.path(path)).expect("a file");
        file.set_modified(early).expect("a time");
    }
    out.regenerate();
    assert_eq!(modified(&out.path("Cargo.toml")), early);
    assert_eq!(modified(&out.path(checksums::FILE_NAME)), early);
    assert!(modified(&out.path("src/lib.rs")) > early);
}

#[test]
fn ignores_build_results_and_repositories() {
    let out = OutputDirectory::new();
    for path in ["target/debug/x", ".git/HEAD", "src/.git/HEAD"] {
        out.write(path, "");
    }
    out.assert_found(&[]);
    out.write("extra", "");
    out.regenerate();
    assert!(out.path("target/debug/x").exists() && out.path(".git/HEAD").exists() && out.path("src/.git").exists());
}

#[cfg(unix)]
#[test]
fn links_are_replaced_and_their_targets_stay() {
    use std::os::unix::fs::symlink;
    let out = OutputDirectory::new();
    let outside = tempfile::tempdir().expect("a directory");
    fs::write(outside.path().join("lib.rs"), "theirs").expect("a file");
    fs::remove_dir_all(out.path("src")).expect("a directory");
    fs::remove_file(out.path("Cargo.toml")).expect("a file");
    symlink(outside.path(), out.path("src")).expect("a link");
    symlink(outside.path().join("lib.rs"), out.path("Cargo.toml")).expect("a link");
    symlink("/nowhere", out.path("dangling")).expect("a link");
    let note = "a symbolic link: only the link will be removed";
    out.assert_found(&[
        (FileState::Edited, "Cargo.toml", "a symbolic link is in its place"),
        (FileState::Missing, "src/lib.rs", ""),
        (FileState::Orphan, "dangling", note),
        (FileState::Orphan, "src", note),
    ]);
    out.regenerate();
    assert_eq!(fs::read_to_string(outside.path().join("lib.rs")).expect("a file"), "theirs");
    assert_eq!(fs::read_dir(outside.path()).expect("a listing").count(), 1);
    assert!(!out.path("src").is_symlink());
}

#[test]
fn rejects_paths_outside_of_the_directory() {
    for path in ["../lib.rs", "/lib.rs", ".generated"] {
        let directory = tempfile::tempdir().expect("a directory");
        let tree = Tree::read(directory.path()).expect("a tree");
        let failure = OutputComparison::new(tree, &files(&[(path, "")]), "a.yaml", SPEC).expect_err("unsafe");
        assert!(failure.message().contains(&format!("`{path}`")), "{}", failure.message());
    }
}

#[test]
fn refuses_to_empty_the_directory() {
    let mut out = OutputDirectory::new();
    out.files = Files::default();
    let failure = out.compare().apply().expect_err("refused");
    assert!(failure.message().contains("no file at all"), "{}", failure.message());
    assert_eq!(out.read("Cargo.toml"), "[package]\n");
}

#[test]
fn failed_run_keeps_the_checksums_of_the_last_one() {
    let out = OutputDirectory::new();
    out.write(checksums::FILE_NAME, "edited");
    fs::remove_file(out.path("src/lib.rs")).expect("a file");
    // A repository is never removed, so the file cannot be written.
    out.write("src/lib.rs/.git/HEAD", "");
    let failure = out.compare().apply().expect_err("a directory is in the way");
    assert!(failure.message().contains("lib.rs"), "{}", failure.message());
    assert_eq!(out.read(checksums::FILE_NAME), "edited");
}

#[test]
fn directory_with_files_but_no_checksums_is_foreign() {
    let out = OutputDirectory::new();
    let is_foreign = || super::is_foreign(out.directory.path()).expect("a directory");
    assert!(!is_foreign());
    fs::remove_file(out.path(checksums::FILE_NAME)).expect("checksums");
    assert!(is_foreign());
    assert!(!super::is_foreign(&out.path("not/there")).expect("no directory"));
}

#[test]
fn build_results_repositories_and_a_draft_of_the_checksums_are_not_foreign() {
    let directory = tempfile::tempdir().expect("a directory");
    let is_foreign = || super::is_foreign(directory.path()).expect("a directory");
    assert!(!is_foreign());
    for path in ["target", ".git"] {
        fs::create_dir(directory.path().join(path)).expect("a directory");
    }
    fs::write(directory.path().join("..generated.17.tmp"), "").expect("a file");
    assert!(!is_foreign());
    fs::write(directory.path().join(".lib.rs.17.tmp"), "").expect("a file");
    assert!(is_foreign());
}

#[test]
fn first_run_that_fails_leaves_a_directory_that_the_next_one_repairs() {
    let directory = tempfile::tempdir().expect("a directory");
    let compare = |files: &Files| {
        let tree = Tree::read(directory.path()).expect("a tree");
        OutputComparison::new(tree, files, "a.yaml", SPEC).expect("safe paths")
    };
    // The first file is in the way of the second.
    let failure = compare(&files(&[("a", ""), ("a/b", "")])).apply().expect_err("a file is in the way");
    assert!(failure.message().contains("cannot create "), "{}", failure.message());
    assert!(directory.path().join("a").is_file());
    assert!(!super::is_foreign(directory.path()).expect("a directory"));
    let done = compare(&two_files()).apply().expect("a writable directory");
    assert_eq!(done, ApplySummary { written: 3, removed: 1, unchanged: 0 });
    assert!(compare(&two_files()).differences.is_empty());
}
