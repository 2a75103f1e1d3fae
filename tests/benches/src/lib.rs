//! Payloads, alternatives to our types, and a harness that measures competitors in turns.

pub mod allocations;
pub mod command_line;
pub mod derived;
pub mod payload;
pub mod results;
pub mod server;
pub mod turns;
