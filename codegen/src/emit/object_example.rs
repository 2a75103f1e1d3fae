//! An example of a struct, for its page: the request body of a call, the response of a call, or a value that is made of
//! named arguments. All are the spec's own.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::context::Context;
use super::decode_example::{decoding, variable};
use super::example_writer::{ExampleWriter, doctest, statements};
use super::fields;
use super::identifiers::ident;
use super::markdown::printable;
use crate::ir::{Constructor, Object, Presence, Property, Type, TypeDef, TypeId};

/// The number of optional properties that the example of a request sets.
const SETTERS: usize = 2;

/// The lines of the longest example. A longer one does not help.
const LONGEST: usize = 60;

/// Returns a doctest for an object; no text if the spec has no example of it, or if no call needs it.
pub fn of_object(context: &Context<'_>, id: TypeId, object: &Object) -> String {
    let def = context.api.type_def(id);
    let examples = context.examples(id);
    let of_type = || examples.response.or(def.docs.example.as_ref());
    let example = if def.deprecated {
        None
    } else if let Constructor::Named(_) = object.constructor {
        of_type().and_then(Value::as_object).and_then(|map| constructed(context, id, object, map))
    } else if let Some(Value::Object(map)) = examples.request {
        request(context, id, object, map)
    } else {
        examples.response.and_then(|value| decoded(context, def, object, value))
    };
    example.filter(|example| example.lines().count() <= LONGEST).unwrap_or_default()
}

/// A value for a test, from its required properties.
fn constructed(context: &Context<'_>, id: TypeId, object: &Object, map: &Map<String, Value>) -> Option<String> {
    let variable = variable(context.api.type_def(id));
    let mut writer = ExampleWriter::new(context);
    let value = writer.typed(&Type::Named(id), &with_setters(object, map, 0), false)?;
    let check = assertion(context, &variable, object, map)?;
    let variable = ident(&variable);
    let body = statements(&quote! { let #variable = #value; #check });
    Some(doctest(context, &writer.names, &body, ""))
}

/// A request with its required properties and the first optional ones of the spec's example.
fn request(context: &Context<'_>, id: TypeId, object: &Object, map: &Map<String, Value>) -> Option<String> {
    let mut writer = ExampleWriter::new(context);
    let value = writer.typed(&Type::Named(id), &with_setters(object, map, SETTERS), false)?;
    let is_checked = context.is_checked(id);
    let check = is_checked.then(|| quote! { request.validate()?; });
    let body = statements(&quote! { let request = #value; #check });
    let end =
        if is_checked { format!("Ok::<(), {}::Violations>(())", context.api.library_name()) } else { String::new() };
    Some(doctest(context, &writer.names, &body, &end))
}

/// Returns an example with only the arguments of the constructor and the first properties that a client may set.
fn with_setters(object: &Object, map: &Map<String, Value>, setters: usize) -> Value {
    let find = |name: &str| object.properties.iter().find(|property| property.name == name);
    let is_argument = |name: &str| find(name).is_some_and(|property| property.in_constructor);
    let is_set = |name: &str| find(name).is_some_and(|property| fields::is_stored(property) && !property.read_only);
    // With fewer properties, the example might be too small.
    let setters = if object.size.min.is_some() { map.len() } else { setters };
    let others = map.keys().filter(|name| !is_argument(name) && is_set(name)).take(setters);
    let kept: HashSet<_> = map.keys().filter(|name| is_argument(name)).chain(others).collect();
    let members = map.iter().filter(|(name, _)| kept.contains(name));
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// A response that is decoded.
fn decoded(context: &Context<'_>, def: &TypeDef, object: &Object, value: &Value) -> Option<String> {
    let check = assertion(context, &variable(def), object, value.as_object()?)?;
    let body = format!("{}\n{}", decoding(def, value), statements(&check));
    // A comment must not have characters that change the direction of text.
    let is_printable = printable(&body) == body;
    is_printable.then(|| doctest(context, &[def.name.clone()].into(), &body, "Ok::<(), serde_json::Error>(())"))
}

/// Compares the first required property that is text or an integer with the spec's example.
fn assertion(context: &Context<'_>, variable: &str, object: &Object, map: &Map<String, Value>) -> Option<TokenStream> {
    let property = shown(context, object, map)?;
    let expected = ExampleWriter::new(context).typed(&property.schema.ty, &map[&property.name], true)?;
    let (variable, field) = (ident(variable), fields::ident(property));
    Some(quote! { assert_eq!(#variable.#field, #expected); })
}

/// Returns the first required property whose value is text or an integer.
fn shown<'o>(context: &Context<'_>, object: &'o Object, map: &Map<String, Value>) -> Option<&'o Property> {
    object.properties.iter().find(|property| {
        let is_scalar = match context.types.resolve(&property.schema.ty) {
            Type::String(string) => !string.secret,
            Type::Integer(_) => true,
            _ => false,
        };
        property.presence == Presence::Required && !property.deprecated && is_scalar && map.contains_key(&property.name)
    })
}

#[cfg(test)]
mod tests {
    const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    post:
      operationId: createPet
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewPet' } } }
      responses:
        '200': { description: The pet, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1 }
        age: { type: integer }
        tag: { type: string }
        note: { type: string }
      example: { name: Tom, age: 3, tag: grey, note: hungry }
    Pet:
      type: object
      required: [good, id]
      properties:
        good: { type: boolean }
        id: { type: string }
        note: { type: string }
      example: { good: true, id: pet_1, note: hungry }
    Unused:
      type: object
      properties: { id: { type: string } }
      example: { id: u_1 }
";

    fn emitted(document: &str, path: &str) -> String {
        let generated = crate::generate("pets.yaml", document).unwrap_or_else(|report| panic!("{report}"));
        generated.files.get(path).unwrap_or_default().to_owned()
    }

    #[test]
    fn sets_two_properties_of_a_request_and_validates_it() {
        let text = emitted(DOCUMENT, "src/models/new_pet.rs");
        assert!(
            text.contains("/// let request = NewPet::new(\"Tom\").age(3).tag(\"grey\");\n/// request.validate()?;\n"),
            "{text}"
        );
        let read_only = DOCUMENT.replace("age: { type: integer }", "age: { type: integer, readOnly: true }");
        let read_only = emitted(&read_only, "src/models/new_pet.rs");
        assert!(read_only.contains("NewPet::new(\"Tom\").tag(\"grey\").note(\"hungry\");"), "{read_only}");
        let unbounded = emitted(&DOCUMENT.replace(", minLength: 1", ""), "src/models/new_pet.rs");
        assert!(unbounded.contains("/// let request = ") && !unbounded.contains("validate"), "{unbounded}");
    }

    #[test]
    fn decodes_a_response_and_reads_a_field() {
        let text = emitted(DOCUMENT, "src/models/pet.rs");
        assert!(
            text.contains("/// let pet: Pet = serde_json::from_str(json)?;\n/// assert_eq!(pet.id, \"pet_1\");\n"),
            "{text}"
        );
    }

    #[test]
    fn names_the_arguments_of_a_constructor_with_many() {
        let many = DOCUMENT.replace("[good, id]", "[good, id, a, b, c, d]").replace(
            "        good: { type: boolean }\n",
            "        good: { type: boolean }\n        a: { type: string }\n        b: { type: string }\n        c: { type: string }\n        d: { type: string }\n",
        );
        let many = many.replace("{ good: true,", "{ good: true, a: A, b: B, c: C, d: D,");
        let text = emitted(&many, "src/models/pet.rs");
        assert!(text.contains("/// let pet = Pet::new(PetArgs {\n///     good: true,\n"), "{text}");
        assert!(!text.contains("hungry"), "{text}");
    }

    #[test]
    fn shows_no_type_that_is_deprecated_or_that_no_call_names() {
        assert!(!emitted(DOCUMENT, "src/models/unused.rs").contains("```"));
        let deprecated = DOCUMENT.replace("    Pet:\n", "    Pet:\n      deprecated: true\n");
        assert!(!emitted(&deprecated, "src/models/pet.rs").contains("```"));
    }

    #[test]
    fn escapes_characters_that_change_the_direction_of_text() {
        let text = emitted(&DOCUMENT.replace("note: hungry }", "note: \"a\\u202Eb\" }"), "src/models/pet.rs");
        assert!(text.contains(r#""note": "a\u202eb""#) && !text.contains('\u{202e}'), "{text}");
    }
}
