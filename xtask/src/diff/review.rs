//! The review of a change of the spec, from which all formats are rendered.

use super::document::{ComparedDocument, DocumentLabel, are_workspace_specs};
use super::generated::GeneratedReport;
use super::line_map;
use super::repository::Repository;
use super::version::{self, Versions};
use crate::approvals::{self, Approval, ApprovalStatus, CheckedApproval};
use crate::console::colour_on_stderr;
use crate::failure::Failure;
use crate::plural::count;
use chatkit_codegen::diff::{self, Change, Revision, RuleId, SourceImpact, WireImpact};
use chatkit_codegen::ir::Usage;
use std::collections::BTreeMap;
use time::Date;

/// The severity of a change, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// No rule covers it.
    Unknown,
    /// It breaks requests, responses or callers.
    Breaking,
    /// It may break requests or responses.
    Risky,
    /// It breaks nothing.
    Compatible,
}

impl Grade {
    /// All grades, the worst first.
    pub(crate) const ALL: [Self; 4] = [Self::Unknown, Self::Breaking, Self::Risky, Self::Compatible];

    /// Returns its name in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Compatible => "compatible",
        }
    }

    /// Returns the heading of its changes.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Unknown => "Covered by no rule",
            Self::Breaking => "Breaking",
            Self::Risky => "Risky",
            Self::Compatible => "Compatible",
        }
    }
}

/// A change with its approval.
#[derive(Clone, Debug)]
pub(crate) struct ReviewedChange {
    pub(crate) change: Change,
    /// The approval for it.
    pub(crate) approval: Option<CheckedApproval>,
    /// Whether it removes something deprecated after its last day. Then it breaks nothing that callers may rely on.
    pub(crate) is_expected: bool,
    /// The line of head where it is, or where the removed part was.
    pub(crate) line: Option<usize>,
}

impl ReviewedChange {
    /// Returns its severity.
    pub(crate) fn grade(&self) -> Grade {
        match &self.change {
            change if change.rule.is_unknown() => Grade::Unknown,
            change if !self.is_expected && approvals::is_breaking(change) => Grade::Breaking,
            change if change.wire == WireImpact::Risky => Grade::Risky,
            _ => Grade::Compatible,
        }
    }

    /// Returns whether it only changes prose.
    pub(crate) fn is_prose(&self) -> bool {
        matches!(self.change.rule, RuleId::DocumentationChanged | RuleId::ExampleChanged)
    }

    /// Returns whether a valid approval accepts it.
    pub(crate) fn is_approved(&self) -> bool {
        self.approval.as_ref().is_some_and(|checked| checked.status == ApprovalStatus::Used)
    }

    /// Returns the direction in which the changed part crosses the wire.
    pub(crate) fn direction(&self) -> &'static str {
        match self.change.usage {
            Usage { request: true, response: true } => "both",
            Usage { request: true, response: false } => "request",
            Usage { request: false, response: true } => "response",
            Usage { request: false, response: false } => "none",
        }
    }

    /// Returns whether it fails nothing: an approval accepts it, or it is expected.
    pub(crate) fn is_accepted(&self) -> bool {
        self.is_expected || self.is_approved()
    }

    /// Describes in a line why it is accepted, or why its approval does not count.
    pub(crate) fn approval_text(&self) -> Option<String> {
        if let Some(day) = self.change.sunset.as_ref().filter(|_| self.is_expected) {
            return Some(format!("expected: it was deprecated, with {day} as its last day"));
        }
        let CheckedApproval { approval, status } = self.approval.as_ref()?;
        Some(match status {
            ApprovalStatus::Expired => format!("its approval expired after {}: {}", approval.expires, approval.reason),
            _ => format!("approved until {}: {}", approval.expires, approval.reason),
        })
    }
}

/// The review of the changes between two documents.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) base: DocumentLabel,
    pub(crate) head: DocumentLabel,
    /// In the order of the document.
    pub(crate) changes: Vec<ReviewedChange>,
    /// Whether the formats leave out changes that are only prose. The verdicts count them.
    pub(crate) hides_prose: bool,
    /// The limits of the verdicts.
    pub(crate) notes: Vec<String>,
    /// The approvals of head.
    pub(crate) approvals: Vec<CheckedApproval>,
    /// `None` if the documents have no workspace, or it has no version.
    pub(crate) versions: Option<Versions>,
    /// `None` if nothing is generated from the documents.
    pub(crate) generated: Option<GeneratedReport>,
}

impl Review {
    /// Compares two documents. The review of `generated/` is left out.
    pub(crate) fn new(
        repository: &Repository,
        base: &ComparedDocument,
        head: &ComparedDocument,
        approvals: Vec<Approval>,
        today: Date,
    ) -> Result<Self, Failure> {
        let mut diff = compare(base, head)?;
        for change in diff.changes.iter_mut().filter(|change| is_expected(change, today)) {
            change.wire = change.wire.min(WireImpact::Compatible);
        }
        let lines = line_map::lines(&base.text, &head.text, &diff.changes);
        let (base, head) = (base.label.clone(), head.label.clone());
        let versions =
            if are_workspace_specs(&base, &head) { versions(repository, &base, &head, diff.source())? } else { None };
        let (approvals, about) = approvals::check(approvals, &diff.changes, today);
        let changes = diff.changes.into_iter().zip(about).zip(lines).map(|((change, about), line)| {
            let checked = about.and_then(|index| approvals.get(index));
            let approval = checked.filter(|checked| checked.status != ApprovalStatus::Needless).cloned();
            ReviewedChange { is_expected: is_expected(&change, today), change, approval, line }
        });
        let changes = changes.collect();
        Ok(Self { base, head, changes, hides_prose: false, notes: diff.notes, approvals, versions, generated: None })
    }

    /// Returns the worst wire verdict.
    pub(crate) fn wire(&self) -> WireImpact {
        self.changes.iter().map(|reviewed| reviewed.change.wire).max().unwrap_or_default()
    }

    /// Returns the worst source verdict.
    pub(crate) fn source(&self) -> SourceImpact {
        self.changes.iter().map(|reviewed| reviewed.change.source).max().unwrap_or_default()
    }

    /// Returns the first line of a review.
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

    /// Returns the changes that the formats show, in the order of the document.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &ReviewedChange> {
        self.changes.iter().filter(|reviewed| !(self.hides_prose && reviewed.is_prose()))
    }

    /// Returns the rules of the shown changes with the number of each, the most frequent first.
    pub(crate) fn rule_counts(&self) -> Vec<(RuleId, usize)> {
        let mut counts: BTreeMap<RuleId, usize> = BTreeMap::new();
        for reviewed in self.shown() {
            *counts.entry(reviewed.change.rule).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// Returns the changes of a grade, the worst first.
    pub(crate) fn of_grade(&self, grade: Grade) -> Vec<&ReviewedChange> {
        let mut changes: Vec<_> = self.shown().filter(|reviewed| reviewed.grade() == grade).collect();
        changes.sort_by_key(|reviewed| std::cmp::Reverse((reviewed.change.wire, reviewed.change.source)));
        changes
    }

    /// Returns all changes, the worst first.
    pub(crate) fn worst_first(&self) -> Vec<&ReviewedChange> {
        Grade::ALL.iter().flat_map(|grade| self.of_grade(*grade)).collect()
    }

    /// Returns the message for changes that no rule covers, or `None` if there are none.
    pub(crate) fn unknown_changes(&self) -> Option<String> {
        let unknown = self.of_grade(Grade::Unknown);
        let first = unknown.first()?;
        Some(format!(
            "{} covered by no rule, first `{}` at {}: this always fails and cannot be approved, so add a rule to \
             codegen/src/diff",
            count(unknown.len(), "change"),
            first.change.rule,
            first.change.pointer()
        ))
    }

    /// Counts the changes, such as `3 changes: 1 breaking, 2 compatible`.
    pub(crate) fn counts(&self) -> String {
        let counts = Grade::ALL.map(|grade| (self.of_grade(grade).len(), grade.name()));
        let counts: Vec<_> = counts.iter().filter(|(count, _)| *count > 0).collect();
        let counts: Vec<_> = counts.iter().map(|(count, name)| format!("{count} {name}")).collect();
        let (all, shown) = (self.changes.len(), self.shown().count());
        let hidden = if shown < all { format!(" ({} of prose hidden)", all - shown) } else { String::new() };
        match (all, shown) {
            (0, _) => "no change".to_owned(),
            (all, 0) => format!("{}{hidden}", count(all, "change")),
            (all, _) => format!("{}: {}{hidden}", count(all, "change"), counts.join(", ")),
        }
    }
}

/// Returns whether a change removes something after its last day.
fn is_expected(change: &Change, today: Date) -> bool {
    change.sunset.as_deref().and_then(|day| approvals::day(day).ok()).is_some_and(|day| day < today)
}

/// Writes a verdict in upper case for the first line, unless it is `none`.
pub(crate) fn loud(name: &str) -> String {
    if name == "none" { name.to_owned() } else { name.to_uppercase() }
}

fn compare(base: &ComparedDocument, head: &ComparedDocument) -> Result<diff::Diff, Failure> {
    let both = Revision::read_both((&base.origin, &base.text), (&head.origin, &head.text));
    let (base, head) = both.map_err(|report| Failure::Spec(report.render(colour_on_stderr())))?;
    Ok(diff::compare(&base, &head))
}

fn versions(
    repository: &Repository,
    base: &DocumentLabel,
    head: &DocumentLabel,
    source: SourceImpact,
) -> Result<Option<Versions>, Failure> {
    let version = |side: &DocumentLabel| match repository.beside(side, "Cargo.toml")? {
        Some(text) => version::read(&text)
            .map_err(|error| Failure::broken(format_args!("Cargo.toml ({}): {}", side.name, error.trim_end()))),
        None => Ok(None),
    };
    Ok(version(base)?.zip(version(head)?).map(|(base, head)| Versions::new(base, head, source)))
}
