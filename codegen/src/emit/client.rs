//! The client: what the API has of its own, and how a client of it is set up.

use std::collections::HashSet;

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, ident, mentions};
use super::docs;
use super::operation::Call;
use super::pagination::is_paged;
use super::{Sink, operation, operation_wire, render};
use crate::ir::{Api, Location, Operation, Parameter, SecurityKind, SecurityScheme};
use crate::rust_name;

/// What the crate root exports of the runtime.
pub const EXPORTS: &[(&str, &[&str])] = &[
    ("builder", &["ClientBuilder"]),
    ("client", &["Client"]),
    ("clock", &["Clock", "SystemClock"]),
    (
        "error",
        &[
            "ApiError",
            "BoxError",
            "ConfigurationError",
            "CursorError",
            "DecodeError",
            "Error",
            "TransportError",
            "TransportErrorKind",
            "ValidationError",
        ],
    ),
    ("future", &["BoxFuture"]),
    ("operation", &["Operation"]),
    ("paging", &["Items", "Page", "Paged", "Pages"]),
    ("reqwest", &["ReqwestTransport"]),
    ("response", &["Response"]),
    ("retry", &["RetryPolicy"]),
    ("transport", &["Body", "Transport"]),
];

/// What the root exports of the module `blocking`, with the feature of that name.
pub const BLOCKING: &[&str] = &["BlockingItems", "BlockingPages"];

/// The crates that the root exports as they are.
pub const CRATES: &[&str] = &["bytes", "http", "reqwest"];

/// Whether the crate root exports something of the runtime by a name.
pub fn exports(name: &str) -> bool {
    // Those of the feature `blocking` as well: a model is in the same place whatever the features.
    BLOCKING.contains(&name) || EXPORTS.iter().any(|(_, names)| names.contains(&name))
}

/// Whether the crate has a client.
pub fn is_emitted(api: &Api) -> bool {
    !api.operations.is_empty()
}

/// Adds the client and its calls.
pub fn add(context: &Context<'_>, files: &mut Sink<'_>) {
    let api = context.api;
    if !is_emitted(api) {
        return;
    }
    let calls: Vec<Call<'_>> = api.operations.iter().map(Call::new).collect();
    let headers = client_headers(api);
    let resources = resources(&calls);
    files.add("src/client.rs", render::file("The client.", &client(api, &headers, &resources)));
    for call in &calls {
        let (definition, module) = (operation::call(context, call, is_paged(context, call)), call.module());
        let intro = format!("[`{}`].", call.operation.type_name);
        files.add(format!("src/operations/{module}.rs"), render::file(&intro, &definition));
        let wire = operation_wire::wire(context, call, &credentials_of(api, call.operation), &own(call, &headers));
        let intro = format!("How [`{0}`](crate::operations::{0}) crosses the wire.", call.operation.type_name);
        files.add(format!("src/wire/operations/{module}.rs"), render::file(&intro, &wire));
    }
    for (module, calls) in &resources {
        let intro = format!("[`{}`].", calls[0].operation.resource);
        files.add(format!("src/operations/{module}.rs"), render::file(&intro, &operation::resource(context, calls)));
    }
    files
        .add("src/operations/mod.rs", render::file("The calls of the API, by resource.", &modules(&calls, &resources)));
    let names = sorted(&calls).into_iter().map(|call| ident(&call.module()));
    let list = quote! { #(mod #names;)* };
    files.add("src/wire/operations/mod.rs", render::file("How calls cross the wire, one a module.", &list));
}

/// Resources by their module, with their calls.
pub type Resources<'c, 'a> = IndexMap<String, Vec<&'c Call<'a>>>;

/// The resources of an API, each with at least one call, in the order of the document.
pub fn resources<'c, 'a>(calls: &'c [Call<'a>]) -> Resources<'c, 'a> {
    let mut resources = Resources::new();
    for call in calls {
        resources.entry(rust_name::file(&call.operation.resource)).or_default().push(call);
    }
    resources
}

fn sorted<'c, 'a>(calls: &'c [Call<'a>]) -> Vec<&'c Call<'a>> {
    let mut calls: Vec<_> = calls.iter().collect();
    calls.sort_by_key(|call| call.module());
    calls
}

fn modules(calls: &[Call<'_>], resources: &Resources<'_, '_>) -> TokenStream {
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

/// The header parameters that belong to the client and not to a call, each once.
pub fn client_headers(api: &Api) -> Vec<&Parameter> {
    let mut known = HashSet::new();
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let own = parameters.filter(|each| each.environment.is_some() && each.location == Location::Header);
    own.filter(|each| known.insert(each.name.to_ascii_lowercase())).collect()
}

/// Which of the client's headers a call has.
fn own(call: &Call<'_>, headers: &[&Parameter]) -> Vec<usize> {
    let has = |header: &&Parameter| {
        call.operation
            .parameters
            .iter()
            .any(|own| own.environment.is_some() && own.name.eq_ignore_ascii_case(&header.name))
    };
    headers.iter().enumerate().filter(|(_, header)| has(header)).map(|(index, _)| index).collect()
}

/// The credentials that a client can send, by their name.
pub fn credentials(api: &Api) -> Vec<(&str, &SecurityScheme)> {
    let sendable = api.security_schemes.iter().filter(|(_, scheme)| place(scheme).is_some());
    sendable.map(|(name, scheme)| (name.as_str(), scheme)).collect()
}

/// Where a client puts a credential.
enum Place<'a> {
    Bearer,
    Header(&'a str),
    Query(&'a str),
}

fn place(scheme: &SecurityScheme) -> Option<Place<'_>> {
    match &scheme.kind {
        SecurityKind::Http(scheme) if scheme == "bearer" => Some(Place::Bearer),
        SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => Some(Place::Bearer),
        SecurityKind::ApiKey { location: Location::Header, name } => Some(Place::Header(name)),
        SecurityKind::ApiKey { location: Location::Query, name } => Some(Place::Query(name)),
        SecurityKind::ApiKey { .. } | SecurityKind::Http(_) => None,
    }
}

/// The builder's method that takes a function which gives a credential.
pub fn provider_name(scheme: &SecurityScheme) -> String {
    format!("{}_provider", scheme.rust_name.trim_end_matches('_'))
}

/// The credentials of the first alternative, by their index.
fn credentials_of(api: &Api, operation: &Operation) -> Vec<usize> {
    let alternatives = operation.security.as_ref().unwrap_or(&api.security);
    let Some(first) = alternatives.first() else { return Vec::new() };
    let all = credentials(api);
    first.keys().filter_map(|name| all.iter().position(|(known, _)| known == name)).collect()
}

fn client(api: &Api, headers: &[&Parameter], resources: &Resources<'_, '_>) -> TokenStream {
    let description = statics(api, headers);
    let names = resources.values().map(|calls| ident(&calls[0].operation.resource));
    let methods = resources.values().map(|calls| {
        let (method, name) = (ident(&calls[0].operation.module), ident(&calls[0].operation.resource));
        let text = docs::outer(&format!("Calls of {}.", docs::code(&calls[0].operation.module)));
        quote! {
            #text
            #[must_use]
            pub fn #method(&self) -> #name {
                #name::new(self)
            }
        }
    });
    let used = ["Api", "ClientHeader", "Credential", "CredentialLocation", "ErrorFormat"];
    let used = used.into_iter().filter(|name| mentions(&description, name)).map(ident);
    let setters = setters(api, headers);
    let errors = if credentials(api).is_empty() {
        quote! { use crate::runtime::error::Error; }
    } else {
        quote! {
            use crate::runtime::credential::provider;
            use crate::runtime::error::{BoxError, Error};
            use crate::support::secret::Secret;
        }
    };
    quote! {
        use crate::operations::{#(#names),*};
        use crate::runtime::api::{#(#used),*};
        use crate::runtime::builder::ClientBuilder;
        use crate::runtime::client::Client;
        #errors

        #description

        impl Client {
            /// Sets up a client. What is not set comes from the environment.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }

            /// A client that is set up by the environment alone.
            ///
            /// # Errors
            ///
            /// As [`ClientBuilder::build`].
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().build()
            }

            #(#methods)*
        }

        #setters
    }
}

fn statics(api: &Api, headers: &[&Parameter]) -> TokenStream {
    let option = |text: Option<&str>| text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) });
    let server = api.servers.first();
    let base_url = server.map_or("/", |server| server.url.as_str());
    let base_url_variable = option(server.and_then(|server| server.environment.as_deref()));
    let required = api.security.first();
    let credentials = credentials(api).into_iter().filter_map(|(name, scheme)| {
        let variable = option(scheme.environment.as_deref());
        let place = match place(scheme)? {
            Place::Bearer => quote! { CredentialLocation::Bearer },
            Place::Header(name) => {
                let name = name.to_ascii_lowercase();
                quote! { CredentialLocation::Header(#name) }
            }
            Place::Query(name) => quote! { CredentialLocation::Query(#name) },
        };
        let required = required.is_some_and(|schemes| schemes.contains_key(name));
        Some(quote! { Credential { name: #name, variable: #variable, location: #place, required: #required } })
    });
    let headers = headers.iter().map(|header| {
        let (name, variable) = (&header.name, header.environment.as_deref().unwrap_or_default());
        quote! { ClientHeader { name: #name, variable: #variable } }
    });
    let errors = api.errors.as_ref();
    let pointer = |of: fn(&crate::ir::Errors) -> Option<&str>| option(errors.and_then(of));
    let message = pointer(|errors| Some(&errors.message));
    let kind = pointer(|errors| errors.kind.as_deref());
    let param = pointer(|errors| errors.param.as_deref());
    let code = pointer(|errors| errors.code.as_deref());
    let final_codes = errors.map(|errors| errors.final_codes.as_slice()).unwrap_or_default();
    quote! {
        /// What the API has of its own.
        static API: Api = Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            base_url_variable: #base_url_variable,
            credentials: &[#(#credentials),*],
            headers: &[#(#headers),*],
            errors: ErrorFormat {
                message: #message,
                kind: #kind,
                param: #param,
                code: #code,
                final_codes: &[#(#final_codes),*],
            },
        };
    }
}

fn setters(api: &Api, headers: &[&Parameter]) -> Option<TokenStream> {
    let credentials = credentials(api).into_iter().enumerate().map(|(index, (name, scheme))| {
        let (setter, from) = (ident(&scheme.rust_name), ident(&provider_name(scheme)));
        let index = Literal::usize_unsuffixed(index);
        let description = scheme.description.as_deref().map(docs::prose).unwrap_or_default();
        let text = format!("Sets the credential {}.", docs::code(name));
        let variable = variable_text(scheme.environment.as_deref());
        let text = docs::outer(&docs::paragraphs([text.as_str(), description.as_str(), variable.as_str()]));
        let provider_text = docs::outer(&format!(
            "Sets a function that gives the credential {}. It is asked before each attempt, so that the credential may change.",
            docs::code(name)
        ));
        quote! {
            #text
            pub fn #setter(self, secret: impl Into<Secret>) -> Self {
                self.credential(#index, secret.into())
            }

            #provider_text
            pub fn #from<F, R, E>(self, provide: F) -> Self
            where
                F: Fn() -> R + Send + Sync + 'static,
                R: std::future::Future<Output = Result<Secret, E>> + Send + 'static,
                E: Into<BoxError>,
            {
                self.credential_provider(#index, provider(provide))
            }
        }
    });
    let headers = headers.iter().enumerate().map(|(index, header)| {
        let (name, index) = (ident(&header.rust_name), Literal::usize_unsuffixed(index));
        let text = format!("Sets the header {} of every call that has it.", docs::code(&header.name));
        let description = header.docs.description.as_deref().map(docs::prose).unwrap_or_default();
        let variable = variable_text(header.environment.as_deref());
        let text = docs::outer(&docs::paragraphs([text.as_str(), description.as_str(), variable.as_str()]));
        quote! {
            #text
            pub fn #name(self, value: impl Into<String>) -> Self {
                self.client_header(#index, value.into())
            }
        }
    });
    let setters: Vec<_> = credentials.chain(headers).collect();
    (!setters.is_empty()).then(|| quote! { impl ClientBuilder { #(#setters)* } })
}

/// The variables of the environment, each with what it sets.
pub fn variables(api: &Api) -> Vec<(String, String)> {
    let credentials = credentials(api).into_iter().filter_map(|(name, scheme)| {
        Some((scheme.environment.clone()?, format!("the credential {}", docs::code(name))))
    });
    let address = api.servers.first().and_then(|server| {
        let sets = format!("the address of the API, where it is not {}", docs::code(&server.url));
        Some((server.environment.clone()?, sets))
    });
    let headers = client_headers(api).into_iter().filter_map(|header| {
        Some((
            header.environment.clone()?,
            format!("the header {} of every call that has it", docs::code(&header.name)),
        ))
    });
    credentials.chain(address).chain(headers).collect()
}

fn variable_text(variable: Option<&str>) -> String {
    variable
        .map(|name| format!("Where it is not set, the environment has it as {}.", docs::code(name)))
        .unwrap_or_default()
}
