//! Payloads, and what people would write or pick instead of ours.

pub mod allocations;
pub mod command_line;
pub mod derived;
pub mod payload;
pub mod results;
pub mod server;
pub mod turns;
