//! The first program of the README, compiled and run as people will paste it.

#[doc = include_str!("../../README.md")]
struct Readme;
