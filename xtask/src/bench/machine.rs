//! What was measured on, and with what.

use crate::failure::Failure;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use time::OffsetDateTime;

/// Facts with their names.
#[derive(Debug)]
pub(super) struct Facts(pub(super) Vec<(&'static str, String)>);

impl Facts {
    /// Those of this machine, and of the benchmarks in a folder.
    pub(super) fn gather(benches: &Path) -> Result<Self, Failure> {
        Ok(Self(vec![
            ("Machine", machine()),
            ("Date", OffsetDateTime::now_utc().date().to_string()),
            ("Compiler", compiler()),
            ("Versions", versions(benches)?),
        ]))
    }
}

fn machine() -> String {
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    // Only Linux has the file.
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(format!("{}, ", line.split_once(':')?.1.trim()))
    });
    format!("{}{cores} cores, {} on {}", processor.unwrap_or_default(), std::env::consts::OS, std::env::consts::ARCH)
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(|_| "?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The packages that take part.
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
    use super::{Facts, PACKAGES};

    #[test]
    fn the_versions_are_those_of_the_lockfile() {
        let root = crate::workspace::root().expect("a root");
        let facts = Facts::gather(&root.join("tests/benches")).expect("the lockfile can be read");
        let (_, versions) = facts.0.last().expect("there are facts");
        assert!(PACKAGES.iter().all(|package| versions.contains(&format!("{package} "))), "{versions}");
    }
}
