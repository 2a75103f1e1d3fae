//! The source files of a crate.

use std::collections::BTreeMap;
use std::path::Path;

use syn::{Attribute, Item};

/// A source file without its tests.
pub struct Source {
    /// Its path below `src`.
    pub path: String,
    pub items: Vec<Item>,
}

impl Source {
    /// Parses a file, and leaves out items for tests.
    pub fn parse(path: &str, text: &str) -> Self {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let items = file.items.into_iter().filter(|item| !attributes(item).iter().any(is_for_tests)).collect();
        Self { path: path.to_owned(), items }
    }
}

/// The source files of a crate by module path; that of the root is empty.
pub struct Sources(pub BTreeMap<Vec<String>, Source>);

impl Sources {
    /// Reads the files below a `src` folder of the workspace.
    pub fn read(src: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(src);
        let mut sources = BTreeMap::new();
        read_folder(&root, &mut Vec::new(), &mut sources);
        assert!(sources.len() > 10, "only {} files in {src}", sources.len());
        Self(sources)
    }

    /// Returns the names of all types, each with the files that define it.
    pub fn types(&self) -> BTreeMap<String, Vec<&str>> {
        let mut types: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for source in self.0.values() {
            for item in &source.items {
                let name = match item {
                    Item::Enum(item) => &item.ident,
                    Item::Struct(item) => &item.ident,
                    Item::Trait(item) => &item.ident,
                    Item::Type(item) => &item.ident,
                    _ => continue,
                };
                let files = types.entry(name.to_string()).or_default();
                // Variants of one type for several targets are in one file.
                if !files.contains(&source.path.as_str()) {
                    files.push(&source.path);
                }
            }
        }
        types
    }
}

fn read_folder(folder: &Path, module: &mut Vec<String>, sources: &mut BTreeMap<Vec<String>, Source>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("it can be listed").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("names are UTF-8").to_owned();
        if stem == "tests" {
            continue;
        }
        if path.is_dir() {
            module.push(stem);
            read_folder(&path, module, sources);
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            if stem == "main" && folder.join("lib.rs").exists() {
                continue;
            }
            let mut name = module.clone();
            if !matches!(stem.as_str(), "lib" | "main" | "mod") {
                name.push(stem.clone());
            }
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let source = Source::parse(&[module.as_slice(), &[format!("{stem}.rs")]].concat().join("/"), &text);
            assert!(sources.insert(name, source).is_none(), "{} is a module twice", path.display());
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    list.path.is_ident("cfg") && list.tokens.to_string() == "test"
}
