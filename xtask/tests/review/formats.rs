//! The output formats for a real change.

use crate::repository::{BROKEN, SPEC, TestRepository, breaking, describing, edited};
use serde_json::Value;

const DIFF_SCHEMA: &str = include_str!("../../schemas/diff.schema.json");
const SARIF_SCHEMA: &str = include_str!("../fixtures/sarif/sarif-2.1.0.json");

fn broken() -> TestRepository {
    let repository = TestRepository::on_a_branch();
    repository.spec(&breaking(SPEC));
    repository.regenerate();
    repository
}

fn assert_valid(schema: &str, value: &Value) {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let wrong: Vec<_> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Returns the line of the change, counted from 1.
fn line(data: &Value) -> u64 {
    data["changes"][0]["head"]["line"].as_u64().expect("a line")
}

#[test]
fn json_is_valid_by_its_schema() {
    let repository = broken();
    let data = repository.data(&[]);
    assert_valid(DIFF_SCHEMA, &data);
    assert_eq!(data["version"], 1);
    let pointer = data["changes"][0]["pointer"].as_str().expect("a pointer");
    assert!(pointer.starts_with(BROKEN), "{pointer}");
    let text = breaking(SPEC);
    let at = text.lines().nth(usize::try_from(line(&data)).expect("small") - 1).expect("a line");
    assert!(at.contains("age:") || at.contains("type: boolean"), "{at}");
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let repository = broken();
    let data = repository.data(&[]);
    let sarif = repository.diff(&["--format", "sarif"]).json();
    assert_valid(SARIF_SCHEMA, &sarif);
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    assert_eq!(result["ruleId"], data["changes"][0]["rule"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "spec/chatkit.yaml");
    assert_eq!(place["region"]["startLine"], line(&data));
}

#[test]
fn github_annotates_an_error_at_its_line() {
    let repository = broken();
    let line = line(&repository.data(&[]));
    let annotations = repository.diff(&["--format", "github"]).succeeded();
    let first = annotations.lines().next().expect("an annotation");
    assert!(first.starts_with(&format!("::error file=spec/chatkit.yaml,line={line},col=")), "{first}");
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{annotations}");
}

#[test]
fn removed_part_is_annotated_where_it_was() {
    let repository = TestRepository::on_a_branch();
    let gone = "        age:\n          type: integer\n          description: In years.\n";
    repository.spec(&edited(SPEC, gone, "        size:\n          type: integer\n          description: In inches.\n"));
    let line = SPEC.lines().position(|line| line == "        age:").expect("a line") + 1;
    let annotations = repository.diff(&["--format", "github"]).succeeded();
    let first = annotations.lines().next().expect("an annotation");
    assert!(
        first.starts_with(&format!("::error file=spec/chatkit.yaml,line={line},col=1,title=property-removed")),
        "{first}"
    );
}

#[test]
fn markdown_starts_with_its_marker_and_the_verdict() {
    let comment = broken().diff(&["--format", "markdown"]).succeeded();
    let mut lines = comment.lines();
    assert_eq!(lines.next(), Some("<!-- cargo xtask diff -->"));
    let verdict = "**SDK impact: MAJOR: 0.3.x → 0.4.0 needed, Cargo.toml says 0.3.8 ✗; wire: BREAKING**";
    assert_eq!(lines.next(), Some(verdict));
    assert!(comment.contains("\n### Breaking ("), "{comment}");
    assert!(comment.contains("each explained by the spec"), "{comment}");
}

#[test]
fn text_has_colour_only_for_a_terminal_or_if_forced() {
    let repository = broken();
    let plain = repository.diff(&[]).succeeded();
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let run = repository.command().arg("diff").env("CLICOLOR_FORCE", "1").output().expect("a process");
    assert!(run.stdout.contains(&0x1b));
}

#[test]
fn hidden_prose_still_counts_for_the_verdict() {
    let repository = TestRepository::on_a_branch();
    repository.spec(&describing(SPEC));
    let text = repository.diff(&["--hide", "prose"]).succeeded();
    assert!(text.starts_with("SDK impact: PATCH"), "{text}");
    assert!(text.contains("1 change (1 of prose hidden)") && !text.contains("documentation-changed"), "{text}");
    let data = repository.data(&["--hide", "prose"]);
    assert_valid(DIFF_SCHEMA, &data);
    assert_eq!((&data["changes"], &data["hidden"]), (&Value::Array(Vec::new()), &1.into()));
}
