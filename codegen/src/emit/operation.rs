//! The definitions of resources and calls.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::call_signature::{Argument, CallSignature};
use super::context::Context;
use super::identifiers::ident;
use super::imports::Imports;
use super::operation_docs::{operation_docs, setter_docs};
use super::pagination::Pagination;
use super::rust_type::TypePath;
use super::{call_example, docs};
use crate::ir::Type;

/// The way in which a module of calls writes types: by imported names, or by paths if a model has the name of another
/// item of the module.
struct ModuleImports {
    path: TypePath,
    imports: TokenStream,
}

impl ModuleImports {
    fn new<'t>(context: &Context<'_>, types: impl Iterator<Item = &'t Type>, own: &[&Ident]) -> Self {
        let mut imports = Imports::default();
        types.for_each(|ty| imports.add(&context.types, ty));
        if own.iter().any(|name| imports.has_model(&name.to_string())) {
            return Self { path: TypePath::Qualified, imports: quote! { use crate::models; } };
        }
        Self { path: TypePath::Imported, imports: imports.tokens_elsewhere() }
    }
}

/// Emits the module of a resource.
pub fn resource(context: &Context<'_>, calls: &[&CallSignature<'_>]) -> TokenStream {
    let first = calls[0].operation;
    let name = ident(&first.resource);
    let mut names: Vec<_> = calls.iter().map(|call| call.ident()).collect();
    names.sort_unstable();
    let client = format_ident!("Client");
    let own: Vec<_> = names.iter().chain([&name, &client]).collect();
    let ModuleImports { path, imports } =
        ModuleImports::new(context, calls.iter().flat_map(|call| call.required_types()), &own);
    let methods: Vec<_> = calls.iter().map(|call| method(context, path, call)).collect();
    let title = docs::outer(&format!("The calls of {}, from [`Client::{}`].", docs::code(&first.module), first.module));
    quote! {
        use super::{#(#names),*};
        #imports
        use crate::runtime::client::Client;

        #title
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
        }

        impl #name {
            pub(crate) fn new(client: &Client) -> Self {
                Self { client: client.clone() }
            }

            #(#methods)*
        }
    }
}

fn method(context: &Context<'_>, path: TypePath, call: &CallSignature<'_>) -> TokenStream {
    let operation = call.operation;
    let (method, name) = (ident(&operation.rust_name), call.ident());
    let parameters = parameters(context, path, call);
    let values = call.required().map(|argument| {
        let name = argument.ident();
        if argument.takes_into(context) {
            quote! { #name.into() }
        } else {
            quote! { #name }
        }
    });
    let body = call.required_body().map(|_| quote! { body });
    let values: Vec<_> = values.chain(body).collect();
    let (text, request) = (operation_docs(operation), docs::code(&format!("{} {}", operation.method, operation.path)));
    let example = call_example::of_call(context, call);
    let example = example.map(|example| example.doctest(&context.api.library_name())).unwrap_or_default();
    let text = docs::member(&docs::paragraphs([&*text, &request, &example]));
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    quote! {
        #text
        #deprecated
        pub fn #method(&self, #(#parameters),*) -> #name {
            #name::new(&self.client, #(#values),*)
        }
    }
}

fn parameters(context: &Context<'_>, path: TypePath, call: &CallSignature<'_>) -> Vec<TokenStream> {
    let mut parameters = Vec::new();
    for argument in call.required() {
        let (name, ty) = (argument.ident(), argument.ty(context).tokens(path));
        parameters.push(quote! { #name: #ty });
    }
    if let Some(argument) = call.required_body() {
        let ty = argument.ty(context).tokens(path);
        parameters.push(quote! { body: #ty });
    }
    parameters
}

/// Emits the module of a call.
pub fn call(context: &Context<'_>, call: &CallSignature<'_>) -> TokenStream {
    let operation = call.operation;
    let name = &call.ident();
    let own = [name, &format_ident!("Call"), &format_ident!("Client")];
    let ModuleImports { path, imports } = ModuleImports::new(context, call.types(), &own);
    let fields: Vec<_> = fields(context, path, call);
    let constructor = constructor(context, path, call);
    let setters: Vec<_> = call.optional().map(|argument| setter(context, path, argument)).collect();
    let body = call.optional_body().map(|argument| body_setter(&argument.ty(context).tokens(path)));
    let text = docs::outer(&format!(
        "The call {2}, which [`{0}::{1}`](super::{0}::{1}) returns.\n\n`.await` or [`send`](Self::send) sends it.",
        operation.resource,
        operation.rust_name,
        docs::code(&format!("{} {}", operation.method, operation.path)),
    ));
    let macro_name =
        if Pagination::of(context, call).is_some() { format_ident!("paged_call") } else { format_ident!("call") };
    quote! {
        #imports
        use crate::runtime::call::Call;
        use crate::runtime::call_methods;
        use crate::runtime::client::Client;

        #text
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is awaited"]
        pub struct #name {
            pub(crate) call: Call,
            #(#fields)*
        }

        impl #name {
            #constructor
            #(#setters)*
            #body
        }

        call_methods::#macro_name!(#name);
    }
}

fn body_setter(ty: &TokenStream) -> TokenStream {
    quote! {
        /// Sets the request body.
        pub fn body(mut self, body: #ty) -> Self {
            self.body = Some(body);
            self
        }
    }
}

fn fields(context: &Context<'_>, path: TypePath, call: &CallSignature<'_>) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    for argument in &call.arguments {
        let (name, ty) = (argument.ident(), context.types.rust_type(&argument.schema.ty).tokens(path));
        fields.push(if argument.parameter.required {
            quote! { pub(crate) #name: #ty, }
        } else {
            quote! { pub(crate) #name: Option<#ty>, }
        });
    }
    if let Some(argument) = &call.body {
        let ty = argument.ty(context).tokens(path);
        fields.push(if argument.body.required {
            quote! { pub(crate) body: #ty, }
        } else {
            quote! { pub(crate) body: Option<#ty>, }
        });
    }
    fields
}

fn constructor(context: &Context<'_>, path: TypePath, call: &CallSignature<'_>) -> TokenStream {
    let mut parameters: Vec<TokenStream> = Vec::new();
    let mut values: Vec<TokenStream> = Vec::new();
    for argument in &call.arguments {
        let (name, ty) = (argument.ident(), context.types.rust_type(&argument.schema.ty).tokens(path));
        if argument.parameter.required {
            parameters.push(quote! { #name: #ty });
            values.push(quote! { #name, });
        } else {
            values.push(quote! { #name: None, });
        }
    }
    match &call.body {
        Some(argument) if argument.body.required => {
            let ty = argument.ty(context).tokens(path);
            parameters.push(quote! { body: #ty });
            values.push(quote! { body, });
        }
        Some(_) => values.push(quote! { body: None, }),
        None => {}
    }
    quote! {
        pub(crate) fn new(client: &Client, #(#parameters),*) -> Self {
            Self { call: Call::new(client), #(#values)* }
        }
    }
}

fn setter(context: &Context<'_>, path: TypePath, argument: &Argument<'_>) -> TokenStream {
    let parameter = argument.parameter;
    let (name, ty) = (argument.ident(), argument.ty(context).tokens(path));
    let text = docs::member(&setter_docs(context, argument));
    let alias = docs::alias(&parameter.name, &parameter.rust_name);
    let deprecated = parameter.deprecated.then(|| quote! { #[deprecated] });
    let value = if argument.takes_into(context) {
        quote! { #name.into() }
    } else {
        quote! { #name }
    };
    quote! {
        #text
        #alias
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}
