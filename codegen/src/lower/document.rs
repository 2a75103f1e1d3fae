//! What stands at the top of a document: its name, servers and security.

use super::operation::strings;
use super::{Lowerer, name_scope, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{Api, Errors, Location, Operation, SecurityKind, SecurityScheme, Server};
use indexmap::IndexMap;
use serde_json::Value;

impl Lowerer<'_> {
    /// Puts the API together; the types move into it.
    pub(super) fn api(&mut self, operations: Vec<Operation>) -> Api {
        let text = |pointer: &str| self.root.pointer(pointer).and_then(Value::as_str);
        let title = text("/info/title").unwrap_or_default();
        let given = text("/x-rust-crate/name");
        let crate_name = given.map_or_else(|| name_scope::kebab(title), str::to_owned);
        let (version, description) = (text("/info/version").unwrap_or_default(), text("/info/description"));
        let (version, description) = (version.to_owned(), description.map(str::to_owned));
        let title = title.to_owned();
        self.check_crate_name(&crate_name, given.is_some());
        let global = self.root.get("security");
        if let Some(global) = global {
            self.check_security(global, "/security");
        }
        let security_schemes = self.security_schemes();
        if !operations.is_empty() {
            self.tell_unsent(&security_schemes);
        }
        Api {
            crate_name,
            title,
            version,
            description,
            types: std::mem::take(&mut self.types),
            operations,
            servers: self.servers(),
            security_schemes,
            security: global.map(security).unwrap_or_default(),
            errors: self.root.get("x-errors").and_then(errors),
        }
    }

    fn check_crate_name(&mut self, name: &str, given: bool) {
        if !name_scope::is_identifier(&name.replace('-', "_")) {
            let at = if given { "/x-rust-crate/name" } else { "/info/title" };
            let message = format!("the crate's name comes to `{name}`, which Cargo does not take");
            let help = "give the crate a name with `x-rust-crate: {name: …}`, in letters, digits and `-`";
            self.diagnostics.push(Diagnostic::error("unusable-name", at, message).help(help));
        }
    }

    fn servers(&self) -> Vec<Server> {
        let written = self.root.get("servers").and_then(Value::as_array);
        let mut servers: Vec<Server> = written.into_iter().flatten().filter_map(server).collect();
        if servers.is_empty() {
            servers.push(Server { url: "/".to_owned(), description: None, environment: None });
        }
        servers
    }

    fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        let written = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (name, raw) in written.into_iter().flatten() {
            let (_, raw) = self.resolve(&pointer::child("/components/securitySchemes", name), raw);
            let text = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
            if let Some(kind) = security_kind(raw) {
                let (description, environment) = (text("description"), text("x-environment"));
                schemes.insert(
                    name.clone(),
                    SecurityScheme { rust_name: name_scope::snake(name), kind, description, environment },
                );
            }
        }
        schemes
    }

    /// Finds schemes that are not described.
    pub(super) fn check_security(&mut self, requirements: &Value, at: &str) {
        let schemes = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (index, alternative) in requirements.as_array().into_iter().flatten().enumerate() {
            for name in alternative.as_object().into_iter().flatten().map(|(name, _)| name) {
                if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                    continue;
                }
                let at = pointer::child(&pointer::child(at, &index.to_string()), name);
                let near = name_scope::closest(name, schemes.into_iter().flatten().map(|(name, _)| name.as_str()));
                let help = near.map_or_else(
                    || "describe it in `components.securitySchemes`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("there is no security scheme `{name}`");
                self.diagnostics.push(Diagnostic::error("unknown-security-scheme", &*at, message).at_key().help(help));
            }
        }
    }
}

fn errors(raw: &Value) -> Option<Errors> {
    let text = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
    let final_codes = strings(raw.get("final"));
    Some(Errors {
        message: text("message")?,
        kind: text("type"),
        param: text("param"),
        code: text("code"),
        final_codes,
    })
}

fn server(raw: &Value) -> Option<Server> {
    let mut url = raw.get("url")?.as_str()?.to_owned();
    for (name, variable) in raw.get("variables").and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    let text = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Server { url, description: text("description"), environment: text("x-environment") })
}

fn security_kind(raw: &Value) -> Option<SecurityKind> {
    let text = |key: &str| raw.get(key).and_then(Value::as_str);
    Some(match text("type")? {
        "http" => SecurityKind::Http(text("scheme")?.to_ascii_lowercase()),
        "apiKey" => {
            let location = match text("in")? {
                "query" => Location::Query,
                "header" => Location::Header,
                "cookie" => Location::Cookie,
                _ => return None,
            };
            SecurityKind::ApiKey { location, name: text("name")?.to_owned() }
        }
        "oauth2" => SecurityKind::OAuth2(raw.get("flows").cloned().unwrap_or_default()),
        "openIdConnect" => SecurityKind::OpenIdConnect(text("openIdConnectUrl")?.to_owned()),
        _ => return None,
    })
}

/// Alternatives, each a map from scheme to scopes.
pub(super) fn security(raw: &Value) -> Vec<IndexMap<String, Vec<String>>> {
    let alternatives = raw.as_array().into_iter().flatten().filter_map(Value::as_object);
    alternatives
        .map(|schemes| schemes.iter().map(|(name, scopes)| (name.clone(), strings(Some(scopes)))).collect())
        .collect()
}
