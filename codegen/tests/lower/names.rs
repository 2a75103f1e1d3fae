//! The names of types, fields, variants and modules.

use super::{indented, lowered, rules, schemas, types};

fn prefixed(schemas: &str) -> Vec<String> {
    let lowered = lowered(&format!(
        "openapi: 3.0.3\nx-rust-crate: {{ type-prefix: Zoo }}\ninfo: {{ title: My Zoo API, version: '1' }}\npaths: {{}}\n\
         components:\n  schemas:\n{}\n",
        indented(schemas)
    ));
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.diagnostics);
    assert_eq!(lowered.api.crate_name, "my-zoo-api");
    lowered.api.types.into_iter().map(|def| def.name).collect()
}

#[test]
fn drops_the_prefix_if_a_name_remains() {
    let schemas =
        "ZooPet: { type: string }\nZoology: { type: string }\nZoo: { type: string }\nPetZoo: { type: string }";
    assert_eq!(prefixed(schemas), ["Pet", "Zoology", "Zoo", "PetZoo"]);
}

#[test]
fn x_rust_name_also_prefixes_inner_types() {
    let types = types(
        "pet_v2:
  type: object
  x-rust-name: Animal
  properties:
    the-food: { type: object, x-rust-field: food, properties: { a: { type: string } } }",
    );
    assert_eq!(types, ["struct Animal { food?: AnimalTheFood }", "struct AnimalTheFood { a?: string }"]);
}

#[test]
fn adding_a_schema_renames_nothing() {
    let before = types("pet: { type: string }");
    let after = types("animal: { type: string }\npet: { type: string }");
    assert_eq!(before[0], after[1]);
}

#[test]
fn keeps_digits_separate_across_a_sign() {
    let types = types("T: { type: string, enum: ['1.10', '11.0', model-4-0613] }");
    assert_eq!(types, [r#"enum T { V1_10 = "1.10", V11_0 = "11.0", Model4_0613 = "model-4-0613" }"#]);
}

#[test]
fn module_names_are_never_keywords() {
    let lowered = schemas("Type: { type: string }\nMatch: { type: string }\nPet: { type: string }");
    let modules: Vec<&str> = lowered.api.types.iter().map(|def| def.module.as_str()).collect();
    assert_eq!(modules, ["type_", "match_", "pet"]);
}

#[test]
fn a_name_clash_reports_both_places_and_a_remedy() {
    let lowered = schemas("T: { type: object, properties: { a-b: { type: string }, a_b: { type: string } } }");
    let diagnostic = &lowered.diagnostics[0];
    assert_eq!(diagnostic.message, "two fields of `T` are called `a_b`");
    assert_eq!(diagnostic.help.as_deref(), Some("give the field another name with `x-rust-field`"));
    assert_eq!(diagnostic.related.len(), 1);
    assert!(
        rules("T: { type: object, properties: { a-b: { type: string, x-rust-field: c }, a_b: { type: string } } }")
            .is_empty()
    );
}

#[test]
fn reserves_additional_properties_only_if_they_have_a_schema() {
    let object = |rest: &str| format!("T: {{ type: object, properties: {{ additional_properties: {{}} }}{rest} }}");
    assert!(rules(&object("")).is_empty());
    assert_eq!(rules(&object(", additionalProperties: { type: string }")), ["name-clash"]);
}

#[test]
fn suggests_a_key_for_a_misspelt_rename() {
    let lowered = schemas("T: { type: string, enum: [asc, desc], x-rust-names: { dsec: Down } }");
    assert_eq!(lowered.diagnostics[0].rule, "unused-name");
    assert_eq!(lowered.diagnostics[0].help.as_deref(), Some("did you mean `desc`?"));
}

#[test]
fn renames_union_variants_by_schema_or_json_type() {
    let types = types(
        "Pet: { type: object, properties: { a: { type: string } } }
T:
  anyOf: [{ type: string }, { $ref: '#/components/schemas/Pet' }]
  x-rust-names: { string: Text, Pet: Animal }",
    );
    assert_eq!(types[1], "union T (by JSON type) { Text(string), Animal(Pet) }");
}

#[test]
fn names_are_compared_in_normal_form() {
    let property = |name: &str| format!("{name}: {{ type: string }}");
    let object =
        |a: &str, b: &str| rules(&format!("T: {{ type: object, properties: {{ {}, {} }} }}", property(a), property(b)));
    assert_eq!(object("\u{ac00}", "\u{1100}\u{1161}"), ["name-clash"]);
    assert_eq!(object("\u{ac00}", "\u{ac01}"), [""; 0]);
    let field = |name: &str| format!("{{ type: string, x-rust-field: {name} }}");
    let renamed = format!("T: {{ type: object, properties: {{ a: {}, b: {} }} }}", field("\u{e9}"), field("e\u{301}"));
    assert_eq!(rules(&renamed), ["name-clash"]);
    assert_eq!(rules("T: { type: string, enum: [\u{ac00}, \u{1100}\u{1161}] }"), ["name-clash"]);
    assert_eq!(rules("T: { type: string, enum: [\u{ac00}, \u{ac01}] }"), [""; 0]);
}

#[test]
fn reserved_files_get_another_name() {
    let lowered = schemas("Con: { type: string }\nLpt1: { type: string }\nOperations: { type: string }");
    let modules: Vec<&str> = lowered.api.types.iter().map(|def| def.module.as_str()).collect();
    assert_eq!(modules, ["con_", "lpt1_", "operations_"]);
    assert!(lowered.diagnostics.is_empty());
}

#[test]
fn a_name_that_is_too_long_for_a_file_is_shortened_in_the_message() {
    let lowered = schemas(&format!("{}: {{ type: string }}", "Long".repeat(60)));
    let message = &lowered.diagnostics[0].message;
    assert_eq!(lowered.diagnostics[0].rule, "unusable-name");
    assert!(message.contains("…`, which is too long for a file name") && message.len() < 200, "{message}");
}
