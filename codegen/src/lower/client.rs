//! The names of what a client has of its own: structs of resources and calls, and methods of its builder.

use super::names::{self, Scope};
use super::{Lowerer, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{Location, Operation};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Methods that every client has.
const CLIENT: &[&str] = &["base_url", "builder", "clone", "from_env"];

/// Methods that every builder has.
const BUILDER: &[&str] = &[
    "base_url",
    "build",
    "client_header",
    "clock",
    "connect_timeout",
    "credential",
    "credential_provider",
    "environment",
    "header",
    "http_client",
    "lenient",
    "max_response_bytes",
    "new",
    "retries",
    "retry_policy",
    "timeout",
    "total_timeout",
    "transport",
    "validate",
    "without_header",
];

/// Names that the modules of calls and their wire code use without a path.
const STRUCTS: &[&str] = &[
    "BTreeMap",
    "Bytes",
    "Call",
    "Check",
    "Checker",
    "Client",
    "Direction",
    "Into",
    "Lenient",
    "Operation",
    "OperationInfo",
    "Option",
    "Paged",
    "ParameterStyle",
    "RequestBuilder",
    "Result",
    "Secret",
    "Self",
    "Shape",
    "String",
    "Style",
    "ToString",
    "Vec",
];

/// The structs of resources and calls, which share a module.
#[derive(Default)]
pub(super) struct CallNames {
    /// By the name of the file: what it is for, and where that comes from.
    taken: HashMap<String, (String, String)>,
}

impl CallNames {
    /// Takes the names of an operation and of its resource, and tells which are taken.
    pub(super) fn claim(&mut self, operation: &Operation) -> Vec<Diagnostic> {
        let Operation { type_name, resource, module, pointer, .. } = operation;
        let mut found = Vec::new();
        let remedy = "give the operation another `operationId`, or its resource another name with `x-rust-module`";
        if CLIENT.contains(&module.as_str()) {
            let message = format!("no resource can be called `{module}`: the client has a method of that name itself");
            found.push(Diagnostic::error("name-clash", &**pointer, message).help(remedy));
        }
        let wanted = [(resource, format!("resource `{module}`")), (type_name, format!("operation at `{pointer}`"))];
        for (name, owner) in wanted {
            if !names::is_identifier(name) {
                let message = format!("the name of the {owner} comes to `{name}`, which is no Rust identifier");
                found.push(Diagnostic::error("unusable-name", &**pointer, message).help(remedy));
                continue;
            }
            if STRUCTS.contains(&name.as_str()) {
                let message =
                    format!("the {owner} comes to a struct `{name}`, and the generated code uses that name itself");
                found.push(Diagnostic::error("reserved-name", &**pointer, message).help(remedy));
                continue;
            }
            let key = names::module(name).to_lowercase();
            match self.taken.get(&key) {
                Some((other, _)) if *other == owner => {}
                Some((_, at)) => {
                    let message = format!("two structs are called `{name}`, of which one is that of the {owner}");
                    let finding = Diagnostic::error("name-clash", &**pointer, message).help(remedy);
                    found.push(finding.related(&**at, format!("the other `{name}`")));
                }
                None => drop(self.taken.insert(key, (owner, pointer.clone()))),
            }
        }
        found
    }
}

impl Lowerer<'_> {
    /// Checks the methods of the builder: one for each credential, and for each header that the client supplies.
    pub(super) fn check_builder_names(&mut self, operations: &[Operation]) {
        let remedy = "give the security scheme another key, or the header another name with `x-rust-name`";
        let mut scope = Scope::new("method of the client's builder", remedy, BUILDER);
        let schemes = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (key, _) in schemes.into_iter().flatten() {
            let at = pointer::child("/components/securitySchemes", key);
            let name = names::snake(key);
            for name in [&name, &format!("{}_provider", name.trim_end_matches('_'))] {
                self.diagnostics.extend(scope.claim(name, &at));
            }
        }
        let mut seen = HashSet::new();
        for parameter in operations.iter().flat_map(|operation| &operation.parameters) {
            let supplied = parameter.environment.is_some() && parameter.location == Location::Header;
            if supplied && seen.insert(parameter.name.to_ascii_lowercase()) {
                self.diagnostics.extend(scope.claim(&parameter.rust_name, &parameter.pointer));
            }
        }
    }
}
