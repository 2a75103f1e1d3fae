//! Values that satisfy their schemas, and values that do not.

use super::super::parse;
use serde_json::{Value, json};

/// Returns the diagnostics in a schema, as `rule pointer`, with pointers below it.
fn in_schema(schema: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n\
         components: {{ schemas: {{ Text: {{ type: string }}, A: {schema} }} }}\n"
    );
    diagnostics(&text, "/components/schemas/A")
}

/// Returns the diagnostics in a media type of a request and of a response.
fn in_media_types(name: &str, media_type: &str) -> (Vec<String>, Vec<String>) {
    let text = |request: &str, response: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post:\n      \
             requestBody: {{ content: {{ {request} }} }}\n      \
             responses: {{ 200: {{ description: D, content: {{ {response} }} }} }}\n\
             components: {{ examples: {{ Shared: {{ value: 1 }} }} }}\n"
        )
    };
    let media_type = format!("'{name}': {media_type}");
    let escaped = name.replace('/', "~1");
    (
        diagnostics(&text(&media_type, ""), &format!("/paths/~1a/post/requestBody/content/{escaped}")),
        diagnostics(&text("x/y: {}", &media_type), &format!("/paths/~1a/post/responses/200/content/{escaped}")),
    )
}

fn diagnostics(text: &str, below: &str) -> Vec<String> {
    let report = match parse("test.yaml", text) {
        Ok(document) => document.report(document.diagnostics.clone()),
        Err(report) => report,
    };
    let diagnostic = |located: crate::diagnostics::Located| {
        format!("{} {}", located.rule, located.pointer.unwrap_or_default().replace(below, ""))
    };
    report.located().into_iter().map(diagnostic).collect()
}

#[test]
fn checks_defaults_and_examples() {
    for (schema, expected) in [
        ("{ type: string, default: a }", &[][..]),
        ("{ type: string, default: 1 }", &["bad-default /default"]),
        ("{ type: string, default: null }", &["bad-default /default"]),
        ("{ type: string, nullable: true, default: null }", &[]),
        ("{ type: string, nullable: true, enum: [a], default: null }", &[]),
        ("{ type: string, nullable: true, enum: [a], default: b }", &["bad-default /default"]),
        ("{ allOf: [{ $ref: '#/components/schemas/Text' }], nullable: true, default: null }", &[]),
        ("{ allOf: [{ $ref: '#/components/schemas/Text' }], default: null }", &["bad-default /default"]),
        ("{ type: integer, minimum: 1, exclusiveMinimum: true, example: 1 }", &["bad-example /example"]),
        ("{ type: integer, minimum: 1, exclusiveMinimum: false, example: 1 }", &[]),
        ("{ type: integer, format: unixtime, example: 1 }", &[]),
        ("{ type: string, format: anything, example: a }", &[]),
        ("{ type: array, items: { type: integer }, example: [1, a] }", &["bad-example /example/1"]),
        ("{ properties: { a/b: { type: integer } }, example: { a/b: x } }", &["bad-example /example/a~1b"]),
        ("{ type: object, additionalProperties: false, example: { a: 1 } }", &["bad-example /example"]),
        ("{ type: object, x-property-names: { maxLength: 1 }, example: { ab: 1 } }", &["bad-example /example"]),
        ("{ type: object, x-property-names: { maxLength: 2 }, example: { ab: 1 } }", &[]),
        ("{ required: [a], properties: { a: { readOnly: true } }, example: {} }", &[]),
        ("{ required: [a], properties: { a: {} }, example: {} }", &["bad-example /example"]),
        ("{ properties: { self: { $ref: '#/components/schemas/A' } }, example: { self: { self: 1 } } }", &[]),
        (
            "{ type: object, properties: { self: { $ref: '#/components/schemas/A' } }, example: { self: 1 } }",
            &["bad-example /example/self"],
        ),
    ] {
        assert_eq!(in_schema(schema), expected, "{schema}");
    }
}

#[test]
fn checks_examples_and_references_within_nullable_schemas() {
    let union = "{ nullable: true, oneOf: [{ type: object, properties: { b: { type: integer, example: x } } }, \
                 { type: string, nullable: true }] }";
    let expected = ["bad-example /properties/a/oneOf/0/properties/b/example"];
    assert_eq!(in_schema(&format!("{{ properties: {{ a: {union} }} }}")), expected);
    for (keyword, example, expected) in [
        ("oneOf: [{ type: string }, { type: integer }]", "1", &["bad-example /properties/c/example"][..]),
        ("anyOf: [{ type: string }, { type: integer }]", "x", &[]),
        ("allOf: [{ type: string }]", "1", &["bad-example /properties/c/example"]),
    ] {
        let inner = format!("#/components/schemas/A/properties/a/{}/0", &keyword[..5]);
        let schema = format!(
            "{{ properties: {{ a: {{ nullable: true, {keyword} }}, c: {{ allOf: [{{ $ref: '{inner}' }}], example: {example} }} }} }}"
        );
        assert_eq!(in_schema(&schema), expected, "{schema}");
    }
}

#[test]
fn the_discriminator_selects_the_variant() {
    let pets = |tag: &str| {
        format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}], \
             discriminator: {{ propertyName: kind, mapping: {{ dog: Dog }} }}, example: {{ kind: {tag} }} }}, \
             Cat: {{ type: object, properties: {{ kind: {{ type: string }} }} }}, \
             Dog: {{ type: object, properties: {{ kind: {{ type: string }} }} }}"
        )
    };
    assert_eq!(in_schema(&pets("Cat")), [""; 0]);
    assert_eq!(in_schema(&pets("dog")), [""; 0]);
    assert_eq!(in_schema(&pets("Dog")), ["bad-example /example"]);
}

#[test]
fn explains_violations_by_the_alternative_that_was_meant() {
    let schema = "{ oneOf: [{ type: string }, { type: object, properties: { a: { type: integer } } }], \
                  example: { a: b } }";
    assert_eq!(in_schema(schema), ["bad-example /example/a"]);
    assert_eq!(in_schema("{ oneOf: [{ type: string }, { type: integer }], example: true }"), ["bad-example /example"]);
}

#[test]
fn required_depends_on_the_direction() {
    let media_type = "{ schema: { required: [r, w], properties: { r: { readOnly: true }, w: { writeOnly: true } } }, \
                      example: { EXAMPLE: 1 } }";
    let of = |name: &str| in_media_types("application/json", &media_type.replace("EXAMPLE", name));
    assert_eq!(of("w"), (vec![], vec!["bad-example /example".to_owned()]));
    assert_eq!(of("r"), (vec!["bad-example /example".to_owned()], vec![]));
}

#[test]
fn accepts_text_for_media_types_other_than_json() {
    let media_type = "{ schema: { type: object }, example: '<a/>' }";
    assert_eq!(in_media_types("application/xml", media_type), (vec![], vec![]));
    let bad = || vec!["bad-example /example".to_owned()];
    assert_eq!(in_media_types("application/problem+json", media_type), (bad(), bad()));
}

#[test]
fn checks_shared_examples_at_each_use() {
    let media_type = "{ schema: { type: string }, examples: { a: { $ref: '#/components/examples/Shared' } } }";
    let bad = || vec!["bad-example /components/examples/Shared/value".to_owned()];
    assert_eq!(in_media_types("application/json", media_type), (bad(), bad()));
    assert_eq!(in_media_types("application/json", &media_type.replace("string", "integer")), (vec![], vec![]));
}

#[test]
fn warns_about_unsupported_patterns() {
    assert_eq!(in_schema("{ type: string, pattern: '(', example: a }"), ["unsupported-pattern /pattern"]);
    assert_eq!(in_schema(r"{ type: string, pattern: '^\p{L}+(?=x)', example: äx }"), [""; 0]);
    assert_eq!(in_schema("{ type: string, pattern: '^b', example: a }"), ["bad-example /example"]);
}

#[test]
fn violations_of_requests_have_keywords_and_pointers() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    \
                ObjectKind: { type: object, required: [kind, id, size], properties: { kind: { type: string, enum: [k] }, \
                id: { type: integer, readOnly: true }, size: { type: integer, maximum: 3 } } }\n    \
                Choice: { oneOf: [{ $ref: '#/components/schemas/ObjectKind' }, { type: string }] }\n";
    let document = parse("test.yaml", text).expect("a document");
    let [kind, choice] = ["/components/schemas/ObjectKind", "/components/schemas/Choice"];
    let validator = document.request_validator([kind, choice]).expect("a validator");
    let places = |schema: &str, value: Value| -> Vec<String> {
        let violations = validator.violations(schema, value);
        violations.into_iter().map(|violation| format!("{} {}", violation.keyword, violation.pointer)).collect()
    };
    assert_eq!(places(kind, json!({ "kind": "k", "size": 3 })), [""; 0]);
    assert_eq!(places(kind, json!({ "kind": "l", "size": 4 })), ["enum /kind", "maximum /size"]);
    assert_eq!(places(kind, json!({ "kind": "k" })), ["required /size"]);
    assert_eq!(places(choice, json!({ "kind": "k", "size": 4, "id": "x" })), ["maximum /size", "type /id"]);
    assert_eq!(places(choice, json!(1)), ["oneOf "]);
}
