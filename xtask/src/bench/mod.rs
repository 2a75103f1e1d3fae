//! `cargo xtask bench`: measures our speed against that of the alternatives.

mod bounds;
mod builds;
mod chart;
mod command;
mod environment;
mod report;
mod results;

pub(crate) use command::{BenchArgs, run};
