//! Checks of the body of a request.

use crate::valid_requests::{MOCK, ask, complaint, request, with};
use serde_json::{Value, json};
use xtask::mock::LARGEST_BODY;

fn create(body: &Value) -> http::Request<bytes::Bytes> {
    request("POST", "/chatkit/sessions", &body.to_string())
}

/// Returns a valid body with another value at a pointer.
fn edited(pointer: &str, value: Value) -> Value {
    let mut body = json!({ "workflow": { "id": "wf", "tracing": {} }, "user": "u" });
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    body.pointer_mut(parent).expect("a parent")[name] = value;
    body
}

#[test]
fn checks_the_body_against_its_schema() {
    for (pointer, value, place, says) in [
        ("/user", json!(""), "user", "shorter than 1 character"),
        ("/user", json!(1), "user", "is not of type \"string\""),
        ("/user", json!(null), "user", "is not of type \"string\""),
        ("/workflow", json!({}), "workflow.id", "a required property is missing"),
        ("/workflow", json!([]), "workflow", "is not of type \"object\""),
        ("/workflow/version", json!(null), "workflow.version", "is not of type \"string\""),
        (
            "/expires_after",
            json!({ "anchor": "created_at", "seconds": 601 }),
            "expires_after.seconds",
            "maximum of 600",
        ),
        ("/expires_after", json!({ "anchor": "created_at", "seconds": 0 }), "expires_after.seconds", "minimum of 1"),
        ("/expires_after", json!({ "anchor": "now", "seconds": 1 }), "expires_after.anchor", "created_at"),
        ("/expires_after", json!({ "seconds": 1 }), "expires_after.anchor", "a required property is missing"),
        (
            "/rate_limits",
            json!({ "max_requests_per_1_minute": 1.5 }),
            "rate_limits.max_requests_per_1_minute",
            "integer",
        ),
        ("/workflow/state_variables", json!({ "a b": null }), "workflow.state_variables[\"a b\"]", "anyOf"),
        ("/workflow/state_variables", json!({ "a": [1] }), "workflow.state_variables.a", "anyOf"),
        ("/usr", json!("u"), "usr", "there is no such property, did you mean `user`?"),
        ("/color", json!("u"), "color", "there is no such property"),
        ("/workflow/verison", json!("1"), "workflow.verison", "did you mean `version`?"),
        ("/workflow/tracing/on", json!(true), "workflow.tracing.on", "there is no such property"),
    ] {
        let body = edited(pointer, value);
        let (status, message, param) = complaint(&create(&body));
        assert_eq!((status, param.as_deref()), (400, Some(place)), "{body}: {message}");
        assert!(message.contains(says) && message.starts_with(&format!("`{place}`: ")), "{body}: {message}");
    }
}

#[test]
fn accepts_state_variables_of_any_scalar_and_name() {
    let variables = json!({ "plan": "team", "seats": 12, "discount": 0.15, "trial": false, "any name": "x" });
    assert_eq!(ask(&MOCK, &create(&edited("/workflow/state_variables", variables))).0, 200);
}

#[test]
fn bounds_are_inclusive() {
    for seconds in [1, 600] {
        let body = edited("/expires_after", json!({ "anchor": "created_at", "seconds": seconds }));
        assert_eq!(ask(&MOCK, &create(&body)).0, 200, "{seconds}");
    }
}

#[test]
fn lists_all_violations() {
    let body = json!({ "usr": 1, "expires_after": { "anchor": "created_at", "seconds": 601, "extra": 1 } });
    let (status, message, param) = complaint(&create(&body));
    assert_eq!((status, param.as_deref()), (400, Some("usr")));
    let parts = ["`usr`:", "`expires_after.extra`:", "`expires_after.seconds`:", "`workflow`:", "`user`:"];
    for part in parts {
        assert_eq!(message.matches(part).count(), 1, "{part} in {message}");
    }
    assert_eq!(message.split("; ").count(), parts.len(), "{message}");
}

#[test]
fn limits_the_length_of_the_message() {
    let mut body = edited("/user", json!("u"));
    for index in 0..5000 {
        body[format!("odd-{index}")] = json!(1);
    }
    let (status, message, _) = complaint(&create(&body));
    assert_eq!(status, 400);
    assert!(message.ends_with("; and 4900 more"), "{message}");
}

#[test]
fn rejects_invalid_json_with_its_position() {
    for (body, says) in [
        ("{\"user\": }", "at line 1 column 10"),
        ("{\n\"user\" 1}", "at line 2 column 8"),
        ("{} {}", "trailing characters at line 1 column 4"),
        ("nonsense", "at line 1 column 2"),
        ("{\"user\": 1e999}", "number out of range"),
    ] {
        let (status, message, param) = complaint(&request("POST", "/chatkit/sessions", body));
        assert_eq!((status, param), (400, None), "{body}");
        assert!(message.starts_with("the body is not JSON: ") && message.contains(says), "{body}: {message}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(complaint(&request("POST", "/chatkit/sessions", &deep)).0, 400);
}

#[test]
fn rejects_a_body_of_another_json_type() {
    let (status, message, param) = complaint(&request("POST", "/chatkit/sessions", "[]"));
    assert_eq!((status, param), (400, None));
    assert!(message.starts_with("the body: [] is not of type \"object\""), "{message}");
}

#[test]
fn rejects_media_types_that_the_spec_does_not_have() {
    let call = || create(&edited("/user", json!("u")));
    for bad in
        [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/jsonx"), Some("")]
    {
        let (status, message, param) = complaint(&with(call(), "content-type", bad));
        assert_eq!((status, param.as_deref()), (415, Some("content-type")), "{bad:?}");
        assert!(message.contains("must be `application/json`"), "{message}");
    }
    for good in ["application/json; charset=utf-8", "Application/JSON"] {
        assert_eq!(ask(&MOCK, &with(call(), "content-type", Some(good))).0, 200, "{good}");
    }
}

#[test]
fn rejects_missing_and_unexpected_bodies() {
    let (status, message, _) = complaint(&request("POST", "/chatkit/sessions", ""));
    assert_eq!((status, message.as_str()), (400, "this operation takes a body, and there is none"));
    for (method, path) in
        [("POST", "/chatkit/sessions/s/cancel"), ("GET", "/chatkit/threads"), ("DELETE", "/chatkit/threads/t")]
    {
        let (status, message, _) = complaint(&request(method, path, "{}"));
        assert_eq!((status, message.as_str()), (400, "this operation takes no body"), "{method} {path}");
        assert_eq!(ask(&MOCK, &request(method, path, "")).0, 200, "{method} {path}");
    }
}

#[test]
fn rejects_a_body_that_is_too_large() {
    let of = |size: usize| complaint(&request("POST", "/chatkit/sessions", &" ".repeat(size))).0;
    assert_eq!(of(LARGEST_BODY), 400);
    assert_eq!(of(LARGEST_BODY + 1), 413);
}
