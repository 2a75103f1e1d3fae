//! Writes a program that uses every public item of a crate exactly as its signature allows.

use std::fmt::Write as _;

use chatkit_codegen::emit::public_api::{ItemKind, PublicItem, PublicModule};

/// The paths of traits that the program does not import.
const TRAITS: &[(&str, &str)] = &[
    ("Default", "Default"),
    ("Display", "std::fmt::Display"),
    ("Eq", "Eq"),
    ("Hash", "std::hash::Hash"),
    ("IntoFuture", "std::future::IntoFuture"),
    ("Operation", "krate::Operation"),
    ("Paged", "krate::Paged"),
];

/// Exports of the feature `blocking`, which the programs do not enable.
const BLOCKING: &[&str] = &["BlockingItems", "BlockingPages"];

/// Returns the program for a crate of this name.
pub fn program(name: &str, items: &[PublicItem]) -> String {
    let has_client = items.iter().any(|item| item.kind == ItemKind::Export && item.owner == "Client");
    let mut text = format!("#![allow(deprecated)]\n\npub mod root {{\n    use {name} as krate;\n");
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Export) {
        if !BLOCKING.contains(&item.owner.as_str()) {
            let _ = writeln!(text, "    {}", exported(index, item));
        }
    }
    text.push_str("}\n");
    for module in [PublicModule::Models, PublicModule::Operations, PublicModule::Root] {
        if module != PublicModule::Models && !has_client {
            continue;
        }
        let title = format!("{module:?}s").to_lowercase();
        let _ = writeln!(text, "\npub mod {title} {{\n    #![allow(unused_imports)]\n    use {name} as krate;");
        // The names of models win over those of the client, but not at the root.
        text.push_str(match module {
            PublicModule::Root => "    use krate::{Client, ClientBuilder, Error, Secret};\n",
            PublicModule::Operations => "    use krate::bytes;\n    use krate::models::*;\n",
            PublicModule::Models => "    use krate::models::*;\n",
        });
        if module != PublicModule::Root {
            text.push_str("    use krate::{OptionalNullable, Secret, UnknownFields, Violations};\n");
            text.push_str("    use std::collections::BTreeMap;\n");
        }
        let own = items.iter().enumerate().filter(|(_, item)| item.module == module);
        for (index, item) in own {
            if let Some(function) = using(index, item, items) {
                let _ = writeln!(text, "    {function}");
            }
        }
        text.push_str("}\n");
    }
    text
}

/// Returns code that uses a name at the root. If it is a type, the code checks that its module has the same one.
fn exported(index: usize, item: &PublicItem) -> String {
    let name = ident(&item.owner);
    if item.signature.starts_with("models::") {
        return format!("pub fn item{index}(it: krate::models::{name}) -> krate::{name} {{ it }}");
    }
    format!("pub use krate::{name} as Export{index};")
}

/// Returns a name as Rust code writes it.
fn ident(name: &str) -> String {
    let raw = format!("r#{name}");
    let is_word = syn::parse_str::<syn::Ident>(&raw).is_ok();
    // `gen` is a keyword in this edition, which syn does not check.
    let is_keyword = name == "gen" || syn::parse_str::<syn::Ident>(name).is_err();
    if is_word && is_keyword { raw } else { name.to_owned() }
}

/// Returns a signature with paths. Types of `operations` are not imported, since one of `models` may have the same
/// name.
fn qualified(item: &PublicItem) -> String {
    let ty = &item.signature;
    if item.kind == ItemKind::Method
        && item.module != PublicModule::Models
        && !ty.contains('<')
        && ty != "ClientBuilder"
    {
        return format!("krate::operations::{}", ident(ty));
    }
    if item.module != PublicModule::Operations {
        return ty.clone();
    }
    let own = format!("krate::operations::{}", ident(&item.owner));
    if let Some(inner) = ty.strip_prefix("Output = Result<Response<").and_then(|rest| rest.strip_suffix(">, Error>")) {
        return format!("Output = Result<krate::Response<{inner}>, krate::Error>");
    }
    if ty.starts_with("Output = Result<Page<") {
        return format!("Output = Result<krate::Page<{own}>, krate::Error>");
    }
    let walk = ["Items", "Pages"].into_iter().find(|walk| *ty == format!("{walk}<{}>", item.owner));
    walk.map_or_else(|| ty.clone(), |walk| format!("krate::{walk}<{own}>"))
}

/// Returns code that uses an item; `None` if the code of another item uses it.
fn using(index: usize, item: &PublicItem, items: &[PublicItem]) -> Option<String> {
    let module = match item.module {
        PublicModule::Root => "",
        PublicModule::Models => "models::",
        PublicModule::Operations => "operations::",
    };
    let owner = format!("krate::{module}{}", ident(&item.owner));
    let name = ident(item.name.trim_end_matches("()"));
    let ty = &qualified(item);
    let function = |arguments: &str, returns: &str, body: &str| {
        Some(format!("pub fn item{index}({arguments}) -> {returns} {{ {body} }}"))
    };
    match item.kind {
        ItemKind::Crate | ItemKind::Export | ItemKind::Argument => None,
        ItemKind::Type => match ty.strip_prefix("= ") {
            Some(target) => function(&format!("it: {owner}"), target, "it"),
            None => function(&format!("it: {owner}"), &owner, "it"),
        },
        ItemKind::Field => function(&format!("it: {owner}"), ty, &format!("it.{name}")),
        ItemKind::Variant if ty.is_empty() => {
            function(&format!("it: {owner}"), "bool", &format!("matches!(it, {owner}::{name})"))
        }
        ItemKind::Variant => {
            let body = format!("match it {{ {owner}::{name}(held) => Some(held), _ => None }}");
            function(&format!("it: {owner}"), &format!("Option<{ty}>"), &body)
        }
        ItemKind::Constructor => {
            let (declared, given) = arguments(item, "new", items);
            let structure = item.signature.strip_prefix("fn(").and_then(|rest| rest.strip_suffix(") -> Self"));
            let given = structure.map_or(given.clone(), |name| format!("krate::models::{} {{ {given} }}", ident(name)));
            function(&declared, &owner, &format!("{owner}::new({given})"))
        }
        ItemKind::Setter if name.ends_with("_provider") && item.module == PublicModule::Root => {
            let body = format!("it.{name}(|| async {{ Ok::<_, krate::Error>(Secret::new(\"a\")) }})");
            function(&format!("it: {owner}"), &owner, &body)
        }
        ItemKind::Setter => function(&format!("it: {owner}, value: {ty}"), &owner, &format!("it.{name}(value)")),
        ItemKind::Constant => Some(format!("pub const ITEM{index}: {ty} = {owner}::{name};")),
        ItemKind::Method => method(index, item, &owner, items),
        ItemKind::Impl => Some(implemented(index, item, &owner)),
    }
}

/// Returns the arguments of a method, as a function declares and as it passes them.
fn arguments(owner: &PublicItem, method: &str, items: &[PublicItem]) -> (String, String) {
    let start = format!("{method}(");
    let own = items.iter().filter(|item| {
        item.kind == ItemKind::Argument
            && (item.module, &item.owner) == (owner.module, &owner.owner)
            && item.name.starts_with(&start)
    });
    let mut own: Vec<_> = own.collect();
    own.sort_by_key(|item| item.position);
    let declared: Vec<_> = own.iter().enumerate().map(|(at, item)| format!("value{at}: {}", item.signature)).collect();
    let given = own.iter().enumerate().map(|(at, item)| match item.position {
        Some(_) => format!("value{at}"),
        None => format!("{}: value{at}", ident(item.name.trim_start_matches(&start).trim_end_matches(')'))),
    });
    let given: Vec<_> = given.collect();
    (declared.join(", "), given.join(", "))
}

fn method(index: usize, item: &PublicItem, owner: &str, items: &[PublicItem]) -> Option<String> {
    let (bare, ty) = (item.name.trim_end_matches("()"), &qualified(item));
    let name = ident(bare);
    let is_static = match item.module {
        PublicModule::Models => bare.starts_with("default_"),
        PublicModule::Root => ["builder", "from_env"].contains(&bare),
        PublicModule::Operations => false,
    };
    if is_static {
        return Some(format!("pub fn item{index}() -> {ty} {{ {owner}::{name}() }}"));
    }
    let walk = item.signature.split('<').next().unwrap_or_default();
    if item.module == PublicModule::Operations && BLOCKING.contains(&walk) {
        return None;
    }
    if item.module == PublicModule::Operations && ["Items", "Pages"].contains(&walk) && item.signature != walk {
        return Some(format!("pub fn item{index}(it: {owner}) -> {ty} {{ it.{name}() }}"));
    }
    let (declared, given) = arguments(item, bare, items);
    let separator = if declared.is_empty() { "" } else { ", " };
    Some(format!("pub fn item{index}(it: &{owner}{separator}{declared}) -> {ty} {{ it.{name}({given}) }}"))
}

fn implemented(index: usize, item: &PublicItem, owner: &str) -> String {
    let name = item.name.trim_start_matches("impl ");
    let path = TRAITS.iter().find(|(known, _)| *known == name).map_or(name, |(_, path)| path);
    let path = path.replace("From<&str>", "From<&'static str>");
    let signature = qualified(item);
    let bound = if signature.is_empty() { path } else { format!("{path}<{signature}>") };
    if name == "IntoFuture" {
        // Only calls implement it, and they have `send` without any feature.
        return format!(
            "pub fn item{index}(it: {owner}) -> impl Future<{signature}> {{ \
             fn need<T: {bound}>() {{}} need::<{owner}>(); it.send() }}"
        );
    }
    format!("pub fn item{index}() {{ fn need<T: {bound}>() {{}} need::<{owner}>(); }}")
}
