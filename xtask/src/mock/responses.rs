//! The responses of an operation: the examples of the spec, and errors in the shape that the spec describes.

use super::rejection::{Rejection, RejectionReason};
use bytes::Bytes;
use chatkit_codegen::ir::{Errors, MediaType, Operation, Response, Status, is_json};
use chatkit_codegen::parse::Document;
use chatkit_codegen::pointer::{join, segments};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

/// A header of a response, with its example.
#[derive(Clone, Debug)]
struct ExampleHeader {
    name: HeaderName,
    example: String,
}

impl ExampleHeader {
    /// Returns the headers of a response that have an example.
    fn all(document: &Document, response: &Response) -> Vec<Self> {
        let Some((at, _)) = document.resolve(&response.pointer) else { return Vec::new() };
        let at = join(&at, "headers");
        let with_example = |name: &str| {
            let example = match example(document, &join(&at, name))? {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            Some(Self { name: name.parse().ok().filter(|name| *name != header::CONTENT_TYPE)?, example })
        };
        response.headers.iter().filter_map(|header| with_example(&header.name)).collect()
    }

    /// Returns its value for one request. A request id ends in the number of the request, so that no two are equal.
    fn value(&self, number: u64) -> Option<HeaderValue> {
        let is_id = self.name.as_str().rsplit(['-', '_']).next() == Some("id");
        let text = if is_id { format!("{}-{number}", self.example) } else { self.example.clone() };
        HeaderValue::from_str(&text).ok()
    }
}

/// The response of an operation to a valid request.
#[derive(Debug)]
pub(super) struct SuccessResponse {
    status: StatusCode,
    /// The media type and its example, or `None` for a response without a body.
    content: Option<(String, Option<Value>)>,
    headers: Vec<ExampleHeader>,
}

impl SuccessResponse {
    pub(super) fn new(document: &Document, operation: &Operation) -> Self {
        // A `default` response without any other covers success too.
        let default = || operation.responses.iter().find(|response| response.status == Status::Default);
        let response = operation.successes().next().or_else(default);
        let status = match response.map(|response| response.status) {
            Some(Status::Code(code)) => StatusCode::from_u16(code).unwrap_or(StatusCode::OK),
            _ => StatusCode::OK,
        };
        let media = response.and_then(|response| preferred(&response.content));
        let media = media.filter(|_| !matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT));
        Self {
            status,
            content: media.map(|media| (media.name.clone(), example(document, &media.pointer).cloned())),
            headers: response.map(|response| ExampleHeader::all(document, response)).unwrap_or_default(),
        }
    }

    /// Returns the example of the body.
    pub(super) fn example(&self) -> Option<&Value> {
        self.content.as_ref()?.1.as_ref()
    }

    /// Returns the response. A page replaces the example.
    pub(super) fn response(&self, page: Option<&Value>, number: u64) -> Result<http::Response<Bytes>, Rejection> {
        let mut response = http::Response::new(Bytes::new());
        if let Some((media_type, example)) = &self.content {
            let Some(body) = page.or(example.as_ref()) else {
                let message = "the spec has no example for the response of this operation";
                return Err(Rejection::new(StatusCode::NOT_IMPLEMENTED, "no_example", message));
            };
            // The example of a media type such as XML is the text of the body.
            let text = body.as_str().filter(|_| !is_json(media_type)).map(str::to_owned);
            *response.body_mut() = text.unwrap_or_else(|| body.to_string()).into();
            set_content_type(response.headers_mut(), media_type);
        }
        *response.status_mut() = self.status;
        add_headers(&mut response, &self.headers, number);
        Ok(response)
    }
}

/// The error responses of an operation.
#[derive(Clone, Debug, Default)]
pub(super) struct ErrorResponses(Vec<ErrorResponse>);

/// An error response with the example of its body.
#[derive(Clone, Debug)]
struct ErrorResponse {
    status: Status,
    media_type: String,
    example: Value,
    headers: Vec<ExampleHeader>,
}

impl ErrorResponses {
    pub(super) fn new(document: &Document, operation: &Operation, success: &SuccessResponse) -> Self {
        let described = operation.responses.iter().filter_map(|response| {
            let media = response.content.iter().find(|media| is_json(&media.name))?;
            // Headers that only errors have, such as `retry-after`, request a retry, which would be rejected again.
            let mut headers = ExampleHeader::all(document, response);
            headers.retain(|header| success.headers.iter().any(|other| other.name == header.name));
            Some(ErrorResponse {
                status: response.status,
                media_type: media.name.clone(),
                example: example(document, &media.pointer).cloned().unwrap_or_else(|| Value::Object(Map::new())),
                headers,
            })
        });
        let is_error = |error: &ErrorResponse| !matches!(error.status, Status::Code(100..=399) | Status::Range(1..=3));
        Self(described.filter(is_error).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the response to a rejected request. It is plain text if the spec does not describe errors.
    pub(super) fn response(&self, errors: Option<&Errors>, rejection: Rejection, number: u64) -> http::Response<Bytes> {
        let error = self.matching(rejection.status.as_u16());
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = rejection.status;
        if let Some(error) = error {
            add_headers(&mut response, &error.headers, number);
        }
        if let (Some(error), Some(errors)) = (error, errors) {
            *response.body_mut() = filled(error.example.clone(), errors, &rejection).to_string().into();
            set_content_type(response.headers_mut(), &error.media_type);
        } else {
            *response.body_mut() = rejection.message.clone().into();
            set_content_type(response.headers_mut(), "text/plain; charset=utf-8");
        }
        response.headers_mut().extend(rejection.headers);
        response.extensions_mut().insert(RejectionReason(rejection.message));
        response
    }

    fn matching(&self, code: u16) -> Option<&ErrorResponse> {
        let of = |status: Status| self.0.iter().find(|error| error.status == status);
        let exact = of(Status::Code(code)).or_else(|| of(Status::Range(code / 100)));
        exact.or_else(|| of(Status::Default)).or_else(|| self.0.first())
    }
}

/// Fills the rejection into the example of an error, at the pointers that the spec gives.
fn filled(mut body: Value, errors: &Errors, rejection: &Rejection) -> Value {
    put(&mut body, &errors.message, Value::from(rejection.message.as_str()));
    if let Some(kind) = &errors.kind
        && !body.pointer(kind).is_some_and(Value::is_string)
    {
        put(&mut body, kind, Value::from("invalid_request"));
    }
    // If the example has a number there, text would break the schema.
    let takes_text = |body: &Value, at: &str| body.pointer(at).is_none_or(|old| old.is_string() || old.is_null());
    if let Some(param) = errors.param.as_deref().filter(|at| takes_text(&body, at)) {
        put(&mut body, param, Value::from(rejection.param.clone()));
    }
    if let Some(code) = errors.code.as_deref().filter(|at| takes_text(&body, at)) {
        put(&mut body, code, Value::from(rejection.code));
    }
    body
}

/// Sets the value at a pointer, and creates the objects on the way.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut here = body;
    for segment in segments(pointer) {
        let is_element = segment.parse().is_ok_and(|index: usize| here.get(index).is_some());
        if !(here.is_object() || is_element) {
            *here = Value::Object(Map::new());
        }
        here = match here {
            Value::Object(properties) => properties.entry(segment).or_insert(Value::Null),
            other => match segment.parse::<usize>().ok().and_then(|index| other.get_mut(index)) {
                Some(element) => element,
                None => return,
            },
        };
    }
    *here = value;
}

fn add_headers(response: &mut http::Response<Bytes>, headers: &[ExampleHeader], number: u64) {
    let values = headers.iter().filter_map(|header| Some((header.name.clone(), header.value(number)?)));
    response.headers_mut().extend(values);
}

fn set_content_type(headers: &mut HeaderMap, media_type: &str) {
    // A media type that is not a valid header value is left out.
    headers.extend(HeaderValue::from_str(media_type).ok().map(|value| (header::CONTENT_TYPE, value)));
}

/// Returns the JSON media type, or the first if there is none.
fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or_else(|| content.first())
}

/// Returns the example of a media type or header: its own, the first of several, or that of its schema.
fn example<'d>(document: &'d Document, at: &str) -> Option<&'d Value> {
    let (at, holder) = document.resolve(at)?;
    let several = || {
        let name = holder.get("examples")?.as_object()?.keys().next()?;
        document.resolve(&join(&join(&at, "examples"), name))?.1.get("value")
    };
    let of_schema = || document.resolve(&join(&at, "schema"))?.1.get("example");
    holder.get("example").or_else(several).or_else(of_schema)
}
