//! The names of a client: its resources and their methods, the structs of resources and calls, and its builder.

use super::lowerer::Lowerer;
use super::name_scope::{NameScope, shortened};
use crate::diagnostics::Diagnostic;
use crate::ir::{Operation, ParameterLocation};
use crate::name_rules::{NamedItem, objection};
use crate::pointer;
use crate::rust_name;
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

const RENAME_RESOURCE: &str = "give the resource another name with `x-rust-module`";

const RENAME_OPERATION: &str = "give the operation another `operationId`";

const RENAME_EITHER: &str = "give the operation another `operationId`, or the resource another `x-rust-module`";

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

/// The names that operations give to a client: its resources, their methods, and the structs of resources and calls,
/// which share a module.
#[derive(Default)]
pub(super) struct ClientNames {
    /// The methods of each resource, with the pointer of their operation.
    methods: HashMap<String, HashMap<String, String>>,
    /// The structs by the name of their file, each with its owner and the pointer of its operation.
    structs: HashMap<String, (String, String)>,
}

impl ClientNames {
    /// Claims the names of an operation and of its resource, and reports those that are taken.
    pub(super) fn claim(&mut self, operation: &Operation) -> Vec<Diagnostic> {
        let diagnostics = self.claim_method(operation);
        // If two methods have the same name, so do the structs of their calls. One report is enough.
        if diagnostics.is_empty() { self.claim_structs(operation) } else { diagnostics }
    }

    fn claim_method(&mut self, operation: &Operation) -> Vec<Diagnostic> {
        let Operation { module, rust_name, pointer, .. } = operation;
        let mut diagnostics = Vec::new();
        if let Some(objection) = objection(module, NamedItem::Member) {
            let message = format!("the name of its resource would be `{}`{objection}", shortened(module));
            diagnostics.push(Diagnostic::error("unusable-name", &**pointer, message).help(RENAME_RESOURCE));
        }
        let what = format!("method of `{module}`");
        let mut scope = NameScope::new(&what, "give the method another name with `x-rust-name`", &["new"]);
        let taken = self.methods.entry(module.clone()).or_default();
        if let Some(other) = taken.get(rust_name) {
            let _ = scope.claim(rust_name, other);
        }
        if let Some(diagnostic) = scope.claim(rust_name, pointer) {
            diagnostics.push(diagnostic);
        } else {
            taken.insert(rust_name.clone(), pointer.clone());
        }
        diagnostics
    }

    fn claim_structs(&mut self, operation: &Operation) -> Vec<Diagnostic> {
        let Operation { type_name, resource, module, pointer, .. } = operation;
        let mut diagnostics = Vec::new();
        if CLIENT.contains(&module.as_str()) {
            let message = format!("a resource cannot be called `{module}`: the client has a method of that name");
            diagnostics.push(Diagnostic::error("name-clash", &**pointer, message).help(RENAME_RESOURCE));
        }
        let resource_owner = format!("resource `{module}`");
        let call_owner = format!("operation at `{pointer}`");
        diagnostics.extend(self.claim_struct(resource, resource_owner, pointer, RENAME_RESOURCE));
        diagnostics.extend(self.claim_struct(type_name, call_owner, pointer, RENAME_OPERATION));
        diagnostics
    }

    fn claim_struct(&mut self, name: &str, owner: String, pointer: &str, remedy: &str) -> Option<Diagnostic> {
        if let Some(objection) = objection(name, NamedItem::File) {
            let message = format!("the struct of the {owner} would be `{}`{objection}", shortened(name));
            return Some(Diagnostic::error("unusable-name", pointer, message).help(remedy));
        }
        if STRUCTS.contains(&name) {
            let message =
                format!("the struct of the {owner} would be `{name}`, a name that the generated code already uses");
            return Some(Diagnostic::error("reserved-name", pointer, message).help(remedy));
        }
        let key = rust_name::file(name).to_lowercase();
        match self.structs.get(&key) {
            Some((other, _)) if *other == owner => None,
            Some((_, at)) => {
                let message = format!("two structs are called `{name}`: this one is the struct of the {owner}");
                let diagnostic = Diagnostic::error("name-clash", pointer, message).help(RENAME_EITHER);
                Some(diagnostic.related(&**at, format!("the other `{name}`")))
            }
            None => {
                self.structs.insert(key, (owner, pointer.to_owned()));
                None
            }
        }
    }
}

impl Lowerer<'_> {
    /// Checks the methods of the builder: one for each credential, and for each header that the client supplies.
    pub(super) fn check_builder_names(&mut self, operations: &[Operation]) {
        let remedy = "give the security scheme another key, or the header another name with `x-rust-name`";
        let mut scope = NameScope::new("method of the client's builder", remedy, BUILDER);
        let schemes = self.root.pointer("/components/securitySchemes").and_then(Value::as_object);
        for (key, _) in schemes.into_iter().flatten() {
            let at = pointer::child("/components/securitySchemes", key);
            let name = rust_name::snake(key);
            for name in [&name, &format!("{}_provider", name.trim_end_matches('_'))] {
                self.schemas.diagnostics.extend(scope.claim(name, &at));
            }
        }
        let mut seen = HashSet::new();
        for parameter in operations.iter().flat_map(|operation| &operation.parameters) {
            let supplied = parameter.environment.is_some() && parameter.location == ParameterLocation::Header;
            if supplied && seen.insert(parameter.name.to_ascii_lowercase()) {
                self.schemas.diagnostics.extend(scope.claim(&parameter.rust_name, &parameter.pointer));
            }
        }
    }
}
