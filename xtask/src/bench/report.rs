//! What criterion measured, as a table of ratios.

use super::bounds::{BOUNDS, Limit};
use crate::failure::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What every group compares with.
const OURS: &str = "ours";

/// The median time of each benchmark in nanoseconds, by group and name.
#[derive(Debug, Default)]
pub(super) struct Medians(BTreeMap<String, BTreeMap<String, f64>>);

impl Medians {
    /// Reads what criterion wrote: a folder for each group, in it one for each benchmark.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut medians = Self::default();
        for group in folders(folder)? {
            for benchmark in folders(&group)? {
                let latest = benchmark.join("new");
                let (Some(about), Some(estimates)) =
                    (json(&latest.join("benchmark.json")), json(&latest.join("estimates.json")))
                else {
                    continue;
                };
                let text = |key: &str| about.get(key).and_then(Value::as_str).map(str::to_owned);
                let median = estimates.pointer("/median/point_estimate").and_then(Value::as_f64);
                if let (Some(group), Some(name), Some(median)) = (text("group_id"), text("function_id"), median) {
                    medians.add(group, name, median);
                }
            }
        }
        Ok(medians)
    }

    fn add(&mut self, group: String, name: String, median: f64) {
        self.0.entry(group).or_default().insert(name, median);
    }

    fn get(&self, (group, name): (&str, &str)) -> Option<f64> {
        self.0.get(group)?.get(name).copied()
    }
}

fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::at("read", folder, &error))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect())
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The groups with ours and their ratios, then the bounds.
pub(super) fn render(medians: &Medians, filter: Option<&str>) -> String {
    let mut text = "How many times as long as ours each takes:\n\n".to_owned();
    let chosen = |group: &str| filter.is_none_or(|filter| group.contains(filter));
    for (group, list) in medians.0.iter().filter(|(group, _)| chosen(group)) {
        let Some(ours) = list.get(OURS) else { continue };
        let rivals = list.iter().filter(|(name, _)| *name != OURS);
        let rivals: Vec<String> = rivals.map(|(name, time)| format!("{name} {:.2}", time / ours)).collect();
        line(&mut text, format_args!("{group:<44} {:>9}   {}", shown(*ours), rivals.join("   ")));
    }
    text.push('\n');
    for bound in BOUNDS {
        let both = medians.get(bound.dividend).zip(medians.get(bound.divisor));
        let Some((dividend, divisor)) = both.filter(|_| chosen(bound.dividend.0)) else { continue };
        let ratio = dividend / divisor;
        let mark = if bound.limit.holds(ratio) { '✓' } else { '✗' };
        let sign = match bound.limit {
            Limit::AtLeast(_) => '≥',
            Limit::AtMost(_) => '≤',
        };
        let (Limit::AtLeast(limit) | Limit::AtMost(limit)) = bound.limit;
        line(&mut text, format_args!("{mark} {ratio:.2} {sign} {limit:.1}   {}", bound.what));
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

/// A time in the unit that suits it.
fn shown(nanoseconds: f64) -> String {
    if nanoseconds < 1_000.0 { format!("{nanoseconds:.0} ns") } else { format!("{:.1} µs", nanoseconds / 1_000.0) }
}

#[cfg(test)]
mod tests {
    use super::{Medians, render};
    use std::fs;
    use std::path::Path;

    fn write(folder: &Path, group: &str, name: &str, median: f64) {
        let latest = folder.join(group).join(name).join("new");
        fs::create_dir_all(&latest).expect("there is room for a folder");
        let about = format!("{{\"group_id\": \"{group}\", \"function_id\": \"{name}\"}}");
        fs::write(latest.join("benchmark.json"), about).expect("it can be written");
        let estimates = format!("{{\"median\": {{\"point_estimate\": {median}}}}}");
        fs::write(latest.join("estimates.json"), estimates).expect("it can be written");
    }

    fn measured() -> Medians {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let group = "decode items, tag vendor";
        for (name, median) in [("ours", 100_000.0), ("derive", 150_000.0), ("IgnoredAny", 30_000.0)] {
            write(folder.path(), group, name, median);
        }
        write(folder.path(), "encode items", "ours", 900.0);
        Medians::read(folder.path()).expect("it is what criterion writes")
    }

    #[test]
    fn rivals_are_told_as_ratios_to_ours() {
        let text = render(&measured(), None);
        assert!(text.contains("100.0 µs   IgnoredAny 0.30   derive 1.50\n"), "{text}");
        assert!(text.contains("encode items                                    900 ns"), "{text}");
    }

    #[test]
    fn each_bound_that_was_measured_is_told_kept_or_not() {
        let text = render(&measured(), None);
        assert!(text.contains("✗ 1.50 ≥ 1.6   decoding a page of items: the best derive"), "{text}");
        assert!(text.contains("✓ 3.33 ≤ 4.0   decoding a page of items: at most 4 times"), "{text}");
        assert_eq!(text.matches(['✓', '✗']).count(), 2, "{text}");
    }

    #[test]
    fn a_filter_leaves_out_what_an_older_run_measured() {
        let text = render(&measured(), Some("encode"));
        assert!(!text.contains("decode") && text.contains("encode items"), "{text}");
    }
}
