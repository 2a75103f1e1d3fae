//! Checks of the body of a request.

use super::endpoint::Endpoint;
use super::field_path;
use super::rejection::{Problem, Rejection};
use super::unknown_fields::UnknownFields;
use bytes::Bytes;
use chatkit_codegen::ir::{Body, MediaType, is_json};
use chatkit_codegen::parse::{Validator, Violation};
use http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;

/// The most values in a body of which all violations are searched.
const MOST_VALUES: usize = 20_000;

/// Checks the body: whether the operation takes one, its media type, and its content.
pub(super) fn check(
    unknown_fields: &UnknownFields<'_>,
    validator: &Validator,
    endpoint: &Endpoint,
    request: &Request<Bytes>,
) -> Result<(), Rejection> {
    let (body, sent) = (&endpoint.operation.body, request.body());
    let reject = |code, message: &str| Err(Rejection::new(StatusCode::BAD_REQUEST, code, message));
    match body {
        None if sent.is_empty() => Ok(()),
        None => reject("unexpected_body", "this operation takes no body"),
        Some(body) if sent.is_empty() && !body.required => Ok(()),
        Some(_) if sent.is_empty() => reject("missing_body", "this operation takes a body, and there is none"),
        Some(body) => {
            let media = media_type(body, request.headers())?;
            // Only JSON is checked. Other media types, such as forms, pass.
            if is_json(&media.name) { json(unknown_fields, validator, media, sent) } else { Ok(()) }
        }
    }
}

/// Returns the media type of the spec that matches the `content-type` of the request.
fn media_type<'b>(body: &'b Body, headers: &HeaderMap) -> Result<&'b MediaType, Rejection> {
    let given = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let matches =
        |media: &&MediaType| given.as_deref().is_some_and(|given| covers(essence(&media.name), essence(given)));
    body.content.iter().find(matches).ok_or_else(|| {
        let names: Vec<_> = body.content.iter().map(|media| format!("`{}`", media.name)).collect();
        let given = given.as_deref().map_or_else(|| "there is none".to_owned(), |given| format!("it is `{given}`"));
        let message = format!("the `content-type` must be {}: {given}", names.join(" or "));
        Rejection { param: Some(header::CONTENT_TYPE.to_string()), ..unsupported(message) }
    })
}

fn unsupported(message: String) -> Rejection {
    Rejection::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

/// Returns a media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// Returns whether a media type or a range such as `text/*` includes another media type.
fn covers(range: &str, media_type: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => media_type.contains('/'),
        Some(prefix) => media_type.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)),
        None => range.eq_ignore_ascii_case(media_type),
    }
}

/// Checks a JSON body against its schema.
fn json(
    unknown_fields: &UnknownFields<'_>,
    validator: &Validator,
    media: &MediaType,
    sent: &[u8],
) -> Result<(), Rejection> {
    let value: Value = serde_json::from_slice(sent).map_err(|error| {
        let message = format!("the body is not JSON: {error}");
        Rejection::new(StatusCode::BAD_REQUEST, "invalid_json", message)
    })?;
    let Some(schema) = &media.schema else { return Ok(()) };
    let mut problems = Vec::new();
    unknown_fields.find(schema, &value, "", &mut problems);
    let found_unknown = !problems.is_empty();
    let (violations, is_complete) = violations(validator, &format!("{}/schema", media.pointer), &value);
    for violation in violations {
        // The properties that this keyword rejects are reported already, each with its own path.
        if violation.keyword != "additionalProperties" || !found_unknown {
            problems.push(Problem::new("", &field_path::of_pointer(&value, &violation.pointer), &violation.message));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let mut rejection = Rejection::of(&problems);
    if !is_complete {
        let more = format!("; and maybe more, which are not counted: the body has more than {MOST_VALUES} values");
        rejection.message.push_str(&more);
    }
    Err(rejection)
}

/// Returns the violations of a body, and whether these are all of them.
///
/// The engine collects every violation, with all that it tried, before it returns the first: gigabytes for a large body.
/// So the search in a large one ends at the first.
fn violations(validator: &Validator, schema: &str, value: &Value) -> (Vec<Violation>, bool) {
    let mut left = MOST_VALUES;
    if has_at_most(value, &mut left) {
        return (validator.violations(schema, value.clone()), true);
    }
    let first = validator.first_violation(schema, value.clone());
    let is_complete = first.is_none();
    (first.into_iter().collect(), is_complete)
}

/// Returns whether a value has at most this many values in it, which it counts down.
fn has_at_most(value: &Value, left: &mut usize) -> bool {
    let Some(fewer) = left.checked_sub(1) else { return false };
    *left = fewer;
    match value {
        Value::Array(items) => items.iter().all(|item| has_at_most(item, left)),
        Value::Object(properties) => properties.values().all(|value| has_at_most(value, left)),
        _ => true,
    }
}
