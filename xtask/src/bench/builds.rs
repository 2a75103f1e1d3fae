//! Measures builds from clean, against those of the same program with `async-openai`.

use super::bounds::{CLIENT, MODELS};
use super::results::{self, OURS, median};
use crate::cargo;
use crate::console::warn;
use crate::failure::Failure;
use crate::spec;
use chatkit_codegen::generate;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A program whose build is measured.
struct Program {
    /// The benchmark.
    group: &'static str,
    /// The crate that it uses: ours, or a rival's.
    who: &'static str,
    dependencies: String,
    main: &'static str,
}

/// Returns the smallest programs that make the compiler work as users' programs do.
fn programs(root: &Path) -> [Program; 4] {
    // A JSON string is a TOML string too.
    let generated = serde_json::Value::from(root.join("generated").display().to_string());
    let rival = "async-openai = { version = \"0.43.0\", default-features = false, features";
    [
        Program {
            group: MODELS,
            who: OURS,
            dependencies: format!(
                "chatkit-client = {{ path = {generated}, default-features = false }}\nserde_json = \"1\"\n"
            ),
            main: "fn main() {\n    let page: Result<chatkit_client::ThreadItemList, _> = serde_json::from_str(\"{}\");\n    println!(\"{}\", page.is_ok());\n}\n",
        },
        Program {
            group: MODELS,
            who: "async-openai",
            dependencies: format!("{rival} = [\"chatkit-types\"] }}\nserde_json = \"1\"\n"),
            main: "fn main() {\n    let page: Result<async_openai::types::chatkit::ThreadItemListResource, _> = serde_json::from_str(\"{}\");\n    println!(\"{}\", page.is_ok());\n}\n",
        },
        Program {
            group: CLIENT,
            who: OURS,
            dependencies: format!("chatkit-client = {{ path = {generated} }}\n{TOKIO}"),
            main: "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), chatkit_client::Error> {\n    let client = chatkit_client::Client::from_env()?;\n    println!(\"{}\", client.threads().list().await?.data.len());\n    Ok(())\n}\n",
        },
        Program {
            group: CLIENT,
            who: "async-openai",
            dependencies: format!("{rival} = [\"chatkit\", \"rustls\"] }}\n{TOKIO}"),
            main: "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), async_openai::error::OpenAIError> {\n    let client = async_openai::Client::new();\n    println!(\"{}\", client.chatkit().threads().list().await?.data.len());\n    Ok(())\n}\n",
        },
    ]
}

const TOKIO: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";

/// Builds the programs one after the other, and writes the times.
pub(super) fn measure(root: &Path, target: &Path) -> Result<(), Failure> {
    let folder = target.join("builds");
    let programs = programs(root);
    let mut projects = Vec::new();
    for program in &programs {
        projects.push(project(&folder, program)?);
    }
    for profile in ["debug", "release"] {
        for pair in projects.chunks(2).zip(programs.chunks(2)) {
            measure_pair(target, pair, profile)?;
        }
    }
    rebuild(root, target)
}

/// Measures the builds of two programs in turn, so that other load affects both alike.
///
/// The models alone build quickly, so their times are medians of several builds.
fn measure_pair(target: &Path, (projects, programs): (&[PathBuf], &[Program]), profile: &str) -> Result<(), Failure> {
    let Some(group) = programs.first().map(|program| program.group) else { return Ok(()) };
    let rounds = if group == MODELS { 3 } else { 1 };
    let mut times = vec![BuildTimes::default(); programs.len()];
    for _ in 0..rounds {
        for ((project, program), times) in projects.iter().zip(programs).zip(&mut times) {
            clean(project)?;
            warn(&format!("building: {group}, {}, {profile}\n", program.who));
            let (wall, cpu) = build(project, profile)?;
            times.wall.push(wall);
            times.cpu.extend(cpu);
        }
    }
    let (mut wall, mut cpu, mut crates) = (Vec::new(), Vec::new(), Vec::new());
    for ((project, program), times) in projects.iter().zip(programs).zip(times) {
        wall.extend(median(times.wall).map(|time| (program.who, time)));
        cpu.extend(median(times.cpu).map(|time| (program.who, time)));
        crates.push((program.who, count_crates(project)?));
    }
    results::write(target, &format!("s wall, {profile}"), group, &wall)?;
    results::write(target, &format!("s cpu, {profile}"), group, &cpu)?;
    results::write(target, "crates", group, &crates)
}

/// The times of the builds of one program, in seconds.
#[derive(Clone, Default)]
struct BuildTimes {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

/// Writes a project, and downloads its dependencies.
fn project(folder: &Path, program: &Program) -> Result<PathBuf, Failure> {
    let name = format!("{} {}", program.group, program.who).replace([',', ' '], "-");
    let project = folder.join(name);
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
        program.dependencies
    );
    write(&project.join("Cargo.toml"), &manifest)?;
    write(&project.join("src/main.rs"), program.main)?;
    run(cargo_in(&project).arg("fetch"))?;
    Ok(project)
}

/// Removes the results of earlier builds.
fn clean(project: &Path) -> Result<(), Failure> {
    results::remove(&project.join("target"))
}

/// Builds a project, and returns the wall-clock time and the CPU time in seconds.
fn build(project: &Path, profile: &str) -> Result<(f64, Option<f64>), Failure> {
    let mut command = cargo_in(project);
    command.args(["build", "--offline"]);
    if profile == "release" {
        command.arg("--release");
    }
    let (worked, started) = (cpu_of_children(), Instant::now());
    run(&mut command)?;
    let passed = started.elapsed().as_secs_f64();
    Ok((passed, worked.zip(cpu_of_children()).map(|(before, after)| after - before)))
}

/// Counts the crates that a program depends on.
fn count_crates(project: &Path) -> Result<f64, Failure> {
    let mut command = cargo_in(project);
    command.args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| Failure::broken(format_args!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        return Err(Failure::broken("the crates of a program whose build is measured cannot be listed"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let others = crates.iter().filter(|name| !name.is_empty() && !name.starts_with("program ")).count();
    Ok(u32::try_from(others).map_or(f64::INFINITY, f64::from))
}

/// Returns the CPU time of the child processes that have ended, in seconds.
///
/// Linux counts it in hundredths. Other systems do not have the file.
fn cpu_of_children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let mut hundredths = || fields.next()?.parse::<f64>().ok();
    Some((hundredths()? + hundredths()?) / 100.0)
}

/// Measures the build of our crate after an edit of the spec, in a copy of the workspace with no other crate.
fn rebuild(root: &Path, target: &Path) -> Result<(), Failure> {
    let folder = target.join("builds/rebuild");
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| Failure::at("read", path, &error));
    let spec = read(&root.join(spec::DEFAULT))?;
    write(&folder.join("Cargo.toml"), &alone(&read(&root.join("Cargo.toml"))?))?;
    write_crate(&folder.join("generated"), &spec)?;
    clean(&folder)?;
    warn("building: our crate alone, and again after an edit of the spec\n");
    let (clean, _) = build(&folder, "debug")?;
    write_crate(&folder.join("generated"), &edited(&spec)?)?;
    let (again, _) = build(&folder, "debug")?;
    results::write(
        target,
        "s wall, debug",
        "build, our crate after an edit of the spec",
        &[(OURS, again), ("the first build", clean)],
    )
}

/// Reduces the manifest of the workspace to our crate.
fn alone(manifest: &str) -> String {
    let mut section = "";
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            section = line;
        }
        let is_members = line.starts_with("members = ") || line.starts_with("default-members = ");
        // Cargo warns about profiles for packages that it does not find.
        !is_members && !section.starts_with("[profile.dev.package")
    });
    kept.collect::<Vec<_>>().join("\n").replace("[workspace]\n", "[workspace]\nmembers = [\"generated\"]\n")
}

/// Adds a property to the spec.
fn edited(spec: &str) -> Result<String, Failure> {
    let place = "\n      properties:\n";
    let (before, after) = spec
        .split_once("\ncomponents:")
        .and_then(|(paths, components)| Some((paths, components.split_once(place)?)))
        .map(|(paths, (before, after))| (format!("{paths}\ncomponents:{before}"), after))
        .ok_or_else(|| Failure::broken("the spec has no schema with properties to edit"))?;
    Ok(format!("{before}{place}        measured_again:\n          type: string\n          description: New.\n{after}"))
}

fn write_crate(folder: &Path, spec: &str) -> Result<(), Failure> {
    let generated = generate("the edited spec", spec)
        .map_err(|report| Failure::broken(format_args!("the edited spec is not valid: {report:?}")))?;
    for (path, text) in generated.files.iter() {
        write(&folder.join(path), text)?;
    }
    Ok(())
}

/// Writes a file unless it has this text already, since cargo rebuilds files with a new modification time.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::at("create", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| Failure::at("write", path, &error))
}

fn cargo_in(project: &Path) -> Command {
    let mut command = cargo::cargo();
    command.current_dir(project).env("CARGO_TARGET_DIR", project.join("target")).env_remove("CARGO_INCREMENTAL");
    command
}

fn run(command: &mut Command) -> Result<(), Failure> {
    cargo::run(command.arg("--quiet"), "a program whose build is measured cannot be built")
}

#[cfg(test)]
mod tests {
    use super::{alone, count_crates};

    #[test]
    fn reduced_manifest_drops_other_members_and_their_profiles() {
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"a\"]\n\n[profile.dev]\ndebug = 0\n\n\
                        [profile.dev.package.a]\nopt-level = 1\n\n[profile.release]\nlto = true\n";
        let expected = "[workspace]\nmembers = [\"generated\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = 0\n\n\
                        [profile.release]\nlto = true";
        assert_eq!(alone(manifest), expected);
    }

    #[test]
    fn count_fails_if_crates_cannot_be_listed() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        assert!(count_crates(folder.path()).is_err(), "there is no manifest");
    }
}
