//! The programs of the README, compiled as people will paste them, and run where they need no server.
//!
//! `tests/tests/consumer.rs` runs those that do.

#[doc = include_str!("../../README.md")]
struct Readme;
