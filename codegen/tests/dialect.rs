//! The table of extensions in `spec/README.md` matches the one in the generator.

use std::collections::BTreeSet;

use chatkit_codegen::parse::dialect::extensions::{EXTENSIONS, ExtensionValue};
use chatkit_codegen::parse::dialect::openapi_objects::ObjectKind;

/// Returns the rows of the table in `spec/README.md`: the key, the objects that have it, and the value.
fn documented() -> Vec<(String, String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/README.md");
    let text = std::fs::read_to_string(path).expect("the file exists");
    let rows = text.lines().filter(|line| line.starts_with("| `x-"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2].to_owned(), cells[3].to_owned())
    })
    .collect()
}

fn object_kind(words: &str) -> ObjectKind {
    match words.rsplit(' ').next() {
        Some("root") => ObjectKind::Document,
        Some("schema") => ObjectKind::Schema,
        Some("operation") => ObjectKind::Operation,
        Some("parameter") => ObjectKind::Parameter,
        Some("server") => ObjectKind::Server,
        Some("scheme") => ObjectKind::SecurityScheme,
        _ => panic!("no kind of object is called {words}"),
    }
}

#[test]
fn readme_lists_every_extension() {
    let listed = documented().into_iter().flat_map(|(key, objects, _)| {
        objects.split(", ").map(|words| (key.clone(), object_kind(words).name())).collect::<Vec<_>>()
    });
    let known = EXTENSIONS.iter().map(|extension| (extension.name.to_owned(), extension.object.name()));
    assert_eq!(listed.collect::<BTreeSet<_>>(), known.collect::<BTreeSet<_>>());
}

#[test]
fn readme_names_every_property_of_an_extension() {
    for extension in EXTENSIONS {
        let ExtensionValue::Object(parts) = extension.value else { continue };
        let rows = documented();
        let row = rows.iter().find(|(key, ..)| key == extension.name).expect("the table has every extension");
        for (part, ..) in parts {
            assert!(row.2.contains(&format!("`{part}`")), "{}: {part}", extension.name);
        }
    }
}
