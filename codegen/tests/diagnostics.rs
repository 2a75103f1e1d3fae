//! Every rule has fixtures in `tests/fixtures/diagnostics`, in which it fires and no other does.

use chatkit_codegen::diagnostics::Report;
use chatkit_codegen::parse::parse;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The rules of `parse`. `openapi` and `unchecked-examples` are missing: no known document reaches them.
const RULES: &[&str] = &[
    "ambiguous-path",
    "bad-default",
    "bad-example",
    "conflicting-keys",
    "cyclic-ref",
    "dangling-ref",
    "duplicate-enum-value",
    "duplicate-key",
    "duplicate-operation-id",
    "duplicate-parameter",
    "duplicate-required",
    "empty-range",
    "external-ref",
    "misplaced-extension",
    "misplaced-keyword",
    "missing-key",
    "not-json",
    "only-in-3.1",
    "ref-siblings",
    "unknown-extension",
    "unknown-key",
    "unsupported-pattern",
    "unsupported-ref",
    "unsupported-version",
    "wrong-key",
    "wrong-ref-kind",
    "wrong-type",
    "wrong-value",
    "yaml",
];

fn report(origin: &str, text: &str) -> Report {
    match parse(origin, text) {
        Ok(document) => document.report(document.findings.clone()),
        Err(report) => report,
    }
}

/// The fixtures of `parse`: name and text. Those of later stages share the folder.
fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/diagnostics");
    let mut fixtures: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("a folder that opens can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("fixtures are UTF-8"))
        })
        .filter(|(name, _)| RULES.contains(&rule_of(name)))
        .collect();
    fixtures.sort();
    fixtures
}

fn rule_of(name: &str) -> &str {
    name.split("--").next().unwrap_or(name)
}

#[test]
fn every_fixture_breaks_its_rule_and_no_other() {
    for (name, text) in fixtures() {
        let report = report(&name, &text);
        let rules: BTreeSet<&str> = report.diagnostics().iter().map(|diagnostic| diagnostic.rule).collect();
        assert_eq!(rules, BTreeSet::from([rule_of(&name)]), "{name}\n{report}");
    }
}

#[test]
fn every_rule_has_a_fixture() {
    let fixtures = fixtures();
    for rule in RULES {
        assert!(fixtures.iter().any(|(name, _)| rule_of(name) == *rule), "{rule}");
    }
}

#[test]
fn every_finding_has_a_place_in_the_text() {
    for (name, text) in fixtures() {
        let report = report(&name, &text);
        for located in report.located() {
            let line = text.lines().nth(located.line - 1).unwrap_or_default();
            assert!(located.column <= line.chars().count() + 1, "{name}: {located:?}");
        }
        assert!(report.render(true).contains('\u{1b}'), "{name}");
        assert!(!report.render(false).contains('\u{1b}'), "{name}");
    }
}

#[test]
fn findings_are_the_same_with_windows_line_ends_and_a_byte_order_mark() {
    for (name, text) in fixtures() {
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(report(&name, &text).located(), report(&name, &windows).located(), "{name}");
    }
}

#[test]
fn truncated_documents_are_reported_and_never_panic() {
    const DOCUMENT: &str = r#"openapi: 3.0.3
info: {title: "Gr\u00f6ße \x41", version: '1'}
x-shared: &shared {type: string, maxLength: 3}
paths:
  /päth/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: *shared}]
      responses:
        200: {description: |
          never}
        404:
          description: >-
            folded
            text
components:
  schemas:
    Pet: {<<: *shared, example: "abc", enum: [abc, 'd e']}
    ? Name
    : !!str type
"#;
    for (end, _) in DOCUMENT.char_indices() {
        let report = report("truncated", &DOCUMENT[..end]);
        assert_eq!(report.render(false).is_empty(), report.diagnostics().is_empty());
        assert_eq!(report.located().len(), report.diagnostics().len());
    }
}

/// A document with an object of every kind.
const EVERYTHING: &str = r"
openapi: 3.0.3
info: { title: T, version: '1', contact: { name: C, url: u, email: e }, license: { name: L, url: u } }
servers: [{ url: 'https://{host}', variables: { host: { default: a, enum: [a] } } }]
tags: [{ name: t, externalDocs: { url: u } }]
security: [{ key: [] }]
paths:
  /a/{id}:
    summary: S
    parameters: [{ name: id, in: path, required: true, style: simple, schema: { type: string }, example: a }]
    post:
      operationId: post
      tags: [t]
      parameters: [{ $ref: '#/components/parameters/Q' }]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { $ref: '#/components/schemas/Pet' }
            encoding: { name: { contentType: text/plain, headers: { X: { schema: {} } }, style: form } }
      callbacks: { done: { '{$url}': { get: { responses: { default: { description: D } } } } } }
      responses:
        200:
          description: D
          headers: { X-A: { schema: { type: integer }, example: 1 } }
          content: { application/json: { schema: { type: string }, examples: { a: { value: a } } } }
          links: { l: { operationId: post, parameters: { id: x }, server: { url: / } } }
        4XX: { $ref: '#/components/responses/R' }
components:
  parameters: { Q: { name: q, in: query, content: { application/json: { schema: {} } } } }
  responses: { R: { description: D } }
  securitySchemes:
    key: { type: apiKey, name: k, in: header }
    http: { type: http, scheme: bearer, bearerFormat: b }
    oauth: { type: oauth2, flows: { implicit: { authorizationUrl: u, scopes: { a: b } } } }
    connect: { type: openIdConnect, openIdConnectUrl: u }
  schemas:
    Pet:
      type: object
      required: [name]
      minProperties: 1
      additionalProperties: { type: array, items: { type: number, minimum: 0.5, multipleOf: 2 }, uniqueItems: true }
      properties:
        name: { type: string, pattern: a, maxLength: 3, default: a, xml: { name: n, attribute: true } }
        age: { type: integer, format: int32, minimum: 0, exclusiveMinimum: true, enum: [1], nullable: true }
        open: { type: boolean, readOnly: true, deprecated: true }
    Any:
      oneOf: [{ $ref: '#/components/schemas/Pet' }]
      discriminator: { propertyName: name, mapping: { a: Pet } }
      externalDocs: { url: u }
    Not: { not: { allOf: [{ type: string }] }, anyOf: [{}], x-rust-name: N }
";

#[test]
fn no_replaced_value_gets_past_the_check_into_openapiv3() {
    let document = serde_yaml::from_str(EVERYTHING).expect("the document above is YAML");
    assert_eq!(report("everything", EVERYTHING).to_string(), "");
    let mut pointers = Vec::new();
    gather(&document, String::new(), &mut pointers);
    let others = [json!(null), json!(true), json!(-1), json!(1.5), json!("x"), json!([]), json!({}), json!(["x", 1])];
    for pointer in pointers {
        for other in &others {
            let mut changed: Value = document.clone();
            if let Some(place) = changed.pointer_mut(&pointer) {
                *place = other.clone();
            }
            let report = report("changed", &changed.to_string());
            let refused = report.diagnostics().iter().any(|diagnostic| diagnostic.rule == "openapi");
            assert!(!refused, "{pointer} = {other}\n{report}");
        }
    }
}

fn gather(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let mut child = |key: &str, value| {
        gather(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), pointers);
    };
    match value {
        Value::Object(properties) => properties.iter().for_each(|(key, value)| child(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| child(&index.to_string(), item)),
        _ => {}
    }
    pointers.push(pointer);
}

#[test]
#[ignore = "prints what a person would judge: cargo test -- --ignored --nocapture show"]
fn show_all_fixtures() {
    for (name, text) in fixtures() {
        println!("{}", report(&format!("{name}.yaml"), &text));
    }
}
