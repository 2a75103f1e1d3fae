//! What the table of keys cannot say about objects other than schemas.

use super::document_walk::DocumentWalk;
use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use crate::parse::wording::alternatives;
use crate::pointer::{Path, follow};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What must be unique in the document, with where it was first.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    ids: HashMap<&'a str, String>,
}

/// Checks an object of any kind but a schema.
pub(super) fn check<'a>(
    walk: &mut DocumentWalk<'a>,
    kind: ObjectKind,
    object: &'a Map<String, Value>,
    path: &mut Path,
) {
    match kind {
        ObjectKind::Paths => ambiguous_paths(walk, object, path),
        ObjectKind::PathItem => duplicate_parameters(walk, object, path),
        ObjectKind::Operation => {
            operation_id(walk, object, path);
            duplicate_parameters(walk, object, path);
            if object.get("responses").and_then(Value::as_object).is_some_and(Map::is_empty) {
                path.within("responses", |path| {
                    let help = "add a response, as in `'200': { description: Done }`";
                    walk.missing(ObjectKind::Responses, "at least one response", help, path);
                });
            }
        }
        ObjectKind::Parameter | ObjectKind::Header => parameter(walk, kind, object, path),
        ObjectKind::MediaType => exclusive(walk, kind, object, ("example", "examples"), path),
        ObjectKind::Example => exclusive(walk, kind, object, ("value", "externalValue"), path),
        ObjectKind::Link => {
            if !object.contains_key("operationRef") && !object.contains_key("operationId") {
                walk.missing(
                    kind,
                    "`operationRef` or `operationId`",
                    "add `operationId` with the id of an operation",
                    path,
                );
            }
            exclusive(walk, kind, object, ("operationRef", "operationId"), path);
        }
        ObjectKind::ServerVariable => server_variable(walk, object, path),
        ObjectKind::SecurityScheme => security_scheme(walk, object, path),
        ObjectKind::Flows => flows(walk, object, path),
        _ => {}
    }
}

/// The finding for a key that the document chose, where the kind restricts it.
pub(super) fn free_key(kind: ObjectKind, key: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error("wrong-key", pointer(), message).at_key();
    match kind {
        ObjectKind::Paths if !key.starts_with('/') => {
            Some(error(format!("the path `{key}` does not start with `/`")).help(format!("write `/{key}`")))
        }
        ObjectKind::Paths => {
            let letter = misplaced_in_path(key)?;
            let help = match letter {
                '?' => "list what stands behind it in `parameters`, with `in: query`",
                _ => "write it in percent-encoding, as in `%20`",
            };
            Some(error(format!("the path `{key}` holds `{letter}`, which no address has there")).help(help))
        }
        ObjectKind::Responses if !is_status(key) => Some(
            error(format!("`{key}` is no status of a response"))
                .help("write a code as in `\"200\"`, a range as in `2XX`, or `default`"),
        ),
        _ => None,
    }
}

/// The finding for a component whose name cannot be referred to.
pub(super) fn component_name(name: &str, pointer: impl FnOnce() -> String) -> Option<Diagnostic> {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    (name.is_empty() || !name.chars().all(plain)).then(|| {
        Diagnostic::error("wrong-key", pointer(), format!("`{name}` is no name of a component"))
            .at_key()
            .help("use ASCII letters, digits, `.`, `-` and `_` only")
    })
}

/// What stands in a path, outside of the names of its parameters, and has to be encoded or begins something else.
fn misplaced_in_path(path: &str) -> Option<char> {
    let mut in_name = false;
    path.chars().find(|letter| match letter {
        '{' | '}' => {
            in_name = *letter == '{';
            false
        }
        letter => !in_name && !letter.is_ascii_alphanumeric() && !"-._~%!$&'()*+,;=:@/".contains(*letter),
    })
}

/// Whether a header can be called so.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter))
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => rest == b"XX" || (rest.len() == 2 && rest.iter().all(u8::is_ascii_digit)),
        _ => false,
    }
}

/// Reports paths that are equal but for the names of their parameters.
fn ambiguous_paths(walk: &mut DocumentWalk<'_>, paths: &Map<String, Value>, path: &Path) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for key in paths.keys() {
        if let Some(first) = seen.insert(without_names(key), key) {
            let message = format!("`{key}` cannot be told from `{first}`: only the parameters' names differ");
            let error = Diagnostic::error("ambiguous-path", path.child(key), message).at_key();
            let first = (crate::diagnostics::Place::Key(path.child(first)), "the other one".to_owned());
            let help = "write the methods of both under one of them";
            walk.found.push(Diagnostic { related: vec![first], ..error.help(help) });
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

fn operation_id<'a>(walk: &mut DocumentWalk<'a>, operation: &'a Map<String, Value>, path: &Path) {
    let Some(Value::String(id)) = operation.get("operationId") else {
        return;
    };
    let pointer = path.child("operationId");
    if let Some(first) = walk.operations.ids.get(id.as_str()) {
        let error = Diagnostic::error("duplicate-operation-id", pointer, format!("two operations have the id `{id}`"))
            .related(first.clone(), "the other one")
            .help("give each operation an id of its own");
        walk.found.push(error);
    } else {
        walk.operations.ids.insert(id, pointer);
    }
}

/// Reports parameters that one list has twice.
fn duplicate_parameters(walk: &mut DocumentWalk<'_>, holder: &Map<String, Value>, path: &mut Path) {
    let Some(Value::Array(parameters)) = holder.get("parameters") else {
        return;
    };
    path.within("parameters", |path| {
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let parameter = match parameter.get("$ref").and_then(Value::as_str) {
                Some(reference) => follow(walk.root, reference).map(|(_, value)| value),
                None => Some(parameter),
            };
            let text = |key| parameter.and_then(|parameter| parameter.get(key)).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            if let Some(first) = seen.insert((name, location), index) {
                let message = format!("the {location} parameter `{name}` is listed twice");
                walk.found.push(
                    Diagnostic::error("duplicate-parameter", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("leave one of them out, or give it another name"),
                );
            }
        }
    });
}

fn parameter(walk: &mut DocumentWalk<'_>, kind: ObjectKind, parameter: &Map<String, Value>, path: &mut Path) {
    if !parameter.contains_key("schema") && !parameter.contains_key("content") {
        walk.missing(kind, "`schema` or `content`", "add `schema: { type: string }`", path);
    }
    exclusive(walk, kind, parameter, ("schema", "content"), path);
    exclusive(walk, kind, parameter, ("example", "examples"), path);
    if let Some(content @ Value::Object(types)) = parameter.get("content")
        && types.len() != 1
    {
        let help = "keep the media type that is sent, as in `application/json`";
        walk.wrong_value(path, ("content", content), "an object with one media type", help);
    }
    let Some(location) = parameter.get("in").and_then(Value::as_str) else {
        return;
    };
    header_name(walk, parameter, location, path);
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if let Some(style) = parameter.get("style").and_then(Value::as_str)
        // A style that no location has is an error of its own.
        && ObjectKind::Parameter.field_type("style").is_some_and(|shape| matches!(shape, super::openapi_objects::FieldType::Word(all) if all.contains(&style)))
        && !styles.contains(&style)
    {
        let expected = format!("{} in a {location} parameter", alternatives(styles));
        let help = format!("leave it out, or write `style: {}`", styles.first().unwrap_or(&"…"));
        walk.wrong_value(path, ("style", &parameter["style"]), &expected, &help);
    }
    if location == "path" {
        let why = "a path cannot leave a segment out";
        match parameter.get("required") {
            Some(value @ Value::Bool(false)) => {
                let help = format!("write `required: true`: {why}");
                walk.wrong_value(path, ("required", value), "`true` in a path parameter", &help);
            }
            Some(_) => {}
            None => {
                let help = format!("add `required: true`: {why}");
                walk.missing(kind, "`required: true` beside `in: path`", &help, path);
            }
        }
    }
}

/// Reports a header whose name none can have.
fn header_name(walk: &mut DocumentWalk<'_>, object: &Map<String, Value>, location: &str, path: &Path) {
    if let Some(name @ Value::String(text)) = object.get("name")
        && location == "header"
        && !is_header_name(text)
    {
        walk.wrong_value(path, ("name", name), "the name of a header", "use ASCII letters, digits and `-` only");
    }
}

/// Reports two keys that exclude each other.
fn exclusive(
    walk: &mut DocumentWalk<'_>,
    kind: ObjectKind,
    object: &Map<String, Value>,
    (left, right): (&str, &str),
    path: &Path,
) {
    if object.contains_key(left) && object.contains_key(right) {
        let message = format!("{} has either `{left}` or `{right}`, not both", kind.name());
        let error = Diagnostic::error("conflicting-keys", path.child(right), message).at_key();
        let other = (crate::diagnostics::Place::Key(path.child(left)), "the other one".to_owned());
        let help = format!("leave `{left}` or `{right}` out");
        walk.found.push(Diagnostic { related: vec![other], ..error.help(help) });
    }
}

fn server_variable(walk: &mut DocumentWalk<'_>, variable: &Map<String, Value>, path: &Path) {
    let (Some(Value::Array(values)), Some(default)) = (variable.get("enum"), variable.get("default")) else {
        return;
    };
    if default.is_string() && !values.contains(default) {
        let help = "write one of the values, or add this one to `enum`";
        walk.wrong_value(path, ("default", default), "one of the values in `enum`", help);
    }
}

fn security_scheme(walk: &mut DocumentWalk<'_>, scheme: &Map<String, Value>, path: &Path) {
    header_name(walk, scheme, scheme.get("in").and_then(Value::as_str).unwrap_or_default(), path);
    let needed: &[(&str, &str)] = match scheme.get("type").and_then(Value::as_str) {
        Some("apiKey") => &[("name", "X-Api-Key"), ("in", "header")],
        Some("http") => &[("scheme", "bearer")],
        Some("oauth2") => &[("flows", "{ clientCredentials: { tokenUrl: …, scopes: {} } }")],
        Some("openIdConnect") => &[("openIdConnectUrl", "https://example.com/.well-known/openid-configuration")],
        _ => &[],
    };
    for (key, example) in needed.iter().filter(|(key, _)| !scheme.contains_key(*key)) {
        let help = format!("add `{key}: {example}`");
        walk.missing(ObjectKind::SecurityScheme, &format!("`{key}` beside its `type`"), &help, path);
    }
}

fn flows(walk: &mut DocumentWalk<'_>, flows: &Map<String, Value>, path: &mut Path) {
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
            path.within(name, |path| walk.missing(ObjectKind::Flow, &format!("`{key}`"), &help, path));
        }
    }
}
