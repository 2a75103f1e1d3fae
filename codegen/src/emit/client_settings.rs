//! The settings of a client that the spec describes: its credentials, its address and its headers.

use std::collections::HashSet;

use super::docs;
use crate::ir::{Api, Operation, Parameter, ParameterLocation, SecurityKind, SecurityScheme};

/// The place of a credential in a request.
pub enum CredentialLocation<'a> {
    Bearer,
    Header(&'a str),
    Query(&'a str),
}

impl<'a> CredentialLocation<'a> {
    /// Returns the location for a security scheme, or `None` if a client cannot send its credential.
    pub fn of(scheme: &'a SecurityScheme) -> Option<Self> {
        match &scheme.kind {
            SecurityKind::Http(scheme) if scheme == "bearer" => Some(Self::Bearer),
            SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => Some(Self::Bearer),
            SecurityKind::ApiKey { location: ParameterLocation::Header, name } => Some(Self::Header(name)),
            SecurityKind::ApiKey { location: ParameterLocation::Query, name } => Some(Self::Query(name)),
            SecurityKind::ApiKey { .. } | SecurityKind::Http(_) => None,
        }
    }
}

/// Returns the credentials that a client can send, by their name.
pub fn credentials(api: &Api) -> Vec<(&str, &SecurityScheme)> {
    let sendable = api.security_schemes.iter().filter(|(_, scheme)| CredentialLocation::of(scheme).is_some());
    sendable.map(|(name, scheme)| (name.as_str(), scheme)).collect()
}

/// Returns the indices of the credentials that an operation sends. They are the first alternative of its `security`.
pub fn credentials_of(api: &Api, operation: &Operation) -> Vec<usize> {
    let alternatives = operation.security.as_ref().unwrap_or(&api.security);
    let Some(first) = alternatives.first() else { return Vec::new() };
    let all = credentials(api);
    first.keys().filter_map(|name| all.iter().position(|(known, _)| known == name)).collect()
}

/// Returns the name of the builder's method that takes a function for a credential.
pub fn provider_name(scheme: &SecurityScheme) -> String {
    format!("{}_provider", scheme.rust_name.trim_end_matches('_'))
}

/// Returns the header parameters that belong to the client instead of a call, each once.
pub fn client_headers(api: &Api) -> Vec<&Parameter> {
    let mut known = HashSet::new();
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let own = parameters.filter(|each| each.environment.is_some() && each.location == ParameterLocation::Header);
    own.filter(|each| known.insert(each.name.to_ascii_lowercase())).collect()
}

/// Returns the indices of the client's headers that an operation has.
pub fn headers_of(operation: &Operation, headers: &[&Parameter]) -> Vec<usize> {
    let has = |header: &Parameter| {
        let own = operation.parameters.iter().filter(|own| own.environment.is_some());
        own.into_iter().any(|own| own.name.eq_ignore_ascii_case(&header.name))
    };
    headers.iter().enumerate().filter(|(_, header)| has(header)).map(|(index, _)| index).collect()
}

/// Returns the environment variables, each with the setting that it provides.
pub fn variables(api: &Api) -> Vec<(String, String)> {
    let credentials = credentials(api).into_iter().filter_map(|(name, scheme)| {
        Some((scheme.environment.clone()?, format!("the credential {}", docs::code(name))))
    });
    let address = api.servers.first().and_then(|server| {
        let sets = format!("the base URL, if it is not {}", docs::code(&server.url));
        Some((server.environment.clone()?, sets))
    });
    let headers = client_headers(api).into_iter().filter_map(|header| {
        Some((
            header.environment.clone()?,
            format!("the header {} of each call that declares it", docs::code(&header.name)),
        ))
    });
    credentials.chain(address).chain(headers).collect()
}
