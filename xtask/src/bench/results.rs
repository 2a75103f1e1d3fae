//! The results of a run, written by criterion, by the benchmarks themselves, and by us.

use crate::failure::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The implementation that every benchmark compares with.
pub(super) const OURS: &str = "ours";

/// The unit of times, which is criterion's.
pub(super) const TIME: &str = "ns";

/// The folder that criterion writes to, in the target folder.
const CRITERION: &str = "criterion";

/// Criterion's folder for the latest run of a benchmark.
const LATEST: &str = "new";

/// The folder for all other results, in the target folder.
pub(super) const MEASURED: &str = "measured";

/// Numbers by unit, benchmark and implementation.
#[derive(Debug, Default)]
pub(super) struct Results(BTreeMap<(String, String), BTreeMap<String, f64>>);

impl Results {
    /// Reads all results in the target folder of the benchmarks.
    pub(super) fn read(target: &Path) -> Result<Self, Failure> {
        let mut results = Self::default();
        results.read_criterion(&target.join(CRITERION))?;
        results.read_measured(&target.join(MEASURED))?;
        Ok(results)
    }

    /// Reads criterion's medians. It has a folder for each group, with one for each benchmark.
    fn read_criterion(&mut self, folder: &Path) -> Result<(), Failure> {
        for group in entries(folder)? {
            for benchmark in entries(&group)? {
                let latest = benchmark.join(LATEST);
                let (Some(about), Some(estimates)) =
                    (json(&latest.join("benchmark.json")), json(&latest.join("estimates.json")))
                else {
                    continue;
                };
                let text = |key: &str| about.get(key).and_then(Value::as_str);
                let median = estimates.pointer("/median/point_estimate").and_then(Value::as_f64);
                if let (Some(group), Some(name), Some(median)) = (text("group_id"), text("function_id"), median) {
                    self.add(TIME, group, name, median);
                }
            }
        }
        Ok(())
    }

    /// Reads the results that criterion did not write.
    ///
    /// Each unit has a folder, each benchmark a file in it, and each implementation a line: its name and a number.
    fn read_measured(&mut self, folder: &Path) -> Result<(), Failure> {
        for unit in entries(folder)? {
            for benchmark in entries(&unit)? {
                let text = fs::read_to_string(&benchmark).map_err(|error| Failure::at("read", &benchmark, &error))?;
                for line in text.lines() {
                    if let Some((name, value)) = line.split_once('\t')
                        && let Ok(value) = value.parse()
                    {
                        self.add(&name_of(&unit), &name_of(&benchmark), name, value);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether nothing was measured.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, unit: &str, group: &str, name: &str, value: f64) {
        self.0.entry((unit.to_owned(), group.to_owned())).or_default().insert(name.to_owned(), value);
    }

    /// Returns one number.
    pub(super) fn get(&self, unit: &str, group: &str, name: &str) -> Option<f64> {
        self.0.get(&(unit.to_owned(), group.to_owned()))?.get(name).copied()
    }

    /// Returns the unit, the benchmark, our number, and those of the others.
    pub(super) fn compared(&self) -> impl Iterator<Item = (&str, &str, f64, Vec<(&str, f64)>)> {
        self.0.iter().filter_map(|((unit, group), list)| {
            let others = list.iter().filter(|(name, _)| *name != OURS);
            let others = others.map(|(name, value)| (name.as_str(), *value)).collect();
            Some((unit.as_str(), group.as_str(), *list.get(OURS)?, others))
        })
    }
}

/// Returns the median of some values, or `None` if there are none.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Removes the results of earlier runs: a table shows one run only.
///
/// Criterion's baselines stay.
pub(super) fn clear(target: &Path) -> Result<(), Failure> {
    for group in entries(&target.join(CRITERION))? {
        for benchmark in entries(&group)? {
            remove(&benchmark.join(LATEST))?;
        }
    }
    remove(&target.join(MEASURED))
}

/// Removes a folder, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if folder.exists() => Err(Failure::at("remove", folder, &error)),
        _ => Ok(()),
    }
}

/// Writes results for [`Results::read`].
pub(super) fn write(target: &Path, unit: &str, group: &str, values: &[(&str, f64)]) -> Result<(), Failure> {
    let folder = target.join(MEASURED).join(unit);
    fs::create_dir_all(&folder).map_err(|error| Failure::at("create", &folder, &error))?;
    let file = folder.join(group);
    let lines: Vec<String> = values.iter().map(|(name, value)| format!("{name}\t{value}")).collect();
    fs::write(&file, lines.join("\n")).map_err(|error| Failure::at("write", &file, &error))
}

/// Returns the paths in a folder, which may be missing.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| Failure::at("read", folder, &error))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{OURS, Results, TIME, clear, write};
    use std::fs;

    #[test]
    fn clear_removes_the_results_of_an_earlier_run() {
        let target = tempfile::tempdir().expect("there is room for a folder");
        let ours = target.path().join("criterion/encode items/ours");
        for (run, median) in [("base", 2), ("new", 3)] {
            fs::create_dir_all(ours.join(run)).expect("there is room for a folder");
            let about = "{\"group_id\": \"encode items\", \"function_id\": \"ours\"}";
            fs::write(ours.join(run).join("benchmark.json"), about).expect("it can be written");
            let estimates = format!("{{\"median\": {{\"point_estimate\": {median}}}}}");
            fs::write(ours.join(run).join("estimates.json"), estimates).expect("it can be written");
        }
        write(target.path(), "crates", "build", &[(OURS, 6.0)]).expect("it can be written");
        let read = || Results::read(target.path()).expect("it is what was written");
        assert_eq!(read().get(TIME, "encode items", OURS), Some(3.0));
        assert_eq!(read().get("crates", "build", OURS), Some(6.0));
        clear(target.path()).expect("it can be removed");
        assert_eq!(read().compared().count(), 0);
        assert!(ours.join("base/estimates.json").exists(), "criterion compares with it");
    }
}
