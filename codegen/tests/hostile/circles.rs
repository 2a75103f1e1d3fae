//! Schemas that lead back to themselves.

use super::documents::{object, property_chain, reference, requiring, with_schemas};
use super::errors_of;
use chatkit_codegen::generate;

const PET: &str = "{ type: object, required: [kind], properties: { kind: { type: string }, name: { type: string } }, \
                   discriminator: { propertyName: kind }, oneOf: [CAT, DOG] }";

/// Returns a base that lists its subtypes as variants, and the subtypes.
fn pets(cat: &str, dog: &str) -> String {
    let pet = PET.replace("CAT", &reference("Cat")).replace("DOG", &reference("Dog"));
    with_schemas([("Pet", &*pet), ("Cat", cat), ("Dog", dog)])
}

/// Returns a schema that inherits another one.
fn inheriting(base: &str, own: &str) -> String {
    format!("{{ allOf: [{}, {own}] }}", reference(base))
}

/// Returns the sources of the models.
fn models(text: &str) -> String {
    let generated = generate("hostile.yaml", text).unwrap_or_else(|report| panic!("{report}"));
    let models = generated.files.iter().filter(|(path, _)| path.starts_with("src/models/"));
    models.map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn a_subtype_that_its_base_lists_inherits_the_properties_alone() {
    let text = pets(&inheriting("Pet", &requiring("claws")), &inheriting("Pet", &requiring("bark")));
    let models = models(&text);
    for expected in ["pub struct Cat", "pub struct Dog", "pub enum Pet", "Cat(Cat)", "Dog(Dog)", "pub claws: String"] {
        assert!(models.contains(expected), "{expected}\n{models}");
    }
    assert_eq!(models.matches("pub name: Option<String>").count(), 2, "{models}");
    assert_eq!(errors_of(text), [""; 0]);
}

#[test]
fn subtypes_may_be_listed_indirectly() {
    for text in [
        // By a union between.
        with_schemas([
            ("Pet", PET.replace("CAT", &reference("Feline")).replace("DOG", &reference("Dog")).as_str()),
            ("Feline", &format!("{{ oneOf: [{}, {}] }}", reference("Cat"), reference("Lion"))),
            ("Cat", &inheriting("Pet", &requiring("claws"))),
            ("Lion", &inheriting("Pet", &requiring("mane"))),
            ("Dog", &inheriting("Pet", &requiring("bark"))),
        ])
        .replace("discriminator: { propertyName: kind }, ", ""),
        // By a subtype of a subtype.
        pets(&inheriting("Pet", &requiring("claws")), &inheriting("Cat", &requiring("bark"))),
        // By an alias.
        with_schemas([
            ("Pet", PET.replace("CAT", &reference("Alias")).replace("DOG", &reference("Dog")).as_str()),
            ("Alias", &format!("{{ description: D, allOf: [{}] }}", reference("Cat"))),
            ("Cat", &inheriting("Pet", &requiring("claws"))),
            ("Dog", &inheriting("Pet", &requiring("bark"))),
        ]),
        // In the variant itself.
        with_schemas([(
            "Pet",
            PET.replace("CAT", &inheriting("Pet", &requiring("claws")).replacen("{ ", "{ x-rust-name: PetCat, ", 1))
                .replace("DOG", &requiring("bark").replacen("{ ", "{ x-rust-name: PetDog, ", 1))
                .replace("discriminator: { propertyName: kind }, ", ""),
        )]),
    ] {
        assert_eq!(errors_of(text.clone()), [""; 0], "{text}");
    }
}

#[test]
fn examples_of_a_base_and_its_subtypes_are_checked() {
    let example = |kind: &str| format!(", example: {{ kind: {kind}, name: Tom }}");
    let subtype = |kind: &str| {
        let own = object("age", "{ type: integer }");
        inheriting("Pet", &own).replace(" }", "  }").trim_end_matches(" }").to_owned() + &example(kind) + " }"
    };
    for (kind, expected) in [("Cat", &[][..]), ("Bird", &["bad-example"])] {
        let text = pets(&subtype("Cat"), &subtype("Dog")).replacen("] }", &format!("]{} }}", example(kind)), 1);
        assert_eq!(errors_of(text.clone()), expected, "{text}");
    }
}

#[test]
fn unions_that_contain_themselves_are_errors() {
    let base = |own: &str, other: &str| {
        format!(
            "{{ type: object, properties: {{ {own}: {{ type: string }} }}, oneOf: [{}, {}] }}",
            reference(other),
            requiring(format!("{own}{own}"))
        )
    };
    for schemas in [
        vec![("A", base("a", "A"))],
        vec![("A", base("a", "B")), ("B", base("b", "A"))],
        vec![("A", base("a", "B")), ("B", base("b", "C")), ("C", base("c", "A"))],
        vec![("A", format!("{{ anyOf: [{}, {{ type: string }}] }}", reference("A")))],
        vec![("A", object("p", format!("{{ oneOf: [{}, {{ type: string }}] }}", reference("A/properties/p"))))],
        vec![(
            "A",
            object(
                "p",
                format!(
                    "{{ anyOf: [{{ type: string }}, {{ oneOf: [{}, {{ type: integer }}] }}] }}",
                    reference("A/properties/p")
                ),
            ),
        )],
    ] {
        let errors = errors_of(with_schemas(schemas.clone()));
        assert!(
            errors.contains(&"cyclic-schema") || errors.contains(&"recursive-untagged-union"),
            "{errors:?} {schemas:?}"
        );
    }
}

#[test]
fn schemas_that_inherit_themselves_are_errors() {
    let all = |parts: &[String]| format!("{{ allOf: [{}] }}", parts.join(", "));
    let own = reference("A/properties/p");
    for schemas in [
        vec![("A", all(&[reference("A")]))],
        vec![("A", all(&[reference("B"), all(&[reference("A")])])), ("B", all(&[reference("A")]))],
        vec![
            ("A", all(&[reference("B")])),
            ("B", all(&[reference("C")])),
            ("C", all(&[reference("A"), reference("B")])),
        ],
        vec![("A", object("p", all(&[own.clone(), own.clone()])))],
        vec![("A", object("p", all(&[object("q", "{ type: string }"), all(&[own.clone(), all(&[own])])])))],
    ] {
        let errors = errors_of(with_schemas(schemas.clone()));
        assert!(errors.iter().any(|rule| rule.starts_with("cyclic-")), "{errors:?} {schemas:?}");
    }
}

#[test]
fn lists_maps_and_references_that_contain_only_themselves_end() {
    let own = || reference("X/properties/p0");
    for property in [
        own(),
        format!("{{ type: array, items: {} }}", own()),
        format!("{{ type: object, additionalProperties: {} }}", own()),
        format!("{{ oneOf: [{{ type: array, items: {} }}, {{ type: string }}] }}", own()),
        format!("{{ not: {} }}", own()),
        object("q", own()),
    ] {
        let text = property_chain(0, &property, |_, next| next);
        let errors = errors_of(text.clone());
        assert!(errors.len() <= 3, "{errors:?} {text}");
    }
}
