//! What a change of a document means: on the wire, and for those who call the generated crate.
//!
//! Two revisions in, changes out. Each change is one edit of the document, named by a rule, with two verdicts. The
//! *wire* verdict speaks of requests and responses; the *source* verdict of Rust code that uses the generated crate.

mod annotations;
mod attribution;
mod changes;
mod constraints;
mod describe;
mod document;
mod engine;
mod excerpt;
mod inheritance;
mod objects;
mod operations;
mod parameters;
mod reference_graph;
mod required_groups;
mod responses;
mod revision;
mod rules;
mod schemas;
mod security;
mod surface_diff;
mod unions;

use crate::ir::Usage;

pub use revision::Revision;
pub use rules::{RULES, Rule, RuleId};

/// What a change means for requests and responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Nothing that is sent or received changes.
    #[default]
    None,
    /// Whoever speaks to the API by the old document can go on.
    Compatible,
    /// Whether something breaks depends on what the document does not say.
    Risky,
    /// A request that was right may be refused, or a response may be what the old document rules out.
    Breaking,
}

impl Wire {
    /// Its name, in lower case.
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

/// Which release of the generated crate a change takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The crate is the same.
    #[default]
    None,
    /// Documentation or behaviour changes, and no signature.
    Patch,
    /// Something is new, and what was there compiles as before.
    Minor,
    /// Code that compiled may not compile any more.
    Major,
}

impl Source {
    /// Its name, in lower case.
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

/// A place in one of the two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The JSON pointer.
    pub pointer: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1, in characters.
    pub column: usize,
}

/// How a public item of the generated crate changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called, as in `Thread::title`.
    pub path: String,
    /// What it was, as in `Option<String>`; absent where the item is new.
    pub before: Option<String>,
    /// What it becomes; absent where the item is gone.
    pub after: Option<String>,
    /// What this alone would take.
    pub source: Source,
}

/// What a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The operations that use the place, by `operationId` or as in `GET /pets`, in the order of the document.
    pub operations: Vec<String>,
    /// The Rust types that hold the place, in the order of the document.
    pub types: Vec<String>,
}

/// One edit of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule that names it.
    pub rule: RuleId,
    /// What it means for requests and responses.
    pub wire: Wire,
    /// What it means for callers of the generated crate.
    pub source: Source,
    /// In which direction the place crosses the wire; neither where no operation uses it.
    pub usage: Usage,
    /// What is changed, in words, as in "property `title` of `ChatKitThread`".
    pub subject: String,
    /// Where it was; absent where it is new.
    pub base: Option<Site>,
    /// Where it is now; absent where it is gone.
    pub head: Option<Site>,
    /// What stood there, in terms of the document.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
    /// The public items of the generated crate that change by it.
    pub items: Vec<Item>,
    /// What it touches.
    pub reach: Reach,
}

impl Change {
    /// The pointer in the new document, or else in the old one.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.head.as_ref().or(self.base.as_ref()).map_or("", |site| &site.pointer)
    }
}

/// All that differs between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes, in the order of the new document; what is gone stands where it was.
    pub changes: Vec<Change>,
    /// What limits the verdicts, each in one sentence.
    pub notes: Vec<String>,
}

impl Diff {
    /// The worst wire verdict.
    #[must_use]
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.wire).max().unwrap_or_default()
    }

    /// The worst source verdict.
    #[must_use]
    pub fn source(&self) -> Source {
        self.changes.iter().map(|change| change.source).max().unwrap_or_default()
    }
}

/// Compares two revisions.
#[must_use]
pub fn compare(base: &Revision, head: &Revision) -> Diff {
    let find = || {
        let mut engine = engine::Engine::new(base, head);
        engine.document();
        changes::Found::new(base, head, engine)
    };
    // Places are of use only where something is found, but where there are two processors they cost no time.
    let (found, maps) = revision::in_parallel(find, || [base, head].map(changes::Map::new));
    changes::finish([base, head], found, maps)
}
