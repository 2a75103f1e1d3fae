//! The search finds each change on its own, if the comparison has forgotten it.

use super::super::comparison::Comparison;
use super::super::document;
use super::super::revision::Revision;
use super::super::rules::RuleId;
use super::find;

const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Parcels, version: '1'}
paths:
  /parcels/{id}:
    put:
      operationId: sendParcel
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - $ref: '#/components/parameters/Limit'
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Parcel'}
      responses:
        '200':
          description: Taken.
          headers:
            X-Left: {schema: {type: integer, maximum: 9}}
          content:
            application/json:
              schema: {allOf: [{$ref: '#/components/schemas/Parcel'}], description: The parcel.}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer, maximum: 100}}
  schemas:
    Parcel:
      type: object
      required: [kind]
      properties:
        kind: {anyOf: [{type: string, maxLength: 8}, {type: string, enum: [box, tube]}]}
        state: {type: string, nullable: true, enum: [sent, lost, null]}
        weight: {type: number, minimum: 0, multipleOf: 0.5}
        notes: {type: array, maxItems: 3, items: {type: string, pattern: '^a'}}
        size: {$ref: '#/components/schemas/Size'}
        kept: {oneOf: [{type: integer}, {type: boolean}]}
        extra: {type: object, additionalProperties: {type: string, format: uuid}}
        count: {type: integer, default: 1, example: 2}
    Size:
      type: object
      properties:
        width: {type: integer, not: {enum: [0]}}
";

fn read(text: &str) -> Revision {
    Revision::read("document", text).unwrap_or_else(|report| panic!("{report}"))
}

/// Returns what the search finds after an edit that the comparison has forgotten.
fn found_if_forgotten(from: &str, to: &str) -> Vec<(RuleId, String)> {
    assert_eq!(DOCUMENT.matches(from).count(), 1, "{from}");
    let (base, head) = (read(DOCUMENT), read(&DOCUMENT.replace(from, to)));
    let mut comparison = Comparison::new(&base, &head);
    document::compare(&mut comparison);
    comparison.found.clear();
    let place = |pointer: Option<std::rc::Rc<str>>| pointer.unwrap_or_default().to_string();
    find(&mut comparison).into_iter().map(|found| (found.rule, place(found.head.or(found.base)))).collect()
}

#[test]
fn finds_every_kind_of_keyword() {
    const PARCEL: &str = "/components/schemas/Parcel/properties";
    for (from, to, place) in [
        ("maxLength: 8", "maxLength: 7", "/kind/anyOf/0/maxLength"),
        ("maxLength: 8", "pattern: b", "/kind/anyOf/0/pattern"),
        ("enum: [box, tube]", "enum: [box]", "/kind/anyOf/1/enum/1"),
        ("lost, null]", "lost]", "/state/enum"),
        ("nullable: true, enum: [sent, lost, null]", "enum: [sent, lost]", "/state/nullable"),
        ("minimum: 0,", "minimum: 1,", "/weight/minimum"),
        ("minimum: 0,", "minimum: 0, exclusiveMinimum: true,", "/weight/minimum"),
        ("multipleOf: 0.5", "multipleOf: 0.25", "/weight/multipleOf"),
        ("maxItems: 3", "maxItems: 4", "/notes/maxItems"),
        ("pattern: '^a'", "pattern: '^b'", "/notes/items/pattern"),
        ("oneOf: [{type: integer}", "anyOf: [{type: integer}", "/kept/anyOf"),
        ("{type: integer}, {type: boolean}]", "{type: integer}, {type: string}]", "/kept/oneOf/1/type"),
        ("format: uuid", "format: uri", "/extra/additionalProperties/format"),
        ("{type: string, format: uuid}", "false", "/extra/additionalProperties"),
        ("default: 1", "default: 2", "/count/default"),
    ] {
        let found = found_if_forgotten(from, to);
        let expected = format!("{PARCEL}{place}");
        assert!(found.contains(&(RuleId::UnknownConstruct, expected)), "{from} → {to}: {found:?}");
    }
}

#[test]
fn finds_changes_behind_references_and_in_other_objects() {
    for (from, to, place) in [
        ("maximum: 100", "maximum: 99", "/components/parameters/Limit/schema/maximum"),
        ("name: limit", "name: count", "/components/parameters/Limit/name"),
        ("maximum: 9}", "maximum: 8}", "/paths/~1parcels~1{id}/put/responses/200/headers/X-Left/schema/maximum"),
        ("enum: [0]", "enum: [1]", "/components/schemas/Size/properties/width/not/enum/0"),
        ("required: [kind]", "required: [kind, size]", "/components/schemas/Parcel/required/1"),
        ("        width: ", "        length: ", "/components/schemas/Size/properties/length"),
    ] {
        let found = found_if_forgotten(from, to);
        let is_found = found.iter().any(|(rule, at)| *rule == RuleId::UnknownConstruct && at == place);
        assert!(is_found, "{from} → {to}: {found:?}");
    }
}

#[test]
fn reports_prose_as_prose() {
    let found = found_if_forgotten("description: The parcel.", "description: A parcel.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, RuleId::DocumentationChanged);
    assert_eq!(found_if_forgotten("example: 2", "example: 3")[0].0, RuleId::ExampleChanged);
}

#[test]
fn finds_nothing_in_another_spelling() {
    for (from, to) in [
        ("size: {$ref: '#/components/schemas/Size'}", "size: {allOf: [{$ref: '#/components/schemas/Size'}]}"),
        ("size: {$ref: '#/components/schemas/Size'}", "size: {anyOf: [{$ref: '#/components/schemas/Size'}]}"),
        (
            "- $ref: '#/components/parameters/Limit'",
            "- {name: limit, in: query, schema: {type: integer, maximum: 100}}",
        ),
        ("{type: integer}, {type: boolean}]", "{type: boolean}, {type: integer}]"),
        ("enum: [sent, lost, null]", "enum: [null, lost, sent]"),
        ("maximum: 100", "allOf: [{maximum: 100}, {maximum: 200}]"),
        ("{type: string, enum: [box, tube]}", "{type: string, enum: [tube]}, {type: string, enum: [box]}"),
        ("minimum: 0,", "minimum: 0.0, exclusiveMinimum: false, maxLength: 5,"),
        ("X-Left:", "x-left:"),
        ("required: [kind]", "required: [kind, kind]"),
    ] {
        let found = found_if_forgotten(from, to);
        assert!(found.is_empty(), "{from} → {to}: {found:?}");
    }
}
