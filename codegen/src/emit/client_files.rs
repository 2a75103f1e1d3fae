//! The files of the client and its calls.

use proc_macro2::TokenStream;
use quote::quote;

use super::call_signature::CallSignature;
use super::client_settings::{client_headers, credentials_of, headers_of};
use super::context::Context;
use super::file_sink::FileSink;
use super::identifiers::ident;
use super::resources::{Resources, resources};
use super::{client, exports, operation, operation_wire, render};

/// Adds the files of the client and its calls, if the API has any.
pub fn add(context: &Context<'_>, files: &mut FileSink<'_>) {
    let api = context.api;
    if !exports::has_client(api) {
        return;
    }
    let calls: Vec<_> = api.operations.iter().map(CallSignature::new).collect();
    let headers = client_headers(api);
    let resources = resources(&calls);
    files.add("src/client.rs", render::file("The client.", &client::module(api, &headers, &resources)));
    for call in &calls {
        let (name, module) = (&call.operation.type_name, call.module());
        let definition = render::file(&format!("[`{name}`]."), &operation::call(context, call));
        files.add(format!("src/operations/{module}.rs"), definition);
        let (credentials, headers) = (credentials_of(api, call.operation), headers_of(call.operation, &headers));
        let intro = format!("The wire format of [`{name}`](crate::operations::{name}).");
        let wire = operation_wire::wire(context, call, &credentials, &headers);
        files.add(format!("src/wire/operations/{module}.rs"), render::file(&intro, &wire));
    }
    for (module, calls) in &resources {
        let intro = format!("[`{}`].", calls[0].operation.resource);
        files.add(format!("src/operations/{module}.rs"), render::file(&intro, &operation::resource(context, calls)));
    }
    let list = render::file("The calls of the API, by resource.", &definitions_list(&calls, &resources));
    files.add("src/operations/mod.rs", list);
    files.add(
        "src/wire/operations/mod.rs",
        render::file("The wire formats of the calls, one in each module.", &wire_list(&calls)),
    );
}

/// Emits the modules of the definitions, and the exports of `operations`.
fn definitions_list(calls: &[CallSignature<'_>], resources: &Resources<'_, '_>) -> TokenStream {
    let calls = calls.iter().map(|call| (call.module(), call.ident()));
    let resources = resources.iter().map(|(module, calls)| (module.clone(), ident(&calls[0].operation.resource)));
    let mut all: Vec<_> = calls.chain(resources).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (modules, names): (Vec<_>, Vec<_>) = all.into_iter().map(|(module, name)| (ident(&module), name)).unzip();
    quote! {
        #(mod #modules;)*
        #(pub use #modules::#names;)*
    }
}

/// Emits the modules of the wire code.
fn wire_list(calls: &[CallSignature<'_>]) -> TokenStream {
    let mut modules: Vec<_> = calls.iter().map(CallSignature::module).collect();
    modules.sort();
    let modules = modules.iter().map(|module| ident(module));
    quote! { #(mod #modules;)* }
}
