//! Lowers operations and their responses.

use super::client_names::ClientNames;
use super::lowerer::Lowerer;
use super::operation_source::OperationSource;
use super::security;
use super::untyped::strings;
use crate::http_methods::METHODS;
use crate::ir::{Docs, Operation, Response, Status};
use crate::pointer;
use crate::rust_name;
use serde_json::Value;
use std::rc::Rc;

/// The Rust names that an operation decides.
struct OperationNames {
    module: String,
    method: String,
    call: String,
}

impl<'a> Lowerer<'a> {
    /// Lowers all operations.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut names = ClientNames::default();
        let paths = self.root.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
            let (path_pointer, item) = self.schemas.follow(&pointer::child("/paths", path), item);
            let Some(path_item) = item.as_object() else { continue };
            for (method, json) in path_item {
                let (true, Some(json)) = (METHODS.contains(&method.as_str()), json.as_object()) else { continue };
                let pointer = pointer::child(&path_pointer, method);
                let path_pointer = Rc::clone(&path_pointer);
                let operation =
                    self.operation(&OperationSource { pointer, json, method, path, path_pointer, path_item });
                self.schemas.diagnostics.extend(names.claim(&operation));
                operations.push(operation);
            }
        }
        self.check_builder_names(&operations);
        operations
    }

    fn operation(&mut self, source: &OperationSource<'a>) -> Operation {
        let tags: Vec<String> = strings(source.json.get("tags"));
        let names = names(source, &tags);
        let stem = format!("{}{}", rust_name::upper(&names.module), rust_name::upper(&names.method));
        self.report_ignored(source);
        let parameters = self.parameters(source, &stem);
        let body = self.body(source, &stem);
        let responses = self.responses(source, &stem);
        let security = source.json.get("security");
        let mut operation = Operation {
            id: source.text("operationId").map(str::to_owned),
            pointer: source.pointer.as_ref().to_owned(),
            resource: rust_name::upper(&names.module),
            module: names.module,
            rust_name: names.method,
            type_name: names.call,
            method: source.method.to_ascii_uppercase(),
            path: source.path.to_owned(),
            parameters,
            body,
            responses,
            security: security.map(security::requirements),
            paging: None,
            docs: docs(source),
            deprecated: source.json.get("deprecated").and_then(Value::as_bool).unwrap_or_default(),
            tags,
        };
        if let Some(security) = security {
            self.check_security(security, &pointer::child(&source.pointer, "security"));
        }
        operation.paging = self.paging(source, &operation);
        self.report_unsupported(&operation);
        operation
    }

    fn responses(&mut self, source: &OperationSource<'a>, stem: &str) -> Vec<Response> {
        let at = pointer::child(&source.pointer, "responses");
        let mut responses = Vec::new();
        for (key, json) in source.json.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let Some(status) = status_of(key) else { continue };
            let written = pointer::child(&at, key);
            let (resolved, json) = self.schemas.follow(&written, json);
            let name = self.shared_name(&resolved, "Response").unwrap_or_else(|| match status {
                Status::Code(200) => format!("{stem}Response"),
                Status::Default => format!("{stem}ResponseDefault"),
                Status::Code(_) | Status::Range(_) => format!("{stem}Response{}", key.to_ascii_uppercase()),
            });
            let headers = self.headers(json, &resolved, &name);
            let content = self.media_types(json.get("content"), &pointer::child(&resolved, "content"), &name);
            responses.push(Response {
                status,
                pointer: written.as_ref().to_owned(),
                description: json.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
                headers,
                content,
            });
        }
        responses
    }
}

fn names(source: &OperationSource<'_>, tags: &[String]) -> OperationNames {
    let by_path = || format!("{} {}", source.method, source.path);
    let id = source.text("operationId");
    let own = source.text("x-rust-name").map(str::to_owned);
    OperationNames {
        module: source.text("x-rust-module").map_or_else(|| module_of(tags, source.path), str::to_owned),
        method: own.unwrap_or_else(|| id.map_or_else(|| rust_name::snake(&by_path()), rust_name::snake)),
        call: id.map_or_else(|| rust_name::upper(&by_path()), rust_name::upper),
    }
}

fn docs(source: &OperationSource<'_>) -> Docs {
    Docs {
        title: source.text("summary").map(str::to_owned),
        description: source.text("description").map(str::to_owned),
        example: None,
        link: source.json.get("externalDocs").and_then(|docs| docs.get("url")?.as_str()).map(str::to_owned),
    }
}

fn module_of(tags: &[String], path: &str) -> String {
    let segment = || path.split('/').find(|segment| !segment.is_empty() && !segment.contains('{'));
    rust_name::snake(tags.first().map(String::as_str).or_else(segment).unwrap_or("root"))
}

fn status_of(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Some(digit) = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
        return digit.parse().ok().filter(|digit| (1..=5).contains(digit)).map(Status::Range);
    }
    key.parse().ok().filter(|code| (100..=599).contains(code)).map(Status::Code)
}
