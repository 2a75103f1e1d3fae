//! What was measured, as a table of ratios, and which bounds are kept.

use super::bounds::{BOUNDS, Limit, Quantity};
use super::machine::Facts;
use super::results::{Results, TIME};
use std::fmt::Write;

/// The benchmarks with ours and their ratios, then the bounds.
pub(super) fn render(results: &Results, filter: Option<&str>) -> String {
    let rows: Vec<_> = results.compared().map(Row::of).collect();
    if let (true, Some(filter)) = (rows.is_empty(), filter) {
        return format!("No benchmark of ours has `{filter}` in its name: run without a filter to see the names.\n");
    }
    let mut text = "How many times as much as ours each takes:\n\n".to_owned();
    let width = |column: fn(&Row) -> &str| rows.iter().map(|row| column(row).chars().count()).max().unwrap_or_default();
    let (benchmark, ours) = (width(|row| &row.benchmark), width(|row| &row.ours));
    line(&mut text, format_args!("| {:benchmark$} | {:>ours$} | others", "benchmark", "ours"));
    line(&mut text, format_args!("|-{:-<benchmark$}-|-{:->ours$}:|---", "", ""));
    for row in &rows {
        line(&mut text, format_args!("| {:benchmark$} | {:>ours$} | {}", row.benchmark, row.ours, row.others));
    }
    text.push('\n');
    for bound in BOUNDS {
        let Some(number) = bound.quantity.of(results) else {
            // A filter says so by itself.
            if filter.is_none() {
                line(&mut text, format_args!("- not measured: {}", bound.what));
            }
            continue;
        };
        let mark = if bound.limit.holds(number) { '✓' } else { '✗' };
        let (sign, limit) = match bound.limit {
            Limit::AtLeast(limit) => ('≥', limit),
            Limit::AtMost(limit) => ('≤', limit),
            Limit::Below(limit) => ('<', limit),
        };
        let places = match bound.quantity {
            Quantity::Difference(..) | Quantity::Count(_) => 0,
            Quantity::Ratio(..) | Quantity::Share(..) => 2,
        };
        line(&mut text, format_args!("- {mark} {number:.places$} {sign} {limit:.places$}: {}", bound.what));
    }
    text
}

/// The same as a document, with what it was measured on.
pub(super) fn document(results: &Results, facts: &Facts) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench --builds --write`. Ratios are what to look at: the numbers beside them are this \
         machine's.\n\n",
    );
    for (what, fact) in &facts.0 {
        line(&mut text, format_args!("- {what}: {fact}"));
    }
    text.push('\n');
    text.push_str(&render(results, None));
    text
}

/// A line of the table.
struct Row {
    benchmark: String,
    ours: String,
    others: String,
}

impl Row {
    fn of((unit, group, ours, others): (&str, &str, f64, Vec<(&str, f64)>)) -> Self {
        let others = others.iter().map(|(name, value)| format!("{name} {:.2}", value / ours));
        Self {
            benchmark: if unit == TIME { group.to_owned() } else { format!("{group} ({unit})") },
            ours: shown(ours, unit),
            others: others.collect::<Vec<_>>().join(", "),
        }
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

/// A number in the unit that suits it.
fn shown(number: f64, unit: &str) -> String {
    match unit {
        TIME if number < 1e3 => format!("{number:.0} ns"),
        TIME if number < 1e6 => format!("{:.1} µs", number / 1e3),
        TIME if number < 1e9 => format!("{:.1} ms", number / 1e6),
        TIME => format!("{:.2} s", number / 1e9),
        _ if unit.starts_with("s ") => format!("{number:.2} s"),
        _ => format!("{number:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, document, render};
    use crate::bench::results::{Results, write};
    use std::fs;
    use std::path::Path;

    fn criterion(target: &Path, group: &str, name: &str, median: f64) {
        let latest = target.join("criterion").join(group).join(name).join("new");
        fs::create_dir_all(&latest).expect("there is room for a folder");
        let about = format!("{{\"group_id\": \"{group}\", \"function_id\": \"{name}\"}}");
        fs::write(latest.join("benchmark.json"), about).expect("it can be written");
        let estimates = format!("{{\"median\": {{\"point_estimate\": {median}}}}}");
        fs::write(latest.join("estimates.json"), estimates).expect("it can be written");
    }

    fn measured() -> Results {
        let target = tempfile::tempdir().expect("there is room for a folder");
        let group = "decode items, tag vendor";
        for (name, median) in [("ours", 100_000.0), ("derive", 150_000.0), ("IgnoredAny", 30_000.0)] {
            criterion(target.path(), group, name, median);
        }
        criterion(target.path(), "encode items", "ours", 900.0);
        write(target.path(), "allocations", "call, one thread", &[("ours", 73.0), ("reqwest", 58.0)]).expect("room");
        write(target.path(), "crates", "build, models alone", &[("ours", 16.0)]).expect("room");
        Results::read(target.path()).expect("it is what was written")
    }

    #[test]
    fn rivals_are_told_as_ratios_to_ours() {
        let text = render(&measured(), None);
        assert!(
            text.contains("| decode items, tag vendor       | 100.0 µs | IgnoredAny 0.30, derive 1.50\n"),
            "{text}"
        );
        assert!(text.contains("| call, one thread (allocations) |       73 | reqwest 0.79\n"), "{text}");
        assert!(text.contains("| encode items                   |   900 ns | \n"), "{text}");
    }

    #[test]
    fn each_bound_that_was_measured_is_told_kept_or_not() {
        let text = render(&measured(), None);
        assert!(text.contains("- ✗ 1.50 ≥ 1.60: decoding a page of items: the best derive"), "{text}");
        assert!(text.contains("- ✓ 3.33 ≤ 4.00: decoding a page of items: at most 4 times"), "{text}");
        assert!(text.contains("- ✓ 15 ≤ 20: a call: at most 20 allocations more"), "{text}");
        assert!(text.contains("- ✗ 16 ≤ 15: the models alone: at most 15 crates"), "{text}");
        assert_eq!(text.matches(['✓', '✗']).count(), 4, "{text}");
    }

    #[test]
    fn a_bound_that_was_not_measured_is_told_unless_a_filter_asks_for_less() {
        let text = render(&measured(), None);
        assert!(text.contains("- not measured: encoding a page of items: the best derive takes"), "{text}");
        assert!(!render(&measured(), Some("decode")).contains("not measured"));
    }

    #[test]
    fn a_filter_that_no_benchmark_has_in_its_name_is_told() {
        let text = render(&Results::default(), Some("build"));
        assert_eq!(text, "No benchmark of ours has `build` in its name: run without a filter to see the names.\n");
    }

    #[test]
    fn a_document_says_what_it_was_measured_on() {
        let facts = Facts(vec![("Machine", "a fast one".to_owned())]);
        let text = document(&measured(), &facts);
        assert!(text.contains("\n- Machine: a fast one\n\nHow many times"), "{text}");
    }
}
