//! The review as JSON, with the schema `xtask/schemas/diff.schema.json`.

use super::document::{DocumentLabel, DocumentRevision};
use super::generated::{GeneratedDiff, GeneratedReport, HunkSummary};
use super::review::{Review, ReviewedChange};
use super::version::Versions;
use crate::approvals::CheckedApproval;
use chatkit_codegen::diff::{DocumentLocation, ItemChange};
use serde_json::{Value, json};

/// The version of the format. It changes unless a property is only added.
const VERSION: u32 = 1;

/// Renders a review.
pub(super) fn render(review: &Review) -> String {
    let value = json!({
        "version": VERSION,
        "base": side(&review.base),
        "head": side(&review.head),
        "impact": {
            "verdict": review.verdict(),
            "wire": review.wire().name(),
            "source": review.source().name(),
            "versions": review.versions.as_ref().map(versions),
        },
        "changes": review.shown().map(change).collect::<Vec<_>>(),
        "rules": review.rule_counts().iter().map(|(rule, count)| json!({ "rule": rule.name(), "count": count })).collect::<Vec<_>>(),
        "hidden": review.changes.len() - review.shown().count(),
        "notes": review.notes,
        "approvals": review.approvals.iter().map(approval).collect::<Vec<_>>(),
        "generated": review.generated.as_ref().map(generated),
    });
    format!("{value:#}\n")
}

fn side(label: &DocumentLabel) -> Value {
    let (kind, commit) = match &label.revision {
        DocumentRevision::WorkTree => ("work-tree", None),
        DocumentRevision::Commit(commit) => ("commit", Some(commit)),
        DocumentRevision::Standalone => ("document", None),
    };
    json!({ "name": label.name, "kind": kind, "commit": commit, "path": label.path })
}

fn versions(versions: &Versions) -> Value {
    json!({
        "base": versions.base.to_string(),
        "head": versions.head.to_string(),
        "needed": versions.needed.to_string(),
        "sufficient": versions.suffice(),
    })
}

fn change(reviewed: &ReviewedChange) -> Value {
    let change = &reviewed.change;
    json!({
        "rule": change.rule.name(),
        "grade": reviewed.grade().name(),
        "wire": change.wire.name(),
        "source": change.source.name(),
        "direction": reviewed.direction(),
        "subject": change.subject,
        "pointer": change.pointer(),
        "base": change.base.as_ref().map(site),
        "head": change.head.as_ref().map(site),
        "before": change.before,
        "after": change.after,
        "items": change.items.iter().map(item).collect::<Vec<_>>(),
        "reach": { "operations": change.reach.operations, "types": change.reach.types },
        "sunset": change.sunset,
        "expected": reviewed.is_expected,
        "approval": reviewed.approval.as_ref().map(approval),
    })
}

fn site(site: &DocumentLocation) -> Value {
    json!({ "pointer": site.pointer, "line": site.line, "column": site.column })
}

fn item(item: &ItemChange) -> Value {
    json!({ "path": item.path, "before": item.before, "after": item.after, "source": item.source.name() })
}

fn approval(checked: &CheckedApproval) -> Value {
    let approval = &checked.approval;
    json!({
        "rule": approval.rule.name(),
        "pointer": approval.pointer,
        "reason": approval.reason,
        "expires": approval.expires.to_string(),
        "line": approval.line,
        "state": checked.status.name(),
    })
}

fn generated(report: &GeneratedReport) -> Value {
    let GeneratedReport::Compared(GeneratedDiff { differences, changed, hunks }) = report else {
        return json!({ "summary": report.summary(), "fresh": null, "findings": [], "changed": null, "hunks": null,
            "unexplained": null });
    };
    let differences = differences.iter().map(
        |difference| json!({ "path": difference.path, "state": difference.state.to_string(), "note": difference.note }),
    );
    let differences: Vec<_> = differences.collect();
    let (hunks, unexplained) = match hunks {
        HunkSummary::Unavailable(_) => (None, None),
        HunkSummary::Attributed { all, unexplained } => {
            let unexplained = unexplained
                .iter()
                .map(|hunk| json!({ "path": hunk.path, "line": hunk.line, "cause": hunk.cause.name() }));
            (Some(all), Some(unexplained.collect::<Vec<_>>()))
        }
    };
    json!({
        "summary": report.summary(),
        "fresh": differences.is_empty(),
        "findings": differences,
        "changed": changed,
        "hunks": hunks,
        "unexplained": unexplained,
    })
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diff::test_review;
    use serde_json::Value;

    #[test]
    fn output_is_valid_by_the_schema() {
        let schema: Value = serde_json::from_str(include_str!("../../schemas/diff.schema.json")).expect("JSON");
        jsonschema::draft202012::meta::validate(&schema).expect("a schema");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for review in [test_review::review(), test_review::empty()] {
            let value: Value = serde_json::from_str(&render(&review)).expect("JSON");
            let wrong: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{wrong:#?}");
        }
    }

    #[test]
    fn change_has_all_of_its_properties() {
        let value: Value = serde_json::from_str(&render(&test_review::review())).expect("JSON");
        let change = &value["changes"][0];
        assert_eq!(change["rule"], "property-removed");
        assert_eq!(change["items"][0]["path"], "Thread::title");
        assert_eq!(change["reach"]["operations"].as_array().map(Vec::len), Some(40));
        assert_eq!(value["impact"]["versions"]["needed"], "0.4.0");
    }
}
