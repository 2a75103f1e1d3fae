//! Resources and calls: what callers see of operations.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::context::{Context, Imports, Scope, ident, item_docs};
use super::rust_type::RustType;
use super::{call_example, docs, object, pagination, validate};
use crate::ir::{Body, MediaType, Operation, Parameter, ParameterContent, Schema, Type, is_json};
use crate::rust_name;

/// An operation as its call has it.
pub struct Call<'a> {
    pub operation: &'a Operation,
    /// The parameters that a caller gives.
    pub arguments: Vec<Argument<'a>>,
    pub body: Option<Payload<'a>>,
    pub output: Output<'a>,
}

/// A parameter that a caller gives.
pub struct Argument<'a> {
    pub parameter: &'a Parameter,
    pub schema: &'a Schema,
}

/// A body that a caller gives.
pub struct Payload<'a> {
    pub body: &'a Body,
    pub media: &'a MediaType,
    /// Its schema, where it is JSON with one.
    pub schema: Option<&'a Schema>,
}

/// What a response holds.
pub enum Output<'a> {
    Nothing,
    Json(Option<&'a Schema>),
    Bytes,
}

impl<'a> Call<'a> {
    pub fn new(operation: &'a Operation) -> Self {
        let given = operation.parameters.iter().filter(|each| each.constant.is_none() && each.environment.is_none());
        Self {
            operation,
            arguments: given.filter_map(argument).collect(),
            body: operation.body.as_ref().and_then(payload),
            output: output(operation),
        }
    }

    /// The struct.
    pub fn ident(&self) -> Ident {
        ident(&self.operation.type_name)
    }

    /// The name of its files.
    pub fn module(&self) -> String {
        rust_name::file(&self.operation.type_name)
    }

    /// What its method takes.
    pub fn required(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.arguments.iter().filter(|argument| argument.parameter.required)
    }

    /// The types that it mentions.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter_map(|payload| payload.schema);
        self.arguments.iter().map(|argument| argument.schema).chain(body).map(|schema| &schema.ty)
    }

    /// The types that its method mentions.
    fn required_types(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter(|payload| payload.body.required).filter_map(|payload| payload.schema);
        self.required().map(|argument| argument.schema).chain(body).map(|schema| &schema.ty)
    }

    /// What its setters take.
    pub fn optional(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.arguments.iter().filter(|argument| !argument.parameter.required)
    }
}

fn argument(parameter: &Parameter) -> Option<Argument<'_>> {
    let schema = parameter_schema(parameter)?;
    Some(Argument { parameter, schema })
}

/// The type of a parameter; `None` where it is described by a media type without a schema.
fn parameter_schema(parameter: &Parameter) -> Option<&Schema> {
    match &parameter.content {
        ParameterContent::Styled { schema, .. } => Some(schema),
        ParameterContent::Media(media) => media.schema.as_ref(),
    }
}

fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or(content.first())
}

fn payload(body: &Body) -> Option<Payload<'_>> {
    let media = chosen(&body.content)?;
    Some(Payload { body, media, schema: media.schema.as_ref().filter(|_| is_json(&media.name)) })
}

/// The media type of a success, or that of most errors.
pub fn response_type(operation: &Operation) -> &str {
    let media = operation.successes().next().and_then(|response| chosen(&response.content));
    media.map_or("application/json", |media| media.name.as_str())
}

fn output(operation: &Operation) -> Output<'_> {
    match operation.successes().next().and_then(|response| chosen(&response.content)) {
        None => Output::Nothing,
        Some(media) if is_json(&media.name) => Output::Json(media.schema.as_ref()),
        Some(_) => Output::Bytes,
    }
}

impl Argument<'_> {
    /// Its name, raw where it is a keyword.
    pub fn ident(&self) -> Ident {
        ident(&self.parameter.rust_name)
    }

    /// The type of what takes it.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        let ty = context.rust_type(&self.schema.ty);
        if self.takes_into(context) { ty.into() } else { ty }
    }

    fn takes_into(&self, context: &Context<'_>) -> bool {
        object::takes_into(context, &self.schema.ty)
    }
}

impl Payload<'_> {
    /// The type that a caller gives.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        match self.schema {
            Some(schema) => context.schema_type(schema),
            None if is_json(&self.media.name) => RustType::Json,
            None => RustType::Bytes,
        }
    }
}

impl Output<'_> {
    /// The type of a response.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        match self {
            Self::Nothing => RustType::Unit,
            Self::Bytes => RustType::Bytes,
            Self::Json(None) => RustType::Json,
            Self::Json(Some(schema)) => context.schema_type(schema),
        }
    }
}

/// How a module of calls writes types: by their names, or by their paths where a model is called like something else in
/// the module.
struct Names {
    scope: Scope,
    imports: TokenStream,
}

impl Names {
    fn new<'a>(context: &Context<'_>, types: impl Iterator<Item = &'a Type>, own: &[&Ident]) -> Self {
        let mut imports = Imports::default();
        types.for_each(|ty| imports.add(context, ty));
        if own.iter().any(|name| imports.has_model(&name.to_string())) {
            return Self { scope: Scope::Wire, imports: quote! { use crate::models; } };
        }
        Self { scope: Scope::Models, imports: imports.tokens_elsewhere() }
    }
}

/// The module of a resource.
pub fn resource(context: &Context<'_>, calls: &[&Call<'_>]) -> TokenStream {
    let first = calls[0].operation;
    let name = ident(&first.resource);
    let mut names: Vec<_> = calls.iter().map(|call| call.ident()).collect();
    names.sort_unstable();
    let client = format_ident!("Client");
    let own: Vec<_> = names.iter().chain([&name, &client]).collect();
    let Names { scope, imports } = Names::new(context, calls.iter().flat_map(|call| call.required_types()), &own);
    let methods: Vec<_> = calls.iter().map(|call| method(context, scope, call)).collect();
    let title = docs::outer(&format!("Calls of {}. Made by a method of [`Client`].", docs::code(&first.module)));
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

fn method(context: &Context<'_>, scope: Scope, call: &Call<'_>) -> TokenStream {
    let operation = call.operation;
    let (method, name) = (ident(&operation.rust_name), call.ident());
    let parameters = parameters(context, scope, call);
    let values = call.required().map(|argument| {
        let name = argument.ident();
        if argument.takes_into(context) {
            quote! { #name.into() }
        } else {
            quote! { #name }
        }
    });
    let body = call.body.as_ref().filter(|payload| payload.body.required).map(|_| quote! { body });
    let values: Vec<_> = values.chain(body).collect();
    let facts = format!("{} {}", operation.method, docs::code(&operation.path));
    let text = item_docs(operation.docs.title.as_deref(), operation.docs.description.as_deref(), "A call of the API.");
    let sample = call_example::call(context, call, pagination::is_paged(context, call));
    let sample = sample.map(|sample| sample.doctest(&context.api.crate_name.replace('-', "_"))).unwrap_or_default();
    let text = docs::outer(&docs::paragraphs([text.as_str(), facts.as_str(), sample.as_str()]));
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    quote! {
        #text
        #deprecated
        pub fn #method(&self, #(#parameters),*) -> #name {
            #name::new(&self.client, #(#values),*)
        }
    }
}

fn parameters(context: &Context<'_>, scope: Scope, call: &Call<'_>) -> Vec<TokenStream> {
    let mut parameters = Vec::new();
    for argument in call.required() {
        let (name, ty) = (argument.ident(), argument.ty(context).tokens(scope));
        parameters.push(quote! { #name: #ty });
    }
    if let Some(payload) = call.body.as_ref().filter(|payload| payload.body.required) {
        let ty = payload.ty(context).tokens(scope);
        parameters.push(quote! { body: #ty });
    }
    parameters
}

/// The module of a call.
pub fn call(context: &Context<'_>, call: &Call<'_>, is_paged: bool) -> TokenStream {
    let operation = call.operation;
    let name = &call.ident();
    let own = [name, &format_ident!("Call"), &format_ident!("Client")];
    let Names { scope, imports } = Names::new(context, call.types(), &own);
    let fields: Vec<_> = fields(context, scope, call);
    let constructor = constructor(context, scope, call);
    let setters: Vec<_> = call.optional().map(|argument| setter(context, scope, argument)).collect();
    let body = call.body.as_ref().filter(|payload| !payload.body.required).map(|payload| {
        let ty = payload.ty(context).tokens(scope);
        quote! {
            /// Sets the body.
            pub fn body(mut self, body: #ty) -> Self {
                self.body = Some(body);
                self
            }
        }
    });
    let link = format!(
        "A call of [`{0}::{1}`](super::{0}::{1}), sent by `.await` or [`send`](Self::send).",
        operation.resource, operation.rust_name
    );
    let text = docs::outer(&docs::paragraphs([link.as_str()]));
    let macro_name = if is_paged { format_ident!("paged_call") } else { format_ident!("call") };
    quote! {
        #imports
        use crate::runtime::call::{self, Call};
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

        call::#macro_name!(#name);
    }
}

fn fields(context: &Context<'_>, scope: Scope, call: &Call<'_>) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    for argument in &call.arguments {
        let (name, ty) = (argument.ident(), context.rust_type(&argument.schema.ty).tokens(scope));
        fields.push(if argument.parameter.required {
            quote! { pub(crate) #name: #ty, }
        } else {
            quote! { pub(crate) #name: Option<#ty>, }
        });
    }
    if let Some(payload) = &call.body {
        let ty = payload.ty(context).tokens(scope);
        fields.push(if payload.body.required {
            quote! { pub(crate) body: #ty, }
        } else {
            quote! { pub(crate) body: Option<#ty>, }
        });
    }
    fields
}

fn constructor(context: &Context<'_>, scope: Scope, call: &Call<'_>) -> TokenStream {
    let mut parameters: Vec<TokenStream> = Vec::new();
    let mut values: Vec<TokenStream> = Vec::new();
    for argument in &call.arguments {
        let (name, ty) = (argument.ident(), context.rust_type(&argument.schema.ty).tokens(scope));
        if argument.parameter.required {
            parameters.push(quote! { #name: #ty });
            values.push(quote! { #name, });
        } else {
            values.push(quote! { #name: None, });
        }
    }
    match &call.body {
        Some(payload) if payload.body.required => {
            let ty = payload.ty(context).tokens(scope);
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

fn setter(context: &Context<'_>, scope: Scope, argument: &Argument<'_>) -> TokenStream {
    let Argument { parameter, schema } = argument;
    let (name, ty) = (argument.ident(), argument.ty(context).tokens(scope));
    let fallback = format!("Sets the parameter {}.", docs::code(&parameter.name));
    let text = item_docs(None, parameter.docs.description.as_deref(), &fallback);
    let mut facts = validate::describe(&schema.ty);
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        facts.push(format!("If omitted, the server uses {}.", docs::code(&default.to_string())));
    }
    let text = docs::outer(&docs::paragraphs([text.as_str(), facts.join(" ").as_str()]));
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
