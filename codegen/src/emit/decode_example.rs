//! A program that decodes an example of the spec, for the documentation.

use std::fmt::Write;

use serde_json::Value;

use super::markdown::is_printable;
use crate::ir::{Api, MediaType, Operation, Schema, Type, TypeDef, TypeKind};

/// A program that decodes an example of the spec.
pub struct DecodeExample {
    import: String,
    body: String,
}

impl DecodeExample {
    /// Returns the smallest response example of a definition, preferably of a definition with a union in it.
    pub fn best(api: &Api) -> Option<Self> {
        let candidates = api.operations.iter().flat_map(|operation| response_examples(api, operation));
        let candidates = candidates.filter(|(def, value)| keeps_numbers_of(api, def, value));
        let (def, value) = candidates.min_by_key(|(def, value)| (!has_union(api, def), value.to_string().len()))?;
        let (crate_name, name, variable) = (api.library_name(), &def.name, variable(def));
        let decoding = decoding(def, value);
        let body = format!(
            "{decoding}\nprintln!(\"{{{variable}:#?}}\");\n\n// It encodes to the same JSON.\n\
             let value: serde_json::Value = serde_json::from_str(json)?;\n\
             assert_eq!(serde_json::to_value(&{variable})?, value);"
        );
        Some(Self { import: format!("use {crate_name}::{name};"), body })
    }

    /// Returns a doctest. It hides the lines that every program has.
    pub fn doctest(&self) -> String {
        format!("```\n{}\n\n{}\n# Ok::<(), serde_json::Error>(())\n```", self.import, self.body)
    }

    /// Returns a whole program.
    pub fn program(&self) -> String {
        let body = self.body.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
        let body = body.collect::<Vec<_>>().join("\n");
        format!("{}\n\nfn main() -> Result<(), serde_json::Error> {{\n{body}\n    Ok(())\n}}\n", self.import)
    }
}

/// Escapes the characters of JSON text that are not printable. Only strings have such characters.
fn printable(json: &str) -> String {
    let mut text = String::new();
    for letter in json.chars() {
        if is_printable(letter) {
            text.push(letter);
        } else {
            // All of them are in the basic plane, so that one escape is enough. Writing to a string cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(letter));
        }
    }
    text
}

/// The statements that decode a value into the [`variable`] of its type, from a variable `json`.
pub fn decoding(def: &TypeDef, value: &Value) -> String {
    let (json, name, variable) = (raw_string(&format!("{value:#}")), &def.name, variable(def));
    format!("let json = {json};\nlet {variable}: {name} = serde_json::from_str(json)?;")
}

/// The variable that holds a value of a type.
pub fn variable(def: &TypeDef) -> String {
    match def.module.as_str() {
        taken @ ("json" | "value") => format!("the_{taken}"),
        free => free.to_owned(),
    }
}

/// The raw string literal of JSON text.
pub fn raw_string(json: &str) -> String {
    let text = printable(json);
    // More than follow any quote in the text.
    let hashes = text.split('"').map(|text| text.len() - text.trim_start_matches('#').len()).max().unwrap_or_default();
    let hashes = "#".repeat(hashes + 1);
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Whether every number in a value encodes as it is written: a `number` written as `1` becomes `1.0`.
fn keeps_numbers(api: &Api, ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Number(_), Value::Number(number)) => number.is_f64(),
        (Type::Integer(_), Value::Number(number)) => !number.is_f64(),
        (Type::List(list), Value::Array(items)) => items.iter().all(|item| keeps_numbers(api, &list.items.ty, item)),
        (Type::Map(map), Value::Object(entries)) => {
            entries.values().all(|entry| keeps_numbers(api, &map.values.ty, entry))
        }
        (Type::Named(id), _) => keeps_numbers_of(api, api.type_def(*id), value),
        _ => true,
    }
}

fn keeps_numbers_of(api: &Api, def: &TypeDef, value: &Value) -> bool {
    match &def.kind {
        TypeKind::Object(object) => object.properties.iter().all(|property| {
            value.get(&property.name).is_none_or(|value| keeps_numbers(api, &property.schema.ty, value))
        }),
        TypeKind::Alias(alias) => keeps_numbers(api, &alias.schema.ty, value),
        // Any variant may be the one that decodes, so all must agree.
        TypeKind::Union(union) => union.variants.iter().all(|variant| keeps_numbers(api, &variant.schema.ty, value)),
        TypeKind::Enum(_) => true,
    }
}

/// Returns whether an object has a union among its properties.
fn has_union(api: &Api, def: &TypeDef) -> bool {
    let TypeKind::Object(object) = &def.kind else { return false };
    object.properties.iter().any(|property| {
        matches!(&property.schema.ty, Type::Named(id) if matches!(api.type_def(*id).kind, TypeKind::Union(_)))
    })
}

/// Returns the examples of an operation's successful responses, each with its definition.
fn response_examples<'a>(api: &'a Api, operation: &'a Operation) -> Vec<(&'a TypeDef, &'a Value)> {
    let example = |media: &'a MediaType| match (&media.schema, &media.example) {
        (Some(Schema { ty: Type::Named(id), nullable: false }), Some(example)) => Some((api.type_def(*id), example)),
        _ => None,
    };
    operation.successes().flat_map(|response| response.content.iter().filter_map(example)).collect()
}

#[cfg(test)]
mod tests {
    /// A document with characters that change the direction of text in every place that reaches a file.
    const DOCUMENT: &str = r##"{
        "openapi": "3.0.3",
        "info": {"title": "Pets \u202eesreveR", "version": "1", "description": "Pets \u2066in\u2069 order."},
        "servers": [{"url": "https://example.com", "description": "A \u202dserver."}],
        "paths": {"/pets": {"get": {
            "operationId": "listPets", "tags": ["pets\u202b"], "summary": "List \u202epets", "description": "All \u202a.",
            "responses": {"200": {"description": "Pets \u202c.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Pet"},
                "example": {"name": "\u202exeR \u2067\u0085", "kind": "\u202e", "\u2068more": {"\u202d": ["\u2069"]}}
            }}}}
        }}},
        "components": {"schemas": {"Pet": {
            "type": "object", "description": "A \u202epet.", "required": ["name"],
            "properties": {
                "name": {"type": "string", "description": "Its \u202ename.", "default": "\u202e"},
                "kind": {"type": "string", "enum": ["\u202e", "dog"], "x-rust-names": {"\u202e": "Reversed"}}
            },
            "example": {"name": "\u202exeR \u0085"}
        }}}
    }"##;

    #[test]
    fn no_file_changes_the_direction_of_text() {
        let generated = crate::generate("pets.json", DOCUMENT).unwrap_or_else(|report| panic!("{report}"));
        for (path, text) in generated.files.iter() {
            let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{85}');
            let line = text.lines().find(|line| line.contains(turns));
            assert!(line.is_none(), "{path}: {:?}", line.unwrap_or_default());
        }
        let readme = generated.files.iter().find(|(path, _)| *path == "README.md").expect("a README").1;
        assert!(readme.contains(r#""name": "\u202exeR \u2067\u0085""#), "{readme}");
        assert!(readme.contains(r#""\u2068more": {"#), "{readme}");
    }
}
