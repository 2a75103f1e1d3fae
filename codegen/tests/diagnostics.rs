//! Diagnostics of truncated documents, and of documents with one value replaced.
//!
//! `tests/tests/diagnostics.rs` has a fixture for each rule.

use chatkit_codegen::diagnostics::Report;
use chatkit_codegen::parse::parse;
use serde_json::{Value, json};

fn report(origin: &str, text: &str) -> Report {
    match parse(origin, text) {
        Ok(document) => document.report(document.diagnostics.clone()),
        Err(report) => report,
    }
}

#[track_caller]
fn assert_helpful(report: &Report) {
    let helpless: Vec<_> = report.diagnostics().iter().filter(|diagnostic| diagnostic.help.is_none()).collect();
    assert!(helpless.is_empty(), "{helpless:?}");
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
        assert_helpful(&report);
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
fn rejects_every_value_that_openapiv3_would_reject() {
    let document = serde_yaml::from_str(EVERYTHING).expect("the document above is YAML");
    assert_eq!(report("everything", EVERYTHING).to_string(), "");
    let mut pointers = Vec::new();
    collect_pointers(&document, String::new(), &mut pointers);
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
            assert_helpful(&report);
        }
    }
}

fn collect_pointers(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let mut child = |key: &str, value| {
        collect_pointers(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), pointers);
    };
    match value {
        Value::Object(properties) => properties.iter().for_each(|(key, value)| child(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| child(&index.to_string(), item)),
        _ => {}
    }
    pointers.push(pointer);
}
