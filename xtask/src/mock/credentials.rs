//! Checks that a request has credentials. Any will do, so that nobody needs real ones.

use super::endpoint::Endpoint;
use super::percent_decoding::decode_query;
use super::raw_parameters::RawParameters;
use super::rejection::Rejection;
use chatkit_codegen::ir::{Api, ParameterLocation, SecurityKind, SecurityScheme};
use http::header;

/// Checks that a request meets one of the security requirements of its operation.
pub(super) fn check(api: &Api, endpoint: &Endpoint, raw: &RawParameters<'_>) -> Result<(), Rejection> {
    let requirements = endpoint.security(api);
    let is_met = |scheme: &str| api.security_schemes.get(scheme).is_none_or(|scheme| has_credentials(scheme, raw));
    if requirements.is_empty() || requirements.iter().any(|all| all.keys().all(|scheme| is_met(scheme))) {
        return Ok(());
    }
    let (mut wanted, mut challenges) = (Vec::new(), Vec::new());
    for scheme in endpoint.schemes(api) {
        wanted.push(format!("`{}`", notation(scheme)));
        let challenge = match &scheme.kind {
            SecurityKind::Http(scheme) if scheme == "basic" => Some("Basic"),
            SecurityKind::ApiKey { .. } | SecurityKind::Http(_) if !is_bearer(scheme) => None,
            _ => Some("Bearer"),
        };
        challenges.extend(challenge.filter(|challenge| !challenges.contains(challenge)));
    }
    let message = format!("the credentials are missing or blank: send {}; any will do", wanted.join(" or "));
    Err(Rejection::unauthorized(message, &challenges))
}

/// Returns whether the credentials of a scheme are a bearer token.
fn is_bearer(scheme: &SecurityScheme) -> bool {
    match &scheme.kind {
        SecurityKind::Http(scheme) => scheme == "bearer",
        SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => true,
        SecurityKind::ApiKey { .. } => false,
    }
}

/// Returns how the credentials of a scheme look in a request.
fn notation(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SecurityKind::Http(name) if !is_bearer(scheme) => format!("Authorization: {name} …"),
        SecurityKind::ApiKey { location: ParameterLocation::Query, name } => format!("?{name}=…"),
        SecurityKind::ApiKey { location: ParameterLocation::Cookie, name } => format!("Cookie: {name}=…"),
        SecurityKind::ApiKey { name, .. } => format!("{name}: …"),
        _ => "Authorization: Bearer …".to_owned(),
    }
}

/// Returns whether a request has credentials of a scheme that are not blank.
fn has_credentials(scheme: &SecurityScheme, raw: &RawParameters<'_>) -> bool {
    let is_present = |text: &str| !text.trim().is_empty();
    let header = |name: &str| raw.headers.get(name).and_then(|value| value.to_str().ok());
    match &scheme.kind {
        SecurityKind::ApiKey { location: ParameterLocation::Query, name } => {
            let is_blank = |value: &str| decode_query(value).is_ok_and(|value| !is_present(&value));
            raw.query.iter().any(|(other, value)| other == name && !is_blank(value))
        }
        SecurityKind::ApiKey { location: ParameterLocation::Cookie, name } => {
            raw.cookies(name).iter().any(|value| is_present(value))
        }
        SecurityKind::ApiKey { name, .. } => header(name).is_some_and(is_present),
        SecurityKind::Http(_) | SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => {
            let expected = if let SecurityKind::Http(name) = &scheme.kind { name } else { "bearer" };
            let given = header(header::AUTHORIZATION.as_str()).and_then(|value| value.split_once(' '));
            given.is_some_and(|(name, credentials)| name.eq_ignore_ascii_case(expected) && is_present(credentials))
        }
    }
}
