//! Lowering survives documents that `parse` would reject.

use super::lower_value;
use crate::diagnostics::Place;
use serde_json::{Value, json};

fn fixtures() -> Vec<Value> {
    let folder = format!("{}/../tests/fixtures/features", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut fixtures = Vec::new();
    for entry in entries {
        let text = std::fs::read_to_string(entry.expect("it can be listed").path()).expect("fixtures are UTF-8");
        fixtures.push(serde_yaml::from_str(&text).expect("fixtures are YAML"));
    }
    fixtures
}

/// Collects the pointers of all values within a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let inner = crate::pointer::child(at, key);
                pointers(member, &inner, found);
                found.push(inner.as_ref().to_owned());
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let inner = format!("{at}/{index}");
                pointers(element, &inner, found);
                found.push(inner);
            }
        }
        _ => {}
    }
}

#[test]
fn survives_misplaced_values() {
    let odd = [
        Value::Null,
        json!(-1.5),
        json!("#/components/schemas/Pet"),
        json!([{}]),
        json!({ "$ref": "#/components/schemas/Pet" }),
    ];
    let mut count = 0;
    for fixture in fixtures() {
        let mut all = Vec::new();
        pointers(&fixture, "", &mut all);
        for (index, pointer) in all.iter().enumerate() {
            let mut broken = fixture.clone();
            if let (Some(place), Some(value)) = (broken.pointer_mut(pointer), odd.get(index % odd.len())) {
                *place = value.clone();
            }
            let lowered = lower_value(&broken);
            let placed = lowered.diagnostics.iter().all(|diagnostic| match &diagnostic.place {
                Place::Value(pointer) | Place::Key(pointer) => pointer.is_empty() || pointer.starts_with('/'),
                Place::Text { .. } => false,
            });
            assert!(placed, "{pointer}: {:?}", lowered.diagnostics);
            count += 1;
        }
    }
    assert!(count > 1000);
}

#[test]
fn reports_a_component_made_of_itself() {
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let circles = [
        json!({ "A": schema("A") }),
        json!({ "A": schema("B"), "B": schema("A") }),
        json!({ "A": { "allOf": [schema("B"), { "type": "object" }] }, "B": { "allOf": [schema("A"), { "type": "object" }] } }),
        json!({ "A": { "items": { "$ref": "#/components/schemas/A/items" } } }),
    ];
    for schemas in circles {
        let lowered = lower_value(&json!({ "components": { "schemas": schemas } }));
        assert!(
            lowered.diagnostics.iter().any(|diagnostic| diagnostic.rule == "cyclic-schema"),
            "{:?}",
            lowered.diagnostics
        );
    }
}

#[test]
fn suggests_a_target_for_a_dangling_reference() {
    let lowered = lower_value(&json!({ "components": { "schemas": {
        "Pet": { "type": "string" },
        "Owner": { "properties": { "pet": { "$ref": "#/components/schemas/Pets" } } },
    } } }));
    let diagnostic = lowered.diagnostics.iter().find(|diagnostic| diagnostic.rule == "dangling-ref");
    let help = diagnostic.and_then(|diagnostic| diagnostic.help.as_deref());
    assert_eq!(help, Some("did you mean `#/components/schemas/Pet`?"));
}
