//! The compared documents: revisions and files.

use crate::repository::{Run, SPEC, TestRepository, adding, breaking, describing};
use serde_json::Value;

#[test]
fn compares_the_work_tree_with_where_its_branch_left_the_default_branch() {
    let repository = TestRepository::on_a_branch();
    let start = repository.git(&["rev-parse", "HEAD"]);
    repository.spec(&adding(SPEC));
    repository.commit("Add");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.spec(&breaking(SPEC));
    repository.commit("Break the default branch");
    repository.git(&["checkout", "--quiet", "topic"]);
    repository.spec(&describing(&adding(SPEC)));
    let data = repository.data(&[]);
    assert_eq!(data["base"]["commit"], start.as_str());
    assert_eq!(data["base"]["kind"], "commit");
    assert_eq!(data["head"]["kind"], "work-tree");
    // The changes of main are left out. Those of this branch count, committed or not.
    assert_eq!(data["impact"]["source"], "minor");
    assert_eq!(data["changes"].as_array().map(Vec::len), Some(2), "{data:#}");
}

#[test]
fn compares_two_revisions_without_a_checkout() {
    let repository = TestRepository::new();
    repository.git(&["tag", "v1"]);
    repository.spec(&breaking(SPEC));
    let second = repository.commit("Break");
    repository.spec("openapi: [");
    let before = repository.git(&["status", "--porcelain"]);
    let data = repository.data(&["v1", &second]);
    assert_eq!(data["base"]["name"], "v1");
    assert_eq!(data["head"]["commit"], second.as_str());
    assert_eq!(data["impact"]["wire"], "breaking");
    assert_eq!(repository.git(&["status", "--porcelain"]), before);
    assert_eq!(repository.read("spec/chatkit.yaml"), "openapi: [");
}

#[test]
fn compares_one_revision_with_the_work_tree() {
    let repository = TestRepository::new();
    repository.spec(&adding(SPEC));
    repository.commit("Add");
    let data = repository.data(&["HEAD~1"]);
    assert_eq!(data["head"]["kind"], "work-tree");
    assert_eq!(data["impact"]["source"], "minor");
    assert!(repository.diff(&["HEAD"]).succeeded().contains("no change"));
}

#[test]
fn compares_files_of_any_api_without_git_and_versions() {
    let repository = TestRepository::without_history();
    let yaml =
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {responses: {'200': {description: A}}}}\n";
    repository.write("old.yaml", yaml);
    let json = r#"{"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"200": {"description": "A"}}}}},
        "info": {"version": "1", "title": "T"}}"#;
    repository.write("new.json", json);
    let mut command = repository.command();
    let run = command.args(["diff", "old.yaml", "new.json"]).env("PATH", "").output().expect("a process");
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "SDK impact: none, wire: none\nold.yaml → new.json: no change\n");
    repository.write("new.json", &json.replace("/a", "/b"));
    let data = repository.data(&[&repository.absolute("old.yaml"), "./new.json"]);
    assert_eq!(data["impact"]["wire"], "breaking");
    assert_eq!((&data["impact"]["versions"], &data["generated"]), (&Value::Null, &Value::Null));
}

#[test]
fn compares_a_file_of_a_revision_as_a_file() {
    let repository = TestRepository::new();
    repository.write("other.yaml", &breaking(SPEC));
    let data = repository.data(&["main:spec/chatkit.yaml", "other.yaml"]);
    assert_eq!(data["base"]["kind"], "document");
    assert_eq!(data["base"]["name"], "main:spec/chatkit.yaml");
    assert_eq!(data["impact"]["wire"], "breaking");
    let absent = repository.diff(&["main:not/there.yaml", "other.yaml"]).failed(3);
    assert!(absent.contains("`main:not/there.yaml` names no file of a revision"), "{absent}");
}

#[test]
fn name_of_both_a_file_and_a_revision_means_the_file_with_a_note() {
    let repository = TestRepository::new();
    repository.spec(&breaking(SPEC));
    repository.write("main", SPEC);
    let run = repository.diff(&["main", "spec/chatkit.yaml", "--format", "json"]);
    assert_eq!(run.json()["base"]["kind"], "document");
    assert!(run.stderr.contains("`main` is both a file and a revision, and means the file"), "{}", run.stderr);
    let run = repository.diff(&["main^0", "--format", "json"]);
    assert_eq!(run.json()["base"]["kind"], "commit");
    assert_eq!(run.stderr, "");
}

#[test]
fn compares_another_document_of_revisions_without_a_version() {
    let repository = TestRepository::new();
    repository.write("spec/other.yaml", SPEC);
    repository.commit("Add a document");
    repository.write("spec/other.yaml", &breaking(SPEC));
    let data = repository.data(&["HEAD", "--spec", "./spec/other.yaml"]);
    assert_eq!(data["head"]["path"], "spec/other.yaml");
    assert_eq!(data["impact"]["wire"], "breaking");
    assert_eq!((&data["impact"]["versions"], &data["generated"]), (&Value::Null, &Value::Null));
    let absent = repository.diff(&["HEAD~1", "--spec", "spec/other.yaml"]).failed(3);
    assert!(absent.contains("HEAD~1 has no file spec/other.yaml: name another with --spec"), "{absent}");
}

#[test]
fn unknown_argument_is_exit_code_3() {
    let repository = TestRepository::new();
    for argument in ["nothing", "", "--output=x", "HEAD~7", "main:"] {
        let run = repository.diff(&["--", argument]).failed(3);
        assert!(run.contains(&format!("`{argument}` is neither a file")), "{run}");
    }
}

#[test]
fn invalid_document_is_exit_code_3_with_its_revision_and_position() {
    let repository = TestRepository::new();
    repository.spec("openapi: 2.0.0\n");
    repository.commit("Break the document");
    repository.spec(SPEC);
    let run = repository.diff(&["HEAD"]).failed(3);
    assert!(run.contains("--> HEAD:spec/chatkit.yaml:1:"), "{run}");
    repository.spec("openapi: [");
    let run = repository.diff(&["HEAD~1"]).failed(3);
    assert!(run.contains("--> spec/chatkit.yaml:"), "{run}");
    repository.remove("spec/chatkit.yaml");
    let run = repository.diff(&["HEAD~1"]).failed(3);
    assert!(run.contains("cannot read spec/chatkit.yaml: "), "{run}");
}

#[test]
fn revisions_without_git_are_exit_code_3_with_a_hint_to_compare_files() {
    let repository = TestRepository::new();
    for arguments in [&["diff"][..], &["diff", "main"]] {
        let run = repository.command().args(arguments).env("PATH", "").output().expect("a process");
        assert_eq!(run.status.code(), Some(3));
        let output = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(output.contains("cannot run git, which reads revisions: install it, or compare two files"), "{output}");
    }
}

#[test]
fn base_is_required_without_a_history_a_commit_or_a_default_branch() {
    let repository = TestRepository::without_history();
    let run = repository.diff(&[]).failed(3);
    assert!(run.contains("no history to compare with: not a git repository"), "{run}");
    repository.git(&["init", "--quiet", "--initial-branch=trunk"]);
    let run = repository.diff(&[]).failed(3);
    assert!(run.contains("the repository has no commit yet; name"), "{run}");
    repository.commit("Start");
    let run = repository.diff(&[]).failed(3);
    assert!(run.contains("the default branch is unknown: neither origin/HEAD"), "{run}");
    repository.git(&["branch", "master"]);
    repository.diff(&[]).succeeded();
}

#[test]
fn default_branch_is_that_of_the_remote() {
    let origin = TestRepository::new();
    origin.git(&["checkout", "--quiet", "-b", "trunk"]);
    origin.spec(&adding(SPEC));
    let trunk = origin.commit("Add");
    let clone = origin.cloned(&[]);
    clone.git(&["branch", "main", "HEAD~1"]);
    assert_eq!(clone.data(&[])["base"]["commit"], trunk.as_str());
    // Without origin/HEAD it is a guess, and origin/main comes before main.
    clone.git(&["remote", "set-head", "origin", "--delete"]);
    clone.git(&["branch", "--force", "main", "HEAD"]);
    assert_eq!(clone.data(&[])["base"]["commit"], origin.git(&["rev-parse", "main"]).as_str());
}

#[test]
fn shallow_history_is_an_error_with_the_command_that_fetches_it() {
    let origin = TestRepository::on_a_branch();
    origin.commit("One");
    origin.git(&["checkout", "--quiet", "main"]);
    origin.commit("Other");
    let clone = origin.cloned(&["--depth=1", "--branch=topic", "--no-single-branch"]);
    let run = clone.diff(&[]).failed(3);
    assert!(run.contains("HEAD and origin/main have no common commit"), "{run}");
    assert!(run.contains("`git fetch --unshallow`"), "{run}");
}

#[test]
fn workspace_may_be_a_directory_of_its_repository() {
    let outer = tempfile::tempdir().expect("a directory");
    let repository = TestRepository::new();
    repository.git(&["checkout", "--quiet", "-b", "moved"]);
    let inner = repository.moved_into_a_folder();
    repository.write("inner/spec/chatkit.yaml", &adding(SPEC));
    let mut command = repository.command_in(&inner);
    command.current_dir(outer.path());
    let run = command.args(["diff", "HEAD", "--format", "json"]).output().expect("a process");
    let data = Run::from(run).json();
    assert_eq!(data["impact"]["versions"]["base"], "0.3.8");
    assert_eq!(data["impact"]["source"], "minor");
    assert_eq!(data["generated"]["changed"], 0);
}

#[test]
fn file_of_a_revision_starts_at_the_workspace() {
    let repository = TestRepository::new();
    let inner = repository.moved_into_a_folder();
    repository.write("inner/spec/chatkit.yaml", &breaking(SPEC));
    let diff = |base: &str| -> Run {
        let arguments = ["diff", base, "spec/chatkit.yaml", "--format", "json"];
        repository.command_in(&inner).args(arguments).output().expect("a process").into()
    };
    // Git's own name of the file works too.
    for base in ["main:spec/chatkit.yaml", "main:./spec/chatkit.yaml", "main:inner/spec/chatkit.yaml"] {
        let run = diff(base);
        assert_eq!(run.json()["impact"]["wire"], "breaking", "{base}");
        assert_eq!((run.json()["base"]["name"].as_str(), &*run.stderr), (Some(base), ""), "{base}");
    }
    let absent = diff("main:spec/other.yaml").failed(3);
    assert!(absent.contains("`main:spec/other.yaml` names no file of a revision"), "{absent}");
    repository.write("spec/chatkit.yaml", &breaking(SPEC));
    repository.git(&["add", "spec"]);
    repository.git(&["commit", "--quiet", "--message", "Add another at the root"]);
    let run = diff("main:spec/chatkit.yaml");
    assert_eq!(run.json()["impact"]["wire"], "breaking", "the file of the workspace counts");
    assert!(run.stderr.contains("note: `main:spec/chatkit.yaml` names a file of the workspace and"), "{}", run.stderr);
}

#[test]
fn wrong_usage_is_exit_code_2_and_help_has_every_exit_code() {
    let repository = TestRepository::without_history();
    repository.diff(&["--fail-on", "sometimes"]).failed(2);
    repository.diff(&["a", "b", "c"]).failed(2);
    repository.check(&["a", "b"]).failed(2);
    repository.check(&["--today", "tomorrow"]).failed(2);
    for (command, codes) in [("diff", 0..=3), ("check", 0..=4)] {
        let help = repository.xtask(&[command, "--help"]).succeeded();
        for code in codes {
            assert!(help.contains(&format!("\n  {code}  ")), "{code} in {help}");
        }
    }
}
