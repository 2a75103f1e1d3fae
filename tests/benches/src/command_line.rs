//! The command line, in criterion's terms: all benchmarks get the same one.

use std::env;
use std::time::Duration;

use regex_lite::Regex;

/// The option for the measuring time of each benchmark, in seconds.
const MEASUREMENT_TIME: &str = "--measurement-time";

/// The options that take a value.
const VALUED: [&str; 3] = ["--warm-up-time", MEASUREMENT_TIME, "--sample-size"];

/// The request of the command line.
pub struct Request {
    /// The benchmarks to run. `None` means all of them.
    filter: Option<Regex>,
    /// The measuring time of each benchmark.
    pub measurement_time: Duration,
}

impl Request {
    /// Reads the command line.
    ///
    /// # Panics
    ///
    /// If the filter is not a regular expression, or the time is not a number of seconds.
    #[must_use]
    pub fn from_env() -> Self {
        Self::read(env::args().skip(1))
    }

    fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut request = Self { filter: None, measurement_time: Duration::from_secs(5) };
        while let Some(argument) = arguments.next() {
            if VALUED.contains(&argument.as_str()) {
                let value = arguments.next().unwrap_or_default();
                if argument == MEASUREMENT_TIME {
                    let seconds = value.parse().expect("the time to measure is a number of seconds");
                    request.measurement_time = Duration::from_secs_f64(seconds);
                }
            } else if !argument.starts_with('-') {
                request.filter = Some(Regex::new(&argument).expect("the filter is a regular expression"));
            }
        }
        request
    }

    /// Returns whether the benchmark with this name is to run.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.is_match(name))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Request;

    fn read(line: &str) -> Request {
        Request::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn runs_everything_without_a_filter() {
        let request = read("--noplot --bench");
        assert!(request.has("decode session") && request.has("call, one thread"));
        assert_eq!(request.measurement_time, Duration::from_secs(5));
    }

    #[test]
    fn takes_the_filter_as_a_regular_expression_beside_options_with_values() {
        let request = read("--noplot decode --warm-up-time 0.3 --measurement-time 1.5 --sample-size 20 --bench");
        assert!(request.has("decode session") && !request.has("encode session"));
        assert_eq!(request.measurement_time, Duration::from_millis(1500));
        assert!(read(r"a\.b").has("a.b") && !read(r"a\.b").has("a_b"));
    }
}
