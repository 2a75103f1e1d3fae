//! The root of the generated crate: its documentation, its modules and its exports.

use proc_macro2::TokenStream;
use quote::quote;

use super::decode_example::DecodeExample;
use super::identifiers::ident;
use super::{docs, exports, patterns};
use crate::ir::{Api, TypeKind};

/// The code of `src/lib.rs`.
pub fn root(api: &Api) -> TokenStream {
    let text = front_page(api);
    let lints = allowed_lints(api);
    let unused = unused_patterns(api);
    let models = exported_models(api);
    let support = reexports("support", exports::SUPPORT);
    let client = exports::has_client(api).then(client_items);
    quote! {
        #text
        #lints

        pub mod models;
        #[allow(dead_code, reason = "one text for all generated crates, each of which uses what its spec needs")]
        #unused
        mod support;
        mod wire;
        #client

        #models
        pub use support::lenient;
        #(#support)*
    }
}

/// The lints that depend on the spec: on its prose, on the names of its properties, on how many they are.
fn allowed_lints(api: &Api) -> TokenStream {
    let deprecated = has_deprecated(api).then(|| {
        quote! { #![allow(deprecated, reason = "what the spec deprecates still crosses the wire")] }
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

/// Allows unused items without the feature `client` if calls alone have patterns.
fn unused_patterns(api: &Api) -> Option<TokenStream> {
    (patterns::any(api) && !patterns::in_types(api)).then(|| {
        quote! {
            #[cfg_attr(
                not(feature = "client"),
                allow(unused_imports, unused_macros, reason = "calls are not there")
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

/// Exports the models. Those that have the name of an export of the client stay in `models`, with the feature `client` and
/// without it, so that a name means the same with all features.
fn exported_models(api: &Api) -> TokenStream {
    if api.types.is_empty() {
        return TokenStream::new();
    }
    let mut exported: Vec<_> = exports::exported_models(api).collect();
    if exported.len() == api.types.len() {
        return quote! {
            #[doc(inline)]
            pub use models::*;
        };
    }
    exported.sort_by(|a, b| a.module.cmp(&b.module));
    let names = exported.iter().map(|def| ident(&def.name));
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
            reason = "one text for all generated crates, each of which uses what its spec needs"
        )]
        mod runtime;

        #[cfg(feature = "client")]
        pub use {#(#crates),*};
        #(#[cfg(feature = "client")] #exports)*
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use runtime::blocking::{BlockingItems, BlockingPages};
    }
}

/// The documentation of the crate. With the feature `client`, it starts with the README, whose program needs the feature.
fn front_page(api: &Api) -> TokenStream {
    let intro = format!("Rust types for the {}.", docs::prose(&api.title));
    let description = api.description.as_deref().map(docs::prose).unwrap_or_default();
    let example = DecodeExample::best(api).map(|example| example.doctest()).unwrap_or_default();
    if !exports::has_client(api) {
        return docs::inner(&docs::paragraphs([&*intro, &*description, &*example, PROMISES]));
    }
    let text = docs::inner(&docs::paragraphs([CALLS, PROMISES]));
    quote! {
        #![cfg_attr(feature = "client", doc = include_str!("../README.md"))]
        #![cfg_attr(not(feature = "client"), doc = #intro)]
        #![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links, reason = "calls are not there"))]
        #![doc = ""]
        #text
    }
}

const CALLS: &str = "\
# How to make calls

- [`Client::from_env`] reads the environment, [`Client::builder`] sets up by hand. A client is cheap to clone: share one.
- A method of a resource gives a call, which `.await` sends. So does `.send()`, which is async as well. Methods of the
  call set what is optional: parameters, and what every call takes, such as `timeout`, `retries`, `extra_header` and
  `lenient`.
- A [`Response`] dereferences to its value, and tells status, headers, request id and attempts.
- A call of a list gives a [`Page`], with `next_page()`; `stream()` gives all items, `pages()` all pages.
- An [`Error`] tells what went wrong, and whether the same call may succeed later. Attempts that failed in such a way have
  been repeated already, by the [`RetryPolicy`].
- Requests are checked against the bounds of the spec before they are sent, unless `validate(false)` says otherwise.
- Nothing that is secret is in any `Debug` output, error or log: not the credentials, and no body.";

const PROMISES: &str = "\
# How to use the types

- `new` takes the required properties, a method of each other property's name sets it, and fields are public. An optional
  property that is not set is not sent; where the spec has a default for it, a constant named `DEFAULT_…` holds it.
- `validate()` checks the bounds of the spec and returns all violations at once, each with its path.
- What the spec does not list is kept and encoded again: properties in `unknown_fields`, enum values and union variants in
  `Unknown`. A later version may list more, so that a `match` needs a final `_` arm.
- What the spec calls secret is a [`Secret`]: it is redacted in `Debug`, and `expose` gives the text.

# What the types promise

- What follows the schema decodes, and encodes to an equal JSON value.
- What breaks the schema is an error whose message starts with the path of the value, as in
  ``at `data[3].content`: …``. Three kinds of breaks are survived: a constant that is missing or has another value, a
  nullable property or one with a default that is missing, and a null where a property is merely optional.
- To `serde_json`, an error with a path is one of data, whatever it began as: where a text is cut off or is no JSON below
  its root, the message says so, but `is_eof()` and `is_syntax()` do not.
- [`lenient`] decodes payloads in which required properties are missing or null, and says which.";

fn has_deprecated(api: &Api) -> bool {
    api.types.iter().any(|def| {
        def.deprecated
            || matches!(&def.kind, TypeKind::Object(object) if object.properties.iter().any(|property| property.deprecated))
    })
}
