//! Public items are listed for any document, even one with errors.

use chatkit_codegen::diff::Revision;
use chatkit_codegen::emit::public_api::public_items;
use chatkit_codegen::ir::{Alias, Api, Schema, Type, TypeId, TypeKind};
use chatkit_tests::fixtures;
use serde_json::{Map, Value, json};

/// Lists the public items of a document, and returns their number.
fn listed(name: &str, text: &str) -> Option<usize> {
    Revision::read(name, text).ok().map(|revision| public_items(revision.api()).len())
}

#[test]
fn lists_the_items_of_documents_with_errors() {
    let fixtures = fixtures::diagnostics();
    let listed = fixtures.iter().filter_map(|(name, text)| listed(name, text)).count();
    assert!(listed > fixtures.len() / 2, "{listed} of {} are documents", fixtures.len());
}

/// Calls a function with the pointer of every value within a value.
fn each_pointer(value: &Value, pointer: &str, visit: &mut impl FnMut(&str)) {
    let mut below = |key: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        visit(&pointer);
        each_pointer(value, &pointer, visit);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| below(&index.to_string(), value)),
        _ => {}
    }
}

#[test]
fn lists_the_items_of_documents_with_a_wrong_value_anywhere() {
    let strange = [json!(null), json!(""), json!({}), json!([]), json!({ "$ref": "#/components/schemas/Nothing" })];
    let mut tried = 0;
    for fixture in fixtures::features() {
        let mut pointers = Vec::new();
        each_pointer(&fixture.raw, "", &mut |pointer| pointers.push(pointer.to_owned()));
        // Replaces every value once, each by one of the wrong values.
        for (index, pointer) in pointers.iter().enumerate() {
            let mut raw = fixture.raw.clone();
            let Some(place) = raw.pointer_mut(pointer) else { continue };
            *place = strange[index % strange.len()].clone();
            tried += listed(&fixture.name, &raw.to_string()).map_or(0, |_| 1);
        }
    }
    assert!(tried > 1_000, "{tried} documents were read");
}

/// Lowers a document with this many schemas.
fn api(schemas: usize) -> Api {
    let schema = |index| (format!("Schema{index}"), json!({ "type": "array", "items": {} }));
    with_schemas(&(0..schemas).map(schema).collect())
}

fn with_schemas(schemas: &Map<String, Value>) -> Api {
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Odd", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let revision = Revision::read("odd", &document.to_string()).unwrap_or_else(|report| panic!("{report}"));
    revision.api().clone()
}

fn alias(id: usize, recursive: bool) -> TypeKind {
    let schema = Schema { ty: Type::Named(TypeId(id)), nullable: false };
    TypeKind::Alias(Alias { schema, recursive })
}

#[test]
fn lists_aliases_that_refer_to_each_other() {
    for recursive in [false, true] {
        let mut api = api(4);
        for (index, def) in api.types.iter_mut().enumerate() {
            // The last one leads into the cycle of the others.
            def.kind = alias([1, 2, 0, 1][index], recursive);
        }
        assert!(public_items(&api).iter().any(|item| item.owner == "Schema3" && item.name.is_empty()));
    }
}

#[test]
fn follows_long_chains_of_aliases_without_overflow() {
    let mut api = api(50_000);
    let count = api.types.len();
    for (index, def) in api.types.iter_mut().enumerate() {
        def.kind = alias((index + 1) % count, false);
    }
    assert!(public_items(&api).len() > count);
}

fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Returns an object with a default whose variant must be searched in unions.
fn with_default(name: &str) -> Value {
    json!({ "type": "object", "properties": { "it": { "allOf": [to(name)], "default": [true] } } })
}

#[test]
fn lists_unions_that_contain_each_other() {
    let mut schemas = Map::new();
    schemas.insert("One".to_owned(), json!({ "anyOf": [to("Two"), { "type": "string" }] }));
    schemas
        .insert("Two".to_owned(), json!({ "anyOf": [to("One"), { "type": "array", "items": { "type": "boolean" } }] }));
    schemas.insert("Holder".to_owned(), with_default("One"));
    assert!(public_items(&with_schemas(&schemas)).iter().any(|item| item.name == "default_it()"));
}

#[test]
fn takes_linear_time_for_unions_of_unions() {
    let mut schemas = Map::new();
    for level in 0..40 {
        let below =
            [to(&format!("Left{}", level + 1)), to(&format!("Right{}", level + 1)), json!({ "type": "string" })];
        for side in ["Left", "Right"] {
            schemas.insert(format!("{side}{level}"), json!({ "anyOf": below }));
        }
    }
    for side in ["Left40", "Right40"] {
        schemas.insert(side.to_owned(), json!({ "type": "integer" }));
    }
    schemas.insert("Holder".to_owned(), with_default("Left0"));
    assert!(public_items(&with_schemas(&schemas)).iter().any(|item| item.owner == "Holder" && item.name == "it"));
}
