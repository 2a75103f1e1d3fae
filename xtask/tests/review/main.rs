//! `cargo xtask diff` and `cargo xtask check`, run as processes on repositories made for the tests.

mod approvals;
mod browser;
mod check;
mod documents;
mod formats;
mod generated;
mod hooks;
mod impact;
mod lifecycle;
mod page;
mod repository;
