//! What the command line asks for, in criterion's terms, since all benchmarks are given the same one.

use std::env;
use std::time::Duration;

use regex_lite::Regex;

/// The option that says how long each one is measured, in seconds.
const MEASUREMENT_TIME: &str = "--measurement-time";

/// The options that are followed by a value.
const VALUED: [&str; 3] = ["--warm-up-time", MEASUREMENT_TIME, "--sample-size"];

/// Whether a benchmark is one of those that the command line asks for, by a regular expression.
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

/// How long each one is measured; five seconds where the command line does not say.
///
/// # Panics
///
/// When what it says is no number of seconds.
#[must_use]
pub fn measurement_time() -> Duration {
    let value = env::args().skip_while(|text| text != MEASUREMENT_TIME).nth(1);
    value.map_or(Duration::from_secs(5), |text| {
        Duration::from_secs_f64(text.parse().expect("the time to measure is a number of seconds"))
    })
}
