//! The programs of the README, compiled as people will paste them. Those that need no server run.
//!
//! `tests/tests/consumer.rs` runs the others, and compiles the snippets.

#[doc = include_str!("../../README.md")]
struct Readme;
