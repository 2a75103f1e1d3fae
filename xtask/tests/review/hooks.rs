//! `check` in a hook of git, which inherits variables that name another repository, index or work tree.

use crate::repository::{Run, SPEC, TestRepository, breaking};
#[cfg(unix)]
use std::{fs, path::Path};

/// Commits a break in a workspace of a repository. A hook before the commit runs `check`.
#[cfg(unix)]
fn commit_a_break(repository: &TestRepository, workspace: &Path) -> Run {
    use std::os::unix::fs::PermissionsExt;
    let hooks = tempfile::tempdir().expect("a directory");
    let hook = hooks.path().join("pre-commit");
    fs::write(&hook, format!("#!/bin/sh\nexec '{}' check\n", env!("CARGO_BIN_EXE_xtask"))).expect("a file");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("an executable");
    let git = |arguments: &[&str]| -> Run {
        let mut command = repository.process(Path::new("git"));
        command.current_dir(workspace).env("CARGO_MANIFEST_DIR", workspace.join("xtask"));
        command.args(arguments).output().expect("git").into()
    };
    git(&["config", "core.hooksPath", hooks.path().to_str().expect("UTF-8")]).succeeded();
    fs::write(workspace.join("spec/chatkit.yaml"), breaking(SPEC)).expect("a file");
    git(&["add", "--all"]).succeeded();
    git(&["commit", "--quiet", "--message", "Break"])
}

/// Asserts that the hook compared the documents, and stopped the commit.
#[cfg(unix)]
fn assert_stopped(run: &Run) {
    assert!(run.stderr.contains("1 change breaks the wire without an approval"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("skipped") && !run.stderr.contains("n/a"), "{}", run.stderr);
    assert_ne!(run.code, Some(0), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn hook_of_a_repository_compares() {
    let repository = TestRepository::on_a_branch();
    assert_stopped(&commit_a_break(&repository, repository.path()));
    let repository = TestRepository::new();
    let inner = repository.moved_into_a_folder();
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    assert_stopped(&commit_a_break(&repository, &inner));
}

#[cfg(unix)]
#[test]
fn hook_of_a_linked_work_tree_compares() {
    let elsewhere = tempfile::tempdir().expect("a directory");
    let linked = elsewhere.path().join("linked");
    let add = ["worktree", "add", "--quiet", "-b", "topic", linked.to_str().expect("UTF-8")];
    let repository = TestRepository::new();
    repository.git(&add);
    assert_stopped(&commit_a_break(&repository, &linked));
    repository.git(&["worktree", "remove", "--force", linked.to_str().expect("UTF-8")]);
    let repository = TestRepository::new();
    repository.moved_into_a_folder();
    repository.git(&add);
    assert_stopped(&commit_a_break(&repository, &linked.join("inner")));
}

#[cfg(unix)]
#[test]
fn hook_of_a_submodule_compares() {
    for is_below in [false, true] {
        let repository = TestRepository::new();
        if is_below {
            repository.moved_into_a_folder();
        }
        let outer = TestRepository::new();
        let url = repository.absolute("");
        outer.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "pets"]);
        let module = outer.path().join("pets");
        outer.git(&["-C", module.to_str().expect("UTF-8"), "checkout", "--quiet", "-b", "topic"]);
        let workspace = if is_below { module.join("inner") } else { module };
        assert_stopped(&commit_a_break(&outer, &workspace));
    }
}

#[test]
fn variables_that_name_another_repository_have_no_effect() {
    let repository = TestRepository::on_a_branch();
    repository.spec(&breaking(SPEC));
    let other = TestRepository::without_history();
    other.git(&["init", "--quiet", "--initial-branch=main"]);
    let path = |path: &str| other.absolute(path);
    for (variable, value) in [
        ("GIT_DIR", path(".git")),
        ("GIT_DIR", path("not/there")),
        ("GIT_WORK_TREE", path("")),
        ("GIT_INDEX_FILE", path("not/there")),
        ("GIT_OBJECT_DIRECTORY", path(".git/objects")),
        ("GIT_COMMON_DIR", path(".git")),
        ("GIT_PREFIX", "not/there/".to_owned()),
        ("GIT_CONFIG_PARAMETERS", "'core.bare'='true'".to_owned()),
    ] {
        let run = repository.command().arg("check").env(variable, &value).output().expect("a process");
        let run = Run::from(run);
        assert!(run.stdout.contains("1 change breaks the wire"), "{variable}={value}: {}{}", run.stdout, run.stderr);
        let run = repository.command().args(["diff", "main"]).env(variable, &value).output().expect("a process");
        assert!(Run::from(run).succeeded().contains("wire: BREAKING"), "{variable}={value}");
    }
}
