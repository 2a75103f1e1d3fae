//! The types of the generated code, read from its syntax.

use std::collections::BTreeMap;

use chatkit_tests::spec;
use quote::ToTokens;
use syn::{
    Attribute, Expr, Fields, File, FnArg, ImplItem, ImplItemFn, Item as Syntax, Lit, Meta, Pat, PatLit, Stmt, Type,
    UseTree, Visibility,
};

/// A struct or an enum among the definitions.
#[derive(Default)]
pub struct Item {
    pub docs: String,
    pub aliases: Vec<String>,
    pub non_exhaustive: bool,
    /// Names and types of the public fields.
    pub fields: BTreeMap<String, String>,
    pub field_docs: BTreeMap<String, String>,
    pub variants: Vec<Variant>,
    /// Names of public associated constants, and their values if these are strings.
    pub constants: BTreeMap<String, Option<String>>,
    pub constant_docs: BTreeMap<String, String>,
    /// The constants and functions of defaults, by the names of their fields in upper case.
    pub defaults: BTreeMap<String, Expr>,
    /// The constant `VALUES`.
    pub values: Vec<String>,
    /// Public functions with the names of their arguments.
    pub methods: BTreeMap<String, Vec<String>>,
    /// Names and types of the fields of the struct `…Args`, if the constructor has one.
    pub arguments: Option<BTreeMap<String, String>>,
}

#[derive(Debug)]
pub struct Variant {
    pub name: String,
    pub payload: Option<String>,
    pub aliases: Vec<String>,
}

/// The wire code of a type.
#[derive(Debug, Default)]
pub struct Wire {
    /// Associated constants that are strings or lists of strings.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Names, and the index that the code finds for each.
    pub indices: Vec<(String, String)>,
    pub text: String,
}

/// Returns the text of a generated file.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(spec::path("generated").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the files of a directory, except `mod.rs` and those in its folders.
pub fn files(directory: &str) -> Vec<(String, File, String)> {
    let entries = std::fs::read_dir(spec::path("generated").join(directory)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    let parsed =
        names.into_iter().filter(|name| name.strip_suffix(".rs").is_some_and(|name| name != "mod")).map(|name| {
            let path = format!("{directory}/{name}");
            let text = text(&path);
            (path, syn::parse_file(&text).unwrap(), text)
        });
    parsed.collect()
}

/// Returns the names that a list of modules exports.
pub fn exported(path: &str) -> Vec<String> {
    fn leaves(tree: &UseTree) -> Vec<String> {
        match tree {
            UseTree::Path(path) => leaves(&path.tree),
            UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
            UseTree::Name(name) => vec![name.ident.to_string()],
            other => panic!("{}", other.to_token_stream()),
        }
    }
    let file = syn::parse_file(&text(path)).unwrap();
    let uses = file.items.iter().filter_map(|item| match item {
        Syntax::Use(item) if public(&item.vis) => Some(leaves(&item.tree)),
        _ => None,
    });
    let mut names: Vec<String> = uses.flatten().collect();
    names.sort_unstable();
    names
}

pub fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns the definition of every type.
pub fn generated_types() -> BTreeMap<String, Item> {
    let mut types = definitions();
    let owners: Vec<String> = types.keys().filter(|name| types.contains_key(&arguments_of(name))).cloned().collect();
    for owner in owners {
        let arguments = types.remove(&arguments_of(&owner)).unwrap();
        assert!(
            !arguments.non_exhaustive && arguments.methods.is_empty(),
            "the arguments of {owner} are a plain struct"
        );
        types.get_mut(&owner).unwrap().arguments = Some(arguments.fields);
    }
    types
}

/// The name of the struct that holds the arguments of a type's constructor.
pub fn arguments_of(name: &str) -> String {
    format!("{name}Args")
}

fn definitions() -> BTreeMap<String, Item> {
    let mut types: BTreeMap<String, Item> = BTreeMap::new();
    for (path, file, _) in files("src/models") {
        for syntax in &file.items {
            match syntax {
                Syntax::Struct(item) if public(&item.vis) => {
                    let ty = types.entry(item.ident.to_string()).or_default();
                    describe(ty, &item.attrs);
                    for field in &item.fields {
                        assert!(public(&field.vis), "{path} has a private field");
                        let name = name(field.ident.as_ref().unwrap());
                        ty.field_docs.insert(name.clone(), docs(&field.attrs));
                        ty.fields.insert(name, tokens(&field.ty));
                    }
                }
                Syntax::Enum(item) if public(&item.vis) => {
                    let ty = types.entry(item.ident.to_string()).or_default();
                    describe(ty, &item.attrs);
                    ty.variants = item.variants.iter().map(variant).collect();
                }
                Syntax::Impl(item) if item.trait_.is_none() => {
                    let ty = types.entry(tokens(&item.self_ty)).or_default();
                    item.items.iter().for_each(|item| add(ty, item));
                }
                Syntax::Impl(_) | Syntax::Use(_) => {}
                other => panic!("{path} has more than a type: {}", other.to_token_stream()),
            }
        }
    }
    types
}

fn describe(ty: &mut Item, attributes: &[Attribute]) {
    ty.docs = docs(attributes);
    ty.aliases = aliases(attributes);
    ty.non_exhaustive = attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
}

fn variant(variant: &syn::Variant) -> Variant {
    let payload = match &variant.fields {
        Fields::Unnamed(fields) => fields.unnamed.first().map(|field| tokens(&field.ty)),
        Fields::Unit => None,
        Fields::Named(_) => panic!("{} has named fields", variant.ident),
    };
    Variant { name: name(&variant.ident), payload, aliases: aliases(&variant.attrs) }
}

fn add(ty: &mut Item, item: &ImplItem) {
    match item {
        ImplItem::Const(item) if public(&item.vis) => {
            let name = name(&item.ident);
            let mut list = strings(&item.expr);
            ty.constant_docs.insert(name.clone(), docs(&item.attrs));
            if name == "VALUES" {
                ty.values = std::mem::take(&mut list);
            }
            if let Some(field) = name.strip_prefix("DEFAULT_") {
                ty.defaults.insert(field.to_owned(), item.expr.clone());
            } else {
                ty.constants.insert(name, list.pop());
            }
        }
        ImplItem::Fn(item) if public(&item.vis) && item.sig.ident.to_string().starts_with("default_") => {
            let [Stmt::Expr(expr, None)] = item.block.stmts.as_slice() else { panic!("{}", item.to_token_stream()) };
            let field = name(&item.sig.ident).trim_start_matches("default_").to_uppercase();
            ty.defaults.insert(field, expr.clone());
        }
        ImplItem::Fn(item) if public(&item.vis) => {
            let arguments = item.sig.inputs.iter().filter_map(|argument| match argument {
                FnArg::Typed(argument) => match &*argument.pat {
                    Pat::Ident(pattern) => Some(name(&pattern.ident)),
                    other => panic!("{}", other.to_token_stream()),
                },
                FnArg::Receiver(_) => None,
            });
            ty.methods.insert(name(&item.sig.ident), arguments.collect());
        }
        _ => {}
    }
}

/// Returns the wire code of every type.
pub fn wire_types() -> BTreeMap<String, Wire> {
    let mut types: BTreeMap<String, Wire> = BTreeMap::new();
    for (_, file, text) in files("src/wire") {
        for syntax in &file.items {
            let Syntax::Impl(item) = syntax else { continue };
            let Type::Path(path) = &*item.self_ty else { continue };
            let wire = types.entry(name(&path.path.segments.last().unwrap().ident)).or_default();
            wire.text.clone_from(&text);
            for item in &item.items {
                match item {
                    ImplItem::Const(item) => {
                        wire.lists.insert(name(&item.ident), strings(&item.expr));
                    }
                    ImplItem::Fn(item) if item.sig.ident == "index" => wire.indices = indices(item),
                    _ => {}
                }
            }
        }
    }
    types
}

/// Returns the arms of `match name { "a" => Some(0), _ => None }`, except the last.
fn indices(function: &ImplItemFn) -> Vec<(String, String)> {
    let Some(Stmt::Expr(Expr::Match(lookup), None)) = function.block.stmts.last() else { return Vec::new() };
    let arms = lookup.arms.iter().filter_map(|arm| match &arm.pat {
        Pat::Lit(PatLit { lit: Lit::Str(name), .. }) => Some((name.value(), arm.body.to_token_stream().to_string())),
        _ => None,
    });
    arms.collect()
}

/// Returns the strings of `"a"` and of `&["a", "b"]`.
fn strings(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => vec![text.value()],
            _ => Vec::new(),
        },
        Expr::Reference(reference) => strings(&reference.expr),
        Expr::Array(array) => array.elems.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Returns an identifier without `r#`.
pub fn name(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn tokens(syntax: &impl ToTokens) -> String {
    syntax.to_token_stream().to_string()
}

/// Returns the documentation of an item on one line.
pub fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => strings(&meta.value).pop(),
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn aliases(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("doc") => Some(list.parse_args::<Meta>().unwrap()),
        _ => None,
    });
    let aliases = lists.filter_map(|meta| match meta {
        Meta::NameValue(meta) if meta.path.is_ident("alias") => strings(&meta.value).pop(),
        _ => None,
    });
    aliases.collect()
}
