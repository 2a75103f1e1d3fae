//! The settings of a client that the spec describes: its credentials, its address and its headers.

use std::collections::HashSet;

use super::docs;
use crate::ir::{Api, Operation, Parameter, ParameterLocation, SecurityKind, SecurityScheme};

/// Where a client sends a credential.
pub enum CredentialLocation<'a> {
    Bearer,
    Header(&'a str),
    Query(&'a str),
}

impl<'a> CredentialLocation<'a> {
    /// The location for a security scheme; `None` if a client cannot send its credential.
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

/// The credentials that a client can send, by their name.
pub fn credentials(api: &Api) -> Vec<(&str, &SecurityScheme)> {
    let sendable = api.security_schemes.iter().filter(|(_, scheme)| CredentialLocation::of(scheme).is_some());
    sendable.map(|(name, scheme)| (name.as_str(), scheme)).collect()
}

/// The indices of an operation's credentials: those of the first alternative of its `security`.
pub fn credentials_of(api: &Api, operation: &Operation) -> Vec<usize> {
    let alternatives = operation.security.as_ref().unwrap_or(&api.security);
    let Some(first) = alternatives.first() else { return Vec::new() };
    let all = credentials(api);
    first.keys().filter_map(|name| all.iter().position(|(known, _)| known == name)).collect()
}

/// The name of the builder's method that takes a function which returns the credential.
pub fn provider_name(scheme: &SecurityScheme) -> String {
    format!("{}_provider", scheme.rust_name.trim_end_matches('_'))
}

/// The header parameters that belong to the client and not to a call, each once.
pub fn client_headers(api: &Api) -> Vec<&Parameter> {
    let mut known = HashSet::new();
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let own = parameters.filter(|each| each.environment.is_some() && each.location == ParameterLocation::Header);
    own.filter(|each| known.insert(each.name.to_ascii_lowercase())).collect()
}

/// The indices of the client's headers that an operation has.
pub fn headers_of(operation: &Operation, headers: &[&Parameter]) -> Vec<usize> {
    let has = |header: &Parameter| {
        let own = operation.parameters.iter().filter(|own| own.environment.is_some());
        own.into_iter().any(|own| own.name.eq_ignore_ascii_case(&header.name))
    };
    headers.iter().enumerate().filter(|(_, header)| has(header)).map(|(index, _)| index).collect()
}

/// The environment variables, each with what it sets.
pub fn variables(api: &Api) -> Vec<(String, String)> {
    let credentials = credentials(api).into_iter().filter_map(|(name, scheme)| {
        Some((scheme.environment.clone()?, format!("the credential {}", docs::code(name))))
    });
    let address = api.servers.first().and_then(|server| {
        let sets = format!("the address of the API, instead of {}", docs::code(&server.url));
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
