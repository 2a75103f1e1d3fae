//! Objects, scalars, constants and recursion.

use super::{rules, schemas, types};
use chatkit_codegen::ir::{Type, TypeKind};
use serde_json::Value;

#[test]
fn a_one_value_enum_is_a_constant_only_if_required_and_not_nullable() {
    let types = types(
        "T:
  type: object
  required: [a, b]
  properties:
    a: { type: string, enum: [x] }
    b: { type: string, nullable: true, enum: [x, null] }
    c: { type: string, enum: [x] }",
    );
    assert_eq!(types[0], r#"struct T { a: = "x", b: TB or null, c?: TC }"#);
}

#[test]
fn a_reference_to_a_one_value_enum_is_a_constant_that_keeps_its_type() {
    let lowered = schemas(
        "V: { type: string, enum: [v1] }
T: { type: object, required: [v], properties: { v: { $ref: '#/components/schemas/V' } } }",
    );
    let TypeKind::Object(object) = &lowered.api.types[1].kind else { panic!("a struct") };
    assert_eq!(object.properties[0].constant, Some(Value::from("v1")));
    assert!(matches!(object.properties[0].schema.ty, Type::Named(_)));
}

#[test]
fn an_enum_of_both_booleans_is_a_boolean() {
    assert_eq!(types("T: { type: boolean, enum: [true, false] }"), ["type T = bool"]);
    assert_eq!(rules("T: { type: boolean, enum: [true] }"), ["unchecked-constraint"]);
}

#[test]
fn keeps_a_default_of_null() {
    let lowered = schemas("T: { type: object, properties: { a: { type: string, nullable: true, default: null } } }");
    let TypeKind::Object(object) = &lowered.api.types[0].kind else { panic!("a struct") };
    assert_eq!(object.properties[0].default, Some(Value::Null));
}

#[test]
fn bounds_beyond_i64_keep_every_digit() {
    let lowered = schemas("T: { type: integer, minimum: 0, maximum: 18446744073709551615 }");
    let TypeKind::Alias(alias) = &lowered.api.types[0].kind else { panic!("an alias") };
    let Type::Integer(integer) = &alias.schema.ty else { panic!("an integer") };
    assert_eq!(integer.bounds.maximum.as_ref().and_then(serde_json::Number::as_u64), Some(u64::MAX));
}

#[test]
fn a_missing_type_is_inferred_from_the_keywords() {
    let types = types(
        "A: { properties: { a: { type: string } } }
B: { items: { type: string } }
C: { enum: [x, y] }
D: { description: Anything. }
E: { additionalProperties: { type: string } }",
    );
    let expected = [
        "struct A { a?: string }",
        "type B = [string]",
        r#"enum C { X = "x", Y = "y" }"#,
        "type D = any",
        "type E = {string}",
    ];
    assert_eq!(types, expected);
}

#[test]
fn nullability_of_a_component_moves_to_its_uses() {
    let lowered = schemas(
        "Id: { type: string, nullable: true }
T: { type: object, required: [id], properties: { id: { $ref: '#/components/schemas/Id' } } }",
    );
    let TypeKind::Alias(alias) = &lowered.api.types[0].kind else { panic!("an alias") };
    let TypeKind::Object(object) = &lowered.api.types[1].kind else { panic!("a struct") };
    assert!(!alias.schema.nullable);
    assert!(object.properties[0].schema.nullable);
}

#[test]
fn a_wrapper_can_remove_nullability() {
    let types = types(
        "Id: { type: string, nullable: true }
T: { type: object, properties: { id: { nullable: false, allOf: [{ $ref: '#/components/schemas/Id' }] } } }",
    );
    assert_eq!(types[1], "struct T { id?: Id }");
}

#[test]
fn boxes_only_properties_in_the_cycle() {
    let types = types(
        "A: { type: object, properties: { b: { $ref: '#/components/schemas/B' }, c: { $ref: '#/components/schemas/C' } } }
B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }
C: { type: object, properties: { list: { type: array, items: { $ref: '#/components/schemas/C' } } } }",
    );
    assert_eq!(types, ["struct A { b?: box B, c?: C }", "struct B { a?: box A }", "struct C { list?: [C] }"]);
}

#[test]
fn rejects_an_untagged_union_that_contains_itself() {
    let direct = "A: { anyOf: [{ type: string }, { $ref: '#/components/schemas/B' }] }
B: { anyOf: [{ type: boolean }, { $ref: '#/components/schemas/A' }] }";
    assert_eq!(rules(direct), ["recursive-untagged-union", "recursive-untagged-union"]);
    let through_a_list = "A: { anyOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }
B: { type: object, required: [b], properties: { b: { type: array, items: { $ref: '#/components/schemas/A' } } } }
C: { type: object, required: [c], properties: { c: { type: string } } }";
    assert_eq!(rules(through_a_list), ["recursive-untagged-union"]);
    let by_json_type = "A: { anyOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/A' } }] }";
    assert_eq!(rules(by_json_type), [""; 0]);
}

#[test]
fn aliases_through_a_struct_are_not_recursive() {
    let types = types(
        "List: { type: array, items: { $ref: '#/components/schemas/Node' } }
Node: { type: object, properties: { next: { $ref: '#/components/schemas/List' } } }
Json: { type: object, additionalProperties: { $ref: '#/components/schemas/Deep' } }
Deep: { type: array, items: { $ref: '#/components/schemas/Json' } }",
    );
    assert_eq!(types[0], "type List = [Node]");
    assert_eq!(types[2..], ["recursive type Json = {Deep}", "recursive type Deep = [Json]"]);
}

#[test]
fn a_cycle_that_can_end_is_allowed() {
    let node = |next: &str| {
        format!(
            "N:\n  type: object\n  required: [next]\n  properties:\n    next: {next}\n\
             E: {{ type: object, properties: {{ a: {{ type: string }} }} }}"
        )
    };
    let reference = "{ $ref: '#/components/schemas/N' }";
    assert_eq!(rules(&node(reference)), ["infinite-value"]);
    assert!(rules(&node(&format!("{{ nullable: true, allOf: [{reference}] }}"))).is_empty());
    assert!(rules(&node(&format!("{{ type: array, items: {reference} }}"))).is_empty());
    assert!(rules(&node(&format!("{{ anyOf: [{reference}, {{ type: string }}] }}"))).is_empty());
}

#[test]
fn a_long_chain_of_references_does_not_overflow_the_stack() {
    let mut chain = String::from("T0: { type: string }");
    for n in 0..5000 {
        let link =
            format!("\nT{}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/T{n}' }} }} }}", n + 1);
        chain.push_str(&link);
    }
    assert_eq!(types(&chain).len(), 5001);
}

#[test]
fn suggests_a_property_for_a_misspelt_required_name() {
    let lowered = schemas("T: { type: object, required: [naem], properties: { name: { type: string } } }");
    assert_eq!(lowered.diagnostics[0].help.as_deref(), Some("did you mean `name`?"));
}

#[test]
fn diagnostics_are_in_the_order_of_the_document() {
    let lowered = schemas(
        "B: { type: object, required: [x], properties: { a: { type: string } } }
A: { type: object, properties: { a: { type: number, enum: [0.5, 1] } }, required: [y] }
Vec: { type: string }",
    );
    let rules: Vec<&str> = lowered.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
    assert_eq!(rules, ["required-without-property", "unsupported-enum", "required-without-property", "reserved-name"]);
}
