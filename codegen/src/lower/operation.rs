//! Operations.

use super::client_names::CallNames;
use super::merged_schema::Part;
use super::name_scope::{self, Scope};
use super::pointer;
use super::{Lowerer, document};
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Operation, Response, Status};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// The keys of a path that hold operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation on its way, and where its path stands.
pub(super) struct Call<'a> {
    pub(super) pointer: Rc<str>,
    pub(super) raw: &'a Map<String, Value>,
    pub(super) path: &'a str,
    pub(super) path_pointer: Rc<str>,
    pub(super) path_item: &'a Map<String, Value>,
    /// What the names of its inline types begin with.
    pub(super) stem: String,
}

impl<'a> Lowerer<'a> {
    /// Lowers all operations.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut scopes: HashMap<String, HashMap<String, String>> = HashMap::new();
        let mut calls = CallNames::default();
        let paths = self.root.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
            let written = pointer::child("/paths", path);
            let (path_pointer, item) = self.resolve(&written, item);
            let Some(path_item) = item.as_object() else { continue };
            for (method, raw) in path_item {
                let (true, Some(raw)) = (METHODS.contains(&method.as_str()), raw.as_object()) else { continue };
                let pointer = pointer::child(&path_pointer, method);
                let call =
                    Call { pointer, raw, path, path_pointer: Rc::clone(&path_pointer), path_item, stem: String::new() };
                let operation = self.operation(call, method);
                // Where two methods have one name, their calls have too, and once is enough.
                if self.check_operation_name(&operation, &mut scopes) {
                    self.diagnostics.extend(calls.claim(&operation));
                }
                operations.push(operation);
            }
        }
        self.check_builder_names(&operations);
        operations
    }

    fn operation(&mut self, mut call: Call<'a>, method: &str) -> Operation {
        let raw = call.raw;
        let text = |key: &str| raw.get(key).and_then(Value::as_str);
        let tags: Vec<String> = strings(raw.get("tags"));
        let module = text("x-rust-module").map_or_else(|| module_of(&tags, call.path), str::to_owned);
        let rust_name = text("x-rust-name").map_or_else(
            || {
                text("operationId")
                    .map_or_else(|| name_scope::snake(&format!("{method} {}", call.path)), name_scope::snake)
            },
            str::to_owned,
        );
        call.stem = format!("{}{}", name_scope::upper(&module), name_scope::upper(&rust_name));
        self.tell_ignored(&call);
        let parameters = self.parameters(&call);
        let body = self.body(&call);
        let responses = self.responses(&call);
        let mut operation = Operation {
            id: text("operationId").map(str::to_owned),
            pointer: call.pointer.as_ref().to_owned(),
            resource: name_scope::upper(&module),
            module,
            rust_name,
            type_name: name_scope::upper(text("operationId").unwrap_or(&format!("{method} {}", call.path))),
            method: method.to_ascii_uppercase(),
            path: call.path.to_owned(),
            parameters,
            body,
            responses,
            security: raw.get("security").map(document::security),
            paging: None,
            docs: Docs {
                title: text("summary").map(str::to_owned),
                description: text("description").map(str::to_owned),
                example: None,
                link: raw.get("externalDocs").and_then(|docs| docs.get("url")?.as_str()).map(str::to_owned),
            },
            deprecated: raw.get("deprecated").and_then(Value::as_bool).unwrap_or_default(),
            tags,
        };
        if let Some(security) = raw.get("security") {
            self.check_security(security, &pointer::child(&call.pointer, "security"));
        }
        operation.paging = self.paging(&call, &operation);
        self.tell_unexpressed(&operation);
        operation
    }

    /// Whether nothing is wrong with the names of a method and of its resource.
    fn check_operation_name(
        &mut self,
        operation: &Operation,
        scopes: &mut HashMap<String, HashMap<String, String>>,
    ) -> bool {
        let before = self.diagnostics.len();
        if !name_scope::is_identifier(&operation.module) {
            let message =
                format!("the name of its resource comes to `{}`, which is no Rust identifier", operation.module);
            self.diagnostics.push(
                Diagnostic::error("unusable-name", &*operation.pointer, message)
                    .help("name the resource with `x-rust-module`"),
            );
        }
        let what = format!("method of `{}`", operation.module);
        let mut scope = Scope::new(&what, "give the method another name with `x-rust-name`", &["new"]);
        let taken = scopes.entry(operation.module.clone()).or_default();
        if let Some(other) = taken.get(&operation.rust_name) {
            let _ = scope.claim(&operation.rust_name, other);
        }
        if let Some(finding) = scope.claim(&operation.rust_name, &operation.pointer) {
            self.diagnostics.push(finding);
        } else {
            taken.insert(operation.rust_name.clone(), operation.pointer.clone());
        }
        self.diagnostics.len() == before
    }

    /// Says which parts of an operation the API does not have.
    fn tell_ignored(&mut self, call: &Call<'a>) {
        let places = [(&call.pointer, call.raw), (&call.path_pointer, call.path_item)];
        for (at, raw) in places {
            if raw.contains_key("servers") {
                let at = pointer::child(at, "servers");
                let message = "servers of one path or operation are not used";
                let help = "list the server at the top of the document";
                self.diagnostics.push(Diagnostic::warning("not-expressed", &*at, message).help(help));
            }
        }
        if call.raw.contains_key("callbacks") {
            let at = pointer::child(&call.pointer, "callbacks");
            let help = "nothing needs to change: a client has no use for them";
            self.diagnostics.push(Diagnostic::warning("not-expressed", &*at, "callbacks are not generated").help(help));
        }
    }

    fn responses(&mut self, call: &Call<'a>) -> Vec<Response> {
        let at = pointer::child(&call.pointer, "responses");
        let mut responses = Vec::new();
        for (key, raw) in call.raw.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let Some(status) = status_of(key) else { continue };
            let written = pointer::child(&at, key);
            let (resolved, raw) = self.resolve(&written, raw);
            let name = self.shared_name(&resolved, "Response").unwrap_or_else(|| match status {
                Status::Code(200) => format!("{}Response", call.stem),
                Status::Default => format!("{}ResponseDefault", call.stem),
                Status::Code(_) | Status::Range(_) => format!("{}Response{}", call.stem, key.to_ascii_uppercase()),
            });
            let headers = self.headers(raw, &resolved, &name);
            let content = self.media_types(raw.get("content"), &pointer::child(&resolved, "content"), &name);
            responses.push(Response {
                status,
                pointer: written.as_ref().to_owned(),
                description: raw.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
                headers,
                content,
            });
        }
        responses
    }

    /// What the inline types of a shared parameter, body, response or header are named after: its key.
    pub(super) fn shared_name(&self, pointer: &str, suffix: &str) -> Option<String> {
        let rest = pointer.strip_prefix("/components/")?;
        let key = pointer::segments(rest).next()?;
        let name = self.type_name(&key, None);
        Some(if name.ends_with(suffix) { name } else { format!("{name}{suffix}") })
    }

    /// Follows the references of anything but schemas.
    pub(super) fn resolve(&mut self, pointer: &Rc<str>, raw: &'a Value) -> (Rc<str>, &'a Value) {
        let (mut at, mut value) = (Rc::clone(pointer), raw);
        for _ in 0..8 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return (at, value) };
            let Some((next, target)) = pointer::follow(self.root, reference) else {
                self.dangling(pointer, reference);
                return (at, value);
            };
            (at, value) = (next, target);
        }
        self.too_deep(pointer);
        (at, &Value::Null)
    }

    /// A schema in an operation.
    pub(super) fn part(&self, pointer: Rc<str>, raw: &'a Value, name: &str) -> Part<'a> {
        let name = raw.get("x-rust-name").and_then(Value::as_str).unwrap_or(name);
        Part { pointer, raw, name: name.into(), home: self.operations_home() }
    }
}

fn module_of(tags: &[String], path: &str) -> String {
    let segment = || path.split('/').find(|segment| !segment.is_empty() && !segment.contains('{'));
    name_scope::snake(tags.first().map(String::as_str).or_else(segment).unwrap_or("root"))
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

pub(super) fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
