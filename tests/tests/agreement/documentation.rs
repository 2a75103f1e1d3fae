//! Every public item is documented, with the description of the spec if there is one.

use syn::{Attribute, ImplItem, Item, TraitItem};

use super::for_each_type;
use super::generated::{docs, files, public};

#[test]
fn types_have_the_descriptions_of_the_spec() {
    for_each_type(|ty, item| {
        assert!(!ty.description.is_empty(), "{} has no description", ty.name);
        assert!(item.docs.contains(&one_line(&ty.description)), "{}: {}", ty.name, item.docs);
    });
}

#[test]
fn fields_and_constants_have_the_descriptions_of_the_spec() {
    for_each_type(|ty, item| {
        for (name, description) in &ty.descriptions {
            let docs = item.field_docs.get(name).or_else(|| item.constant_docs.get(&name.to_uppercase()));
            let docs = docs.unwrap_or_else(|| panic!("{}.{name} is not there", ty.name));
            assert!(docs.contains(&one_line(description)), "{}.{name}: {docs}", ty.name);
        }
    });
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_public_item_is_documented() {
    let mut count = 0;
    for directory in ["src/models", "src/wire", "src/support", "src/operations", "src/runtime", "src/wire/operations"] {
        for (path, file, _) in files(directory) {
            assert!(!docs(&file.attrs).is_empty(), "{path} is not documented");
            for item in &file.items {
                for (name, attributes) in public_items(item) {
                    // Items that wire code shares within the crate are not public.
                    let hidden = directory == "src/wire";
                    assert!(hidden || !docs(attributes).is_empty(), "{path}: {name} is not documented");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 600, "only {count} items");
}

/// Returns the public parts of an item with their attributes.
fn public_items(item: &Item) -> Vec<(String, &[Attribute])> {
    let mut found: Vec<(String, &[Attribute])> = Vec::new();
    match item {
        Item::Struct(item) if public(&item.vis) => {
            found.push((item.ident.to_string(), &item.attrs));
            let fields = item.fields.iter().filter(|field| public(&field.vis));
            found.extend(
                fields.map(|field| (field.ident.as_ref().map(ToString::to_string).unwrap_or_default(), &*field.attrs)),
            );
        }
        Item::Enum(item) if public(&item.vis) => {
            found.push((item.ident.to_string(), &item.attrs));
            found.extend(item.variants.iter().map(|variant| (variant.ident.to_string(), &*variant.attrs)));
        }
        Item::Trait(item) if public(&item.vis) => {
            found.push((item.ident.to_string(), &item.attrs));
            found.extend(item.items.iter().filter_map(|item| match item {
                // Hidden functions are for generated code.
                TraitItem::Fn(item) if !hidden(&item.attrs) => Some((item.sig.ident.to_string(), &*item.attrs)),
                TraitItem::Const(item) if !hidden(&item.attrs) => Some((item.ident.to_string(), &*item.attrs)),
                TraitItem::Type(item) => Some((item.ident.to_string(), &*item.attrs)),
                _ => None,
            }));
        }
        Item::Impl(item) if item.trait_.is_none() => {
            found.extend(item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(item) if public(&item.vis) => Some((item.sig.ident.to_string(), &*item.attrs)),
                ImplItem::Const(item) if public(&item.vis) => Some((item.ident.to_string(), &*item.attrs)),
                _ => None,
            }));
        }
        Item::Fn(item) if public(&item.vis) => found.push((item.sig.ident.to_string(), &item.attrs)),
        Item::Const(item) if public(&item.vis) => found.push((item.ident.to_string(), &item.attrs)),
        Item::Type(item) if public(&item.vis) => found.push((item.ident.to_string(), &item.attrs)),
        _ => {}
    }
    found
}

fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut is_hidden = false;
        // `doc = "…"` is not a list, which is fine here.
        let _ = attribute.parse_nested_meta(|meta| {
            is_hidden |= meta.path.is_ident("hidden");
            Ok(())
        });
        is_hidden
    })
}
