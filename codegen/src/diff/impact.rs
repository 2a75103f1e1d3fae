//! The two verdicts of a change: its impact on the wire, and its impact on Rust code that uses the generated crate.

/// The impact of a change on requests and responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireImpact {
    /// Nothing that is sent or received changes.
    #[default]
    None,
    /// A client or server that follows the old document still works.
    Compatible,
    /// Whether something breaks depends on facts that the document does not state.
    Risky,
    /// The server may refuse a request that was valid, or send a response that the old document rules out.
    Breaking,
}

impl WireImpact {
    /// Returns its name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

/// The release of the generated crate that a change takes, by semantic versioning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceImpact {
    /// The crate is the same.
    #[default]
    None,
    /// Documentation or behaviour changes, but no signature.
    Patch,
    /// Items are new, and existing code still compiles.
    Minor,
    /// Existing code may no longer compile.
    Major,
}

impl SourceImpact {
    /// Returns its name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}
