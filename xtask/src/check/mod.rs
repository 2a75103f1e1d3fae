//! `cargo xtask check`: everything that a pull request must pass, in one table.

mod base;
mod changelog;
mod checks;
mod command;
mod snapshots;
mod table;
mod test_run;

pub(crate) use command::{CheckArgs, run};
