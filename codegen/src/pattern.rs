//! Which patterns the generated crate can check.

/// Whether `regex-lite`, which the generated crate has, can run a pattern: ECMA-262 has look-around and back
/// references, which it has not.
pub fn is_checkable(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}
