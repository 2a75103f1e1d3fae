//! Whether the generated crate can check a pattern.

/// Returns whether `regex-lite`, which the generated crate uses, supports a pattern. Unlike ECMA-262, it supports
/// neither look-around nor backreferences.
pub fn is_checkable(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}
