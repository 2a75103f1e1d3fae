//! The table of extensions that people read is the one that the generator goes by.

use std::collections::BTreeSet;

use chatkit_codegen::parse::dialect::extensions::{EXTENSIONS, ExtensionValue, Site};

/// The rows of the table in `spec/README.md`: the key, where it stands, and what it holds.
fn documented() -> Vec<(String, String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/README.md");
    let text = std::fs::read_to_string(path).expect("the page is there");
    let rows = text.lines().filter(|line| line.starts_with("| `x-"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2].to_owned(), cells[3].to_owned())
    })
    .collect()
}

fn site(words: &str) -> Site {
    match words.rsplit(' ').next() {
        Some("root") => Site::Document,
        Some("schema") => Site::Schema,
        Some("operation") => Site::Operation,
        Some("parameter") => Site::Parameter,
        Some("server") => Site::Server,
        Some("scheme") => Site::SecurityScheme,
        _ => panic!("no site is called {words}"),
    }
}

#[test]
fn the_page_and_the_generator_know_the_same_extensions() {
    let places = documented().into_iter().flat_map(|(key, sites, _)| {
        sites.split(", ").map(|words| (key.clone(), site(words).name())).collect::<Vec<_>>()
    });
    let known = EXTENSIONS.iter().map(|extension| (extension.name.to_owned(), extension.site.name()));
    assert_eq!(places.collect::<BTreeSet<_>>(), known.collect::<BTreeSet<_>>());
}

#[test]
fn the_page_names_every_part_of_an_extension() {
    for extension in EXTENSIONS {
        let ExtensionValue::Object(parts) = extension.content else { continue };
        let rows = documented();
        let row = rows.iter().find(|(key, ..)| key == extension.name).expect("the page has every extension");
        for (part, ..) in parts {
            assert!(row.2.contains(&format!("`{part}`")), "{}: {part}", extension.name);
        }
    }
}
