//! Schemas that are nested deep, also by references.

use super::documents::{chain, nested, object, property_chain, requiring, with_schemas};
use super::{changes_by, errors_of};
use chatkit_codegen::diff::RuleId;

const LEAF: &str = "{ type: object, properties: { leaf: { type: string, maxLength: 20 } } }";

#[test]
fn a_break_at_the_end_of_a_chain_is_seen() {
    let inherits = |index: usize, next: String| {
        format!("{{ allOf: [{next}, {}] }}", object(format!("p{index}"), "{ type: string }"))
    };
    for text in [
        chain(65, LEAF, inherits),
        chain(100, LEAF, inherits),
        chain(200, LEAF, |_, next| format!("{{ allOf: [{next}] }}")),
        chain(200, LEAF, |_, next| format!("{{ description: D, anyOf: [{next}] }}")),
        chain(200, LEAF, |_, next| next),
        chain(300, LEAF, |_, next| object("next", next)),
        property_chain(200, LEAF, |_, next| object("next", next)),
        property_chain(200, LEAF, |_, next| format!("{{ type: array, items: {next} }}")),
    ] {
        let changes = changes_by(text, "maxLength: 20", "maxLength: 10");
        assert!(changes.contains(&RuleId::MaxLengthLowered), "{changes:?}");
    }
}

#[test]
fn a_requirement_deep_in_parts_is_compared() {
    let groups = "{ anyOf: [{ required: [a] }, { required: [b] }], enum: [{ a: 1 }], x-vendor: 20 }";
    for depth in [20, 40] {
        let text = chain(depth, groups, |_, next| format!("{{ type: object, allOf: [{next}] }}"));
        assert_eq!(changes_by(text.clone(), "[{ required: [a] }, ", "["), [RuleId::PropertyBecameRequired]);
        assert_eq!(changes_by(text, "x-vendor: 20", "x-vendor: 10"), [RuleId::VendorExtensionChanged]);
    }
}

#[test]
fn a_chain_beyond_the_limit_is_an_error_and_never_compared_in_silence() {
    for text in [
        chain(340, LEAF, |_, next| format!("{{ allOf: [{next}, {{ type: object }}] }}")),
        property_chain(1_100, LEAF, |_, next| object("next", next)),
    ] {
        assert!(errors_of(text.clone()).contains(&"limit-exceeded"));
        let changes = changes_by(text, "maxLength: 20", "maxLength: 10");
        let seen = [RuleId::MaxLengthLowered, RuleId::UnknownConstruct];
        assert!(changes.iter().any(|rule| seen.contains(rule)), "{changes:?}");
    }
}

#[test]
fn schemas_within_each_other_fit_a_small_stack() {
    let text = "{ type: string }";
    for schema in [
        nested(25, text, |level, inner| object(format!("p{level}"), inner)),
        // Deeper ones would have names that are too long.
        nested(20, text, |level, inner| format!("{{ oneOf: [{inner}, {}] }}", requiring(format!("a{level}")))),
        nested(50, text, |_, inner| format!("{{ allOf: [{inner}] }}")),
        nested(24, text, |_, inner| format!("{{ type: array, items: {inner} }}")),
        nested(24, text, |_, inner| format!("{{ type: object, additionalProperties: {inner} }}")),
    ] {
        assert_eq!(errors_of(with_schemas([("Deep", schema.clone())])), [""; 0], "{schema}");
    }
}

#[test]
fn lists_and_maps_that_the_compiler_would_reject_are_errors() {
    let text = "{ type: string }";
    for schema in [
        nested(55, text, |_, inner| format!("{{ type: array, items: {inner} }}")),
        nested(55, text, |_, inner| format!("{{ type: object, additionalProperties: {inner} }}")),
        object("p", nested(30, text, |_, inner| format!("{{ type: array, nullable: true, items: {inner} }}"))),
    ] {
        assert_eq!(errors_of(with_schemas([("Deep", schema.clone())])), ["limit-exceeded"], "{schema}");
    }
    let aliases = chain(30, text, |_, next| format!("{{ type: array, items: {next} }}"));
    assert_eq!(errors_of(aliases), ["limit-exceeded"]);
}

#[test]
fn brackets_within_each_other_are_refused_quickly() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{\"a\":", "}"), ("[{a: ", "}]")] {
        for head in ["openapi: 3.0.3\nx-a: ", "{\"openapi\": \"3.0.3\", \"x-a\": "] {
            let end = if head.starts_with('{') { "}" } else { "" };
            let text = format!("{head}{}1{}{end}", open.repeat(20_000), close.repeat(20_000));
            assert_eq!(errors_of(text), ["yaml"]);
        }
        // Those in a text are no collections.
        let prose = open.repeat(2_000).replace('"', "'");
        let schema = format!("{{ type: string, description: \"{prose}\" }}");
        assert_eq!(errors_of(with_schemas([("Text", schema)])), [""; 0]);
    }
}
