//! Checks parameters and headers.

use super::checker::Checker;
use super::openapi_objects::{ObjectKind, PARAMETER_STYLES};
use crate::diagnostics::Diagnostic;
use crate::parse::wording::alternatives;
use crate::pointer::{PointerBuf, follow};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Checks a parameter or a header.
pub(super) fn check(checker: &mut Checker<'_>, kind: ObjectKind, parameter: &Map<String, Value>, path: &PointerBuf) {
    content(checker, kind, parameter, path);
    let Some(location) = parameter.get("in").and_then(Value::as_str) else {
        return;
    };
    header_name(checker, parameter, location, path);
    style(checker, parameter, location, path);
    if location == "path" {
        required_in_path(checker, kind, parameter, path);
    }
}

/// Reports parameters that a list contains twice.
pub(super) fn duplicates(checker: &mut Checker<'_>, holder: &Map<String, Value>, path: &mut PointerBuf) {
    let Some(Value::Array(parameters)) = holder.get("parameters") else {
        return;
    };
    path.within("parameters", |path| {
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let parameter = match parameter.get("$ref").and_then(Value::as_str) {
                Some(reference) => follow(checker.root, reference).map(|(_, value)| value),
                None => Some(parameter),
            };
            let text = |key| parameter.and_then(|parameter| parameter.get(key)).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            if let Some(first) = seen.insert((name, location), index) {
                let message = format!("the {location} parameter `{name}` is listed twice");
                checker.report(
                    Diagnostic::error("duplicate-parameter", path.child(&index.to_string()), message)
                        .related(path.child(&first.to_string()), "first listed here")
                        .help("remove one of them, or rename it"),
                );
            }
        }
    });
}

/// Reports the name of a header that HTTP does not allow.
pub(super) fn header_name(checker: &mut Checker<'_>, object: &Map<String, Value>, location: &str, path: &PointerBuf) {
    if let Some(name @ Value::String(text)) = object.get("name")
        && location == "header"
        && !is_header_name(text)
    {
        checker.wrong_value(path, ("name", name), "a valid header name", "use only ASCII letters, digits and `-`");
    }
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter))
}

/// Checks the keys that describe the value: `schema`, `content` and the examples.
fn content(checker: &mut Checker<'_>, kind: ObjectKind, parameter: &Map<String, Value>, path: &PointerBuf) {
    if !parameter.contains_key("schema") && !parameter.contains_key("content") {
        checker.missing(kind, "`schema` or `content`", "add `schema: { type: string }`", path);
    }
    checker.exclusive_keys(kind, parameter, ("schema", "content"), path);
    checker.exclusive_keys(kind, parameter, ("example", "examples"), path);
    if let Some(content @ Value::Object(types)) = parameter.get("content")
        && types.len() != 1
    {
        let help = "keep only the media type that the client sends, such as `application/json`";
        checker.wrong_value(path, ("content", content), "an object with one media type", help);
    }
}

/// Reports a style that the location of the parameter does not allow.
fn style(checker: &mut Checker<'_>, parameter: &Map<String, Value>, location: &str, path: &PointerBuf) {
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    // A style that no location allows is another error.
    if let Some(style) = parameter.get("style").and_then(Value::as_str)
        && PARAMETER_STYLES.contains(&style)
        && !styles.contains(&style)
    {
        let expected = format!("{} in a {location} parameter", alternatives(styles));
        let help = format!("remove it, or write `style: {}`", styles.first().unwrap_or(&"…"));
        checker.wrong_value(path, ("style", &parameter["style"]), &expected, &help);
    }
}

fn required_in_path(checker: &mut Checker<'_>, kind: ObjectKind, parameter: &Map<String, Value>, path: &PointerBuf) {
    let why = "a path always has all of its segments";
    match parameter.get("required") {
        Some(value @ Value::Bool(false)) => {
            let help = format!("write `required: true`: {why}");
            checker.wrong_value(path, ("required", value), "`true` in a path parameter", &help);
        }
        Some(_) => {}
        None => {
            let help = format!("add `required: true`: {why}");
            checker.missing(kind, "`required: true` beside `in: path`", &help, path);
        }
    }
}
