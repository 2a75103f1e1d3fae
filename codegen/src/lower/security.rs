//! Security schemes and requirements.

use super::lowerer::Lowerer;
use super::untyped::{strings, text};
use crate::diagnostics::Diagnostic;
use crate::ir::{ParameterLocation, SecurityKind, SecurityScheme};
use crate::pointer;
use crate::rust_name;
use crate::suggest;
use indexmap::IndexMap;
use serde_json::Value;

impl Lowerer<'_> {
    /// Lowers `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        let written = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (name, json) in written.into_iter().flatten() {
            let (_, json) = self.schemas.follow(&pointer::child("/components/securitySchemes", name), json);
            if let Some(kind) = security_kind(json) {
                let (description, environment) = (text(json, "description"), text(json, "x-environment"));
                let rust_name = rust_name::snake(name);
                schemes.insert(name.clone(), SecurityScheme { rust_name, kind, description, environment });
            }
        }
        schemes
    }

    /// Reports requirements of schemes that the document does not define.
    pub(super) fn check_security(&mut self, requirements: &Value, at: &str) {
        let schemes = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (index, alternative) in requirements.as_array().into_iter().flatten().enumerate() {
            for name in alternative.as_object().into_iter().flatten().map(|(name, _)| name) {
                if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                    continue;
                }
                let at = pointer::child(&pointer::child(at, &index.to_string()), name);
                let near = suggest::did_you_mean(name, schemes.into_iter().flatten().map(|(name, _)| name.as_str()));
                let help = near.unwrap_or_else(|| "define it in `components.securitySchemes`".to_owned());
                let message = format!("the security scheme `{name}` is not defined");
                self.report(Diagnostic::error("unknown-security-scheme", &*at, message).at_key().help(help));
            }
        }
    }
}

fn security_kind(json: &Value) -> Option<SecurityKind> {
    Some(match json.get("type")?.as_str()? {
        "http" => SecurityKind::Http(text(json, "scheme")?.to_ascii_lowercase()),
        "apiKey" => {
            let location = match json.get("in")?.as_str()? {
                "query" => ParameterLocation::Query,
                "header" => ParameterLocation::Header,
                "cookie" => ParameterLocation::Cookie,
                _ => return None,
            };
            SecurityKind::ApiKey { location, name: text(json, "name")? }
        }
        "oauth2" => SecurityKind::OAuth2(json.get("flows").cloned().unwrap_or_default()),
        "openIdConnect" => SecurityKind::OpenIdConnect(text(json, "openIdConnectUrl")?),
        _ => return None,
    })
}

/// Lowers `security`: alternatives, each a map from scheme to scopes.
pub(super) fn requirements(json: &Value) -> Vec<IndexMap<String, Vec<String>>> {
    let alternatives = json.as_array().into_iter().flatten().filter_map(Value::as_object);
    alternatives
        .map(|schemes| schemes.iter().map(|(name, scopes)| (name.clone(), strings(Some(scopes)))).collect())
        .collect()
}
