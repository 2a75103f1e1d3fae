//! The review as SARIF 2.1.0, for services that show findings.

use super::document::DocumentLabel;
use super::message;
use super::review::{Grade, Review, ReviewedChange};
use chatkit_codegen::diff::{RULES, Rule};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The characters to encode in the path of a URI reference. A colon in its first segment would end a scheme.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Renders a review.
pub(super) fn render(review: &Review) -> String {
    let results = review.worst_first().into_iter().map(|reviewed| result(review, reviewed));
    let value = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo xtask diff",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(descriptor).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
            "properties": { "verdict": review.verdict() },
        }],
    });
    format!("{value:#}\n")
}

fn descriptor(Rule { id, summary, wire, source, why, .. }: &Rule) -> Value {
    json!({
        "id": id.name(),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": format!("{summary}: {why}") },
        "properties": { "wire": wire, "source": source },
    })
}

fn result(review: &Review, reviewed: &ReviewedChange) -> Value {
    let change = &reviewed.change;
    let level = match reviewed.grade() {
        Grade::Unknown | Grade::Breaking => "error",
        Grade::Risky => "warning",
        Grade::Compatible => "note",
    };
    let column = change.head.as_ref().map_or(1, |site| site.column);
    let mut location = physical(&review.head, reviewed.line.map(|line| (line, column)));
    location["logicalLocations"] = json!([{ "fullyQualifiedName": change.pointer(), "name": change.subject }]);
    let related = change.base.as_ref().map(|site| {
        let mut location = physical(&review.base, Some((site.line, site.column)));
        location["message"] = json!({ "text": format!("where it was, in {}", review.base.name) });
        location
    });
    let mut result = json!({
        "ruleId": change.rule.name(),
        "ruleIndex": RULES.iter().position(|rule| rule.id == change.rule),
        "level": level,
        "message": { "text": message::render(review, reviewed) },
        "locations": [location],
        "relatedLocations": related.into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { "ruleAndPointer/v1": format!("{} {}", change.rule, change.pointer()) },
        "properties": {
            "wire": change.wire.name(), "source": change.source.name(), "direction": reviewed.direction(),
        },
    });
    if reviewed.is_accepted() {
        let justification = reviewed.approval_text();
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
    }
    result
}

fn physical(side: &DocumentLabel, at: Option<(usize, usize)>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&side.path) } });
    if let Some((line, column)) = at {
        physical["region"] = json!({ "startLine": line, "startColumn": column });
    }
    json!({ "physicalLocation": physical })
}

fn uri(path: &str) -> String {
    let path = utf8_percent_encode(path, PATH);
    if path.to_string().starts_with('/') { format!("file://{path}") } else { path.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{render, uri};
    use crate::diff::test_review;
    use serde_json::Value;

    #[test]
    fn output_is_valid_by_the_sarif_schema() {
        let schema = include_str!("../../tests/fixtures/sarif/sarif-2.1.0.json");
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        for review in [test_review::review(), test_review::empty()] {
            let value: Value = serde_json::from_str(&render(&review)).expect("JSON");
            let wrong: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{wrong:#?}");
        }
    }

    #[test]
    fn result_refers_to_its_rule_and_line() {
        let value: Value = serde_json::from_str(&render(&test_review::review())).expect("JSON");
        let run = &value["runs"][0];
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), test_review::review().changes.len());
        for result in results {
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
        let added = results.iter().find(|result| result["ruleId"] == "optional-property-added").expect("a result");
        assert_eq!(added["locations"][0]["physicalLocation"]["region"]["startLine"], 31);
        assert_eq!(results.iter().filter(|result| result.get("suppressions").is_some()).count(), 1);
    }

    #[test]
    fn uri_encodes_a_path() {
        assert_eq!(uri("spec/a b#ü.yaml"), "spec/a%20b%23%C3%BC.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
        assert_eq!(uri("main:a.yaml"), "main%3Aa.yaml");
    }
}
