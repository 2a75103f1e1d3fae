//! Valid and almost valid cases for the rules, in addition to the fixtures.

use super::super::parse;
use super::extensions::EXTENSIONS;
use crate::diagnostics::Severity;

/// The required responses of an operation.
const RESPONSES: &str = "responses: { 200: { description: D } }";

/// Returns the diagnostics of a text, as `rule pointer`.
fn diagnostics(text: &str) -> Vec<String> {
    let report = match parse("test.yaml", text) {
        Ok(document) => document.report(document.diagnostics.clone()),
        Err(report) => report,
    };
    report
        .located()
        .into_iter()
        .map(|located| format!("{} {}", located.rule, located.pointer.unwrap_or_default()))
        .collect()
}

/// Returns the diagnostics in a schema, with pointers below it.
fn in_schema(schema: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n\
         components: {{ schemas: {{ Text: {{ type: string }}, A: {schema} }} }}\n"
    );
    diagnostics(&text).into_iter().map(|diagnostic| diagnostic.replace("/components/schemas/A", "")).collect()
}

/// Returns the diagnostics in an operation, with pointers below it.
fn in_operation(operation: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a: {{ get: {operation} }}\n\
         components: {{ parameters: {{ P: {{ name: p, in: query, schema: {{}} }} }} }}\n"
    );
    diagnostics(&text).into_iter().map(|diagnostic| diagnostic.replace("/paths/~1a/get", "")).collect()
}

#[track_caller]
fn assert_cases(check: fn(&str) -> Vec<String>, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(check(text), *expected, "{text}");
    }
}

#[test]
fn accepts_versions_of_3_0_only() {
    for (version, supported) in [
        ("3.0.0", true),
        ("3.0.4", true),
        ("'3.0.3'", true),
        ("3.0", false),
        ("3.1.0", false),
        ("3.0.x", false),
        ("4", false),
    ] {
        let diagnostics =
            diagnostics(&format!("openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n"));
        assert_eq!(diagnostics.is_empty(), supported, "{version}: {diagnostics:?}");
        assert!(supported || diagnostics == ["unsupported-version /openapi"], "{version}: {diagnostics:?}");
    }
}

#[test]
fn unsupported_version_is_the_only_error() {
    assert_eq!(diagnostics("openapi: 3.1.0\ninfo: 1\nwebhooks: {}\n"), ["unsupported-version /openapi"]);
    assert_eq!(diagnostics("hello: world\n"), ["unsupported-version "]);
}

#[test]
fn reports_keywords_of_later_versions() {
    assert_cases(
        in_schema,
        &[
            ("{ const: 1 }", &["only-in-3.1 /const"]),
            ("{ properties: { const: { type: string } } }", &[]),
            ("{ x-const: 1 }", &[]),
            ("{ type: [string] }", &["only-in-3.1 /type"]),
            ("{ type: 'null' }", &["only-in-3.1 /type"]),
            ("{ type: integer, exclusiveMaximum: 3 }", &["only-in-3.1 /exclusiveMaximum"]),
            ("{ type: integer, maximum: 3, exclusiveMaximum: true }", &[]),
            ("{ examples: [1] }", &["only-in-3.1 /examples"]),
            ("{ example: { const: 1, $ref: nowhere } }", &[]),
            ("{ items: true, type: array }", &["only-in-3.1 /items"]),
            ("{ additionalProperties: true }", &[]),
        ],
    );
}

#[test]
fn checks_keys_and_types() {
    assert_cases(
        in_schema,
        &[
            ("{ titel: A }", &["unknown-key /titel"]),
            ("{ title: 1 }", &["wrong-type /title"]),
            ("{ minLength: 1.5 }", &["wrong-type /minLength"]),
            ("{ minLength: -1 }", &["wrong-value /minLength"]),
            ("{ minLength: 0 }", &[]),
            ("{ type: text }", &["wrong-value /type"]),
            ("{ type: array }", &["missing-key "]),
            ("{ multipleOf: 0 }", &["wrong-value /multipleOf"]),
            ("{ allOf: [] }", &["wrong-value /allOf"]),
            ("{ discriminator: { mapping: {} } }", &["missing-key /discriminator"]),
            ("{ discriminator: kind }", &["wrong-type /discriminator"]),
            ("[]", &["wrong-type "]),
            ("{ required: [a, 1] }", &["wrong-type /required/1"]),
            ("{ required: [a, b] }", &[]),
        ],
    );
}

#[test]
fn checks_ranges_and_lists() {
    assert_cases(
        in_schema,
        &[
            ("{ minLength: 2, maxLength: 1 }", &["empty-range /minLength"]),
            ("{ minLength: 1, maxLength: 1 }", &[]),
            ("{ minimum: 1, maximum: 1, exclusiveMinimum: true }", &["empty-range /minimum"]),
            ("{ minimum: 1, maximum: 1, exclusiveMinimum: false }", &[]),
            ("{ minimum: 9223372036854775808, maximum: 9223372036854775807 }", &["empty-range /minimum"]),
            ("{ enum: [1, '1'] }", &[]),
            ("{ enum: [1, 1] }", &["duplicate-enum-value /enum/1"]),
            ("{ type: string, enum: [a, null], nullable: true }", &[]),
            ("{ required: [a, a] }", &["duplicate-required /required/1"]),
            ("{ type: string, items: {} }", &["misplaced-keyword /items"]),
            ("{ items: {} }", &[]),
            ("{ type: number, maximum: 2 }", &[]),
        ],
    );
}

#[test]
fn checks_references() {
    assert_cases(
        in_schema,
        &[
            ("{ $ref: '#/components/schemas/Text' }", &[]),
            ("{ $ref: '#/components/schemas/Text', title: A }", &["ref-siblings /title"]),
            ("{ $ref: '#/components/schemas/Text', x-a: 1 }", &["ref-siblings /x-a"]),
            ("{ allOf: [{ $ref: '#/components/schemas/Text' }], title: A }", &[]),
            ("{ properties: { $ref: { type: string }, a: {} } }", &[]),
            ("{ $ref: '#/components/schemas/Test' }", &["dangling-ref /$ref"]),
            ("{ $ref: Text }", &["external-ref /$ref"]),
            ("{ $ref: 1 }", &["wrong-type /$ref"]),
            ("{ $ref: '#/info' }", &["wrong-ref-kind /$ref"]),
            ("{ $ref: '#/components/schemas' }", &["wrong-ref-kind /$ref"]),
            ("{ $ref: '#/components/schemas/A' }", &["cyclic-ref "]),
            ("{ items: { $ref: '#/components/schemas/A' } }", &[]),
            ("{ allOf: [{ $ref: '#/components/schemas/A' }] }", &["cyclic-ref "]),
            ("{ allOf: [{ properties: { a: { $ref: '#/components/schemas/A' } } }] }", &[]),
            ("{ discriminator: { propertyName: k, mapping: { a: Text, b: '#/components/schemas/Text' } } }", &[]),
            ("{ discriminator: { propertyName: k, mapping: { a: Tex } } }", &["dangling-ref /discriminator/mapping/a"]),
        ],
    );
}

#[test]
fn checks_operations() {
    for (rest, expected) in [
        ("", &[][..]),
        ("parameters: [{ $ref: '#/components/parameters/P' }]", &[]),
        (
            "parameters: [{ $ref: '#/components/parameters/P' }, { name: p, in: query, schema: {} }]",
            &["duplicate-parameter /parameters/1"],
        ),
        ("parameters: [{ name: p, in: query, schema: {} }, { name: p, in: cookie, schema: {} }]", &[]),
        ("parameters: [{ name: p, in: query }]", &["missing-key /parameters/0"]),
        ("parameters: [{ name: p, in: path, schema: {} }]", &["missing-key /parameters/0"]),
        ("parameters: [{ name: p, in: query, style: simple, schema: {} }]", &["wrong-value /parameters/0/style"]),
        ("parameters: [{ name: p, in: query, style: deepObject, schema: {} }]", &[]),
        ("parameters: [{ name: p, in: query, content: {} }]", &["wrong-value /parameters/0/content"]),
        ("$ref: '#/paths/~1a/post'", &["unknown-key /$ref"]),
        ("requestBody: {}", &["missing-key /requestBody"]),
        ("security: [{ key: read }]", &["wrong-type /security/0/key"]),
        ("security: [{ x-key: [] }]", &[]),
    ] {
        let text = format!("{{ {RESPONSES}, {rest} }}");
        assert_eq!(in_operation(&text), expected, "{text}");
    }
    assert_eq!(in_operation("{ responses: {} }"), ["missing-key /responses"]);
    assert_eq!(in_operation("{ responses: { 2xx: { description: D } } }"), ["wrong-key /responses/2xx"]);
    assert_eq!(in_operation("{ responses: { 2XX: { description: D }, default: { description: D } } }"), [""; 0]);
}

#[test]
fn reports_siblings_of_a_reference_in_path_items() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a: { parameters: [] }\n  \
                /b: { $ref: '#/paths/~1a', summary: S }\n";
    assert_eq!(diagnostics(text), ["ref-siblings /paths/~1b/summary"]);
    assert_eq!(diagnostics(&text.replace(", summary: S", "")), [""; 0]);
}

#[test]
fn checks_our_extensions() {
    assert_cases(
        in_schema,
        &[
            ("{ x-rust-name: Name }", &[]),
            ("{ x-rust-name: my_name }", &["wrong-value /x-rust-name"]),
            ("{ x-rust-name: Self }", &["wrong-value /x-rust-name"]),
            ("{ x-rust-name: [] }", &["wrong-type /x-rust-name"]),
            ("{ x-rust-nam: Name }", &["unknown-extension /x-rust-nam"]),
            ("{ x-rust: Name }", &[]),
            ("{ x-vendor: 1 }", &[]),
            ("{ x-secret: true, type: string }", &[]),
            ("{ x-secret: false, type: string }", &["wrong-value /x-secret"]),
            ("{ x-secret: true }", &["misplaced-extension /x-secret"]),
            ("{ x-rust-names: { a: A }, enum: [a] }", &[]),
            ("{ x-rust-names: { a: a }, enum: [a] }", &["wrong-value /x-rust-names/a"]),
            ("{ properties: { properties: { x-rust-field: field } } }", &[]),
            ("{ items: { x-rust-field: field } }", &["misplaced-extension /items/x-rust-field"]),
            ("{ type: object, x-property-names: { maxLength: 3 } }", &[]),
            ("{ type: object, x-property-names: { maxlength: 3 } }", &["unknown-key /x-property-names/maxlength"]),
            ("{ x-environment: KEY }", &["misplaced-extension /x-environment"]),
        ],
    );
    for (rest, expected) in [
        ("x-rust-name: list, x-rust-module: threads", &[][..]),
        ("x-rust-name: move", &["wrong-value /x-rust-name"]),
        ("x-paging: { items: data, forward: { parameter: after, cursor: last_id } }", &[]),
        ("x-paging: { items: data, forward: { parameter: after } }", &["missing-key /x-paging/forward"]),
        ("parameters: [{ name: p, in: header, schema: {}, x-environment: API_KEY }]", &[]),
        (
            "parameters: [{ name: p, in: query, schema: {}, x-environment: API_KEY }]",
            &["misplaced-extension /parameters/0/x-environment"],
        ),
        ("servers: [{ url: /, x-environment: base url }]", &["wrong-value /servers/0/x-environment"]),
    ] {
        let text = format!("{{ {RESPONSES}, {rest} }}");
        assert_eq!(in_operation(&text), expected, "{text}");
    }
}

#[test]
fn table_of_extensions_has_one_row_for_each_name_and_kind() {
    for (index, row) in EXTENSIONS.iter().enumerate() {
        assert!(row.name.starts_with("x-"));
        assert!(!EXTENSIONS[..index].iter().any(|other| other.name == row.name && other.object == row.object));
    }
}

#[test]
fn document_keeps_warnings() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n\
                components: { schemas: { A: { type: string, items: {} } } }\n";
    let document = parse("test.yaml", text).expect("warnings do not reject a document");
    assert_eq!(document.diagnostics.len(), 1);
    assert_eq!(document.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn reports_cycles_but_not_long_chains() {
    let mut text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for index in 0..2_000 {
        let next = index + 1;
        text.extend(["    S", &index.to_string(), ": { $ref: '#/components/schemas/S", &next.to_string(), "' }\n"]);
    }
    assert_eq!(diagnostics(&format!("{text}    S2000: {{ type: string }}\n")), [""; 0]);
    assert_eq!(diagnostics(&format!("{text}    S2000: {{ $ref: '#/components/schemas/S1999' }}\n")).len(), 1);
}
