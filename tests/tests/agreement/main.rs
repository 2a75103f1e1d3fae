//! The spec and the generated code agree in both directions.
//!
//! These tests read the YAML and the Rust syntax without any part of the generator: its intermediate representation
//! would repeat its mistakes.

mod defaults;
mod documentation;
mod expected;
mod generated;

use std::collections::BTreeMap;

use expected::{Kind, spec_types};
use generated::{Item, Wire, generated_types};

/// Calls a test with each type of the spec and its generated counterpart.
fn for_each_type(test: impl Fn(&expected::Type, &Item)) {
    let generated = generated_types();
    let types = spec_types();
    assert!(types.len() > 50, "only {} types", types.len());
    for ty in types {
        test(&ty, generated.get(&ty.name).unwrap_or_else(|| panic!("{} is not generated", ty.name)));
    }
}

#[test]
fn types_are_exactly_the_schemas() {
    let mut expected: Vec<String> = spec_types().into_iter().map(|ty| ty.name).collect();
    expected.sort_unstable();
    let types = generated_types();
    assert!(types.keys().eq(&expected), "{:?} instead of {expected:?}", types.keys());
    let arguments = types.iter().filter(|(_, item)| item.arguments.is_some());
    expected.extend(arguments.map(|(name, _)| generated::arguments_of(name)));
    expected.sort_unstable();
    assert_eq!(generated::exported("src/models/mod.rs"), expected);
    assert!(generated::text("src/lib.rs").contains("pub use models::*;"));
}

#[test]
fn types_have_their_schema_names_as_aliases() {
    for_each_type(|ty, item| {
        let expected: Vec<_> = ty.schema.iter().filter(|schema| **schema != ty.name).cloned().collect();
        assert_eq!(item.aliases, expected, "{}", ty.name);
    });
}

#[test]
fn fields_are_exactly_the_properties() {
    for_each_type(|ty, item| {
        let Kind::Object { fields, .. } = &ty.kind else { return };
        let mut expected: BTreeMap<String, String> = fields.clone();
        expected.insert("unknown_fields".to_owned(), "UnknownFields".to_owned());
        assert_eq!(item.fields, expected, "{}", ty.name);
        assert!(item.variants.is_empty(), "{} is not a struct", ty.name);
    });
}

#[test]
fn associated_constants_are_exactly_the_constants() {
    for_each_type(|ty, item| {
        let expected: BTreeMap<String, Option<String>> = match &ty.kind {
            Kind::Object { constants, .. } => {
                constants.iter().map(|(name, value)| (name.to_uppercase(), Some(value.clone()))).collect()
            }
            Kind::Enum(_) => [("VALUES".to_owned(), None)].into(),
            Kind::Union { .. } => BTreeMap::new(),
        };
        assert_eq!(item.constants, expected, "{}", ty.name);
    });
}

#[test]
fn constructors_take_required_properties_and_setters_the_others() {
    for_each_type(|ty, item| {
        let Kind::Object { required, fields, .. } = &ty.kind else { return };
        if required.len() > 5 {
            let named: BTreeMap<_, _> = required.iter().map(|name| (name.clone(), fields[name].clone())).collect();
            assert_eq!(item.methods["new"], ["args"], "{}", ty.name);
            assert_eq!(item.arguments.as_ref(), Some(&named), "{}", ty.name);
        } else {
            assert_eq!(item.methods.get("new"), Some(required), "{}", ty.name);
            assert_eq!(item.arguments, None, "{}", ty.name);
        }
        let setters = fields.keys().filter(|name| !required.contains(name));
        let mut expected: Vec<String> = setters.cloned().chain(["new".to_owned()]).collect();
        expected.sort_unstable();
        let methods: Vec<String> = item.methods.keys().filter(|name| *name != "validate").cloned().collect();
        assert_eq!(methods, expected, "{}", ty.name);
    });
}

#[test]
fn enum_variants_are_exactly_the_values() {
    for_each_type(|ty, item| {
        let Kind::Enum(values) = &ty.kind else { return };
        assert_eq!(item.values, *values, "{}", ty.name);
        let aliases: Vec<&String> = item.variants.iter().flat_map(|variant| &variant.aliases).collect();
        assert_eq!(aliases, values.iter().collect::<Vec<_>>(), "{}", ty.name);
        assert_eq!(item.variants.len(), values.len() + 1, "{}", ty.name);
        let last = item.variants.last().unwrap();
        assert_eq!((last.name.as_str(), last.payload.as_deref()), ("Unknown", Some("String")), "{}", ty.name);
        for (variant, value) in item.variants.iter().zip(values) {
            assert_eq!(variant.name.to_lowercase(), value.replace('_', ""), "{}", ty.name);
            assert_eq!(variant.payload, None, "{}", ty.name);
        }
    });
}

#[test]
fn union_variants_are_exactly_the_mappings() {
    for_each_type(|ty, item| {
        let Kind::Union { variants, .. } = &ty.kind else { return };
        let found: Vec<(&str, Option<&str>)> =
            item.variants.iter().map(|variant| (variant.name.as_str(), variant.payload.as_deref())).collect();
        let mut expected: Vec<(&str, Option<&str>)> =
            variants.iter().map(|variant| (variant.name.as_str(), Some(variant.payload.as_str()))).collect();
        expected.push(("Unknown", Some("serde_json :: Value")));
        assert_eq!(found, expected, "{}", ty.name);
        for (variant, expected) in item.variants.iter().zip(variants) {
            let tag: Vec<_> = expected.tag.iter().filter(|tag| **tag != expected.name).cloned().collect();
            assert_eq!(variant.aliases, tag, "{}::{}", ty.name, variant.name);
        }
    });
}

#[test]
fn types_are_non_exhaustive() {
    for_each_type(|ty, item| assert!(item.non_exhaustive, "{} is exhaustive", ty.name));
}

/// Asserts that the code finds each name at its index in the list.
fn assert_indices(code: &Wire, names: &[String]) {
    let expected: Vec<_> =
        names.iter().enumerate().map(|(index, name)| (name.clone(), format!("Some ({index})"))).collect();
    assert_eq!(code.indices, expected);
}

#[test]
fn wire_code_has_the_names_of_the_spec_in_order() {
    let wire = generated::wire_types();
    for_each_type(|ty, _| {
        let code = wire.get(&ty.name).unwrap_or_else(|| panic!("{} has no wire code", ty.name));
        match &ty.kind {
            Kind::Object { properties, constants, .. } => {
                assert_eq!(code.lists.get("PROPERTIES"), Some(properties), "{}", ty.name);
                assert_indices(code, properties);
                for value in constants.values() {
                    assert!(code.text.contains(&format!("Constant::String(\"{value}\")")), "{}: {value}", ty.name);
                }
            }
            Kind::Union { tag: Some(tag), variants } => {
                let tags: Vec<String> = variants.iter().filter_map(|variant| variant.tag.clone()).collect();
                assert_eq!(code.lists.get("TAGS"), Some(&tags), "{}", ty.name);
                assert_indices(code, &tags);
                assert_eq!(code.lists.get("TAG"), Some(&vec![tag.clone()]), "{}", ty.name);
            }
            Kind::Union { tag: None, .. } | Kind::Enum(_) => {
                assert!(code.lists.keys().all(|name| name == "NAME"), "{}: {:?}", ty.name, code.lists);
            }
        }
    });
    let names: Vec<String> = wire.into_keys().collect();
    let mut expected: Vec<String> = spec_types().into_iter().map(|ty| ty.name).collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
}
