//! The version that a change needs, and the version of the workspace.

use chatkit_codegen::diff::SourceImpact;
use semver::Version;
use std::fmt;
use toml::de::DeTable;

/// The versions of base and head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    /// The version of base.
    pub(crate) base: Version,
    /// The version of head.
    pub(crate) head: Version,
    /// The least version that head needs.
    pub(crate) needed: Version,
    source: SourceImpact,
}

impl Versions {
    /// Determines the version that head needs.
    pub(crate) fn new(base: Version, head: Version, source: SourceImpact) -> Self {
        Self { needed: needed(&base, source), base, head, source }
    }

    /// Returns whether the version of head is new enough.
    pub(crate) fn suffice(&self) -> bool {
        // A pre-release of the needed version suffices, since Cargo takes it for incompatible with base too.
        let released = Version::new(self.head.major, self.head.minor, self.head.patch);
        released >= self.needed
            && (self.head > self.base || (self.source == SourceImpact::None && self.head == self.base))
    }

    /// Returns the range of versions that the change leaves, such as `0.3.x`.
    fn range(&self) -> String {
        let Version { major, minor, .. } = self.base;
        match self.source {
            SourceImpact::Major if major > 0 => format!("{major}.x"),
            SourceImpact::Major if minor > 0 => format!("0.{minor}.x"),
            SourceImpact::Minor if major > 0 => format!("{major}.{minor}.x"),
            _ => self.base.to_string(),
        }
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            SourceImpact::None if self.suffice() => f.write_str("no new version needed")?,
            SourceImpact::None => write!(f, "at least {} needed", self.needed)?,
            _ => write!(f, "{} → {} needed", self.range(), self.needed)?,
        }
        write!(f, ", Cargo.toml says {}", self.head)
    }
}

/// Returns the least version that a change of a release needs.
///
/// To Cargo, versions are compatible if their first number other than zero is the same.
fn needed(base: &Version, source: SourceImpact) -> Version {
    let Version { major, minor, patch, .. } = *base;
    // A pre-release may break anything before its release.
    if !base.pre.is_empty() {
        return Version::new(major, minor, patch);
    }
    match (source, major, minor) {
        (SourceImpact::None, ..) => base.clone(),
        (SourceImpact::Major, 1.., _) => Version::new(major.saturating_add(1), 0, 0),
        (SourceImpact::Minor, 1.., _) => Version::new(major, minor.saturating_add(1), 0),
        (SourceImpact::Major, 0, 1..) => Version::new(0, minor.saturating_add(1), 0),
        _ => Version::new(major, minor, patch.saturating_add(1)),
    }
}

/// Reads the version of the workspace from a `Cargo.toml`, or otherwise that of its package.
pub(crate) fn read(manifest: &str) -> Result<Option<Version>, String> {
    let manifest = DeTable::parse(manifest).map_err(|error| error.to_string())?;
    let manifest = manifest.get_ref();
    let version =
        |table: &DeTable<'_>| Some(table.get("package")?.get_ref().get("version")?.get_ref().as_str()?.to_owned());
    let workspace = manifest.get("workspace").and_then(|workspace| workspace.get_ref().as_table());
    let Some(text) = workspace.and_then(version).or_else(|| version(manifest)) else { return Ok(None) };
    Version::parse(&text).map(Some).map_err(|error| format!("version `{text}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{Versions, read};
    use chatkit_codegen::diff::SourceImpact;
    use semver::Version;

    fn versions(base: &str, head: &str, source: SourceImpact) -> Versions {
        Versions::new(Version::parse(base).expect("a version"), Version::parse(head).expect("a version"), source)
    }

    #[test]
    fn needed_version_follows_the_first_number_other_than_zero() {
        let (none, patch, minor, major) =
            (SourceImpact::None, SourceImpact::Patch, SourceImpact::Minor, SourceImpact::Major);
        for (base, source, needed) in [
            ("1.2.3", major, "2.0.0"),
            ("1.2.3", minor, "1.3.0"),
            ("1.2.3", patch, "1.2.4"),
            ("1.2.3", none, "1.2.3"),
            ("0.3.8", major, "0.4.0"),
            ("0.3.8", minor, "0.3.9"),
            ("0.3.8", patch, "0.3.9"),
            ("0.0.7", major, "0.0.8"),
            ("0.0.7", minor, "0.0.8"),
            ("0.0.7", patch, "0.0.8"),
            ("0.4.0-alpha.1", major, "0.4.0"),
            ("18446744073709551615.0.0", major, "18446744073709551615.0.0"),
        ] {
            assert_eq!(versions(base, base, source).needed.to_string(), needed, "{base} {source:?}");
        }
    }

    #[test]
    fn suffices_from_the_needed_version_on() {
        for (base, head, source, suffices) in [
            ("0.3.8", "0.3.8", SourceImpact::Major, false),
            ("0.3.8", "0.3.9", SourceImpact::Major, false),
            ("0.3.8", "0.4.0", SourceImpact::Major, true),
            ("0.3.8", "0.4.0-alpha.1", SourceImpact::Major, true),
            ("0.3.8", "1.0.0", SourceImpact::Major, true),
            ("0.4.0-alpha.1", "0.4.0-alpha.1", SourceImpact::Major, false),
            ("0.4.0-alpha.1", "0.4.0-alpha.2", SourceImpact::Major, true),
            ("0.3.8", "0.3.8", SourceImpact::None, true),
            ("0.3.8", "0.3.7", SourceImpact::None, false),
            ("0.3.8", "0.3.9", SourceImpact::Patch, true),
        ] {
            assert_eq!(versions(base, head, source).suffice(), suffices, "{base} {head} {source:?}");
        }
    }

    #[test]
    fn sentence_names_the_range_the_needed_and_the_actual_version() {
        let sentence = |base, head, source| versions(base, head, source).to_string();
        assert_eq!(sentence("0.3.8", "0.3.8", SourceImpact::Major), "0.3.x → 0.4.0 needed, Cargo.toml says 0.3.8");
        assert_eq!(sentence("1.2.3", "2.0.0", SourceImpact::Major), "1.x → 2.0.0 needed, Cargo.toml says 2.0.0");
        assert_eq!(sentence("1.2.3", "1.3.0", SourceImpact::Minor), "1.2.x → 1.3.0 needed, Cargo.toml says 1.3.0");
        assert_eq!(sentence("0.3.8", "0.3.8", SourceImpact::Patch), "0.3.8 → 0.3.9 needed, Cargo.toml says 0.3.8");
        assert_eq!(sentence("0.3.8", "0.3.8", SourceImpact::None), "no new version needed, Cargo.toml says 0.3.8");
        assert_eq!(sentence("0.3.8", "0.3.7", SourceImpact::None), "at least 0.3.8 needed, Cargo.toml says 0.3.7");
    }

    #[test]
    fn reads_the_version_of_the_workspace_or_otherwise_of_the_package() {
        let version = |text| read(text).expect("a manifest").map(|version| version.to_string());
        assert_eq!(
            version("[package]\nversion = '1.0.0'\n[workspace.package]\nversion = '2.0.0'"),
            Some("2.0.0".into())
        );
        assert_eq!(version("[package]\nversion = '1.0.0'\n[workspace]"), Some("1.0.0".into()));
        assert_eq!(version("[package]\nversion.workspace = true"), None);
        assert_eq!(version(""), None);
        assert!(read("[").is_err());
        assert!(read("[package]\nversion = '1'").expect_err("not a version").contains("version `1`: "));
    }
}
