//! Reads the public items of a generated crate from its sources.
//!
//! It does not use the generator: it parses every file that can have an item, and panics on unknown syntax.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chatkit_codegen::emit::public_api::{ItemKind, PublicModule};
use chatkit_codegen::files::Files;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use serde_json::Value;
use syn::ext::IdentExt;
use syn::{
    Attribute, Fields, FnArg, ImplItem, ImplItemConst, ImplItemFn, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct,
    Pat, Stmt, UseTree, Visibility,
};

use super::Entry;
use super::types::{path, returned, text};
use super::values::{Variants, value};

/// Traits of the crate that callers cannot name.
const INTERNAL: &[&str] = &["ByJsonType", "Check", "Decode", "Object", "Tagged"];

/// Traits that every type of `models` has.
const EVERYWHERE: &[&str] = &["Deserialize", "Model", "Serialize"];

/// The methods of every call.
const OF_EVERY_CALL: &[&str] = &["send", "send_blocking"];

/// Returns the items of a crate.
pub fn items(files: &Files) -> Vec<Entry> {
    let parsed: BTreeMap<&str, syn::File> = files
        .iter()
        .filter(|(path, _)| {
            path.starts_with("src/") && !path.starts_with("src/runtime/") && !path.starts_with("src/support/")
        })
        .map(|(path, text)| (path, syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"))))
        .collect();
    let mut reader = Reader::new(files);
    for (path, file) in &parsed {
        reader.note_variants(path, file);
        reader.note_argument_structs(path, file);
    }
    for (path, file) in &parsed {
        let module = match *path {
            "src/client.rs" => PublicModule::Root,
            path if path.starts_with("src/operations/") || path.starts_with("src/wire/operations/") => {
                PublicModule::Operations
            }
            path if path.starts_with("src/models/") || path.starts_with("src/wire/") => PublicModule::Models,
            "src/lib.rs" => continue,
            _ => panic!("{path} is of an unknown kind"),
        };
        let public = !path.starts_with("src/wire/");
        file.items.iter().for_each(|item| reader.item(module, public, item));
    }
    reader.root(&parsed);
    reader.check_common(&parsed);
    reader.finish()
}

struct Reader {
    crate_name: String,
    /// The macros that make the members of calls, by name.
    macros: HashMap<String, TokenStream>,
    variants: Variants,
    /// The structs of named arguments, by name.
    argument_structs: BTreeMap<String, ItemStruct>,
    /// Those that a constructor takes.
    taken: BTreeSet<String>,
    /// The output of each call.
    outputs: HashMap<String, String>,
    /// The traits of each type, among those that every type has.
    common: BTreeMap<String, BTreeSet<String>>,
    entries: Vec<Entry>,
}

impl Reader {
    fn new(files: &Files) -> Self {
        let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")).expect("a crate has a name");
        let macros = files.get("src/runtime/call_methods.rs").map(macros).unwrap_or_default();
        Self {
            crate_name: name.trim_end_matches('"').to_owned(),
            macros,
            variants: Variants::new(),
            argument_structs: BTreeMap::new(),
            taken: BTreeSet::new(),
            outputs: HashMap::new(),
            common: BTreeMap::new(),
            entries: Vec::new(),
        }
    }

    /// Reads the values of enums, which constants refer to.
    fn note_variants(&mut self, path: &str, file: &syn::File) {
        if !path.starts_with("src/models/") {
            return;
        }
        let impls = file.items.iter().filter_map(|item| if let Item::Impl(item) = item { Some(item) } else { None });
        for (item, member) in impls.flat_map(|item| item.items.iter().map(move |member| (item, member))) {
            let ImplItem::Fn(function) = member else { continue };
            if function.sig.ident != "as_str" && function.sig.ident != "value" {
                continue;
            }
            let Some(Stmt::Expr(syn::Expr::Match(arms), None)) = function.block.stmts.first() else { continue };
            let owner = text(&item.self_ty, "");
            for arm in &arms.arms {
                let (Pat::Path(variant), Some(value)) = (&arm.pat, value(&arm.body, &Variants::new())) else {
                    continue;
                };
                let variant = variant.path.segments.last().expect("a path has segments").ident.to_string();
                self.variants.insert((owner.clone(), variant), value);
            }
        }
    }

    /// Reads the structs of named arguments: among the models, they alone are exhaustive.
    fn note_argument_structs(&mut self, path: &str, file: &syn::File) {
        let is_open =
            |item: &ItemStruct| item.attrs.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        let structs = file.items.iter().filter_map(|item| match item {
            Item::Struct(item) if is_public(&item.vis) && matches!(item.fields, Fields::Named(_)) => Some(item),
            _ => None,
        });
        if path.starts_with("src/models/") {
            let arguments = structs.filter(|item| !is_open(item));
            self.argument_structs.extend(arguments.map(|item| (plain(&item.ident), item.clone())));
        }
    }

    fn add(&mut self, module: PublicModule, owner: &str, name: &str, kind: ItemKind, signature: &str) -> &mut Entry {
        self.entries.push(Entry {
            module,
            owner: owner.to_owned(),
            name: name.to_owned(),
            kind,
            signature: signature.to_owned(),
            position: None,
            value: None,
            deprecated: false,
        });
        self.entries.last_mut().expect("it has just been added")
    }

    fn item(&mut self, module: PublicModule, public: bool, item: &Item) {
        match item {
            Item::Struct(item) if public && is_public(&item.vis) => self.structure(module, item),
            Item::Enum(item) if public && is_public(&item.vis) => self.enumeration(module, item),
            Item::Type(item) if public && is_public(&item.vis) => {
                let name = plain(&item.ident);
                self.add(module, &name, "", ItemKind::Type, &format!("= {}", text(&item.ty, &name))).deprecated =
                    is_deprecated(&item.attrs);
            }
            Item::Impl(item) => self.implementation(module, item),
            Item::Macro(item) => self.expand(module, item),
            // A private item, or one in a private module.
            Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Use(_) | Item::Mod(_) => {}
            Item::Static(item) if !is_public(&item.vis) => {}
            Item::Const(item) if !is_public(&item.vis) || !public => {}
            Item::Fn(item) if !is_public(&item.vis) || !public => {}
            other => panic!("unexpected item: {}", other.to_token_stream()),
        }
    }

    fn structure(&mut self, module: PublicModule, item: &ItemStruct) {
        let owner = plain(&item.ident);
        self.add(module, &owner, "", ItemKind::Type, "struct").deprecated = is_deprecated(&item.attrs);
        self.derives(module, &owner, &item.attrs);
        if module == PublicModule::Models && self.argument_structs.contains_key(&owner) {
            // The constructor lists the fields.
            return;
        }
        for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), plain);
            self.add(module, &owner, &name, ItemKind::Field, &text(&field.ty, &owner)).deprecated =
                is_deprecated(&field.attrs);
        }
    }

    fn enumeration(&mut self, module: PublicModule, item: &ItemEnum) {
        let owner = plain(&item.ident);
        self.add(module, &owner, "", ItemKind::Type, "enum").deprecated = is_deprecated(&item.attrs);
        self.derives(module, &owner, &item.attrs);
        assert!(item.attrs.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")), "{owner}");
        for variant in &item.variants {
            let payload: Vec<_> = variant.fields.iter().map(|field| text(&field.ty, &owner)).collect();
            let added = self.add(module, &owner, &plain(&variant.ident), ItemKind::Variant, &payload.join(", "));
            added.deprecated = is_deprecated(&variant.attrs);
        }
    }

    fn derives(&mut self, module: PublicModule, owner: &str, attributes: &[Attribute]) {
        let mut derived = BTreeSet::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let read = attribute.parse_nested_meta(|meta| {
                derived.insert(path(&meta.path, ""));
                Ok(())
            });
            read.expect("a derive lists paths");
        }
        let common: &[&str] =
            if module == PublicModule::Models { &["Clone", "Debug", "PartialEq"] } else { &["Clone", "Debug"] };
        assert!(common.iter().all(|name| derived.remove(*name)), "{owner} lacks one of {common:?}");
        for name in derived {
            self.add(module, owner, &format!("impl {name}"), ItemKind::Impl, "");
        }
    }

    fn implementation(&mut self, module: PublicModule, item: &ItemImpl) {
        let owner = text(&item.self_ty, "");
        let Some((of, _)) = &item.trait_ else {
            item.items.iter().for_each(|member| self.member(module, &owner, member));
            return;
        };
        let of = path(of, &owner);
        if INTERNAL.contains(&of.as_str()) {
            return;
        }
        if EVERYWHERE.contains(&of.as_str()) {
            self.common.entry(owner).or_default().insert(of);
            return;
        }
        let types = item.items.iter().filter_map(|member| match member {
            // The future of a call is the same for all calls.
            ImplItem::Type(ty) if ty.ident != "IntoFuture" => Some((ty.ident.to_string(), text(&ty.ty, &owner))),
            _ => None,
        });
        let types: Vec<_> = types.collect();
        if let ("Operation", [(_, output)]) = (of.as_str(), &types[..]) {
            self.outputs.insert(owner.clone(), output.clone());
        }
        let types: Vec<_> = types.iter().map(|(name, ty)| format!("{name} = {ty}")).collect();
        self.add(module, &owner, &format!("impl {of}"), ItemKind::Impl, &types.join(", "));
    }

    fn member(&mut self, module: PublicModule, owner: &str, member: &ImplItem) {
        match member {
            ImplItem::Fn(function) if is_public(&function.vis) => self.function(module, owner, function),
            ImplItem::Const(constant) if is_public(&constant.vis) => self.constant(module, owner, constant),
            ImplItem::Fn(_) | ImplItem::Const(_) => {}
            other => panic!("unexpected member: {}", other.to_token_stream()),
        }
    }

    fn constant(&mut self, module: PublicModule, owner: &str, constant: &ImplItemConst) {
        let value = value(&constant.expr, &self.variants);
        let added =
            self.add(module, owner, &constant.ident.to_string(), ItemKind::Constant, &text(&constant.ty, owner));
        (added.value, added.deprecated) = (value, is_deprecated(&constant.attrs));
    }

    fn function(&mut self, module: PublicModule, owner: &str, function: &ImplItemFn) {
        let signature = &function.sig;
        let name = plain(&signature.ident);
        let returns = returned(&signature.output, owner);
        let deprecated = is_deprecated(&function.attrs);
        let arguments = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(typed) => Some((pattern(&typed.pat), text(&typed.ty, owner))),
        });
        let arguments: Vec<(String, String)> = arguments.collect();
        let receiver = signature.receiver().map(|receiver| matches!(receiver.kind, syn::ReceiverKind::Reference(..)));
        if module == PublicModule::Operations && OF_EVERY_CALL.contains(&name.as_str()) {
            return;
        }
        let method = format!("{name}()");
        match (receiver, &arguments[..]) {
            (None, _) if name == "new" && module == PublicModule::Models => {
                assert_eq!(returns, owner, "{name}");
                let named = match &arguments[..] {
                    [(_, ty)] => self.argument_structs.get(ty).cloned(),
                    _ => None,
                };
                let signature = named.as_ref().map(|named| format!("fn({}) -> Self", named.ident));
                let signature = signature.as_deref().unwrap_or("Self");
                self.add(module, owner, &method, ItemKind::Constructor, signature).deprecated = deprecated;
                match named {
                    Some(named) => self.named_arguments(module, owner, &named),
                    None => self.arguments(module, owner, &name, &arguments),
                }
            }
            (Some(false), [(_, ty)]) if returns == owner => {
                let ty = if signature.generics.params.is_empty() { ty.clone() } else { generic(signature) };
                self.add(module, owner, &method, ItemKind::Setter, &ty).deprecated = deprecated;
            }
            (Some(true), arguments) if module == PublicModule::Operations => {
                self.add(module, owner, &method, ItemKind::Method, &returns).deprecated = deprecated;
                self.arguments(module, owner, &name, arguments);
            }
            (_, []) => {
                let value = default(&function.block, &self.variants).filter(|_| receiver.is_none());
                let added = self.add(module, owner, &method, ItemKind::Method, &returns);
                (added.value, added.deprecated) = (value, deprecated);
            }
            _ => panic!("unexpected function: {}", signature.to_token_stream()),
        }
    }

    fn arguments(&mut self, module: PublicModule, owner: &str, function: &str, arguments: &[(String, String)]) {
        for (position, (argument, ty)) in arguments.iter().enumerate() {
            self.add(module, owner, &format!("{function}({argument})"), ItemKind::Argument, ty).position =
                Some(position);
        }
    }

    /// The arguments that a constructor takes as the fields of a struct.
    fn named_arguments(&mut self, module: PublicModule, owner: &str, named: &ItemStruct) {
        for field in &named.fields {
            assert!(is_public(&field.vis), "{} has a private field", named.ident);
            let name = field.ident.as_ref().map(plain).unwrap_or_default();
            let ty = text(&field.ty, owner);
            self.add(module, owner, &format!("new({name})"), ItemKind::Argument, &ty).deprecated =
                is_deprecated(&field.attrs);
        }
        self.taken.insert(plain(&named.ident));
    }

    /// Reads the expansion of a call's macro.
    fn expand(&mut self, module: PublicModule, item: &ItemMacro) {
        let name = item.mac.path.segments.last().expect("a path has segments").ident.to_string();
        // The options of every call.
        if name == "options" {
            return;
        }
        let body = self.macros.get(&name).unwrap_or_else(|| panic!("unexpected macro `{name}`")).clone();
        let body = substitute(body, &item.mac.tokens);
        let file: syn::File = syn::parse2(body).unwrap_or_else(|error| panic!("{name}: {error}"));
        file.items.iter().for_each(|item| self.item(module, true, item));
    }

    /// Reads the crate itself, and the names at its root.
    fn root(&mut self, files: &BTreeMap<&str, syn::File>) {
        let name = self.crate_name.clone();
        self.add(PublicModule::Root, "", "", ItemKind::Crate, &name);
        let root = files.get("src/lib.rs").expect("a crate has a root");
        for item in &root.items {
            match item {
                Item::Mod(item) if is_public(&item.vis) => {
                    self.add(PublicModule::Root, &plain(&item.ident), "", ItemKind::Export, "mod");
                }
                Item::Use(item) if is_public(&item.vis) => {
                    for (name, from) in used(&item.tree, "") {
                        let glob = (name == "*").then(|| from.trim_end_matches("::*").to_owned());
                        let names = glob.map_or_else(|| vec![(name, from)], |folder| listed(files, &folder));
                        for (name, from) in names {
                            self.add(PublicModule::Root, &name, "", ItemKind::Export, &from);
                        }
                    }
                }
                Item::Mod(_) | Item::Use(_) => {}
                other => panic!("unexpected item: {}", other.to_token_stream()),
            }
        }
    }

    /// Checks the facts that the list leaves out because they hold for all types: their traits, and that their module
    /// exports them.
    fn check_common(&self, files: &BTreeMap<&str, syn::File>) {
        let types = |module| {
            let of = self.entries.iter().filter(move |entry| entry.module == module && entry.kind == ItemKind::Type);
            of.map(|entry| entry.owner.clone())
        };
        for entry in
            self.entries.iter().filter(|entry| entry.module == PublicModule::Models && entry.kind == ItemKind::Type)
        {
            let is_on_the_wire = !entry.signature.starts_with('=') && !self.taken.contains(&entry.owner);
            let expected: &[&str] = if is_on_the_wire { EVERYWHERE } else { &[] };
            let found = self.common.get(&entry.owner).cloned().unwrap_or_default();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{}", entry.owner);
        }
        assert!(self.taken.iter().eq(self.argument_structs.keys()), "a struct of arguments that no constructor takes");
        for (module, folder) in [(PublicModule::Models, "models"), (PublicModule::Operations, "operations")] {
            let mut expected: Vec<_> = types(module).collect();
            let mut found: Vec<_> = listed(files, folder).into_iter().map(|(name, _)| name).collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{folder}");
        }
    }

    fn finish(self) -> Vec<Entry> {
        let Self { outputs, mut entries, .. } = self;
        for entry in entries.iter_mut().filter(|entry| entry.signature.contains("<Self>::Output")) {
            let output = outputs.get(&entry.owner).unwrap_or_else(|| panic!("{} has no output", entry.owner));
            entry.signature = entry.signature.replace("<Self>::Output", output);
        }
        entries
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
}

/// Returns an identifier without `r#`.
fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

fn pattern(pattern: &Pat) -> String {
    match pattern {
        Pat::Ident(pattern) => plain(&pattern.ident),
        other => panic!("unexpected argument: {}", other.to_token_stream()),
    }
}

/// Returns the type of the only generic argument, in a shorter form than its declaration.
fn generic(signature: &syn::Signature) -> String {
    let bounds = signature.generics.where_clause.to_token_stream().to_string().replace(char::is_whitespace, "");
    let expected = "whereF:Fn()->R+Send+Sync+'static,\
                    R:std::future::Future<Output=Result<Secret,E>>+Send+'static,\
                    E:Into<BoxError>,";
    assert_eq!(bounds, expected);
    "impl Fn() -> impl Future<Output = Result<Secret, impl Into<BoxError>>>".to_owned()
}

/// Returns the value of a function with a single expression.
fn default(block: &syn::Block, variants: &Variants) -> Option<Value> {
    match &block.stmts[..] {
        [Stmt::Expr(expr, None)] => value(expr, variants),
        _ => None,
    }
}

/// Returns the macros in a file with their expansions, by name.
fn macros(text: &str) -> HashMap<String, TokenStream> {
    let file = syn::parse_file(text).expect("the runtime parses");
    let bodies = file.items.into_iter().filter_map(|item| {
        let Item::Macro(item) = item else { return None };
        let mut groups = item.mac.tokens.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        });
        Some((item.ident?.to_string(), groups.nth(1)?))
    });
    bodies.collect()
}

/// Replaces `$name` by the name of a call.
fn substitute(body: TokenStream, name: &TokenStream) -> TokenStream {
    let mut result = TokenStream::new();
    let mut tokens = body.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => {
                tokens.next();
                result.extend(name.clone());
            }
            TokenTree::Group(group) => {
                let inner = substitute(group.stream(), name);
                result.extend([TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))]);
            }
            other => result.extend([other]),
        }
    }
    result
}

/// Returns the names that a `use` imports, each with its path.
fn used(tree: &UseTree, before: &str) -> Vec<(String, String)> {
    match tree {
        UseTree::Path(path) => used(&path.tree, &format!("{before}{}::", path.ident)),
        UseTree::Group(group) => group.items.iter().flat_map(|tree| used(tree, before)).collect(),
        UseTree::Name(name) => vec![(plain(&name.ident), format!("{before}{}", plain(&name.ident)))],
        UseTree::Glob(_) => vec![("*".to_owned(), format!("{before}*"))],
        UseTree::Rename(_) => panic!("unexpected renaming: {}", tree.to_token_stream()),
    }
}

/// Returns the names that a module exports, each with its path from the root.
fn listed(files: &BTreeMap<&str, syn::File>, folder: &str) -> Vec<(String, String)> {
    let Some(file) = files.get(format!("src/{folder}/mod.rs").as_str()) else { return Vec::new() };
    let uses = file.items.iter().filter_map(|item| match item {
        Item::Use(item) if is_public(&item.vis) => Some(&item.tree),
        _ => None,
    });
    uses.flat_map(|tree| used(tree, "")).map(|(name, _)| (name.clone(), format!("{folder}::{name}"))).collect()
}
