//! Responses to valid and to rejected requests.

use crate::valid_requests::{MOCK, SPEC, ask, json, request, with};
use chatkit_codegen::ir::{Operation, ParameterLocation};
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use std::collections::HashSet;

/// Returns the request that the examples of an operation make up.
fn example_request(operation: &Operation) -> http::Request<bytes::Bytes> {
    let mut path = operation.path.clone();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path) {
        let example = parameter.docs.example.as_ref().and_then(Value::as_str).expect("an example");
        path = path.replace(&format!("{{{}}}", parameter.name), example);
    }
    let body = operation.body.as_ref().and_then(|body| body.content.first()?.example.clone());
    request(&operation.method, &path, &body.map(|body| body.to_string()).unwrap_or_default())
}

#[test]
fn each_operation_accepts_its_example_and_responds_with_its_example() {
    let source = chatkit_codegen::read("spec/chatkit.yaml", &SPEC).expect("a sound spec");
    let endpoints = SPEC.lines().filter(|line| line.starts_with("      operationId: ")).count();
    assert_eq!(source.api.operations.len(), endpoints);
    for operation in &source.api.operations {
        let response = MOCK.answer(&example_request(operation));
        let mut expected = operation.responses[0].content[0].example.clone().expect("an example");
        if let Some(paging) = &operation.paging {
            // The example serves as the whole collection, even if its `has_more` is true.
            expected[paging.more.as_ref().expect("a property")] = json!(false);
        }
        assert_eq!(response.status(), 200, "{}", operation.path);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json", "{}", operation.path);
        // Compared as text, since properties must keep their order.
        assert_eq!(json(&response).to_string(), expected.to_string(), "{}", operation.path);
    }
}

#[test]
fn every_response_has_its_own_request_id() {
    let requests = [
        request("GET", "/chatkit/threads", ""),
        request("GET", "/chatkit/threads", ""),
        request("GET", "/chatkit/threads?limit=x", ""),
        request("PATCH", "/chatkit/threads", ""),
        request("GET", "/nowhere", ""),
        with(request("GET", "/chatkit/threads", ""), "authorization", None),
    ];
    let ids: HashSet<_> =
        requests.iter().map(|request| MOCK.answer(request).headers()["x-request-id"].clone()).collect();
    assert_eq!(ids.len(), requests.len());
    assert!(ids.iter().all(|id| id.to_str().is_ok_and(|id| id.starts_with("req_4d7f0a2c9b8e6153-"))), "{ids:?}");
}

#[test]
fn omits_headers_that_ask_for_a_retry() {
    for request in [request("GET", "/chatkit/threads", ""), request("GET", "/chatkit/threads?limit=x", "")] {
        let response = MOCK.answer(&request);
        for name in ["retry-after", "retry-after-ms", "x-should-retry"] {
            assert!(!response.headers().contains_key(name), "{name}");
        }
    }
}

#[test]
fn errors_have_the_shape_that_the_spec_gives_them() {
    let (status, body) = ask(&MOCK, &request("GET", "/chatkit/threads?limit=101", ""));
    assert_eq!(status, 400);
    let message = "query parameter `limit`: 101 is greater than the maximum of 100";
    assert_eq!(
        body,
        json!({ "error": {
            "message": message, "type": "invalid_request_error", "param": "limit", "code": "invalid_value"
        } })
    );
    let (_, body) = ask(&MOCK, &request("GET", "/nowhere", ""));
    assert_eq!(body["error"]["param"], json!(null));
    assert_eq!(body["error"]["code"], json!("unknown_path"));
}

#[test]
fn rejects_a_spec_with_errors() {
    let report = xtask::mock::Mock::load("bad.yaml", "openapi: 3.0.3\n").expect_err("no document");
    assert!(report.has_errors());
}
