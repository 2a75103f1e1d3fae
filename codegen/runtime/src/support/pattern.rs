//! Checks the patterns of strings.

/// Returns `true` if a text matches a pattern. The pattern is compiled once.
macro_rules! matches {
    ($pattern:literal, $text:expr) => {{
        static PATTERN: std::sync::LazyLock<Option<regex_lite::Regex>> =
            std::sync::LazyLock::new(|| regex_lite::Regex::new($pattern).ok());
        // The generator checks that the pattern compiles.
        PATTERN.as_ref().is_none_or(|pattern| pattern.is_match($text))
    }};
}

pub(crate) use matches;
