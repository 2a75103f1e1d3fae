//! The dependencies between the files of a folder, by paths in the code and by methods.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, Type, UseTree, Visibility};

use crate::source::{Source, Sources};

/// For each file of a folder, the files of the folder that it depends on.
pub type Dependencies<'s> = BTreeMap<&'s str, BTreeSet<&'s str>>;

/// Finds the dependencies among the files below a module; the path of the root is empty.
pub fn dependencies<'s>(sources: &'s Sources, folder: &[&str]) -> Dependencies<'s> {
    let is_within = |module: &[String]| module.len() >= folder.len() && module.iter().zip(folder).all(|(a, b)| a == b);
    let within: Vec<(&Vec<String>, &Source)> = sources.0.iter().filter(|(module, _)| is_within(module)).collect();
    let files: BTreeSet<&str> = within.iter().map(|(_, source)| source.path.as_str()).collect();
    let reexports = reexports(sources);
    let methods = spread_methods(sources, &within);
    let mut found = Dependencies::new();
    for (module, source) in &within {
        let mut references = References::default();
        for item in &source.items {
            references.add(item.to_token_stream(), &[]);
        }
        let paths = references.paths.iter().filter_map(|path| target(sources, &reexports, module, path));
        let called = references.methods.iter().filter_map(|method| methods.get(method.as_str()).copied().flatten());
        let others = paths.chain(called).filter(|file| *file != source.path && files.contains(file)).collect();
        found.insert(&source.path, others);
    }
    found
}

/// Returns the groups of files that depend on each other in a cycle.
pub fn cycles(dependencies: &Dependencies<'_>) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        dependencies.keys().map(|file| (*file, reached(dependencies, file))).collect();
    let mut cycles = BTreeSet::new();
    for (file, others) in &reached {
        if others.contains(file) {
            let circle = others.iter().filter(|other| reached[*other].contains(file));
            cycles.insert(circle.map(|other| (*other).to_owned()).collect::<Vec<_>>());
        }
    }
    cycles.into_iter().collect()
}

/// Returns the dependencies among some of the files.
pub fn restricted_to<'s>(dependencies: &Dependencies<'s>, files: &[String]) -> Dependencies<'s> {
    let is_one = |file: &&str| files.iter().any(|one| one == file);
    let chosen = dependencies.iter().filter(|(file, _)| is_one(file));
    chosen.map(|(file, others)| (*file, others.iter().copied().filter(|other| is_one(other)).collect())).collect()
}

fn reached<'s>(dependencies: &Dependencies<'s>, file: &str) -> BTreeSet<&'s str> {
    let mut reached = BTreeSet::new();
    let mut work: Vec<&str> = dependencies[file].iter().copied().collect();
    while let Some(next) = work.pop() {
        if reached.insert(next) {
            work.extend(&dependencies[next]);
        }
    }
    reached
}

/// The paths and the methods that code mentions.
#[derive(Default)]
struct References {
    paths: Vec<Vec<String>>,
    methods: BTreeSet<String>,
}

impl References {
    /// Adds what tokens mention. `prefix` is the path in front of the braces of a `use` that they are in.
    fn add(&mut self, tokens: TokenStream, prefix: &[String]) {
        let (mut path, mut colons, mut dot) = (prefix.to_vec(), 0, false);
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let (had_colons, had_dot) = (std::mem::take(&mut colons), std::mem::take(&mut dot));
            match token {
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    let is_associated = had_colons == 2 && path.last().is_some_and(|last| last == "Self");
                    if (had_dot || is_associated) && tokens.peek().is_some_and(is_call) {
                        self.methods.insert(ident.clone());
                    }
                    if had_colons != 2 {
                        self.paths.push(std::mem::replace(&mut path, prefix.to_vec()));
                    }
                    path.push(ident);
                }
                TokenTree::Group(group) if had_colons == 2 && group.delimiter() == Delimiter::Brace => {
                    self.add(group.stream(), &path);
                }
                // Quoted code belongs to the crate that it is emitted into.
                TokenTree::Group(_) if path.last().is_some_and(|last| last == "quote") => {}
                TokenTree::Group(group) => self.add(group.stream(), &[]),
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons = had_colons + 1,
                TokenTree::Punct(sign) => dot = sign.as_char() == '.',
                TokenTree::Literal(_) => {}
            }
        }
        self.paths.push(path);
    }
}

/// Whether a name before this token is called, with or without type arguments.
fn is_call(next: &TokenTree) -> bool {
    match next {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        TokenTree::Punct(sign) => sign.as_char() == ':',
        _ => false,
    }
}

/// The items that a module exports from others, with the path of each.
type Reexports = BTreeMap<(Vec<String>, String), Vec<String>>;

fn reexports(sources: &Sources) -> Reexports {
    let mut found = Reexports::new();
    for (module, source) in &sources.0 {
        for item in &source.items {
            let Item::Use(item) = item else { continue };
            if !matches!(item.vis, Visibility::Inherited) {
                add_reexports(&item.tree, &[], module, &mut found);
            }
        }
    }
    found
}

fn add_reexports(tree: &UseTree, prefix: &[String], module: &[String], found: &mut Reexports) {
    match tree {
        UseTree::Path(path) => {
            let prefix = [prefix, &[path.ident.to_string()]].concat();
            add_reexports(&path.tree, &prefix, module, found);
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            found.insert((module.to_vec(), name.clone()), [prefix, &[name]].concat());
        }
        UseTree::Rename(rename) => {
            let path = [prefix, &[rename.ident.to_string()]].concat();
            found.insert((module.to_vec(), rename.rename.to_string()), path);
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| add_reexports(tree, prefix, module, found)),
        UseTree::Glob(_) => {}
    }
}

/// Returns the file that a path leads to, seen from a module; `None` if it leads out of the crate.
fn target<'s>(sources: &'s Sources, reexports: &Reexports, module: &[String], path: &[String]) -> Option<&'s str> {
    // A single word is a variable more often than a module, or a visibility such as `pub(super)`.
    let [first, _, ..] = path else { return None };
    let (mut at, mut rest) = match first.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (module.to_vec(), &path[1..]),
        _ => (module.to_vec(), path),
    };
    let is_local = matches!(first.as_str(), "crate" | "self" | "super");
    while let [first, others @ ..] = rest {
        if first == "super" {
            at.pop();
        } else if sources.0.contains_key(&[at.as_slice(), std::slice::from_ref(first)].concat()) {
            at.push(first.clone());
        } else {
            break;
        }
        rest = others;
    }
    if !is_local && rest.len() == path.len() {
        return None;
    }
    if let Some(path) = rest.first().and_then(|name| reexports.get(&(at.clone(), name.clone()))) {
        return target(sources, reexports, &at, path).or_else(|| file(sources, &at));
    }
    file(sources, &at)
}

fn file<'s>(sources: &'s Sources, module: &[String]) -> Option<&'s str> {
    sources.0.get(module).map(|source| source.path.as_str())
}

/// Returns the methods that a folder has outside of the file of their type, by name; `None` if two files have the name.
///
/// An import shows that a file depends on a type, but not that it depends on methods that another file adds to it.
fn spread_methods<'s>(
    sources: &'s Sources,
    within: &[(&Vec<String>, &'s Source)],
) -> BTreeMap<String, Option<&'s str>> {
    let types = sources.types();
    let mut found: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for (_, source) in within {
        for item in &source.items {
            let Item::Impl(item) = item else { continue };
            let Type::Path(of) = &*item.self_ty else { continue };
            let name = of.path.segments.last().expect("a path has a segment").ident.to_string();
            let is_elsewhere = types.get(&name).is_some_and(|files| !files.contains(&source.path.as_str()));
            if item.trait_.is_some() || !is_elsewhere {
                continue;
            }
            for method in &item.items {
                let ImplItem::Fn(method) = method else { continue };
                if matches!(method.vis, Visibility::Inherited) {
                    continue;
                }
                let file = found.entry(method.sig.ident.to_string()).or_insert(Some(&source.path));
                if *file != Some(&source.path) {
                    *file = None;
                }
            }
        }
    }
    found
}
