//! Checks paths, operations, links, servers and security schemes beyond their keys and types.

use super::checker::Checker;
use super::openapi_objects::ObjectKind;
use super::parameter_rules;
use crate::diagnostics::{Diagnostic, Place};
use crate::pointer::PointerBuf;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Checks an object of any kind except a schema.
pub(super) fn check<'a>(
    checker: &mut Checker<'a>,
    kind: ObjectKind,
    object: &'a Map<String, Value>,
    path: &mut PointerBuf,
) {
    match kind {
        ObjectKind::Paths => ambiguous_paths(checker, object, path),
        ObjectKind::PathItem => parameter_rules::duplicates(checker, object, path),
        ObjectKind::Operation => operation(checker, object, path),
        ObjectKind::Parameter | ObjectKind::Header => parameter_rules::check(checker, kind, object, path),
        ObjectKind::MediaType => checker.exclusive_keys(kind, object, ("example", "examples"), path),
        ObjectKind::Example => checker.exclusive_keys(kind, object, ("value", "externalValue"), path),
        ObjectKind::Link => link(checker, object, path),
        ObjectKind::ServerVariable => server_variable(checker, object, path),
        ObjectKind::SecurityScheme => security_scheme(checker, object, path),
        ObjectKind::Flows => flows(checker, object, path),
        _ => {}
    }
}

/// Reports paths that differ only in the names of their parameters.
fn ambiguous_paths(checker: &mut Checker<'_>, paths: &Map<String, Value>, path: &PointerBuf) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for key in paths.keys() {
        if let Some(first) = seen.insert(without_names(key), key) {
            let message = format!("`{first}` and `{key}` match the same URLs: only their parameters' names differ");
            let error = Diagnostic::error("ambiguous-path", path.child(key), message).at_key();
            let first = (Place::Key(path.child(first)), "the other path".to_owned());
            let help = "move the operations of both paths under one of them";
            checker.report(Diagnostic { related: vec![first], ..error.help(help) });
        }
    }
}

fn without_names(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(character);
    }
    shape
}

fn operation<'a>(checker: &mut Checker<'a>, operation: &'a Map<String, Value>, path: &mut PointerBuf) {
    operation_id(checker, operation, path);
    parameter_rules::duplicates(checker, operation, path);
    if operation.get("responses").and_then(Value::as_object).is_some_and(Map::is_empty) {
        path.within("responses", |path| {
            let help = "add a response, such as `'200': { description: Done }`";
            checker.missing(ObjectKind::Responses, "at least one response", help, path);
        });
    }
}

fn link(checker: &mut Checker<'_>, link: &Map<String, Value>, path: &PointerBuf) {
    if !link.contains_key("operationRef") && !link.contains_key("operationId") {
        let help = "add `operationId` with the id of an operation";
        checker.missing(ObjectKind::Link, "`operationRef` or `operationId`", help, path);
    }
    checker.exclusive_keys(ObjectKind::Link, link, ("operationRef", "operationId"), path);
}

fn operation_id<'a>(checker: &mut Checker<'a>, operation: &'a Map<String, Value>, path: &PointerBuf) {
    let Some(Value::String(id)) = operation.get("operationId") else {
        return;
    };
    let pointer = path.child("operationId");
    if let Some(first) = checker.operation_ids.get(id.as_str()) {
        let message = format!("two operations have the `operationId` `{id}`");
        let error = Diagnostic::error("duplicate-operation-id", pointer, message)
            .related(first.clone(), "the other operation")
            .help("give each operation its own `operationId`");
        checker.report(error);
    } else {
        checker.operation_ids.insert(id, pointer);
    }
}

fn server_variable(checker: &mut Checker<'_>, variable: &Map<String, Value>, path: &PointerBuf) {
    let (Some(Value::Array(values)), Some(default)) = (variable.get("enum"), variable.get("default")) else {
        return;
    };
    if default.is_string() && !values.contains(default) {
        let help = "write one of the values, or add this one to `enum`";
        checker.wrong_value(path, ("default", default), "one of the values in `enum`", help);
    }
}

fn security_scheme(checker: &mut Checker<'_>, scheme: &Map<String, Value>, path: &PointerBuf) {
    parameter_rules::header_name(checker, scheme, scheme.get("in").and_then(Value::as_str).unwrap_or_default(), path);
    let kind = scheme.get("type").and_then(Value::as_str).unwrap_or_default();
    let needed: &[(&str, &str)] = match kind {
        "apiKey" => &[("name", "X-Api-Key"), ("in", "header")],
        "http" => &[("scheme", "bearer")],
        "oauth2" => &[("flows", "{ clientCredentials: { tokenUrl: …, scopes: {} } }")],
        "openIdConnect" => &[("openIdConnectUrl", "https://example.com/.well-known/openid-configuration")],
        _ => &[],
    };
    for (key, example) in needed.iter().filter(|(key, _)| !scheme.contains_key(*key)) {
        let help = format!("add `{key}: {example}`");
        checker.missing(ObjectKind::SecurityScheme, &format!("`{key}` beside `type: {kind}`"), &help, path);
    }
}

fn flows(checker: &mut Checker<'_>, flows: &Map<String, Value>, path: &mut PointerBuf) {
    for (name, flow) in flows {
        let (authorize, token) =
            (("authorizationUrl", "https://example.com/authorize"), ("tokenUrl", "https://example.com/token"));
        let needed: &[(&str, &str)] = match name.as_str() {
            "implicit" => &[authorize],
            "password" | "clientCredentials" => &[token],
            "authorizationCode" => &[authorize, token],
            _ => &[],
        };
        let Some(flow) = flow.as_object() else {
            continue;
        };
        for (key, example) in needed.iter().filter(|(key, _)| !flow.contains_key(*key)) {
            let help = format!("add `{key}: {example}`");
            path.within(name, |path| checker.missing(ObjectKind::Flow, &format!("`{key}`"), &help, path));
        }
    }
}
