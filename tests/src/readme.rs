//! The programs of the README, compiled as users paste them. Those that need no server run as well.
//!
//! `tests/tests/consumer.rs` runs the others, and compiles the snippets.

#[doc = include_str!("../../README.md")]
struct Readme;
