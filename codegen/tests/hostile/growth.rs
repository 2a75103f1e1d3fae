//! Documents whose reading, errors or types could grow much faster than their text.

use super::documents::{chain, nested, object, property_chain, reference, requiring, with_schemas};
use super::errors_of;
use std::fmt::Write;

#[test]
fn schemas_that_refer_to_one_target_many_times_are_read_once() {
    let twice = |_: usize, next: String| format!("{{ allOf: [{next}, {next}] }}");
    // The schemas are read once, but the engine that validates values follows each reference.
    assert_eq!(errors_of(property_chain(60, "{ type: string }", twice)), ["limit-exceeded"]);
    assert_eq!(errors_of(chain(60, &requiring("a"), twice)), ["limit-exceeded"]);
    assert_eq!(errors_of(chain(10, &requiring("a"), twice)), [""; 0]);
    let either = |level: usize, next: String| {
        format!("{{ anyOf: [{next}, {}, {{ allOf: [{next}] }}] }}", requiring(format!("a{level}")))
    };
    assert!(errors_of(property_chain(60, "{ type: string }", either)).contains(&"limit-exceeded"));
    assert!(errors_of(chain(60, "{ type: string }", either)).contains(&"limit-exceeded"));
}

#[test]
fn combinations_beyond_the_budget_are_errors() {
    // Each property of a set of schemas leads to another set: there are as many sets as subsets of 30 schemas.
    let step = |next: String| format!("{{ type: object, properties: {{ a: {next}, b: {next} }} }}");
    let start = format!(
        "{{ type: object, properties: {{ a: {{ allOf: [{0}, {1}] }}, b: {0} }} }}",
        reference("Start"),
        reference("S0")
    );
    let subsets = chain(30, &requiring("end"), |_, next| step(next)) + &format!("    Start: {start}\n");
    assert!(errors_of(subsets).contains(&"limit-exceeded"));
    // Each path through the unions has its own properties.
    let both = |level: usize| {
        ["x", "y"].map(|side| {
            let variants =
                format!("{}, {}", reference(format!("A{}x", level + 1)), reference(format!("A{}y", level + 1)));
            let own =
                format!("{{ type: object, properties: {{ {side}{level}: {{ type: string }} }}, oneOf: [{variants}] }}");
            (format!("A{level}{side}"), own)
        })
    };
    let ends = ["x", "y"].map(|side| (format!("A40{side}"), requiring(side)));
    let paths = with_schemas((0..40).flat_map(both).chain(ends));
    assert!(errors_of(paths).contains(&"limit-exceeded"));
    // Each of many schemas inherits many properties.
    let properties: Vec<String> = (0..800).map(|index| format!("p{index}: {{ type: string }}")).collect();
    let base = format!("{{ type: object, properties: {{ {} }} }}", properties.join(", "));
    let subtypes = (0..800).map(|index| {
        (format!("S{index}"), format!("{{ allOf: [{}, {}] }}", reference("Base"), requiring(format!("own{index}"))))
    });
    let wide = with_schemas([("Base".to_owned(), base)].into_iter().chain(subtypes));
    assert_eq!(errors_of(wide), ["limit-exceeded"]);
}

#[test]
fn aliases_that_expand_far_are_errors() {
    let mut tenfold = "openapi: 3.0.3\nx-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut merged = "openapi: 3.0.3\nx-0: &a0 { k: v }\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}", level - 1);
        writeln!(tenfold, "x-{level}: &a{level} [{}]", [&*alias; 10].join(", ")).expect("writing cannot fail");
        writeln!(merged, "x-{level}: &a{level} {{ <<: {alias}, a{level}: {alias}, b{level}: {alias} }}")
            .expect("writing cannot fail");
    }
    let long =
        format!("openapi: 3.0.3\nx-long: &long {}\nx-list:\n{}", "x".repeat(25_000), "  - *long\n".repeat(5_000));
    for text in [tenfold, merged, long] {
        assert!(text.len() < 100_000);
        assert_eq!(errors_of(text), ["yaml"]);
    }
    let few = "openapi: 3.0.3\ninfo: &info { title: T, version: '1' }\npaths: {}\nx-a: [*info, *info]\n";
    assert_eq!(errors_of(few.to_owned()), [""; 0]);
}

#[test]
fn many_errors_take_little_time_each() {
    let dangling = (0..1_000).map(|index| (format!("S{index}"), object("p", reference(format!("Missing{index}")))));
    assert_eq!(errors_of(with_schemas(dangling)), ["dangling-ref"]);
    let mapping: Vec<String> = (0..1_000).map(|index| format!("t{index}: Missing{index}")).collect();
    let union = format!(
        "{{ oneOf: [{}, {}], discriminator: {{ propertyName: kind, mapping: {{ {} }} }} }}",
        reference("Cat"),
        reference("Dog"),
        mapping.join(", ")
    );
    let pets = with_schemas([("Pet", &*union), ("Cat", &*requiring("kind")), ("Dog", &*requiring("kind"))]);
    assert_eq!(errors_of(pets), ["dangling-ref"]);
    let values = format!("{{ type: string, enum: [{}] }}", vec!["a"; 20_000].join(", "));
    assert_eq!(errors_of(with_schemas([("Equal", &values)])), ["duplicate-enum-value"]);
    let names = (0..2_000).map(|index| format!("r{index}")).collect::<Vec<_>>().join(", ");
    let required = format!("{{ type: object, required: [{names}], properties: {{ a: {{ type: string }} }} }}");
    assert_eq!(errors_of(with_schemas([("Names", &required)])), ["required-without-property"]);
}

#[test]
fn many_errors_on_one_long_line_take_little_time_each() {
    for letter in ["a", "ä"] {
        let schemas: Vec<String> =
            (0..2_000).map(|index| format!("\"S{index}\":{{\"titel\":\"{}\"}}", letter.repeat(300))).collect();
        let text = format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{{}}}}}}}",
            schemas.join(",")
        );
        assert_eq!(errors_of(text), ["unknown-key"]);
    }
}

#[test]
fn prose_of_brackets_takes_linear_time() {
    for sign in ["[", "![", "[a](", "<", "`", "*", "_a", "> ", "- "] {
        let prose = sign.repeat(10_000 / sign.len());
        let text = with_schemas([("Prose", format!("{{ type: object, description: '{prose}' }}"))]);
        assert_eq!(errors_of(text), [""; 0], "{sign}");
    }
}

#[test]
fn unions_within_unions_take_little_time() {
    let either = |level: usize, inner: String| {
        let name = format!("p{level}");
        format!("{{ type: object, properties: {{ {name}: {{ type: string }} }}, anyOf: [{inner}, {inner}] }}")
    };
    errors_of(with_schemas([("Deep", nested(9, &requiring("a"), either))]));
}
