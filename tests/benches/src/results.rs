//! What was measured without criterion, written down where `cargo xtask bench` looks.

use std::env;
use std::fs;
use std::path::Path;

use regex_lite::Regex;

/// Whether a benchmark is one of those that the command line asks for.
///
/// Benchmarks are chosen as criterion does it, by a regular expression, and the options of criterion are passed over.
///
/// # Panics
///
/// When it is no regular expression.
#[must_use]
pub fn is_chosen(name: &str) -> bool {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let is_value = |at: usize| at > 0 && VALUED.contains(&arguments[at - 1].as_str());
    let mut filters = arguments.iter().enumerate().filter(|(at, text)| !text.starts_with('-') && !is_value(*at));
    let pattern = |filter: &str| Regex::new(filter).expect("the filter is a regular expression");
    filters.next().is_none_or(|(_, filter)| pattern(filter).is_match(name))
}

/// The options that are followed by a value.
const VALUED: [&str; 3] = ["--warm-up-time", "--measurement-time", "--sample-size"];

/// Tells what was measured of a benchmark, in a unit, for each of those that it compares, and writes it down where
/// `cargo xtask bench` asks for it: a folder for each unit, in it a file for each benchmark.
///
/// # Panics
///
/// When the folder for it cannot be written.
pub fn write(name: &str, unit: &str, values: &[(&str, f64)]) {
    let lines: String = values.iter().map(|(who, value)| format!("{who}\t{value}\n")).collect();
    println!("{name}: {lines:?} {unit}");
    if let Some(folder) = env::var_os("CHATKIT_BENCHES_MEASURED") {
        let folder = Path::new(&folder).join(unit);
        fs::create_dir_all(&folder).expect("there is room for a folder");
        fs::write(folder.join(name), &lines).expect("there is room for a file");
    }
}
