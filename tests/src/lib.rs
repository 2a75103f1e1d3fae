//! Shared parts of the test suite.

pub mod construct;
pub mod document_pairs;
pub mod fixtures;
pub mod json;
pub mod mutation;
pub mod oracle;
pub mod patch;
pub mod random;
#[cfg(doctest)]
mod readme;
pub mod robustness;
pub mod samples;
pub mod server;
pub mod spec;
pub mod strategy;
pub mod types;
pub mod workspace;
