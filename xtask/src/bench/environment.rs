//! The environment of a run: the machine, and the versions of the software.

use crate::failure::Failure;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use time::OffsetDateTime;

/// Facts about the environment of a run, with their names.
#[derive(Debug)]
pub(super) struct RunEnvironment(pub(super) Vec<(&'static str, String)>);

impl RunEnvironment {
    /// Gathers the facts about this machine, and about the benchmarks in a folder.
    pub(super) fn gather(benches: &Path) -> Result<Self, Failure> {
        Ok(Self(vec![
            ("Machine", machine()),
            ("Commit", commit(benches)),
            ("Date", OffsetDateTime::now_utc().date().to_string()),
            ("Compiler", compiler()),
            ("Versions", versions(benches)?),
        ]))
    }
}

fn machine() -> String {
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    // Only Linux has the file.
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| processor(&text)).unwrap_or_default();
    format!("{processor}{cores} cores, {} on {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Returns the processor's name, with its family and model, since different processors share a name.
fn processor(text: &str) -> Option<String> {
    let fact = |name: &str| {
        let mut facts = text.lines().filter_map(|line| line.split_once(':'));
        facts.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
    };
    let numbers = fact("cpu family").zip(fact("model"));
    let numbers = numbers.map(|(family, model)| format!(" (family {family}, model {model})")).unwrap_or_default();
    Some(format!("{}{numbers}, ", fact("model name")?))
}

/// Returns the commit that was measured, and whether the work tree had changes.
fn commit(folder: &Path) -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(folder).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short", "HEAD"]) else { return "?".to_owned() };
    match git(&["status", "--porcelain"]) {
        Some(changes) if changes.is_empty() => commit,
        _ => format!("{commit}, with changes"),
    }
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(|_| "?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The packages whose versions matter.
const PACKAGES: [&str; 5] = ["async-openai", "criterion", "reqwest", "serde", "serde_json"];

fn versions(benches: &Path) -> Result<String, Failure> {
    let file = benches.join("Cargo.lock");
    let text = fs::read_to_string(&file).map_err(|error| Failure::at("read", &file, &error))?;
    let version = |package: &str| {
        let (_, rest) = text.split_once(&format!("name = \"{package}\"\nversion = \""))?;
        Some(format!("{package} {}", rest.split_once('"')?.0))
    };
    Ok(PACKAGES.into_iter().filter_map(version).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, RunEnvironment, processor};

    #[test]
    fn processor_has_its_family_and_model() {
        let text =
            "processor\t: 0\ncpu family\t: 23\nmodel\t\t: 49\nmodel name\t: AMD EPYC\n\nprocessor\t: 1\nmodel\t: 50\n";
        assert_eq!(processor(text).as_deref(), Some("AMD EPYC (family 23, model 49), "));
        assert_eq!(processor("model name : A\n").as_deref(), Some("A, "));
        assert_eq!(processor("Processor : B\n"), None);
    }

    #[test]
    fn versions_come_from_the_lockfile() {
        let root = crate::workspace::root().expect("a root");
        let environment = RunEnvironment::gather(&root.join("tests/benches")).expect("the lockfile can be read");
        let (_, versions) = environment.0.last().expect("there are facts");
        assert!(PACKAGES.iter().all(|package| versions.contains(&format!("{package} "))), "{versions}");
    }
}
