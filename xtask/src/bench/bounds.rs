//! Our own bounds for the benchmarks.

use super::results::{OURS, Results, TIME};
use std::fmt;

/// A bound on the measurements of one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct BenchBound {
    /// A description of one line.
    pub(super) what: &'static str,
    /// The bounded quantity.
    pub(super) quantity: Quantity,
    /// The threshold that it must meet.
    pub(super) threshold: Threshold,
}

/// The unit, the benchmark, and the implementation that was measured.
pub(super) type MeasurementKey = (&'static str, &'static str, &'static str);

/// A number computed from measurements.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quantity {
    /// One divided by the other.
    Ratio(MeasurementKey, MeasurementKey),
    /// One minus the other.
    Difference(MeasurementKey, MeasurementKey),
    /// One divided by its limit.
    Share(MeasurementKey, f64),
    /// One by itself, which is a count.
    Count(MeasurementKey),
}

impl Quantity {
    /// Returns the number, or `None` if a measurement is missing.
    pub(super) fn of(self, results: &Results) -> Option<f64> {
        let get = |(unit, group, name): MeasurementKey| results.get(unit, group, name);
        match self {
            Self::Ratio(dividend, divisor) => Some(get(dividend)? / get(divisor)?),
            Self::Difference(minuend, subtrahend) => Some(get(minuend)? - get(subtrahend)?),
            Self::Share(part, whole) => Some(get(part)? / whole),
            Self::Count(count) => get(count),
        }
    }
}

/// Names the benchmarks and implementations.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, sign, other) = match *self {
            Self::Ratio(one, other) => (one, '/', other),
            Self::Difference(one, other) => (one, '-', other),
            Self::Share(one, _) | Self::Count(one) => return write!(f, "`{}`", one.1),
        };
        match (one.1 == other.1, one.2 == other.2) {
            (true, _) => write!(f, "`{}`: {} {sign} {}", one.1, one.2, other.2),
            (false, true) => write!(f, "`{}` {sign} `{}`: {}", one.1, other.1, one.2),
            (false, false) => write!(f, "`{}`: {} {sign} `{}`: {}", one.1, one.2, other.1, other.2),
        }
    }
}

/// A limit, and the side of it that is allowed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Threshold {
    AtLeast(f64),
    AtMost(f64),
    Below(f64),
}

impl Threshold {
    /// Returns whether a number meets the threshold.
    pub(super) fn holds(self, number: f64) -> bool {
        match self {
            Self::AtLeast(least) => number >= least,
            Self::AtMost(most) => number <= most,
            Self::Below(limit) => number < limit,
        }
    }
}

/// A page of items as the service sends it.
pub(super) const ITEMS: &str = "decode items, tag vendor";
pub(super) const WITHOUT_GROUPS: &str = "decode items without groups, tag vendor";
const FIRST: &str = "decode items, tag first";
const LAST: &str = "decode items, tag last";
pub(super) const ENCODE: &str = "encode items";
pub(super) const ENCODE_WITHOUT_GROUPS: &str = "encode items without groups";
pub(super) const THREAD: &str = "call, one thread";
pub(super) const PAGE: &str = "call, 100 threads";
const CHATKIT: &str = "generate ChatKit";
/// `cargo xtask regenerate` when nothing has changed.
pub(super) const REGENERATE: &str = "regenerate, nothing changed";
pub(super) const MODELS: &str = "build, models alone";
pub(super) const CLIENT: &str = "build, client";

const fn time(group: &'static str, name: &'static str) -> MeasurementKey {
    (TIME, group, name)
}

const fn ratio(
    what: &'static str,
    dividend: MeasurementKey,
    divisor: MeasurementKey,
    threshold: Threshold,
) -> BenchBound {
    BenchBound { what, quantity: Quantity::Ratio(dividend, divisor), threshold }
}

/// Every bound.
pub(super) const BOUNDS: &[BenchBound] = &[
    ratio(
        "decoding a page of items: async-openai takes at least 1.6 times as long",
        time(WITHOUT_GROUPS, "async-openai"),
        time(WITHOUT_GROUPS, OURS),
        Threshold::AtLeast(1.6),
    ),
    ratio(
        "decoding a page of items: the best derive takes at least 1.6 times as long",
        time(ITEMS, "derive"),
        time(ITEMS, OURS),
        Threshold::AtLeast(1.6),
    ),
    ratio(
        "decoding a page of items: at most 4 times as long as skipping it",
        time(ITEMS, OURS),
        time(ITEMS, "IgnoredAny"),
        Threshold::AtMost(4.0),
    ),
    ratio(
        "the tag in the service's position: at most 1.3 times as long as with the tag first",
        time(ITEMS, OURS),
        time(FIRST, OURS),
        Threshold::AtMost(1.3),
    ),
    ratio(
        "the tag last: at most 1.3 times as long as with the tag first",
        time(LAST, OURS),
        time(FIRST, OURS),
        Threshold::AtMost(1.3),
    ),
    ratio(
        "encoding a page of items: the best derive takes at least as long",
        time(ENCODE, "derive"),
        time(ENCODE, OURS),
        Threshold::AtLeast(1.0),
    ),
    ratio(
        "a call: at most 1.05 times as long as with reqwest alone",
        time(THREAD, OURS),
        time(THREAD, "reqwest"),
        Threshold::AtMost(1.05),
    ),
    ratio(
        "a call for a page: at most 1.05 times as long as with reqwest alone",
        time(PAGE, OURS),
        time(PAGE, "reqwest"),
        Threshold::AtMost(1.05),
    ),
    BenchBound {
        what: "a call: at most 20 allocations more than with reqwest alone",
        quantity: Quantity::Difference(("allocations", THREAD, OURS), ("allocations", THREAD, "reqwest")),
        threshold: Threshold::AtMost(20.0),
    },
    BenchBound {
        what: "a call for a page: at most 20 allocations more than with reqwest alone",
        quantity: Quantity::Difference(("allocations", PAGE, OURS), ("allocations", PAGE, "reqwest")),
        threshold: Threshold::AtMost(20.0),
    },
    BenchBound {
        what: "generating ChatKit",
        quantity: Quantity::Share(time(CHATKIT, OURS), 100e6),
        threshold: Threshold::Below(1.0),
    },
    BenchBound {
        what: "`cargo xtask regenerate` when nothing has changed",
        quantity: Quantity::Share(("s wall", REGENERATE, OURS), 0.5),
        threshold: Threshold::Below(1.0),
    },
    ratio(
        "generating 10,000 schemas: at most 11 times as long as 1,000",
        time("generate 10000 schemas", OURS),
        time("generate 1000 schemas", OURS),
        Threshold::AtMost(11.0),
    ),
    ratio(
        "building the models alone: at most 0.6 times the CPU time of async-openai's",
        ("s cpu, debug", MODELS, OURS),
        ("s cpu, debug", MODELS, "async-openai"),
        Threshold::AtMost(0.6),
    ),
    ratio(
        "the same in release",
        ("s cpu, release", MODELS, OURS),
        ("s cpu, release", MODELS, "async-openai"),
        Threshold::AtMost(0.6),
    ),
    BenchBound {
        what: "the models alone: at most 15 crates",
        quantity: Quantity::Count(("crates", MODELS, OURS)),
        threshold: Threshold::AtMost(15.0),
    },
    ratio(
        "building the client: less CPU time than async-openai's",
        ("s cpu, debug", CLIENT, OURS),
        ("s cpu, debug", CLIENT, "async-openai"),
        Threshold::Below(1.0),
    ),
    ratio(
        "the same in release",
        ("s cpu, release", CLIENT, OURS),
        ("s cpu, release", CLIENT, "async-openai"),
        Threshold::Below(1.0),
    ),
    ratio(
        "the client: fewer crates than async-openai",
        ("crates", CLIENT, OURS),
        ("crates", CLIENT, "async-openai"),
        Threshold::Below(1.0),
    ),
];
