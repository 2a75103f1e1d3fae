//! Redaction of the credentials that a server repeats. Each test plants a key, and searches all texts for it.
#![allow(dead_code, reason = "the options of calls are tested with the generated client")]

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::HeaderValue;
use http::{HeaderMap, Method, Request as HttpRequest, Response as HttpResponse, StatusCode};
use serde_json::{Value, json};

use super::client::builder;
use crate::runtime::body::Body;
use crate::runtime::call::Call;
use crate::runtime::call_methods;
use crate::runtime::client::Client;
use crate::runtime::error::api::ErrorDetails;
use crate::runtime::error::{ApiError, DecodeError, Error, TransportError, TransportErrorKind};
use crate::runtime::future::BoxFuture;
use crate::runtime::operation::Operation;
use crate::runtime::operation_info::OperationInfo;
use crate::runtime::paging::{Direction, Paged};
use crate::runtime::redaction::redacted;
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::reqwest_transport::ReqwestTransport;
use crate::runtime::response::{Response, ResponseMeta};
use crate::runtime::response_body;
use crate::runtime::transport::Transport;
use crate::support::correction::Shape;
use crate::support::lenient::Lenient;
use crate::support::secret::Secret;

const KEY: &str = "sk-planted";

/// Keys with characters that JSON or `Debug` escapes.
const ODD_KEYS: [&str; 5] =
    [r#"planted"quote"#, r"planted\back\slash", "planted\ttab", "planted\u{e9}\u{301}", r#"\"planted"#];

fn assert_hidden(value: impl Debug + Display) {
    for text in [value.to_string(), format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains("planted"), "{text}");
        assert!(text.contains("redacted"), "{text}");
    }
}

fn meta(status: StatusCode, header: &'static str) -> ResponseMeta {
    let mut headers = HeaderMap::new();
    headers.insert(header, HeaderValue::from_static(KEY));
    let mut meta = ResponseMeta {
        status,
        headers,
        body: Bytes::from_static(b"<html>"),
        attempts: 1,
        is_final: false,
        secrets: vec![Secret::from(KEY)],
        redacted_headers: Vec::new(),
    };
    meta.redact_headers();
    meta
}

#[test]
fn redacts_keys_as_they_are_and_as_they_are_escaped() {
    for key in ODD_KEYS.into_iter().chain([KEY]) {
        let secrets = [Secret::from(key)];
        let forms =
            [key.to_owned(), format!("{key:?}"), Value::from(key).to_string(), json!({ key: [key] }).to_string()];
        for form in forms {
            let text = format!("before {form} after {form}");
            let shown = redacted(&text, &secrets);
            assert!(!shown.contains("planted") && shown.contains("[redacted]"), "{shown}");
            assert!(shown.starts_with("before ") && shown.contains(" after "), "{shown}");
        }
    }
    assert_eq!(redacted("nothing to hide", &[Secret::from(KEY)]), "nothing to hide");
}

#[test]
fn redacts_keys_in_the_messages_of_a_decoder() {
    for key in ODD_KEYS {
        let source = serde_json::from_value::<bool>(Value::from(key)).expect_err("it is not a boolean");
        assert!(source.to_string().contains("planted"), "{source}");
        let meta = ResponseMeta { secrets: vec![Secret::from(key)], ..meta(StatusCode::OK, "x-other") };
        let error = DecodeError::new("look", meta, source);
        assert_hidden(error.reason());
    }
}

#[test]
fn shows_no_key_of_an_echoed_header() {
    for header in ["x-request-id", "content-type", "content-encoding"] {
        let source = || serde_json::from_str::<bool>("<html>").expect_err("it is not JSON");
        let error = DecodeError::new("look", meta(StatusCode::OK, header), source());
        assert_eq!(error.headers()[header], KEY, "raw headers are unchanged");
        assert!(error.request_id().is_none_or(|id| id == "[redacted]"));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("planted"), "{header}: {shown}");
        let response = Response::new((), Vec::new(), meta(StatusCode::OK, header));
        assert!(!format!("{response:?}").contains("planted"), "{header}: {response:?}");
        assert!(response.request_id().is_none_or(|id| id == "[redacted]"));
        let details = ErrorDetails::default();
        let error = ApiError::new("look", meta(StatusCode::BAD_GATEWAY, header), details, None);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("planted"), "{header}: {shown}");
    }
    assert_hidden(ApiError::new("look", meta(StatusCode::BAD_GATEWAY, "x-request-id"), ErrorDetails::default(), None));
}

#[test]
fn shows_no_key_of_a_response_that_breaks_off() {
    let error = TransportError::new(TransportErrorKind::Other, "the connection broke");
    let error = error.after_head(&meta(StatusCode::OK, "x-request-id"));
    assert_eq!(error.request_id(), Some("[redacted]"));
    assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
}

#[test]
fn debug_of_a_transport_shows_no_default_header() {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_static(KEY));
    let client = reqwest::Client::builder().default_headers(headers).build().expect("it is set up");
    let transport = ReqwestTransport::from(client.clone());
    assert_eq!(format!("{transport:?}"), "ReqwestTransport { .. }");
    let builder = builder().base_url("http://localhost:1").transport(transport);
    assert!(!format!("{builder:?}").contains("planted"), "{builder:?}");
    let client = builder.build().expect("it is set up");
    assert!(!format!("{client:?}").contains("planted"), "{client:?}");
}

/// A list whose pages all have the same cursor.
#[derive(Clone, Debug)]
struct List {
    call: Call,
}

call_methods::paged_call!(List);

impl Operation for List {
    type Output = Value;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "list",
        method: Method::GET,
        path: "/pets",
        accept: "application/json",
        credentials: &[0],
        headers: &[],
    };

    fn call(&self) -> &Call {
        &self.call
    }

    fn write(&self, request: &mut RequestBuilder) {
        let _ = request;
    }

    fn decode(body: &Bytes, lenient: bool) -> Result<Lenient<Value>, serde_json::Error> {
        response_body::json(body, lenient, &Shape::Any)
    }
}

impl Paged for List {
    type Item = Value;

    fn direction(&self) -> Direction {
        Direction::Forward
    }

    fn cursor(&self, _: Direction) -> Option<String> {
        None
    }

    fn with_cursor(self, _: Direction, _: String) -> Self {
        self
    }

    fn next_cursor(page: &Value, _: Direction) -> Option<String> {
        page["next"].as_str().map(str::to_owned)
    }

    fn has_more(_: &Value) -> bool {
        true
    }

    fn into_items(page: Value) -> Vec<Value> {
        vec![page]
    }
}

/// A transport whose responses repeat the key.
struct Echo;

impl Transport for Echo {
    fn send(&self, _: HttpRequest<Bytes>) -> BoxFuture<'_, Result<HttpResponse<Body>, TransportError>> {
        let body = json!({ "next": format!("after {KEY}") }).to_string();
        let response = HttpResponse::builder().header("x-request-id", KEY).body(Body::from(body));
        Box::pin(async { Ok(response.expect("the response is valid")) })
    }
}

/// Returns the output of a future that does not wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn client() -> Client {
    builder().transport(Echo).credential(0, KEY.into()).build().expect("it is set up")
}

#[test]
fn shows_no_key_of_a_repeated_cursor() {
    let mut pages = List { call: Call::new(&client()) }.pages();
    let page = now(pages.try_next()).expect("it is fetched").expect("there is one");
    assert_eq!(page.request_id(), Some("[redacted]"));
    assert!(format!("{pages:?}").contains("after [redacted]"), "{pages:?}");
    assert_eq!(pages.cursor(), Some("after sk-planted"), "a call can continue from the raw cursor");
    assert!(now(pages.try_next()).is_ok(), "the items of the second page are valid");
    let error = now(pages.try_next()).expect_err("its cursor is that of the first page");
    assert!(matches!(&error, Error::Cursor(_)), "{error:?}");
    assert_hidden(&error);
    assert!(error.source().is_none_or(|source| !source.to_string().contains("planted")));
}
