//! The root of the generated crate: its documentation, its modules and its exports.

use proc_macro2::TokenStream;
use quote::quote;

use super::identifiers::ident;
use super::{exports, front_page, patterns};
use crate::ir::{Api, Parameter, TypeDef, TypeKind};

/// The code of `src/lib.rs`.
pub fn root(api: &Api) -> TokenStream {
    let text = front_page::attributes(api);
    let lints = allowed_lints(api);
    let unused = unused_patterns(api);
    let models = exported_models(api);
    let support = reexports("support", exports::SUPPORT);
    let client = exports::has_client(api).then(client_items);
    quote! {
        #text
        #lints

        pub mod models;
        #[allow(dead_code, reason = "the same text in all generated crates, each of which uses a part of it")]
        #unused
        mod support;
        mod wire;
        #client

        #models
        pub use support::lenient;
        #(#support)*
    }
}

/// Allows the lints that depend on the spec: on its prose, and on the names and numbers of its properties.
fn allowed_lints(api: &Api) -> TokenStream {
    let deprecated = has_deprecated(api).then(|| {
        quote! { #![allow(deprecated, reason = "deprecated properties still cross the wire")] }
    });
    let other_scripts = has_other_scripts(api).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                non_camel_case_types,
                non_snake_case,
                non_upper_case_globals,
                uncommon_codepoints,
                reason = "some names of the spec are not ASCII"
            )]
        }
    });
    quote! {
        // docs.rs shows which feature an item needs.
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![allow(
            clippy::doc_markdown,
            clippy::large_enum_variant,
            clippy::should_implement_trait,
            clippy::struct_excessive_bools,
            clippy::too_many_arguments,
            clippy::wrong_self_convention,
            reason = "prose, names and sizes are those of the spec"
        )]
        #deprecated
        #other_scripts
    }
}

/// Allows unused items without the feature `client`, if only calls have patterns.
fn unused_patterns(api: &Api) -> Option<TokenStream> {
    (patterns::any(api) && !patterns::in_types(api)).then(|| {
        quote! {
            #[cfg_attr(
                not(feature = "client"),
                allow(unused_imports, unused_macros, reason = "only calls use them")
            )]
        }
    })
}

fn reexports<'e>(folder: &'e str, exports: &'e [(&str, &[&str])]) -> impl Iterator<Item = TokenStream> + use<'e> {
    exports.iter().map(move |(module, names)| {
        let (folder, module, names) = (ident(folder), ident(module), names.iter().map(|name| ident(name)));
        quote! { pub use #folder::#module::{#(#names),*}; }
    })
}

/// Exports the models. A model with the name of an export of the client stays in `models`. So it does without the feature
/// `client`: a name means the same with all features.
fn exported_models(api: &Api) -> TokenStream {
    if api.types.is_empty() {
        return TokenStream::new();
    }
    let mut exported: Vec<_> = exports::exported_names(api).collect();
    if exported.len() == api.types.iter().flat_map(TypeDef::names).count() {
        return quote! {
            #[doc(inline)]
            pub use models::*;
        };
    }
    if exported.is_empty() {
        return TokenStream::new();
    }
    exported.sort_by(|(a, _), (b, _)| a.module.cmp(&b.module));
    let names = exported.into_iter().map(|(_, name)| ident(name));
    quote! {
        #[doc(inline)]
        pub use models::{#(#names),*};
    }
}

/// The modules of the client, and their exports.
fn client_items() -> TokenStream {
    let exports = reexports("runtime", exports::RUNTIME);
    let crates = exports::CRATES.iter().map(|name| ident(name));
    quote! {
        #[cfg(feature = "client")]
        mod client;
        #[cfg(feature = "client")]
        pub mod operations;
        #[cfg(feature = "client")]
        #[allow(
            dead_code,
            unused_imports,
            unused_macros,
            reason = "the same text in all generated crates, each of which uses a part of it"
        )]
        mod runtime;

        #[cfg(feature = "client")]
        pub use {#(#crates),*};
        #(#[cfg(feature = "client")] #exports)*
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use runtime::blocking::{BlockingItems, BlockingPages};
    }
}

fn has_deprecated(api: &Api) -> bool {
    api.types.iter().any(|def| {
        def.deprecated
            || matches!(&def.kind, TypeKind::Object(object) if object.properties.iter().any(|property| property.deprecated))
    })
}

/// Returns whether any name is not ASCII. The compiler has opinions on such names, but they are those of the spec.
fn has_other_scripts(api: &Api) -> bool {
    let calls = api.operations.iter().any(|operation| {
        let is_foreign = |parameter: &Parameter| !parameter.rust_name.is_ascii();
        !operation.rust_name.is_ascii() || !operation.module.is_ascii() || operation.parameters.iter().any(is_foreign)
    });
    let credentials = api.security_schemes.values().any(|scheme| !scheme.rust_name.is_ascii());
    calls || credentials || api.types.iter().any(|def| has_foreign_names(&def.kind))
}

fn has_foreign_names(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Object(object) => object.properties.iter().any(|property| !property.rust_name.is_ascii()),
        TypeKind::Enum(values) => values.values.iter().any(|value| !value.rust_name.is_ascii()),
        TypeKind::Union(union) => union.variants.iter().any(|variant| !variant.rust_name.is_ascii()),
        TypeKind::Alias(_) => false,
    }
}
