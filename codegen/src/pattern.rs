//! Whether the generated crate can check a pattern.

/// Whether `regex-lite`, which the generated crate uses, supports a pattern. It has no look-around and no back references,
/// which ECMA-262 has.
pub fn is_checkable(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}
