//! Credentials: that there are some. Which ones is not asked, so that no real one is needed.

use super::endpoint::Endpoint;
use super::parameters::{RawParameters, cookies};
use super::path_template::decode_query;
use super::rejection::Rejection;
use chatkit_codegen::ir::{Api, Location, SecurityKind, SecurityScheme};
use http::header;

/// Whether one of the alternatives that the operation lists is met.
pub(super) fn check(api: &Api, endpoint: &Endpoint, written: &RawParameters<'_>) -> Result<(), Rejection> {
    let alternatives = endpoint.security(api);
    let met = |scheme: &str| api.security_schemes.get(scheme).is_none_or(|scheme| has(scheme, written));
    if alternatives.is_empty() || alternatives.iter().any(|all| all.keys().all(|scheme| met(scheme))) {
        return Ok(());
    }
    let (mut wanted, mut challenges) = (Vec::new(), Vec::new());
    for scheme in endpoint.schemes(api) {
        wanted.push(format!("`{}`", written_as(scheme)));
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

/// Whether a scheme's credentials travel as a bearer token.
fn is_bearer(scheme: &SecurityScheme) -> bool {
    match &scheme.kind {
        SecurityKind::Http(scheme) => scheme == "bearer",
        SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => true,
        SecurityKind::ApiKey { .. } => false,
    }
}

fn written_as(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SecurityKind::Http(name) if !is_bearer(scheme) => format!("Authorization: {name} …"),
        SecurityKind::ApiKey { location: Location::Query, name } => format!("?{name}=…"),
        SecurityKind::ApiKey { location: Location::Cookie, name } => format!("Cookie: {name}=…"),
        SecurityKind::ApiKey { name, .. } => format!("{name}: …"),
        _ => "Authorization: Bearer …".to_owned(),
    }
}

fn has(scheme: &SecurityScheme, written: &RawParameters<'_>) -> bool {
    let is_some = |text: &str| !text.trim().is_empty();
    let header = |name: &str| written.headers.get(name).and_then(|value| value.to_str().ok());
    match &scheme.kind {
        SecurityKind::ApiKey { location: Location::Query, name } => {
            let blank = |value: &str| decode_query(value).is_ok_and(|value| !is_some(&value));
            written.query.iter().any(|(other, value)| other == name && !blank(value))
        }
        SecurityKind::ApiKey { location: Location::Cookie, name } => {
            cookies(written.headers, name).iter().any(|value| is_some(value))
        }
        SecurityKind::ApiKey { name, .. } => header(name).is_some_and(is_some),
        SecurityKind::Http(_) | SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => {
            let expected = if let SecurityKind::Http(name) = &scheme.kind { name } else { "bearer" };
            let given = header(header::AUTHORIZATION.as_str()).and_then(|value| value.split_once(' '));
            given.is_some_and(|(name, credentials)| name.eq_ignore_ascii_case(expected) && is_some(credentials))
        }
    }
}
