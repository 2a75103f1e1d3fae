//! Finds new entries in `CHANGELOG.md`.

use semver::Version;
use std::collections::HashSet;

/// Its path, relative to the workspace root.
pub(super) const PATH: &str = "CHANGELOG.md";

/// Returns whether head has a line that base does not have, under `Unreleased` or under the version of head.
pub(super) fn has_entry(base: &str, head: &str, version: Option<&Version>) -> bool {
    let old: HashSet<&str> = base.lines().map(str::trim).collect();
    let mut is_new = false;
    head.lines().map(str::trim).any(|line| {
        if let Some(heading) = line.strip_prefix("## ") {
            is_new = is_upcoming(heading, version);
        }
        is_new && !line.is_empty() && !line.starts_with('#') && !old.contains(line)
    })
}

/// Returns whether a heading is `[Unreleased]` or a version such as `[0.4.0] - 2027-01-31`.
fn is_upcoming(heading: &str, version: Option<&Version>) -> bool {
    let word = heading.split_whitespace().next().unwrap_or_default();
    let word = word.split(']').next().unwrap_or_default().trim_start_matches(['[', 'v']);
    word.eq_ignore_ascii_case("unreleased") || version.is_some_and(|version| word == version.to_string())
}

#[cfg(test)]
mod tests {
    use super::has_entry;
    use semver::Version;

    const BASE: &str = "# Changelog\n\n## Unreleased\n\n- Old.\n\n## 0.3.8\n\n- Older.\n";

    fn has(head: &str) -> bool {
        has_entry(BASE, head, Some(&Version::new(0, 4, 0)))
    }

    #[test]
    fn line_under_unreleased_is_an_entry() {
        assert!(has(&BASE.replace("- Old.", "- Old.\n- New.")));
        assert!(has(&BASE.replace("## Unreleased\n\n- Old.", "## [unreleased]\n\n- Other.")));
    }

    #[test]
    fn line_under_the_new_version_is_an_entry() {
        for heading in ["0.4.0", "[0.4.0] - 2027-01-31", "v0.4.0", "[0.4.0](https://example.com)"] {
            assert!(has(&BASE.replace("## Unreleased", &format!("## {heading}\n\n- New."))), "{heading}");
        }
    }

    #[test]
    fn nothing_else_is_an_entry() {
        assert!(!has(BASE));
        assert!(!has(""));
        // A release renames the heading only.
        assert!(!has(&BASE.replace("Unreleased", "0.4.0")));
        assert!(!has(&BASE.replace("- Older.", "- Older.\n- New.")));
        assert!(!has(&BASE.replace("- Old.", "\n\n- Old.\n\n### Added\n")));
        assert!(!has(&BASE.replace("# Changelog", "# Changelog\n\nNew.")));
        assert!(!has(&BASE.replace("## Unreleased", "## 0.4.1\n\n- New.\n\n## Unreleased")));
    }
}
