//! The report of a run: a table of ratios, and the bounds, met or missed.

use super::bounds::{BOUNDS, BenchBound, Quantity, Threshold};
use super::environment::RunEnvironment;
use super::results::{Results, TIME};
use std::fmt::Write;

/// Benchmarks that belong together.
struct ReportSection {
    title: &'static str,
    /// The prefixes of their names.
    prefixes: &'static [&'static str],
    /// Their setup, in Markdown.
    setup: &'static str,
}

const SECTIONS: [ReportSection; 4] = [
    ReportSection {
        title: "Types",
        prefixes: &["decode ", "encode "],
        setup: "\
The payloads are a page of 100 thread items (57 kB of compact JSON), a session, and a page of 100 threads.

- `tag first`, `tag vendor` and `tag last` say where an item has the property that identifies its type. The service
  sends it fifth, after the four properties that all items share (`tag vendor`).
- `async-openai` is built with its feature `chatkit-types`. It cannot decode threads or task groups, so it runs on a
  page without task groups.
- `derive` has the same types with serde's derive, as a careful developer would write them.
- `Value` is the tree of serde_json.
- `IgnoredAny` reads the JSON and keeps nothing. It is a lower bound, not a rival.

Our types keep unknown fields; async-openai and `derive` drop them. Competing implementations run interleaved, 10 ms
each. Times are medians, and exclude the time to drop the value.",
    },
    ReportSection {
        title: "Calls",
        prefixes: &["call, "],
        setup: "\
Each call goes over loopback to a server in the same process, on a connection that stays open. It alternates with the
same request by reqwest alone, which has the same timeout and decodes into our types. Times are medians. Allocations
are the fewest that one call made in its own thread.",
    },
    ReportSection {
        title: "Generator",
        prefixes: &["generate ", "regenerate, "],
        setup: "\
From the text of a document to formatted files. Each phase is also measured alone: parsing uses two threads, lowering
one, emitting eight. `regenerate` is the whole command when nothing has changed, by wall clock.",
    },
    ReportSection {
        title: "Builds",
        prefixes: &["build, "],
        setup: "\
A program of a few lines is built from clean, in turn with the same program for async-openai. `models alone` is compared
with the feature `chatkit-types` (medians of three builds). `client` is compared with `chatkit`, both with rustls (one
build each). `cpu` adds up the time of all cores; `wall` is the elapsed time. The edit of the spec adds a property.
`the first build` is our crate with its dependencies.",
    },
];

const ABOUT_BOUNDS: &str = "\
Our own limits, met (✓) or missed (✗) in this run. A result within 5 % of its limit may fall on the other side next
time.";

/// The start of the document.
const INTRODUCTION: &str = "\
# Benchmarks

`cargo xtask bench --builds --write` writes this page and the chart. It takes half an hour on two cores, on a machine
that does nothing else. Compare the ratios; the times are those of one machine. Ratios move by up to 5 % from run to
run, and by more between processors.

![The time of each alternative as a multiple of ours; the tables below have the numbers](BENCHMARKS.svg)

";

/// The end of the document. It does not depend on the results.
const SPEED_NOTES: &str = include_str!("speed_notes.md");

/// Measurements beside ours that are not alternatives to it.
const NO_RIVALS: [&str; 5] = ["IgnoredAny", "parse", "lower", "emit", "the first build"];

/// Renders the ratios of each benchmark, then the bounds.
pub(super) fn render(results: &Results, filter: Option<&str>) -> String {
    let rows: Vec<_> = results.compared().map(ReportRow::of).collect();
    if let (true, Some(filter)) = (rows.is_empty(), filter) {
        return format!("No benchmark of ours has `{filter}` in its name: run without a filter to see the names.\n");
    }
    let mut text = "Each ratio is the rival's number divided by ours: above 1, ours takes less.\n".to_owned();
    for section in SECTIONS {
        let rows: Vec<_> =
            rows.iter().filter(|row| section.prefixes.iter().any(|prefix| row.benchmark.starts_with(prefix))).collect();
        if !rows.is_empty() {
            line(&mut text, format_args!("\n## {}\n\n{}\n", section.title, section.setup));
            table(&mut text, &rows);
        }
    }
    let behind: Vec<_> = rows.iter().flat_map(|row| &row.behind).map(String::as_str).collect();
    let behind = if behind.is_empty() { "none".to_owned() } else { behind.join("; ") };
    line(&mut text, format_args!("\nRivals that take less than ours: {behind}.\n\n## Bounds\n\n{ABOUT_BOUNDS}\n"));
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

/// Writes whether a bound is met.
fn bound_line(text: &mut String, bound: &BenchBound, number: f64) {
    let mark = if bound.threshold.holds(number) { '✓' } else { '✗' };
    let (sign, limit) = match bound.threshold {
        Threshold::AtLeast(limit) => ('≥', limit),
        Threshold::AtMost(limit) => ('≤', limit),
        Threshold::Below(limit) => ('<', limit),
    };
    let (number, limit) = match bound.quantity {
        // The measured ratio has one more digit, so that a narrow miss does not look like a bound met.
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

/// Renders the report as a document, with the environment of the run and the notes on speed.
pub(super) fn document(results: &Results, environment: &RunEnvironment) -> String {
    let mut text = INTRODUCTION.to_owned();
    for (name, fact) in &environment.0 {
        line(&mut text, format_args!("- {name}: {fact}"));
    }
    text.push('\n');
    text.push_str(&render(results, None));
    text.push('\n');
    text.push_str(SPEED_NOTES);
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
    use super::{INTRODUCTION, RunEnvironment, SECTIONS, SPEED_NOTES, document, render};
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
    fn shows_whether_each_measured_bound_is_met() {
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
        assert!(text.contains("than with reqwest alone, `call, one thread`: ours - reqwest\n"), "{text}");
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
        let behind = "\n\nRivals that take less than ours: call, one thread (allocations), reqwest 0.79.\n";
        assert!(render(&measured(), None).contains(behind));
        assert!(render(&Results::default(), None).contains("take less than ours: none.\n"));
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
        let environment = RunEnvironment(vec![("Machine".to_owned(), "a fast one".to_owned())]);
        let text = document(&measured(), &environment);
        assert!(text.contains("\n- Machine: a fast one\n\nEach ratio"), "{text}");
    }

    #[test]
    fn document_ends_with_the_notes_on_speed() {
        let text = document(&measured(), &RunEnvironment(Vec::new()));
        assert!(text.ends_with(&format!("\n\n{SPEED_NOTES}")), "{text}");
    }

    #[test]
    fn committed_document_has_the_prose_of_today() {
        let path = crate::workspace::root().expect("a root").join("BENCHMARKS.md");
        let text = std::fs::read_to_string(path).expect("it is committed");
        let hint = "run `cargo xtask bench --last --write`";
        assert!(text.starts_with(INTRODUCTION) && text.ends_with(SPEED_NOTES), "{hint}");
        for section in SECTIONS {
            assert!(text.contains(section.setup), "{}: {hint}", section.title);
        }
    }
}
