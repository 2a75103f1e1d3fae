//! The top level of a document: the name of the crate, the servers, and the API as a whole.

use super::lowerer::Lowerer;
use super::name_scope::shortened;
use super::security;
use super::untyped::{strings, text};
use crate::diagnostics::Diagnostic;
use crate::ir::{Api, Errors, Operation, Server, TypeDef};
use crate::name_rules::{NamedItem, objection};
use crate::rust_name;
use serde_json::Value;

impl Lowerer<'_> {
    /// Puts the API together.
    pub(super) fn api(&mut self, types: Vec<TypeDef>, operations: Vec<Operation>) -> Api {
        let text = |pointer: &str| self.root.pointer(pointer).and_then(Value::as_str);
        let title = text("/info/title").unwrap_or_default();
        let given = text("/x-rust-crate/name");
        let crate_name = given.map_or_else(|| rust_name::kebab(title), str::to_owned);
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
            self.report_unsent_credentials(&security_schemes);
        }
        Api {
            crate_name,
            title,
            version,
            description,
            types,
            operations,
            servers: servers(self.root),
            security_schemes,
            security: global.map(security::requirements).unwrap_or_default(),
            errors: self.root.get("x-errors").and_then(errors),
        }
    }

    fn check_crate_name(&mut self, name: &str, given: bool) {
        if let Some(objection) = objection(name, NamedItem::Crate) {
            let at = if given { "/x-rust-crate/name" } else { "/info/title" };
            let message = format!("the name of the crate would be `{}`{objection}", shortened(name));
            let help = "name the crate with `x-rust-crate: { name: … }`, in lowercase letters, digits and `-`";
            self.report(Diagnostic::error("unusable-name", at, message).help(help));
        }
    }
}

fn servers(root: &Value) -> Vec<Server> {
    let written = root.get("servers").and_then(Value::as_array);
    let mut servers: Vec<Server> = written.into_iter().flatten().filter_map(server).collect();
    if servers.is_empty() {
        servers.push(Server { url: "/".to_owned(), description: None, environment: None });
    }
    servers
}

fn server(json: &Value) -> Option<Server> {
    let mut url = text(json, "url")?;
    for (name, variable) in json.get("variables").and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    Some(Server { url, description: text(json, "description"), environment: text(json, "x-environment") })
}

fn errors(json: &Value) -> Option<Errors> {
    Some(Errors {
        message: text(json, "message")?,
        kind: text(json, "type"),
        param: text(json, "param"),
        code: text(json, "code"),
        final_codes: strings(json.get("final")),
    })
}
