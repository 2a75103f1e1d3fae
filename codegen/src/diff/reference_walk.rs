//! Visits the references of a document.

use crate::pointer::PointerBuf;
use serde_json::Value;

/// Visits each `$ref` within a value and each reference in a `mapping`, with the pointer of the object that has it.
pub(super) fn each_reference<'v>(
    value: &'v Value,
    path: &mut PointerBuf,
    visit: &mut impl FnMut(&PointerBuf, &'v str),
) {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                visit(path, reference);
            }
            for (key, value) in object {
                match key.as_str() {
                    "example" | "examples" | "default" | "enum" => {}
                    "mapping" => {
                        mapping(value, path, visit);
                        path.within(key, |path| each_reference(value, path, visit));
                    }
                    // Properties may have these names, and `default` is the name of a response.
                    "properties" | "responses" if value.is_object() => path.within(key, |path| {
                        for (name, part) in value.as_object().into_iter().flatten() {
                            path.within(name, |path| each_reference(part, path, visit));
                        }
                    }),
                    _ => path.within(key, |path| each_reference(value, path, visit)),
                }
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                path.within(&index.to_string(), |path| each_reference(value, path, visit));
            }
        }
        _ => {}
    }
}

/// Visits the targets of a discriminator that are not names of schemas.
fn mapping<'v>(value: &'v Value, path: &PointerBuf, visit: &mut impl FnMut(&PointerBuf, &'v str)) {
    let targets = value.as_object().into_iter().flatten().filter_map(|(_, target)| target.as_str());
    for target in targets.filter(|target| target.contains("#/") || target.contains(['/', '.'])) {
        visit(path, target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn visits_references_in_properties_named_like_keywords() {
        let operation = json!({
            "responses": {"default": {"$ref": "#/components/responses/Error"}},
            "schema": {
                "properties": {"example": {"$ref": "#/components/schemas/Example"}},
                "default": {"$ref": "no"},
                "discriminator": {"mapping": {"a": "Name", "b": "#/components/schemas/B", "c": "c.yaml#/C"}},
                "allOf": [{"$ref": "other.yaml"}]
            }
        });
        let mut found = Vec::new();
        each_reference(&operation, &mut PointerBuf::default(), &mut |path, reference| {
            found.push((path.here().to_owned(), reference.to_owned()));
        });
        let expected = [
            ("/responses/default", "#/components/responses/Error"),
            ("/schema/properties/example", "#/components/schemas/Example"),
            ("/schema/discriminator", "#/components/schemas/B"),
            ("/schema/discriminator", "c.yaml#/C"),
            ("/schema/allOf/0", "other.yaml"),
        ];
        assert_eq!(found, expected.map(|(path, reference)| (path.to_owned(), reference.to_owned())));
    }
}
