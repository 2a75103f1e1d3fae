//! The crate as users get it: packaged, unpacked outside of the workspace, and used as the README says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use chatkit_tests::spec::{TEXT, path};
use chatkit_tests::workspace::{PROFILE, Workspace, cargo, output};
use xtask::mock::{Mock, MockServer};

/// A workspace with the unpacked crate and three packages that depend on it: the README's programs with calls and with
/// types, and its snippets. They share the target folder and the profile of this repository, because TLS takes long to
/// build.
static CONSUMER: LazyLock<Workspace> = LazyLock::new(|| {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"calls\", \"snippets\", \"types\"]\nexclude = [\"chatkit-client\"]\n\n{PROFILE}",
    );
    let target = temporary.parent().expect("it is in the folder of all builds");
    let workspace = Workspace::new(&temporary.join("consumer"), target, &manifest);
    unpack(&workspace, &temporary.join("consumer-package"));
    workspace.write("calls/Cargo.toml", &package("calls", ""));
    workspace.write("snippets/Cargo.toml", &package("snippets", "features = [\"blocking\"]"));
    let types = package("types", "default-features = false");
    assert!(readme().contains("`default-features = false`"), "the README says how to depend on the types alone");
    workspace.write("types/Cargo.toml", &types.replace("tokio = ", "# tokio = "));
    workspace.write("calls/src/main.rs", "");
    workspace.write("snippets/src/main.rs", "");
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

fn readme() -> String {
    fs::read_to_string(path("README.md")).expect("the README is there")
}

/// Returns the code blocks of the README with an info string.
fn blocks(info: &str) -> Vec<String> {
    let readme = readme();
    let opening = format!("\n```{info}\n");
    let rest = readme.split(&opening).skip(1);
    rest.map(|text| text.split_inclusive("\n```").next().unwrap_or_default().trim_end_matches("```").to_owned())
        .collect()
}

/// Returns the only program of the README with an info string. It has to contain a text.
fn program(info: &str, text: &str) -> String {
    let programs = blocks(info);
    assert_eq!(programs.len(), 1, "the README has one program in a block `{info}`");
    assert!(programs[0].contains("fn main()") && programs[0].contains(text), "{}", programs[0]);
    programs[0].clone()
}

/// Returns an output that the README shows in a block of its own. It has to contain a text.
fn prints(text: &str) -> String {
    let mut outputs = blocks("text").into_iter().filter(|output| output.contains(text));
    outputs.next().unwrap_or_else(|| panic!("the README does not say that anything prints {text}"))
}

/// Returns the manifest of a package with the dependencies of the README. The unpacked crate takes the place of the clone, and
/// its dependency has another key.
fn package(name: &str, key: &str) -> String {
    let dependencies = blocks("toml");
    let clone = "path = \"../chatkit/generated\"";
    assert_eq!(dependencies.len(), 1, "the README says what to depend on");
    assert_eq!(dependencies[0].matches(clone).count(), 1, "{}", dependencies[0]);
    let keys = [&clone.replace("chatkit/generated", "chatkit-client"), key];
    let keys: Vec<_> = keys.into_iter().filter(|key| !key.is_empty()).collect();
    let dependencies = dependencies[0].replace(clone, &keys.join(", "));
    format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n{dependencies}")
}

/// Returns a program with each snippet of the README in a function of its own, with the names that the README says it uses. It
/// runs one of them.
fn snippets(runs: usize, address: &str) -> String {
    let mut text = format!(
        "#![allow(unused, reason = \"a snippet shows a part of a program\")]\n\
         use chatkit_client::*;\nuse std::time::Duration;\n\n\
         type Outcome = Result<(), Box<dyn std::error::Error>>;\n\nfn save(cursor: Option<&str>) {{}}\n\n\
         #[tokio::main]\nasync fn main() -> Outcome {{\n    \
         let client = Client::builder().base_url({address:?}).api_key(\"any\").build()?;\n    \
         snippet_{runs}(&client, None).await\n}}\n"
    );
    for (number, snippet) in blocks("rust,ignore").iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\nasync fn snippet_{number}(client: &Client, saved_cursor: Option<String>) -> Outcome {{\n{snippet}Ok(())\n}}\n"
        );
    }
    text
}

fn mock() -> MockServer {
    let mock = Mock::load("spec/chatkit.yaml", &TEXT).unwrap_or_else(|report| panic!("{report}"));
    MockServer::start(mock, 0).expect("a port is free")
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
    let server = mock();
    let address = "http://127.0.0.1:4010/v1";
    let program = program("rust,no_run", address);
    let expected = program.lines().find_map(|line| line.trim().strip_prefix("// Prints: ")).expect("it says so");
    assert!(expected.contains("client_secret"), "{expected}");
    CONSUMER.write("calls/src/main.rs", &program.replace(address, server.base_url()));
    assert_eq!(run("calls").trim_end(), expected);
    assert_eq!(server.requests().len(), 1);
}

/// The other snippets compile.
#[test]
fn runs_the_thread_snippet_of_the_readme_against_the_mock() {
    let server = mock();
    let snippets_of_readme = blocks("rust,ignore");
    let reads = snippets_of_readme.iter().position(|snippet| snippet.contains("list_items")).expect("one reads");
    CONSUMER.write("snippets/src/main.rs", &snippets(reads, server.base_url()));
    let expected = prints("assistant: Damaged goods");
    assert!(expected.contains("\nuser: My parcel"), "{expected}");
    assert_eq!(run("snippets"), expected);
    assert_eq!(server.requests().len(), 2, "there are two pages");
}

#[test]
fn runs_the_types_without_the_client() {
    assert_eq!(run("types"), prints("Some(\"cthi_1\")"));
}

#[test]
fn builds_few_crates_for_the_types_alone() {
    let heavy = ["http", "hyper", "proc-macro2", "reqwest", "serde_derive", "syn", "tokio"];
    let of = |package| tree(package).into_iter().filter(|name| heavy.contains(&name.as_str())).collect::<Vec<_>>();
    assert_eq!(of("types"), [""; 0]);
    assert!(of("calls").len() >= 5, "the names are those that Cargo prints");
}

/// Doctests compile the programs, and this file the snippets.
#[test]
fn every_rust_block_of_the_readme_is_compiled_and_short() {
    let readme = readme();
    let infos = readme.lines().filter_map(|line| line.trim_start().strip_prefix("```rust"));
    let unknown: Vec<_> = infos.filter(|info| !["", ",no_run", ",ignore"].contains(info)).collect();
    assert_eq!(unknown, [""; 0]);
    let snippets = blocks("rust,ignore");
    assert!(snippets.len() >= 8, "{} snippets", snippets.len());
    for snippet in snippets {
        assert!(snippet.lines().count() <= 10, "{snippet}");
    }
}
