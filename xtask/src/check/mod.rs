//! `cargo xtask check`: all that a pull request must pass, in one table.

mod changelog;
mod checks;
mod table;

pub(crate) use checks::{CheckArgs, run};
