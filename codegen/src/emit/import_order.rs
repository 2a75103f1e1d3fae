//! The order of imports: that of rustfmt, with the style of edition 2024.

use syn::{Ident, Item, ItemUse, UseTree};

/// Sorts each run of adjacent imports, and the names within each import.
pub fn sort_imports(items: &mut [Item]) {
    for item in items.iter_mut() {
        if let Item::Use(import) = item {
            sort_names(&mut import.tree);
        }
    }
    for run in items.chunk_by_mut(|a, b| matches!((a, b), (Item::Use(_), Item::Use(_)))) {
        run.sort_by_cached_key(|item| match item {
            Item::Use(import) => (group(import), path(&import.tree)),
            _ => (0, Vec::new()),
        });
    }
}

/// Returns the group of an import: the standard library, other crates, or the crate itself.
pub fn group(import: &ItemUse) -> u8 {
    match path(&import.tree).first() {
        Some(PathSegment::SelfModule | PathSegment::Super | PathSegment::Crate) => 2,
        Some(PathSegment::Name(_, name)) if *name == parts("std") => 0,
        _ => 1,
    }
}

fn sort_names(tree: &mut UseTree) {
    match tree {
        UseTree::Path(path) => sort_names(&mut path.tree),
        UseTree::Group(group) => {
            let mut names: Vec<UseTree> = std::mem::take(&mut group.items).into_iter().collect();
            names.iter_mut().for_each(sort_names);
            names.sort_by_cached_key(path);
            group.items = names.into_iter().collect();
        }
        UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// A segment of an import. The order of the variants is that of imports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PathSegment {
    SelfModule,
    Super,
    Crate,
    Name(NameCase, Vec<NamePart>),
    Glob,
    List(Vec<Vec<Self>>),
}

/// The case of a name, in the order of imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NameCase {
    Snake,
    Camel,
    UpperSnake,
}

/// A part of a name. Numbers are ordered by their value: first by length, then by digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NamePart {
    Underscore,
    Number(usize, String),
    Letter(char),
}

fn path(tree: &UseTree) -> Vec<PathSegment> {
    match tree {
        UseTree::Path(path) => {
            let mut segments = vec![segment(&path.ident)];
            segments.extend(self::path(&path.tree));
            segments
        }
        UseTree::Name(name) => vec![segment(&name.ident)],
        UseTree::Rename(name) => vec![segment(&name.ident)],
        UseTree::Glob(_) => vec![PathSegment::Glob],
        UseTree::Group(group) => vec![PathSegment::List(group.items.iter().map(path).collect())],
    }
}

fn segment(ident: &Ident) -> PathSegment {
    let name = ident.to_string();
    match name.as_str() {
        "self" => PathSegment::SelfModule,
        "super" => PathSegment::Super,
        "crate" => PathSegment::Crate,
        name => {
            let name = name.trim_start_matches("r#");
            let case = if !name.starts_with(char::is_uppercase) {
                NameCase::Snake
            } else if name.chars().all(|letter| letter.is_uppercase() || letter.is_numeric() || letter == '_') {
                NameCase::UpperSnake
            } else {
                NameCase::Camel
            };
            PathSegment::Name(case, parts(name))
        }
    }
}

fn parts(name: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(letter) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let length = digits.max(letter.len_utf8());
        parts.push(match letter {
            '_' => NamePart::Underscore,
            '0'..='9' => {
                let number = rest[..digits].trim_start_matches('0');
                NamePart::Number(number.len(), number.to_owned())
            }
            letter => NamePart::Letter(letter),
        });
        rest = &rest[length..];
    }
    parts
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};
    use syn::File;

    use super::sort_imports;

    #[test]
    fn sorts_as_rustfmt_does() {
        let mut file: File = syn::parse_quote! {
            use serde_core::ser::{Serialize, SerializeMap, Serializer};
            use serde_core::de::{Deserialize, self, MapAccess, Deserializer};
            use crate::support::{b10, b9, b_1, T, VALUE, Value, r#type};
            pub use crate::models::*;
            use crate::models;
            use super::Thread;
            use std::collections::BTreeMap;
            use {reqwest, http};
            mod own;
            use b::B;
            use a::A;
        };
        sort_imports(&mut file.items);
        let expected = quote! {
            use std::collections::BTreeMap;
            use serde_core::de::{self, Deserialize, Deserializer, MapAccess};
            use serde_core::ser::{Serialize, SerializeMap, Serializer};
            use {http, reqwest};
            use super::Thread;
            use crate::models;
            pub use crate::models::*;
            use crate::support::{b_1, b9, b10, r#type, Value, T, VALUE};
            mod own;
            use a::A;
            use b::B;
        };
        assert_eq!(file.to_token_stream().to_string(), expected.to_string());
    }
}
