//! Payloads, and the types that people would write or pick instead of ours.

pub mod derived;
pub mod payload;
