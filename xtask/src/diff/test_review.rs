//! Reviews for the tests of the output formats.

use super::document::{DocumentLabel, DocumentRevision};
use super::generated::{GeneratedDiff, GeneratedReport, HunkSummary};
use super::hunk_causes::{HunkCause, UnexplainedHunk};
use super::review::{Review, ReviewedChange};
use super::version::Versions;
use crate::approvals::{Approval, ApprovalStatus, CheckedApproval, day};
use crate::freshness::{FileDifference, FileState};
use chatkit_codegen::diff::{Change, DocumentLocation, ItemChange, Reach, RuleId, SourceImpact, WireImpact};
use chatkit_codegen::ir::Usage;
use semver::Version;

const REQUEST: Usage = Usage { request: true, response: false };
const RESPONSE: Usage = Usage { request: false, response: true };
const BOTH: Usage = Usage { request: true, response: true };

/// Returns the review of two equal files.
pub(super) fn empty() -> Review {
    let label = |name: &str| DocumentLabel {
        name: name.to_owned(),
        path: name.to_owned(),
        revision: DocumentRevision::Standalone,
    };
    Review {
        base: label("base.yaml"),
        head: label("head.yaml"),
        changes: Vec::new(),
        hides_prose: false,
        notes: Vec::new(),
        approvals: Vec::new(),
        versions: None,
        generated: None,
    }
}

/// Returns the review of two revisions, with one of everything.
pub(super) fn review() -> Review {
    let path = "spec/chatkit.yaml".to_owned();
    let used = checked(ApprovalStatus::Used, RuleId::OperationRemoved, "/paths/~1threads~1{id}");
    let expired = checked(ApprovalStatus::Expired, RuleId::TypeChanged, "/components/schemas/Thread/properties/size");
    let unused = checked(ApprovalStatus::Unused, RuleId::PropertyRemoved, "/components/schemas/Gone");
    let approve =
        |change, checked: &CheckedApproval| ReviewedChange { approval: Some(checked.clone()), ..open(change) };
    let changes = vec![
        open(removed()),
        open(added()),
        approve(path_removed(), &used),
        approve(type_changed(), &expired),
        open(hostile()),
        open(unknown()),
        open(documented()),
    ];
    let version = |text| Version::parse(text).expect("a version");
    Review {
        base: DocumentLabel {
            name: "main".to_owned(),
            path: path.clone(),
            revision: DocumentRevision::Commit("0123456789abcdef".into()),
        },
        head: DocumentLabel { name: "work tree".to_owned(), path, revision: DocumentRevision::WorkTree },
        changes,
        hides_prose: false,
        notes: vec!["`x-internal` is not compared".to_owned()],
        approvals: vec![used, expired, unused],
        versions: Some(Versions::new(version("0.3.8"), version("0.3.8"), SourceImpact::Major)),
        generated: Some(generated()),
    }
}

fn open(change: Change) -> ReviewedChange {
    // As if head had three more lines at the top.
    let base = change.base.as_ref().map(|site| site.line + 3);
    ReviewedChange {
        line: change.head.as_ref().map(|site| site.line).or(base),
        change,
        approval: None,
        is_expected: false,
    }
}

fn checked(status: ApprovalStatus, rule: RuleId, pointer: &str) -> CheckedApproval {
    let approval = Approval {
        rule,
        pointer: pointer.to_owned(),
        reason: "Nobody *calls* it, says @ops.".to_owned(),
        expires: day("2027-01-31").expect("a day"),
        line: 3,
    };
    CheckedApproval { approval, status }
}

fn change(rule: RuleId, wire: WireImpact, source: SourceImpact, subject: &str) -> Change {
    Change {
        rule,
        wire,
        source,
        usage: BOTH,
        subject: subject.to_owned(),
        base: None,
        head: None,
        before: None,
        after: None,
        items: Vec::new(),
        reach: Reach::default(),
        sunset: None,
    }
}

fn site(pointer: &str, line: usize) -> DocumentLocation {
    DocumentLocation { pointer: pointer.to_owned(), line, column: 7 }
}

fn item(path: &str, before: Option<&str>, after: Option<&str>, source: SourceImpact) -> ItemChange {
    let text = |text: Option<&str>| text.map(str::to_owned);
    ItemChange { path: path.to_owned(), before: text(before), after: text(after), source }
}

fn removed() -> Change {
    Change {
        usage: RESPONSE,
        base: Some(site("/components/schemas/Thread/properties/title", 120)),
        before: Some("string, nullable".to_owned()),
        items: vec![item("Thread::title", Some("Option<String>"), None, SourceImpact::Major)],
        reach: Reach {
            operations: (1..=40).map(|number| format!("getThread{number}")).collect(),
            types: vec!["Thread".to_owned()],
        },
        ..change(
            RuleId::PropertyRemoved,
            WireImpact::Breaking,
            SourceImpact::Major,
            "property `title` of `ChatKitThread`",
        )
    }
}

fn added() -> Change {
    let item = |number| item(&format!("Thread::with_{number}"), None, Some("fn(u8) -> Self"), SourceImpact::Minor);
    Change {
        usage: REQUEST,
        head: Some(site("/components/schemas/Thread/properties/mood", 31)),
        after: Some("string".to_owned()),
        items: (1..=10).map(item).collect(),
        reach: Reach { operations: vec!["createThread".to_owned()], types: Vec::new() },
        ..change(
            RuleId::OptionalPropertyAdded,
            WireImpact::Compatible,
            SourceImpact::Minor,
            "property `mood` of `ChatKitThread`",
        )
    }
}

fn path_removed() -> Change {
    let base = Some(site("/paths/~1threads~1{id}", 12));
    Change {
        base,
        ..change(RuleId::OperationRemoved, WireImpact::Breaking, SourceImpact::Major, "path `/threads/{id}`")
    }
}

fn type_changed() -> Change {
    Change {
        base: Some(site("/components/schemas/Thread/properties/size", 130)),
        head: Some(site("/components/schemas/Thread/properties/size", 133)),
        before: Some("integer".to_owned()),
        after: Some("string".to_owned()),
        items: vec![item("Thread::size", Some("i64"), Some("String"), SourceImpact::Major)],
        ..change(RuleId::TypeChanged, WireImpact::Breaking, SourceImpact::Major, "property `size` of `ChatKitThread`")
    }
}

/// A change with text that tries to break out of each format.
fn hostile() -> Change {
    Change {
        head: Some(site("/components/schemas/`a`|<b>", 44)),
        base: Some(site("/components/schemas/`a`|<b>", 43)),
        before: Some("</details> ``` @everyone | #1 ![x](http://x)".to_owned()),
        after: Some("::error::100%\n\u{1b}[31mred, \u{202e}drawkcab".to_owned()),
        ..change(
            RuleId::PatternChanged,
            WireImpact::Risky,
            SourceImpact::None,
            "schema ``a`|<b>` of @everyone, #1 <img src=x>",
        )
    }
}

fn unknown() -> Change {
    let head = Some(site("/components/schemas/Thread/x-novel", 50));
    Change {
        head,
        ..change(RuleId::UnknownConstruct, WireImpact::Risky, SourceImpact::None, "`x-novel` of `ChatKitThread`")
    }
}

fn documented() -> Change {
    Change {
        usage: Usage::default(),
        base: Some(site("/info/description", 3)),
        head: Some(site("/info/description", 3)),
        ..change(RuleId::DocumentationChanged, WireImpact::None, SourceImpact::Patch, "description of the API")
    }
}

fn generated() -> GeneratedReport {
    let difference =
        |path: &str, state, note: &str| FileDifference { path: path.to_owned(), state, note: note.to_owned() };
    let hunk = |path: &str, line, cause| UnexplainedHunk { path: path.to_owned(), line, cause };
    GeneratedReport::Compared(GeneratedDiff {
        differences: vec![
            difference("src/lib.rs", FileState::Edited, "in line 4"),
            difference("src/models/thread.rs", FileState::Stale, "spec/chatkit.yaml changed since"),
            difference("src/models/mood.rs", FileState::Missing, ""),
        ],
        changed: 12,
        hunks: HunkSummary::Attributed {
            all: 37,
            unexplained: vec![
                hunk("src/lib.rs", 4, HunkCause::HandEdit),
                hunk("src/client.rs", 10, HunkCause::HandEditUndone),
                hunk("src/client.rs", 90, HunkCause::Generator),
                hunk("src/wire.rs", 1, HunkCause::BaseWasStale),
                hunk("src/models/thread.rs", 8, HunkCause::Stale),
            ],
        },
    })
}
