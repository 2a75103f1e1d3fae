//! The environment of a run: the machine, and the versions of the software.

use super::results::MEASURED;
use crate::diff::document::short;
use crate::failure::Failure;
use crate::git::Git;
use crate::workspace;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use time::OffsetDateTime;

/// The file for the environment of the last complete run, among its results.
const FILE: &str = "environment";

/// Facts about the environment of a run, with their names.
#[derive(Debug, PartialEq)]
pub(super) struct RunEnvironment(pub(super) Vec<(String, String)>);

impl RunEnvironment {
    /// Gathers the facts about this machine, and about the benchmarks in a folder.
    pub(super) fn gather(benches: &Path) -> Result<Self, Failure> {
        let facts = [
            ("Machine", machine()),
            ("Commit", commit()?),
            ("Date", OffsetDateTime::now_utc().date().to_string()),
            ("Compiler", compiler()),
            ("Versions", versions(benches)?),
        ];
        Ok(Self(facts.map(|(name, fact)| (name.to_owned(), fact)).into()))
    }

    /// Writes the facts beside the results of the run.
    pub(super) fn save(&self, target: &Path) -> Result<(), Failure> {
        let file = target.join(MEASURED).join(FILE);
        let lines: String = self.0.iter().flat_map(|(name, fact)| [name, "\t", fact, "\n"]).collect();
        fs::write(&file, lines).map_err(|error| Failure::at("write", &file, &error))
    }

    /// Reads the facts about the last run, or returns `None` if it was not complete.
    pub(super) fn load(target: &Path) -> Option<Self> {
        let text = fs::read_to_string(target.join(MEASURED).join(FILE)).ok()?;
        let facts = text.lines().filter_map(|line| line.split_once('\t'));
        Some(Self(facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).collect()))
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
fn commit() -> Result<String, Failure> {
    let git = Git::at(&workspace::root()?);
    let Ok(Some(commit)) = git.commit("HEAD") else { return Ok("?".to_owned()) };
    let changes = if git.is_unchanged_since(&commit).is_ok_and(|same| same) { "" } else { ", with changes" };
    Ok(format!("{}{changes}", short(&commit)))
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
    use crate::bench::results::{self, OURS, Results};

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

    #[test]
    fn saved_environment_is_deleted_with_the_results() {
        let target = tempfile::tempdir().expect("there is room for a folder");
        assert_eq!(RunEnvironment::load(target.path()), None);
        results::write(target.path(), "crates", "build", &[(OURS, 6.0)]).expect("it can be written");
        let environment = RunEnvironment(vec![("Machine".to_owned(), "a fast one, 2 cores".to_owned())]);
        environment.save(target.path()).expect("it can be written");
        assert_eq!(RunEnvironment::load(target.path()), Some(environment));
        assert_eq!(Results::read(target.path()).expect("it is what was written").compared().count(), 1);
        results::clear(target.path()).expect("it can be removed");
        assert_eq!(RunEnvironment::load(target.path()), None);
    }
}
