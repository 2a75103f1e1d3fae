//! All that a reviewer wants to know of a change, whatever the format.

use super::generated;
use super::near;
use super::side::{Label, Place, Repository, Side};
use super::version::{self, Versions};
use crate::approvals::{self, Approval, Judged, State};
use crate::console::colour_on_stderr;
use crate::failure::Failure;
use crate::spec;
use chatkit_codegen::diff::{self, Change, Revision, SourceImpact, WireImpact};
use chatkit_codegen::ir::Usage;
use time::Date;

/// What decides where a change is shown; the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// No rule knows it.
    Unknown,
    /// It breaks requests, responses or callers.
    Breaking,
    /// It may break requests or responses.
    Risky,
    /// Nothing breaks.
    Compatible,
}

impl Grade {
    /// Each grade, the worst first.
    pub(crate) const ALL: [Self; 4] = [Self::Unknown, Self::Breaking, Self::Risky, Self::Compatible];

    /// Its name, in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Compatible => "compatible",
        }
    }
}

/// A change, and whether it was accepted.
#[derive(Clone, Debug)]
pub(crate) struct Reviewed {
    pub(crate) change: Change,
    /// The approval that is about it.
    pub(crate) approval: Option<Judged>,
    /// The line of head where it is, or was where it is gone.
    pub(crate) line: Option<usize>,
}

impl Reviewed {
    /// Where it is shown.
    pub(crate) fn grade(&self) -> Grade {
        match &self.change {
            change if change.rule.is_unknown() => Grade::Unknown,
            change if approvals::is_breaking(change) => Grade::Breaking,
            change if change.wire == WireImpact::Risky => Grade::Risky,
            _ => Grade::Compatible,
        }
    }

    /// Whether an approval counts for it.
    pub(crate) fn is_approved(&self) -> bool {
        self.approval.as_ref().is_some_and(|judged| judged.state == State::Used)
    }

    /// In which direction its place crosses the wire.
    pub(crate) fn direction(&self) -> &'static str {
        match self.change.usage {
            Usage { request: true, response: true } => "both",
            Usage { request: true, response: false } => "request",
            Usage { request: false, response: true } => "response",
            Usage { request: false, response: false } => "none",
        }
    }

    /// What its approval says, in a line.
    pub(crate) fn approval_text(&self) -> Option<String> {
        let Judged { approval, state } = self.approval.as_ref()?;
        Some(match state {
            State::Expired => format!("its approval expired after {}: {}", approval.expires, approval.reason),
            _ => format!("approved until {}: {}", approval.expires, approval.reason),
        })
    }
}

/// All there is to say of the change between two sides.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) base: Label,
    pub(crate) head: Label,
    /// In the order of the document.
    pub(crate) changes: Vec<Reviewed>,
    /// What limits the verdicts.
    pub(crate) notes: Vec<String>,
    /// The approvals of head.
    pub(crate) approvals: Vec<Judged>,
    /// Absent where there is no workspace around the documents.
    pub(crate) versions: Option<Versions>,
    /// Absent where nothing is generated from the documents.
    pub(crate) generated: Option<generated::Report>,
}

impl Review {
    /// Compares two sides, without a look at what is generated.
    pub(crate) fn new(
        repository: &Repository,
        base: &Side,
        head: &Side,
        approvals: Vec<Approval>,
        today: Date,
    ) -> Result<Self, Failure> {
        let diff = compare(base, head)?;
        let lines = near::lines(&base.text, &head.text, &diff.changes);
        let (base, head) = (base.label.clone(), head.label.clone());
        let versions = if is_ours(&base, &head) { versions(repository, &base, &head, diff.source())? } else { None };
        let (approvals, about) = approvals::judge(approvals, &diff.changes, today);
        let changes = diff.changes.into_iter().zip(about).zip(lines).map(|((change, about), line)| {
            let judged = about.and_then(|index| approvals.get(index));
            let approval = judged.filter(|judged| judged.state != State::Needless).cloned();
            Reviewed { change, approval, line }
        });
        let changes = changes.collect();
        Ok(Self { base, head, changes, notes: diff.notes, approvals, versions, generated: None })
    }

    /// The worst wire verdict.
    pub(crate) fn wire(&self) -> WireImpact {
        self.changes.iter().map(|reviewed| reviewed.change.wire).max().unwrap_or_default()
    }

    /// The worst source verdict.
    pub(crate) fn source(&self) -> SourceImpact {
        self.changes.iter().map(|reviewed| reviewed.change.source).max().unwrap_or_default()
    }

    /// The line that everything starts with.
    pub(crate) fn verdict(&self) -> String {
        let source = loud(self.source().name());
        let wire = loud(self.wire().name());
        match &self.versions {
            Some(versions) => {
                let mark = if versions.suffice() { '✓' } else { '✗' };
                format!("SDK impact: {source}: {versions} {mark}; wire: {wire}")
            }
            None => format!("SDK impact: {source}, wire: {wire}"),
        }
    }

    /// The changes of a grade, the worst first.
    pub(crate) fn of_grade(&self, grade: Grade) -> Vec<&Reviewed> {
        let mut changes: Vec<_> = self.changes.iter().filter(|reviewed| reviewed.grade() == grade).collect();
        changes.sort_by_key(|reviewed| std::cmp::Reverse((reviewed.change.wire, reviewed.change.source)));
        changes
    }

    /// All changes, the worst first.
    pub(crate) fn worst_first(&self) -> Vec<&Reviewed> {
        Grade::ALL.iter().flat_map(|grade| self.of_grade(*grade)).collect()
    }

    /// How many changes there are, as in `3 changes: 1 breaking, 2 compatible`.
    pub(crate) fn counts(&self) -> String {
        let counts = Grade::ALL.map(|grade| (self.of_grade(grade).len(), grade.name()));
        let counts: Vec<_> = counts.iter().filter(|(count, _)| *count > 0).collect();
        let counts: Vec<_> = counts.iter().map(|(count, name)| format!("{count} {name}")).collect();
        match self.changes.len() {
            0 => "no change".to_owned(),
            all => format!("{}: {}", count(all, "change"), counts.join(", ")),
        }
    }
}

/// `1 change`, `2 changes`.
pub(crate) fn count(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// A verdict as it stands in the first line; that there is none needs no shouting.
pub(crate) fn loud(name: &str) -> String {
    if name == "none" { name.to_owned() } else { name.to_uppercase() }
}

/// Whether both documents are this workspace's own, so that its version and its `generated/` are about them.
pub(crate) fn is_ours(base: &Label, head: &Label) -> bool {
    [base, head].iter().all(|side| side.place != Place::Document && side.path == spec::DEFAULT)
}

fn compare(base: &Side, head: &Side) -> Result<diff::Diff, Failure> {
    let both = Revision::read_both((&base.origin, &base.text), (&head.origin, &head.text));
    let (base, head) = both.map_err(|report| Failure::Spec(report.render(colour_on_stderr())))?;
    let diff = diff::compare(&base, &head);
    // The process ends soon, and to take two large documents apart takes longer than to look at them.
    std::mem::forget((base, head));
    Ok(diff)
}

fn versions(
    repository: &Repository,
    base: &Label,
    head: &Label,
    source: SourceImpact,
) -> Result<Option<Versions>, Failure> {
    let version = |side: &Label| match repository.beside(side, "Cargo.toml")? {
        Some(text) => version::read(&text)
            .map_err(|error| Failure::broken(format_args!("Cargo.toml ({}): {}", side.name, error.trim_end()))),
        None => Ok(None),
    };
    Ok(version(base)?.zip(version(head)?).map(|(base, head)| Versions::new(base, head, source)))
}
