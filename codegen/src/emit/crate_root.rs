//! The root of the generated crate: its documentation, its modules and its exports.

use proc_macro2::TokenStream;
use quote::quote;

use super::identifiers::ident;
use super::{exports, front_page, patterns};
use crate::ir::{Api, TypeDef, TypeKind};

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
