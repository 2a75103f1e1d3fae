//! An example that matches the variants of a union, for the union's page.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::example_writer::{doctest, statements};
use super::fields;
use super::identifiers::ident;
use crate::ir::{Presence, Property, Type, TypeDef, TypeKind, Union, UnionKind, Variant};

/// The number of listed variants in an example.
const SHOWN: usize = 2;

/// Returns a doctest that matches a union with a tag; no text for any other. `shared` are the names of the properties
/// that all variants have. An example shows others.
pub fn of_union(context: &Context<'_>, def: &TypeDef, union: &Union, shared: &[&str]) -> String {
    if def.deprecated || !matches!(union.kind, UnionKind::Tagged { .. }) {
        return String::new();
    }
    let name = ident(&def.name);
    let arms = union.variants.iter().take(SHOWN).map(|variant| {
        let (variant_name, print) = (ident(&variant.rust_name), print(context, variant, shared));
        quote! { #name::#variant_name(value) => #print, }
    });
    let body = quote! {
        fn print(value: &#name) {
            match value {
                #(#arms)*
                #name::Unknown(json) => println!("{json}"),
                _ => {}
            }
        }
    };
    doctest(context, &[def.name.clone()].into(), &statements(&body), "")
}

/// Returns the expression that prints a required property of the payload, or the whole payload if it has none.
fn print(context: &Context<'_>, variant: &Variant, shared: &[&str]) -> TokenStream {
    let def = match context.types.resolve(&variant.schema.ty) {
        Type::Named(id) => Some(&context.api.type_def(*id).kind),
        _ => None,
    };
    let properties = match def {
        Some(TypeKind::Object(object)) => object.properties.as_slice(),
        _ => &[],
    };
    let is_shown = |property: &&Property| property.presence == Presence::Required && !property.deprecated;
    let is_own = |property: &&Property| is_shown(property) && !shared.contains(&&*property.rust_name);
    let shown = properties.iter().find(is_own).or_else(|| properties.iter().find(is_shown));
    let Some(field) = shown.map(fields::ident) else { return quote! { println!("{value:?}") } };
    quote! { println!("{:?}", value.#field) }
}

#[cfg(test)]
mod tests {
    const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Dog'
      discriminator: { propertyName: kind }
    Cat:
      type: object
      required: [kind, name, lives]
      properties:
        kind: { type: string, enum: [Cat] }
        name: { type: string }
        lives: { type: integer }
    Dog:
      type: object
      required: [kind, name]
      properties:
        kind: { type: string, enum: [Dog] }
        name: { type: string }
    Size:
      oneOf:
        - { type: string }
        - { type: integer }
";

    fn emitted(document: &str, path: &str) -> String {
        let generated = crate::generate("pets.yaml", document).unwrap_or_else(|report| panic!("{report}"));
        generated.files.get(path).unwrap_or_default().to_owned()
    }

    #[test]
    fn prints_a_property_of_each_variant() {
        let text = emitted(DOCUMENT, "src/models/pet.rs");
        for line in [
            "///         Pet::Cat(value) => println!(\"{:?}\", value.lives),",
            "///         Pet::Dog(value) => println!(\"{:?}\", value.name),",
            "///         Pet::Unknown(json) => println!(\"{json}\"),",
            "///         _ => {}",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn prints_the_whole_payload_without_a_required_property() {
        let text = emitted(&DOCUMENT.replace("[kind, name]", "[kind]"), "src/models/pet.rs");
        assert!(text.contains("Pet::Dog(value) => println!(\"{value:?}\"),"), "{text}");
    }

    #[test]
    fn shows_neither_a_deprecated_union_nor_one_without_a_tag() {
        assert!(!emitted(DOCUMENT, "src/models/size.rs").contains("```"));
        let deprecated = DOCUMENT.replace("    Pet:\n", "    Pet:\n      deprecated: true\n");
        assert!(!emitted(&deprecated, "src/models/pet.rs").contains("```"));
    }
}
