//! `cargo xtask bench`: measures our speed beside that of the alternatives.

mod bounds;
mod builds;
mod command;
mod environment;
mod report;
mod results;

pub(crate) use command::{BenchArgs, run};
