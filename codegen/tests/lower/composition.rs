//! Schemas with `allOf`.

use super::{rules, schemas, types};

#[test]
fn one_part_with_annotations_is_the_part_itself() {
    let types = types(
        "Color: { type: string, enum: [red, blue] }
Pet:
  type: object
  properties:
    eyes: { allOf: [{ $ref: '#/components/schemas/Color' }], nullable: true, default: null }
    fur: { allOf: [{ $ref: '#/components/schemas/Color' }, { description: Mostly. }] }",
    );
    assert_eq!(types[1], "struct Pet { eyes?: Color or null default null, fur?: Color }");
    assert_eq!(types.len(), 2);
}

#[test]
fn a_constraint_beside_a_part_makes_a_new_type() {
    let types = types(
        "Color: { type: string, enum: [red, blue] }
Pet:
  type: object
  properties:
    eyes: { allOf: [{ $ref: '#/components/schemas/Color' }], enum: [blue] }",
    );
    assert_eq!(types[1..], ["struct Pet { eyes?: PetEyes }", r#"enum PetEyes { Blue = "blue" }"#]);
}

#[test]
fn a_component_with_one_part_is_an_alias() {
    let types = types(
        "Pet: { type: object, properties: { name: { type: string } } }
Animal: { description: The same., allOf: [{ $ref: '#/components/schemas/Pet' }] }",
    );
    assert_eq!(types[1], "type Animal = Pet");
}

#[test]
fn own_properties_keep_the_order_of_the_document() {
    let base = "Base: { type: object, properties: { b: { type: string } } }\n";
    let after = types(&format!(
        "{base}T: {{ allOf: [{{ $ref: '#/components/schemas/Base' }}], properties: {{ a: {{ type: string }} }} }}"
    ));
    assert_eq!(after[1], "struct T { b?: string, a?: string }");
    let before = types(&format!(
        "{base}T: {{ properties: {{ a: {{ type: string }} }}, allOf: [{{ $ref: '#/components/schemas/Base' }}] }}"
    ));
    assert_eq!(before[1], "struct T { a?: string, b?: string }");
}

#[test]
fn an_inherited_inline_type_is_shared_and_keeps_its_name() {
    let types = types(
        "Sub: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: { type: string } } }] }
Base:
  type: object
  properties:
    meta: { type: object, properties: { a: { type: string } } }",
    );
    let expected = [
        "struct Sub { meta?: BaseMeta, b?: string }",
        "struct Base { meta?: BaseMeta }",
        "struct BaseMeta { a?: string }",
    ];
    assert_eq!(types, expected);
}

#[test]
fn a_subtype_overrides_a_property_of_its_base() {
    let types = types(
        "Base: { type: object, properties: { child: { $ref: '#/components/schemas/Base' } } }
Sub:
  allOf:
    - $ref: '#/components/schemas/Base'
    - properties: { child: { $ref: '#/components/schemas/Sub' } }",
    );
    assert_eq!(types, ["struct Base { child?: box Base }", "struct Sub { child?: box Sub }"]);
}

#[test]
fn a_conflict_reports_both_places() {
    let lowered = schemas(
        "T:
  allOf:
    - { type: object, properties: { a: { type: string } } }
    - { type: object, properties: { a: { type: boolean } } }",
    );
    let diagnostic = &lowered.diagnostics[0];
    assert_eq!(diagnostic.rule, "conflicting-all-of");
    let place = |index: usize| format!("/components/schemas/T/allOf/{index}/properties/a");
    assert!(format!("{:?}", diagnostic.place).contains(&place(1)));
    assert!(format!("{:?}", diagnostic.related).contains(&place(0)));
}

#[test]
fn narrowing_a_property_is_allowed() {
    let tightened = "T:
  allOf:
    - { type: object, properties: { a: { type: number, maximum: 5 } } }
    - { type: object, properties: { a: { type: integer, maximum: 9 } } }";
    assert_eq!(types(tightened), ["struct T { a?: i64 }"]);
}

#[test]
fn null_is_allowed_if_every_part_allows_it() {
    let types = types(
        "A: { type: object, nullable: true, properties: { a: { type: string } } }
B: { type: object, properties: { b: { type: string } } }
T:
  type: object
  properties:
    one: { allOf: [{ $ref: '#/components/schemas/A' }] }
    both: { x-rust-name: Both, allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }",
    );
    assert_eq!(types[2], "struct T { one?: A or null, both?: Both }");
}

#[test]
fn another_part_may_define_a_required_property() {
    assert!(
        rules("T: { allOf: [{ type: object, required: [a] }, { properties: { a: { type: string } } }] }").is_empty()
    );
    assert_eq!(
        rules("T: { allOf: [{ type: object, required: [b] }, { properties: { a: { type: string } } }] }"),
        ["required-without-property"]
    );
}
