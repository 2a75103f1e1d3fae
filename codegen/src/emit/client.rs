//! The module `client`: the description of the API, and the members of the client that depend on it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client_settings::{CredentialLocation, credentials, provider_name};
use super::docs;
use super::identifiers::{ident, mentions};
use super::resources::Resources;
use crate::ir::{Api, Errors, Operation, Parameter, SecurityScheme};

/// Emits the module `client`.
pub fn module(api: &Api, headers: &[&Parameter], resources: &Resources<'_, '_>) -> TokenStream {
    let description = description(api, headers);
    let imports = imports(api, &description, resources);
    let methods = resources.values().map(|calls| resource_method(calls[0].operation));
    let setters = setters(api, headers);
    quote! {
        #imports

        #description

        impl Client {
            /// Creates a builder. Unset options come from the environment.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }

            /// Creates a client from the environment alone.
            ///
            /// # Errors
            ///
            /// Returns the errors of [`ClientBuilder::build`].
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().build()
            }

            #(#methods)*
        }

        #setters
    }
}

fn imports(api: &Api, description: &TokenStream, resources: &Resources<'_, '_>) -> TokenStream {
    let names = resources.values().map(|calls| ident(&calls[0].operation.resource));
    let used = ["Api", "ClientHeader", "Credential", "CredentialLocation", "ErrorFormat"];
    let used = used.into_iter().filter(|name| mentions(description, name)).map(ident);
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
    }
}

/// Emits the client's method for the resource of an operation.
fn resource_method(operation: &Operation) -> TokenStream {
    let (method, name) = (ident(&operation.module), ident(&operation.resource));
    let text = docs::member(&format!("Returns the calls of {}.", docs::code(&operation.module)));
    quote! {
        #text
        #[must_use]
        pub fn #method(&self) -> #name {
            #name::new(self)
        }
    }
}

/// Emits the static description of the API.
fn description(api: &Api, headers: &[&Parameter]) -> TokenStream {
    let server = api.servers.first();
    let base_url = server.map_or("/", |server| server.url.as_str());
    let base_url_variable = option(server.and_then(|server| server.environment.as_deref()));
    let credentials = credentials(api).into_iter().filter_map(|(name, scheme)| credential(api, name, scheme));
    let headers = headers.iter().map(|header| {
        let (name, variable) = (&header.name, header.environment.as_deref().unwrap_or_default());
        quote! { ClientHeader { name: #name, variable: #variable } }
    });
    let errors = error_format(api.errors.as_ref());
    quote! {
        /// The facts about the API that the runtime needs.
        static API: Api = Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            base_url_variable: #base_url_variable,
            credentials: &[#(#credentials),*],
            headers: &[#(#headers),*],
            errors: #errors,
        };
    }
}

fn credential(api: &Api, name: &str, scheme: &SecurityScheme) -> Option<TokenStream> {
    let variable = option(scheme.environment.as_deref());
    let location = match CredentialLocation::of(scheme)? {
        CredentialLocation::Bearer => quote! { CredentialLocation::Bearer },
        CredentialLocation::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote! { CredentialLocation::Header(#name) }
        }
        CredentialLocation::Query(name) => quote! { CredentialLocation::Query(#name) },
    };
    let setter = &scheme.rust_name;
    let required = api.security.first().is_some_and(|schemes| schemes.contains_key(name));
    Some(quote! {
        Credential { name: #name, setter: #setter, variable: #variable, location: #location, required: #required }
    })
}

fn error_format(errors: Option<&Errors>) -> TokenStream {
    let pointer = |of: fn(&Errors) -> Option<&str>| option(errors.and_then(of));
    let message = pointer(|errors| Some(&errors.message));
    let kind = pointer(|errors| errors.kind.as_deref());
    let param = pointer(|errors| errors.param.as_deref());
    let code = pointer(|errors| errors.code.as_deref());
    let final_codes = errors.map(|errors| errors.final_codes.as_slice()).unwrap_or_default();
    quote! {
        ErrorFormat {
            message: #message,
            kind: #kind,
            param: #param,
            code: #code,
            final_codes: &[#(#final_codes),*],
        }
    }
}

fn option(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) })
}

fn setters(api: &Api, headers: &[&Parameter]) -> Option<TokenStream> {
    let credentials = credentials(api).into_iter().enumerate();
    let credentials = credentials.map(|(index, (name, scheme))| credential_setters(index, name, scheme));
    let headers = headers.iter().enumerate().map(|(index, header)| header_setter(index, header));
    let setters: Vec<_> = credentials.chain(headers).collect();
    (!setters.is_empty()).then(|| quote! { impl ClientBuilder { #(#setters)* } })
}

fn credential_setters(index: usize, name: &str, scheme: &SecurityScheme) -> TokenStream {
    let (setter, from) = (ident(&scheme.rust_name), ident(&provider_name(scheme)));
    let index = Literal::usize_unsuffixed(index);
    let description = scheme.description.as_deref().map(docs::prose).unwrap_or_default();
    let text = format!("Sets the credential {}.", docs::code(name));
    let variable = variable_text(scheme.environment.as_deref());
    let text = docs::member(&docs::paragraphs([text.as_str(), description.as_str(), variable.as_str()]));
    let provider_text = docs::member(&format!(
        "Sets a function that returns the credential {}.\n\nThe client calls it before each attempt, so the credential may change.",
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
}

fn header_setter(index: usize, header: &Parameter) -> TokenStream {
    let (name, index) = (ident(&header.rust_name), Literal::usize_unsuffixed(index));
    let text = format!("Sets the header {} of each call that declares it.", docs::code(&header.name));
    let description = header.docs.description.as_deref().map(docs::prose).unwrap_or_default();
    let variable = variable_text(header.environment.as_deref());
    let text = docs::member(&docs::paragraphs([text.as_str(), description.as_str(), variable.as_str()]));
    quote! {
        #text
        pub fn #name(self, value: impl Into<String>) -> Self {
            self.client_header(#index, value.into())
        }
    }
}

fn variable_text(variable: Option<&str>) -> String {
    variable
        .map(|name| format!("If it is not set, the client reads the environment variable {}.", docs::code(name)))
        .unwrap_or_default()
}
