//! Valid requests, which the tests make invalid, and their responses.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Request, Response};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::LazyLock;
use xtask::mock::Mock;

/// The text of `spec/chatkit.yaml`.
pub static SPEC: LazyLock<String> = LazyLock::new(|| {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/chatkit.yaml");
    std::fs::read_to_string(path).expect("the spec")
});

/// The mock of that spec.
pub static MOCK: LazyLock<Mock> = LazyLock::new(|| Mock::load("spec/chatkit.yaml", &SPEC).expect("a sound spec"));

/// Returns a request with credentials and the header that the spec requires.
pub fn request(method: &str, path: &str, body: &str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(format!("/v1{path}"));
    let request = request.header(AUTHORIZATION, "Bearer any").header("openai-beta", "chatkit_beta=v1");
    let mut request = request.body(Bytes::from(body.to_owned())).expect("a request");
    if !body.is_empty() {
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    request
}

/// Replaces or removes a header of a request.
pub fn with(mut request: Request<Bytes>, name: &'static str, value: Option<&'static str>) -> Request<Bytes> {
    request.headers_mut().remove(name);
    if let Some(value) = value {
        request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    request
}

/// Returns the status and the body of a mock's response.
pub fn ask(mock: &Mock, request: &Request<Bytes>) -> (u16, Value) {
    let response = mock.answer(request);
    (response.status().as_u16(), json(&response))
}

/// Returns the body of a response.
pub fn json(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).expect("JSON")
}

/// Returns the status, the message and the parameter with which the mock of our spec rejects a request.
pub fn complaint(request: &Request<Bytes>) -> (u16, String, Option<String>) {
    let (status, body) = ask(&MOCK, request);
    let text = |name: &str| body.pointer(&format!("/error/{name}")).and_then(Value::as_str).map(str::to_owned);
    (status, text("message").unwrap_or_default(), text("param"))
}
