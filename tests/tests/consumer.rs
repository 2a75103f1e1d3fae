//! The crate as users get it: packaged, unpacked outside of the workspace, and used as the README says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use chatkit_tests::spec::{TEXT, path};
use chatkit_tests::workspace::{Workspace, cargo, output, section};
use xtask::mock::{Mock, MockServer};

/// A workspace with the unpacked crate and two packages that depend on it. They share the target folder and the profile
/// of this repository, because TLS takes long to build.
static CONSUMER: LazyLock<Workspace> = LazyLock::new(|| {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"calls\", \"types\"]\nexclude = [\"chatkit-client\"]\n\n{}",
        section("[profile.dev]"),
    );
    let target = temporary.parent().expect("it is in the folder of all builds");
    let workspace = Workspace::new(&temporary.join("consumer"), target, &manifest);
    unpack(&workspace, &temporary.join("consumer-package"));
    let [calls, types] = ["calls", "types"].map(|name| format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n"));
    let dependencies = blocks("toml");
    assert_eq!(dependencies.len(), 2, "the README says what to depend on for calls, then for the types alone");
    workspace.write("calls/Cargo.toml", &(calls + &here(&dependencies[0])));
    workspace.write("types/Cargo.toml", &(types + &here(&dependencies[1])));
    workspace.write("calls/src/main.rs", "");
    workspace.write("types/src/main.rs", &program("rust", "serde_json::from_str"));
    workspace
});

/// Packages the crate, and writes its unpacked files into a workspace one by one. Cargo would not notice changes in the
/// unpacked files themselves, since they are older than any build.
fn unpack(workspace: &Workspace, packages: &Path) {
    let arguments = ["package", "--package", "chatkit-client", "--no-verify", "--allow-dirty", "--locked"];
    output(cargo(&path("")).args(arguments).env("CARGO_TARGET_DIR", packages))
        .unwrap_or_else(|error| panic!("{error}"));
    let name = concat!("chatkit-client-", env!("CARGO_PKG_VERSION"));
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let package = packages.join("package").join(format!("{name}.crate"));
    let mut tar = Command::new("tar");
    output(tar.arg("-xzf").arg(package).arg("-C").arg(folder.path())).unwrap_or_else(|error| panic!("{error}"));
    let unpacked = folder.path().join(name);
    let files = files(&unpacked);
    let paths = || files.iter().map(|file| file.strip_prefix(&unpacked).expect("it is in the folder"));
    workspace.remove_others("chatkit-client", paths());
    for (file, below) in files.iter().zip(paths()) {
        let text = fs::read_to_string(file).expect("all of it is text");
        workspace.write(Path::new("chatkit-client").join(below), &text);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Returns the code blocks of the README with an info string.
fn blocks(info: &str) -> Vec<String> {
    let readme = fs::read_to_string(path("README.md")).expect("the README is there");
    let opening = format!("\n```{info}\n");
    let rest = readme.split(&opening).skip(1);
    rest.map(|text| text.split_inclusive("\n```").next().unwrap_or_default().trim_end_matches("```").to_owned())
        .collect()
}

/// Returns the first program of the README with an info string. It has to contain a text.
fn program(info: &str, holds: &str) -> String {
    let program = blocks(info).into_iter().next().unwrap_or_else(|| panic!("the README has no {info}"));
    assert!(program.contains("fn main()") && program.contains(holds), "{program}");
    program
}

/// Returns a program's output as the README states it. It has to contain a text.
fn prints(holds: &str) -> String {
    let mut texts = blocks("text").into_iter().filter(|text| text.contains(holds));
    texts.next().unwrap_or_else(|| panic!("the README does not say what prints {holds}"))
}

/// Returns the dependencies that the README states, with the path of the unpacked crate.
fn here(dependencies: &str) -> String {
    let clone = "../chatkit/generated";
    assert_eq!(dependencies.matches(clone).count(), 1, "{dependencies}");
    dependencies.replace(clone, "../chatkit-client")
}

/// Builds and runs one of the packages without an API key, and returns its output.
fn run(package: &str) -> String {
    CONSUMER.cargo(&["run", "--quiet", "--package", package]).unwrap_or_else(|error| panic!("{package}: {error}"))
}

/// Returns the names of the crates that one of the packages builds.
fn tree(package: &str) -> BTreeSet<String> {
    let arguments = ["tree", "--package", package, "--edges", "normal,build", "--prefix", "none"];
    let tree = CONSUMER.cargo(&arguments).unwrap_or_else(|error| panic!("{package}: {error}"));
    tree.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect()
}

#[test]
fn runs_the_first_program_of_the_readme_against_the_mock() {
    let mock = Mock::load("spec/chatkit.yaml", &TEXT).unwrap_or_else(|report| panic!("{report}"));
    let server = MockServer::start(mock, 0).expect("a port is free");
    let address = "http://127.0.0.1:4010/v1";
    let program = program("rust,no_run", address);
    CONSUMER.write("calls/src/main.rs", &program.replace(address, server.base_url()));
    let expected = prints("session cksess_");
    assert!(expected.contains("\nassistant: Damaged goods") && expected.contains("\nuser: My parcel"), "{expected}");
    assert_eq!(run("calls"), expected);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn runs_the_types_without_the_client() {
    assert_eq!(run("types"), prints("assistant: Hello!"));
}

#[test]
fn builds_few_crates_for_the_types_alone() {
    let heavy = ["http", "hyper", "proc-macro2", "reqwest", "serde_derive", "syn", "tokio"];
    let of = |package| tree(package).into_iter().filter(|name| heavy.contains(&name.as_str())).collect::<Vec<_>>();
    assert_eq!(of("types"), [""; 0]);
    assert!(of("calls").len() >= 5, "the names are those that Cargo prints");
}
