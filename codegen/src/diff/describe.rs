//! Describes places of a document in words.

use crate::http_methods::METHODS;
use crate::pointer::{self, segments};
use serde_json::Value;

/// Describes the part of the document that a place belongs to, such as "property `title` of `ChatKitThread`".
pub(super) fn subject(root: &Value, pointer: &str) -> String {
    let segments: Vec<String> = segments(pointer).map(std::borrow::Cow::into_owned).collect();
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["paths", path, rest @ ..] => in_path(root, path, rest),
        ["components", "schemas", name, rest @ ..] => within(rest, &format!("`{name}`"), ""),
        ["components", section, name, rest @ ..] => {
            let owner = match *section {
                "parameters" => format!(
                    "parameter {}",
                    parameter(root.pointer(&format!("/components/parameters/{}", escaped(name))), name)
                ),
                "requestBodies" => format!("request body `{name}`"),
                "responses" => format!("response `{name}`"),
                "headers" => format!("header `{name}`"),
                "securitySchemes" => format!("security scheme `{name}`"),
                other => format!("`{name}` of `{other}`"),
            };
            within(strip_content(rest), &owner, "")
        }
        ["servers", ..] => "servers".to_owned(),
        ["security", ..] => "security".to_owned(),
        ["tags", ..] => "tags".to_owned(),
        ["info", ..] => "info".to_owned(),
        [first, ..] => format!("`{first}`"),
        [] => "the document".to_owned(),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn in_path(root: &Value, path: &str, rest: &[&str]) -> String {
    let at = pointer::join("/paths", path);
    match rest {
        ["parameters", index, rest @ ..] => {
            let place = root.pointer(&format!("{at}/parameters/{index}"));
            within(strip_content(rest), &format!("parameter {}", parameter(place, index)), &format!(" of `{path}`"))
        }
        [method, rest @ ..] if METHODS.contains(method) => {
            let of = format!(" of `{} {path}`", method.to_ascii_uppercase());
            match rest {
                ["parameters", index, rest @ ..] => {
                    let place = root.pointer(&format!("{at}/{method}/parameters/{index}"));
                    within(strip_content(rest), &format!("parameter {}", parameter(place, index)), &of)
                }
                ["requestBody", rest @ ..] => within(strip_content(rest), "request body", &of),
                ["responses", status, "headers", name, rest @ ..] => {
                    within(rest, &format!("header `{name}` of response `{status}`"), &of)
                }
                ["responses", status, rest @ ..] => within(strip_content(rest), &format!("response `{status}`"), &of),
                _ => format!("`{} {path}`", method.to_ascii_uppercase()),
            }
        }
        _ => format!("`{path}`"),
    }
}

/// Removes the media type from the path to a schema.
fn strip_content<'s, 't>(rest: &'s [&'t str]) -> &'s [&'t str] {
    if let ["content", _, rest @ ..] = rest { rest } else { rest }
}

fn parameter(place: Option<&Value>, otherwise: &str) -> String {
    let name = place.and_then(|place| {
        let own = place.get("name").and_then(Value::as_str);
        own.or_else(|| place.get("$ref")?.as_str()?.rsplit('/').next())
    });
    format!("`{}`", name.unwrap_or(otherwise))
}

/// Names the innermost property and its owner.
fn within(rest: &[&str], owner: &str, of: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut rest = rest;
    loop {
        rest = match rest {
            ["properties", name, rest @ ..] => {
                names.push((*name).to_owned());
                rest
            }
            ["items", rest @ ..] => {
                match names.last_mut() {
                    Some(last) => last.push_str("[]"),
                    None => names.push("[]".to_owned()),
                }
                rest
            }
            ["schema", rest @ ..] => rest,
            ["allOf" | "oneOf" | "anyOf", index, rest @ ..] if index.parse::<usize>().is_ok() => rest,
            ["additionalProperties", rest @ ..] if !rest.is_empty() => {
                match names.last_mut() {
                    Some(last) => last.push_str("{}"),
                    None => names.push("{}".to_owned()),
                }
                rest
            }
            _ => break,
        };
    }
    if names.is_empty() {
        return format!("{owner}{of}");
    }
    format!("property `{}` of {owner}{of}", names.join("."))
}
