//! The conventions of `spec/README.md` that no generator needs, held by `spec/chatkit.yaml`.

use serde_json::{Map, Value};

fn spec() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/chatkit.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("the spec is there")).expect("the spec is YAML")
}

fn object<'a>(value: &'a Value, pointer: &str) -> &'a Map<String, Value> {
    value.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("there is an object at {pointer}"))
}

/// Calls a function with every object of a document, and its pointer.
fn each_object(value: &Value, pointer: &str, visit: &mut impl FnMut(&Map<String, Value>, &str)) {
    match value {
        Value::Object(object) => {
            visit(object, pointer);
            for (name, value) in object {
                each_object(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), visit);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                each_object(value, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_is_wrong_with_the_spec_not_even_a_warning() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/chatkit.yaml");
    let text = std::fs::read_to_string(path).expect("the spec is there");
    let generated = chatkit_codegen::generate("spec/chatkit.yaml", &text).unwrap_or_else(|report| panic!("{report}"));
    assert!(generated.warnings.diagnostics().is_empty(), "{}", generated.warnings);
}

#[test]
fn every_component_has_a_description_and_an_example() {
    let spec = spec();
    let without: Vec<_> = object(&spec, "/components/schemas")
        .iter()
        .flat_map(|(name, schema)| ["description", "example"].map(|key| (name, key, schema.get(key).is_some())))
        .filter(|(.., there)| !there)
        .collect();
    assert_eq!(without, []);
}

#[test]
fn every_property_is_described_or_a_bare_reference() {
    let mut without = Vec::new();
    let mut described = 0;
    let spec = spec();
    for (name, schema) in object(&spec, "/components/schemas") {
        for (property, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if schema.get("$ref").is_none() && schema.get("description").is_none() {
                without.push(format!("{name}.{property}"));
            }
            described += 1;
        }
    }
    assert!(described > 100, "{described} properties were looked at");
    assert_eq!(without, [""; 0]);
}

#[test]
fn every_body_has_an_example() {
    let (mut without, mut bodies) = (Vec::new(), 0);
    each_object(&spec(), "", &mut |object, pointer| {
        let content = object.get("content").and_then(Value::as_object).into_iter().flatten();
        // A property may be called `content` too.
        for (name, media) in content.filter(|(name, _)| name.contains('/')) {
            bodies += 1;
            if media.get("example").is_none() {
                without.push(format!("{pointer}/content/{name}"));
            }
        }
    });
    assert!(bodies >= 8, "{bodies} bodies were looked at");
    assert_eq!(without, [""; 0]);
}

#[test]
fn objects_are_open_and_descriptions_end_with_a_full_stop() {
    let mut wrong = Vec::new();
    each_object(&spec(), "", &mut |object, pointer| {
        if object.get("additionalProperties") == Some(&Value::Bool(false)) {
            wrong.push(format!("{pointer} is closed"));
        }
        if let Some(Value::String(text)) = object.get("description")
            && !text.trim_end().ends_with('.')
        {
            wrong.push(format!("{pointer}: {text}"));
        }
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_target_of_a_nullable_wrapper_is_nullable() {
    let spec = spec();
    let (mut wrong, mut wrappers) = (Vec::new(), 0);
    each_object(&spec, "", &mut |object, pointer| {
        let parts = object.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let references = parts.filter_map(|part| part.get("$ref")?.as_str());
        for reference in references.filter(|_| object.get("nullable") == Some(&Value::Bool(true))) {
            wrappers += 1;
            let target = spec.pointer(reference.trim_start_matches('#'));
            if target.and_then(|target| target.get("nullable")) != Some(&Value::Bool(true)) {
                wrong.push(format!("{pointer}: {reference}"));
            }
        }
    });
    assert!(wrappers >= 2, "{wrappers} wrappers were looked at");
    assert_eq!(wrong, [""; 0]);
}
