//! What we hold ourselves to.

/// A bound on two medians of one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    /// What it says, in one line.
    pub(super) what: &'static str,
    /// The group and name that is divided.
    pub(super) dividend: (&'static str, &'static str),
    /// The group and name that it is divided by.
    pub(super) divisor: (&'static str, &'static str),
    /// On which side the ratio has to be.
    pub(super) limit: Limit,
}

/// A limit of a ratio.
#[derive(Clone, Copy, Debug)]
pub(super) enum Limit {
    AtLeast(f64),
    AtMost(f64),
}

impl Limit {
    /// Whether a ratio is within it.
    pub(super) fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtLeast(least) => ratio >= least,
            Self::AtMost(most) => ratio <= most,
        }
    }
}

/// The page of items as the service sends it.
const ITEMS: &str = "decode items, tag vendor";
const WITHOUT_GROUPS: &str = "decode items without groups, tag vendor";
const FIRST: &str = "decode items, tag first";
const LAST: &str = "decode items, tag last";
const ENCODE: &str = "encode items";

/// Every bound.
pub(super) const BOUNDS: &[Bound] = &[
    Bound {
        what: "decoding a page of items: async-openai takes at least 1.6 times as long",
        dividend: (WITHOUT_GROUPS, "async-openai"),
        divisor: (WITHOUT_GROUPS, "ours"),
        limit: Limit::AtLeast(1.6),
    },
    Bound {
        what: "decoding a page of items: the best derive takes at least 1.6 times as long",
        dividend: (ITEMS, "derive"),
        divisor: (ITEMS, "ours"),
        limit: Limit::AtLeast(1.6),
    },
    Bound {
        what: "decoding a page of items: at most 4 times as long as passing over it",
        dividend: (ITEMS, "ours"),
        divisor: (ITEMS, "IgnoredAny"),
        limit: Limit::AtMost(4.0),
    },
    Bound {
        what: "the tag where the service has it: at most 1.3 times as long as with the tag first",
        dividend: (ITEMS, "ours"),
        divisor: (FIRST, "ours"),
        limit: Limit::AtMost(1.3),
    },
    Bound {
        what: "the tag last: at most 1.3 times as long as with the tag first",
        dividend: (LAST, "ours"),
        divisor: (FIRST, "ours"),
        limit: Limit::AtMost(1.3),
    },
    Bound {
        what: "encoding a page of items: the best derive takes at least as long",
        dividend: (ENCODE, "derive"),
        divisor: (ENCODE, "ours"),
        limit: Limit::AtLeast(1.0),
    },
];
