//! Schemas with `oneOf` and `anyOf`.

use super::{rules, schemas, types};

const CAT: &str = "Cat: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }\n";
const DOG: &str = "Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }\n";

#[test]
fn a_constant_in_every_variant_is_a_tag() {
    let pets = format!(
        "{CAT}{DOG}Pet: {{ anyOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}"
    );
    assert_eq!(types(&pets)[2], "union Pet (tagged by kind, inferred) { Cat(Cat) for cat, Dog(Dog) for dog }");
}

#[test]
fn an_optional_constant_is_not_a_tag() {
    let dog = DOG.replace("required: [kind], ", "");
    let pets = format!(
        "{CAT}{dog}Pet: {{ anyOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}"
    );
    let shown = types(&pets);
    assert!(shown.iter().any(|line| line == "union Pet (untagged) { Cat(Cat), Dog(Dog) }"), "{shown:?}");
}

#[test]
fn without_a_mapping_the_schema_name_is_the_tag() {
    let pets = "Cat: { type: object, required: [kind], properties: { kind: { type: string } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind }";
    let types = types(pets);
    assert_eq!(types[0], r#"struct Cat { kind: = "Cat" }"#);
    assert_eq!(types[2], "union Pet (tagged by kind) { Cat(Cat) for Cat, Dog(Dog) for Dog }");
}

#[test]
fn an_object_with_different_tags_in_two_unions_keeps_its_field() {
    let union = |name: &str, tag: &str| {
        format!(
            "{name}:\n  oneOf: [{{ $ref: '#/components/schemas/T' }}, {{ $ref: '#/components/schemas/Cat' }}]\n  \
             discriminator: {{ propertyName: kind, mapping: {{ {tag}: T, cat: Cat }} }}\n"
        )
    };
    let object = "T: { type: object, required: [kind], properties: { kind: { type: string } } }\n";
    let one = types(&format!("{object}{CAT}{}{}", union("A", "x"), union("B", "x")));
    assert_eq!(one[0], r#"struct T { kind: = "x" }"#);
    let two = types(&format!("{object}{CAT}{}{}", union("A", "x"), union("B", "y")));
    assert_eq!(two[0], "struct T { kind: string }");
}

#[test]
fn a_union_of_one_variant_and_null_is_a_nullable_variant() {
    let types = types(
        "T:
  type: object
  properties:
    a: { anyOf: [{ type: string }, { nullable: true, enum: [null] }] }
    b: { oneOf: [{ type: integer }] }",
    );
    assert_eq!(types, ["struct T { a?: string or null, b?: i64 }"]);
}

#[test]
fn a_nullable_variant_makes_the_use_nullable() {
    let types = types(
        "T: { type: object, properties: { a: { anyOf: [{ type: string, nullable: true }, { type: integer }] } } }",
    );
    assert_eq!(types, ["struct T { a?: TA or null }", "union TA (by JSON type) { String(string), Integer(i64) }"]);
}

#[test]
fn free_text_beside_listed_values_is_one_open_enum() {
    assert_eq!(
        types("T: { anyOf: [{ type: string }, { type: string, enum: [a, b] }, { type: string, enum: [b, c] }] }"),
        [r#"enum T { A = "a", B = "b", C = "c" }"#]
    );
}

#[test]
fn one_of_integer_and_number_is_rejected() {
    assert_eq!(rules("T: { oneOf: [{ type: integer }, { type: number }] }"), ["never-matches"]);
    assert!(rules("T: { anyOf: [{ type: integer }, { type: number }] }").is_empty());
}

#[test]
fn two_lists_make_an_untagged_union() {
    let types = types(
        "T:
  anyOf:
    - { type: array, items: { type: string } }
    - { type: array, x-rust-name: Numbers, items: { type: number } }",
    );
    assert_eq!(types, ["union T (untagged) { List([string]), Numbers([f64]) }"]);
}

#[test]
fn tries_the_more_specific_variant_first() {
    let types = types(
        "A: { type: object, required: [x], properties: { x: { type: string } } }
B: { type: object, required: [x, y], properties: { x: { type: string }, y: { type: string } } }
C: { type: object, required: [z], properties: { z: { type: string } } }
T: { anyOf: [{ $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }, {}] }",
    );
    assert_eq!(types[3], "union T (untagged) { C(C), B(B), A(A), Any(any) }");
}

#[test]
fn properties_beside_a_union_are_merged_into_each_variant() {
    let types = types(&format!(
        "{CAT}{DOG}Pet:
  required: [id]
  properties: {{ id: {{ type: string }} }}
  oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}]
  discriminator: {{ propertyName: kind, mapping: {{ cat: Cat, dog: Dog }} }}"
    ));
    let expected = [
        "union Pet (tagged by kind) { Cat(PetCat) for cat, Dog(PetDog) for dog }",
        r#"struct PetCat { id: string, kind: = "cat" }"#,
        r#"struct PetDog { id: string, kind: = "dog" }"#,
    ];
    assert_eq!(types[2..], expected);
}

#[test]
fn variants_that_only_require_properties_leave_an_object() {
    let lowered = schemas(
        "T:
  type: object
  properties: { a: { type: string }, b: { type: string } }
  anyOf: [{ required: [a] }, { required: [b] }]",
    );
    assert_eq!(super::show::types(&lowered.api), ["struct T { a?: string, b?: string }"]);
}

#[test]
fn suggests_a_mapping_for_a_tag_that_differs_from_the_name() {
    let lowered = schemas(&format!(
        "{CAT}{DOG}Pet:
  oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}]
  discriminator: {{ propertyName: kind, mapping: {{ cat: Cat }} }}"
    ));
    let help = lowered.diagnostics[0].help.as_deref().unwrap_or_default();
    assert_eq!(help, "add `dog: '#/components/schemas/Dog'` to the discriminator's `mapping`");
}

/// Returns the variants of the union `T` beside these schemas.
fn variants(schemas: &str, union: &str) -> String {
    let types = types(&format!("{schemas}\nT: {{ {union} }}"));
    types.into_iter().find(|line| line.starts_with("union T")).unwrap_or_default()
}

#[test]
fn an_optional_property_makes_a_variant_more_specific() {
    let schemas = "A: { type: object, required: [x], properties: { x: { type: string } } }
B: { type: object, required: [x], properties: { x: { type: string }, y: { type: string } } }";
    let union = "anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]";
    assert_eq!(variants(schemas, union), "union T (untagged) { B(B), A(A) }");
}

#[test]
fn a_closed_object_is_more_specific_than_an_open_one() {
    let schemas = "A: { type: object, properties: { x: { type: string } } }
B: { type: object, properties: { x: { type: string } }, additionalProperties: false }";
    let union = "anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]";
    assert_eq!(variants(schemas, union), "union T (untagged) { B(B), A(A) }");
}

#[test]
fn elements_and_values_decide_between_lists_and_maps() {
    let union = "anyOf: [{ type: array, x-rust-name: Any, items: {} }, { type: array, items: { type: string } }]";
    assert_eq!(variants("", union), "union T (untagged) { List([string]), Any([any]) }");
    let union =
        "anyOf: [{ type: object, x-rust-name: Any }, { type: object, additionalProperties: { type: integer } }]";
    assert_eq!(variants("", union), "union T (untagged) { Map({i64}), Any({any}) }");
}

#[test]
fn the_order_of_the_document_decides_between_variants_that_exclude_each_other() {
    let schemas = "A: { type: object, required: [x], properties: { x: { type: string } } }
B: { type: object, required: [x], properties: { x: { type: integer } } }";
    let union = "anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]";
    assert_eq!(variants(schemas, union), "union T (untagged) { A(A), B(B) }");
}

#[test]
fn warns_of_a_variant_that_no_value_selects() {
    let same = |a: &str, b: &str| {
        let variant =
            |name, keyword| format!("{{ type: object, x-rust-name: {name}, properties: {{ x: {{ {keyword} }} }} }}");
        super::rules(&format!("T: {{ anyOf: [{}, {}] }}", variant("A", a), variant("B", b)))
    };
    assert_eq!(same("type: string, maxLength: 3", "type: string, minLength: 4"), ["never-matches"]);
    assert_eq!(same("type: integer, minimum: 3", "type: integer"), ["never-matches"]);
    assert_eq!(same("type: array, items: {}", "type: array, items: {}, maxItems: 1"), ["never-matches"]);
    assert_eq!(same("type: string", "type: integer"), [""; 0]);
    assert_eq!(same("type: number", "type: integer"), [""; 0]);
}

#[test]
fn comparing_variants_that_contain_each_other_ends() {
    let schemas = "A: { type: object, properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } } }
B: { type: object, properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' }, c: {} } }";
    let union = "anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]";
    assert!(variants(schemas, union).starts_with("union T (untagged)"));
}
