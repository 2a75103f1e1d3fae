//! The report of a run: a table of ratios, and the bounds, kept or not.

use super::bounds::{BOUNDS, BenchBound, Quantity, Threshold};
use super::environment::RunEnvironment;
use super::results::{Results, TIME};
use std::fmt::Write;

/// Benchmarks that belong together.
struct ReportSection {
    title: &'static str,
    /// The prefixes of their names.
    prefixes: &'static [&'static str],
    /// Notes for a reader of the numbers.
    about: &'static str,
}

const SECTIONS: [ReportSection; 4] = [
    ReportSection {
        title: "Types",
        prefixes: &["decode ", "encode "],
        about: "A page of 100 items of a thread (57 kB of compact JSON), a session, a page of 100 threads. The property \
                that tells an item's type is its first, its last, or where the service has it, after the four that all \
                items have (`tag vendor`). async-openai, with the feature `chatkit-types`, can decode neither threads nor \
                task groups, and is measured on a page without these. `derive` is the listed properties of the same types \
                by serde's derive, as a careful developer would write them. Neither keeps what is not listed, as ours \
                does. `Value` is the tree of serde_json; `IgnoredAny` reads the JSON and keeps nothing: no rival, but the \
                floor. All take turns of 10 ms; times are medians, without what dropping a value takes.",
    },
    ReportSection {
        title: "Calls",
        prefixes: &["call, "],
        about: "Over loopback, on a connection that stays open, to a server in the same process, in turn with the same \
                request by reqwest alone, which has the same limit of time and decodes into our types. Times are \
                medians, allocations the fewest that one call took in its own thread.",
    },
    ReportSection {
        title: "Generator",
        prefixes: &["generate ", "regenerate, "],
        about: "From a document's text to formatted files, which eight threads emit and format. Each phase is \
                measured alone: parsing has two threads, lowering one, emitting eight. `regenerate` is the whole command where it finds \
                nothing to do, by wall clock.",
    },
    ReportSection {
        title: "Builds",
        prefixes: &["build, "],
        about: "A program of a few lines, from clean, in turn with the same one for async-openai: the models alone beside \
                its feature `chatkit-types` (medians of three builds), the client beside `chatkit`, both with rustls (one \
                build each). `cpu` is what all processors worked together, `wall` what a clock shows. An edit of the spec \
                adds a property, and `the first build` is that of our crate with what it depends on.",
    },
];

const ABOUT_BOUNDS: &str = "What we hold ourselves to, kept (✓) or not (✗) in this run. One that is kept or missed by less \
                            than 5 % may be the other in the next one.";

/// Measurements beside ours that are not alternatives to it.
const NO_RIVALS: [&str; 5] = ["IgnoredAny", "parse", "lower", "emit", "the first build"];

/// Renders the ratios of each benchmark, then the bounds.
pub(super) fn render(results: &Results, filter: Option<&str>) -> String {
    let rows: Vec<_> = results.compared().map(ReportRow::of).collect();
    if let (true, Some(filter)) = (rows.is_empty(), filter) {
        return format!("No benchmark of ours has `{filter}` in its name: run without a filter to see the names.\n");
    }
    let mut text = "How many times as much as ours each takes: more than 1 is more than ours.\n".to_owned();
    for section in SECTIONS {
        let rows: Vec<_> =
            rows.iter().filter(|row| section.prefixes.iter().any(|prefix| row.benchmark.starts_with(prefix))).collect();
        if !rows.is_empty() {
            line(&mut text, format_args!("\n## {}\n\n{}\n", section.title, section.about));
            table(&mut text, &rows);
        }
    }
    let behind: Vec<_> = rows.iter().flat_map(|row| &row.behind).map(String::as_str).collect();
    let behind = if behind.is_empty() { "none".to_owned() } else { behind.join("; ") };
    line(&mut text, format_args!("\nWhere a rival takes less than ours: {behind}.\n\n## Bounds\n\n{ABOUT_BOUNDS}\n"));
    for bound in BOUNDS {
        match bound.quantity.of(results) {
            Some(number) => bound_line(&mut text, bound, number),
            // With a filter, missing measurements are expected.
            None if filter.is_none() => line(&mut text, format_args!("- not measured: {}", bound.what)),
            None => {}
        }
    }
    text
}

/// Writes whether a bound is kept.
fn bound_line(text: &mut String, bound: &BenchBound, number: f64) {
    let mark = if bound.threshold.holds(number) { '✓' } else { '✗' };
    let (sign, limit) = match bound.threshold {
        Threshold::AtLeast(limit) => ('≥', limit),
        Threshold::AtMost(limit) => ('≤', limit),
        Threshold::Below(limit) => ('<', limit),
    };
    let (number, limit) = match bound.quantity {
        // The measured ratio has one more digit, so that a narrow miss does not look like a bound kept.
        Quantity::Ratio(..) => (format!("{number:.3}"), format!("{limit:.2}")),
        Quantity::Difference(..) | Quantity::Count(_) => (format!("{number:.0}"), format!("{limit:.0}")),
        Quantity::Share((unit, ..), whole) => (shown(number * whole, unit), shown(limit * whole, unit)),
    };
    line(text, format_args!("- {mark} {number} ({sign} {limit}): {}, {}", bound.what, bound.quantity));
}

fn table(text: &mut String, rows: &[&ReportRow]) {
    let width =
        |column: fn(&ReportRow) -> &str| rows.iter().map(|row| column(row).chars().count()).max().unwrap_or_default();
    let benchmark = width(|row| &row.benchmark).max("benchmark".len());
    let ours = width(|row| &row.ours).max("ours".len());
    line(text, format_args!("| {:benchmark$} | {:>ours$} | others", "benchmark", "ours"));
    line(text, format_args!("|-{:-<benchmark$}-|-{:->ours$}:|---", "", ""));
    for row in rows {
        line(text, format_args!("| {:benchmark$} | {:>ours$} | {}", row.benchmark, row.ours, row.others));
    }
}

/// Renders the report as a document, with the environment of the run.
pub(super) fn document(results: &Results, environment: &RunEnvironment) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nOne run of `cargo xtask bench --builds --write`, which takes half an hour on two cores, on a machine \
         that does nothing else. Ratios are what to look at: the numbers beside them are this machine's. From run to run, \
         ratios move by up to 5 %, and from processor to processor by more.\n\n",
    );
    for (what, fact) in &environment.0 {
        line(&mut text, format_args!("- {what}: {fact}"));
    }
    text.push('\n');
    text.push_str(&render(results, None));
    text
}

/// A row of the table.
struct ReportRow {
    benchmark: String,
    ours: String,
    others: String,
    /// The rivals that take less than ours, with their ratios.
    behind: Vec<String>,
}

impl ReportRow {
    fn of((unit, group, ours, others): (&str, &str, f64, Vec<(&str, f64)>)) -> Self {
        let benchmark = if unit == TIME { group.to_owned() } else { format!("{group} ({unit})") };
        let ratio = |(name, value): &(&str, f64)| format!("{name} {:.2}", value / ours);
        // A ratio that is printed as 1.00 counts as equal.
        let ahead = others.iter().filter(|(name, value)| value / ours < 0.995 && !NO_RIVALS.contains(name));
        let behind = ahead.map(|other| format!("{benchmark}, {}", ratio(other))).collect();
        let others =
            if others.is_empty() { "–".to_owned() } else { others.iter().map(ratio).collect::<Vec<_>>().join(", ") };
        Self { benchmark, ours: shown(ours, unit), others, behind }
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

/// Formats a number in a readable unit.
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
    use super::{RunEnvironment, SECTIONS, document, render};
    use crate::bench::bounds::{CLIENT, MODELS, REGENERATE};
    use crate::bench::results::{Results, TIME, write};

    fn measured() -> Results {
        let target = tempfile::tempdir().expect("there is room for a folder");
        let decoding = [("ours", 100_000.0), ("derive", 150_000.0), ("IgnoredAny", 30_000.0)];
        write(target.path(), TIME, "decode items, tag vendor", &decoding).expect("room");
        write(target.path(), TIME, "encode items", &[("ours", 900.0)]).expect("room");
        write(target.path(), "allocations", "call, one thread", &[("ours", 73.0), ("reqwest", 58.0)]).expect("room");
        write(target.path(), "crates", "build, models alone", &[("ours", 16.0)]).expect("room");
        Results::read(target.path()).expect("it is what was written")
    }

    #[test]
    fn shows_rivals_as_ratios_to_ours() {
        let text = render(&measured(), None);
        assert!(
            text.contains(
                "\n\n| benchmark                |     ours | others\n|--------------------------|---------:|---\n\
                 | decode items, tag vendor | 100.0 µs | IgnoredAny 0.30, derive 1.50\n"
            ),
            "{text}"
        );
        assert!(text.contains("| call, one thread (allocations) |   73 | reqwest 0.79\n"), "{text}");
        assert!(text.contains("| encode items             |   900 ns | –\n"), "{text}");
    }

    #[test]
    fn shows_whether_each_measured_bound_is_kept() {
        let text = render(&measured(), None);
        assert!(text.contains("- ✗ 1.500 (≥ 1.60): decoding a page of items: the best derive"), "{text}");
        assert!(text.contains("- ✓ 3.333 (≤ 4.00): decoding a page of items: at most 4 times"), "{text}");
        assert!(text.contains("- ✓ 15 (≤ 20): a call: at most 20 allocations more"), "{text}");
        assert!(text.contains("- ✗ 16 (≤ 15): the models alone: at most 15 crates"), "{text}");
        assert_eq!(text.matches("\n- ✓").count() + text.matches("\n- ✗").count(), 4, "{text}");
    }

    #[test]
    fn bound_names_its_benchmarks() {
        let text = render(&measured(), None);
        assert!(text.contains("15 crates, `build, models alone`\n"), "{text}");
        assert!(text.contains("than by reqwest alone, `call, one thread`: ours - reqwest\n"), "{text}");
        let target = tempfile::tempdir().expect("there is room for a folder");
        for (group, median) in [("decode items, tag first", 1.0), ("decode items, tag last", 1.3001)] {
            write(target.path(), TIME, group, &[("ours", median)]).expect("room");
        }
        let text = render(&Results::read(target.path()).expect("it is what was written"), None);
        let rows = ", `decode items, tag last` / `decode items, tag first`: ours\n";
        assert!(text.contains("- ✗ 1.300 (≤ 1.30): the tag last") && text.contains(rows), "{text}");
    }

    #[test]
    fn shows_a_time_beside_its_limit() {
        let target = tempfile::tempdir().expect("there is room for a folder");
        write(target.path(), TIME, "generate ChatKit", &[("ours", 54_600_000.0)]).expect("room");
        let text = render(&Results::read(target.path()).expect("it is what was written"), None);
        assert!(text.contains("- ✓ 54.6 ms (< 100.0 ms): generating ChatKit, `generate ChatKit`\n"), "{text}");
    }

    #[test]
    fn lists_rivals_that_take_less_but_not_the_floor() {
        let behind = "\n\nWhere a rival takes less than ours: call, one thread (allocations), reqwest 0.79.\n";
        assert!(render(&measured(), None).contains(behind));
        assert!(render(&Results::default(), None).contains("takes less than ours: none.\n"));
    }

    #[test]
    fn each_benchmark_is_in_one_section() {
        let names =
            ["decode session", "encode items", "call, one thread", "generate ChatKit", REGENERATE, MODELS, CLIENT];
        for name in names {
            let sections =
                SECTIONS.iter().filter(|section| section.prefixes.iter().any(|prefix| name.starts_with(prefix)));
            assert_eq!(sections.count(), 1, "{name}");
        }
    }

    #[test]
    fn lists_bounds_without_measurements_unless_filtered() {
        let text = render(&measured(), None);
        assert!(text.contains("- not measured: encoding a page of items: the best derive takes"), "{text}");
        assert!(!render(&measured(), Some("decode")).contains("not measured"));
    }

    #[test]
    fn reports_a_filter_that_matches_no_benchmark() {
        let text = render(&Results::default(), Some("build"));
        assert_eq!(text, "No benchmark of ours has `build` in its name: run without a filter to see the names.\n");
    }

    #[test]
    fn document_starts_with_the_environment() {
        let environment = RunEnvironment(vec![("Machine", "a fast one".to_owned())]);
        let text = document(&measured(), &environment);
        assert!(text.contains("\n- Machine: a fast one\n\nHow many times"), "{text}");
    }
}
