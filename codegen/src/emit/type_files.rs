//! The files of the types: their definitions in `models`, their wire code in `wire`.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs;
use super::file_sink::FileSink;
use super::identifiers::ident;
use super::{alias, enumeration, exports, object, object_wire, render, union, union_wire};
use crate::ir::{Api, TypeDef, TypeId, TypeKind};

/// The code of a type. Aliases have no wire code.
struct TypeCode {
    definition: TokenStream,
    wire: Option<TokenStream>,
}

/// Adds the files of `count` types, beginning with `start`.
pub fn add(context: &Context<'_>, start: usize, count: usize, files: &mut FileSink<'_>) {
    for (index, def) in context.api.types.iter().enumerate().skip(start).take(count) {
        let code = code(context, TypeId(index), def);
        let intro = format!("[`{}`].", def.name);
        files.add(format!("src/models/{}.rs", def.module), render::file(&intro, &code.definition));
        if let Some(wire) = code.wire {
            let intro = format!("The wire format of [`{0}`](crate::models::{0}).", def.name);
            files.add(format!("src/wire/{}.rs", def.module), render::file(&intro, &wire));
        }
    }
}

fn code(context: &Context<'_>, id: TypeId, def: &TypeDef) -> TypeCode {
    let checked = context.is_checked(id);
    match &def.kind {
        TypeKind::Object(object) => TypeCode {
            definition: object::definition(context, id, object, checked),
            wire: Some(object_wire::wire(context, def, object, checked)),
        },
        TypeKind::Enum(values) => TypeCode {
            definition: enumeration::definition(context, id, values),
            wire: Some(enumeration::wire(def, values)),
        },
        TypeKind::Union(union) => TypeCode {
            definition: union::definition(context, id, union, checked),
            wire: Some(union_wire::wire(context, def, union, checked)),
        },
        TypeKind::Alias(alias) => TypeCode {
            definition: alias::definition(context, id, alias),
            wire: alias.recursive.then(|| alias::wire(context, def, alias, checked)),
        },
    }
}

/// Adds the module lists.
pub fn add_lists(api: &Api, files: &mut FileSink<'_>) {
    files.add("src/models/mod.rs", models(api));
    files.add("src/wire/mod.rs", wire(api));
}

fn models(api: &Api) -> TokenStream {
    let types = sorted(api.types.iter());
    let modules: Vec<_> = types.iter().map(|def| ident(&def.module)).collect();
    let exports = types.iter().zip(&modules).map(|(def, module)| {
        let names: Vec<_> = def.names().map(ident).collect();
        match &names[..] {
            [name] => quote! { pub use #module::#name; },
            names => quote! { pub use #module::{#(#names),*}; },
        }
    });
    let text = docs::inner("The types of the API.");
    quote! {
        #text
        #(mod #modules;)*
        #(#exports)*
    }
}

fn wire(api: &Api) -> TokenStream {
    let has_wire = |def: &&TypeDef| !matches!(&def.kind, TypeKind::Alias(alias) if !alias.recursive);
    let modules = sorted(api.types.iter().filter(has_wire)).into_iter().map(|def| ident(&def.module));
    let text = docs::inner("The wire formats of the types, one in each module.");
    let operations = exports::has_client(api).then(|| {
        quote! {
            #[cfg(feature = "client")]
            mod operations;
        }
    });
    quote! { #text #(mod #modules;)* #operations }
}

fn sorted<'a>(types: impl Iterator<Item = &'a TypeDef>) -> Vec<&'a TypeDef> {
    let mut types: Vec<_> = types.collect();
    types.sort_by(|a, b| a.module.cmp(&b.module));
    types
}
