//! Rejections of a request for its path, method, credentials, query or headers.

use crate::valid_requests::{MOCK, ask, complaint, request, with};
use http::header::ALLOW;

const BETA: &str = "openai-beta";

#[test]
fn unknown_path_is_not_found_and_suggests_the_nearest() {
    for (path, nearest) in [
        ("/chatkit/thread", "`/v1/chatkit/threads`"),
        ("/chatkit/session/s/cancel", "`/v1/chatkit/sessions/{session_id}/cancel`"),
        ("/chatkit/threads/", "`/v1/chatkit/threads/{thread_id}`"),
        ("/chatkit/threads/t/item", "`/v1/chatkit/threads/{thread_id}/items`"),
        ("//chatkit/threads", "`/v1/chatkit/threads`"),
    ] {
        let (status, message, param) = complaint(&request("GET", path, ""));
        assert_eq!((status, param), (404, None), "{path}");
        assert!(message.contains(&format!("; nearest: {nearest}")), "{path}: {message}");
    }
}

#[test]
fn paths_begin_with_the_path_of_the_server() {
    for path in ["/chatkit/threads", "/v2/chatkit/threads", "/v11/chatkit/threads", "/"] {
        let mut request = request("GET", "", "");
        *request.uri_mut() = path.parse().expect("a path");
        let (status, message, _) = complaint(&request);
        assert_eq!(status, 404, "{path}");
        assert!(message.contains("all paths begin with `/v1`"), "{message}");
    }
}

#[test]
fn unknown_method_gets_the_allowed_methods() {
    for (method, path, allowed) in [
        ("PUT", "/chatkit/threads/t", "GET, DELETE"),
        ("HEAD", "/chatkit/threads", "GET"),
        ("OPTIONS", "/chatkit/sessions", "POST"),
        ("BREW", "/chatkit/sessions", "POST"),
    ] {
        let response = MOCK.answer(&request(method, path, ""));
        assert_eq!(response.status(), 405, "{method} {path}");
        assert_eq!(response.headers().get(ALLOW).expect("a header"), allowed, "{method} {path}");
    }
}

#[test]
fn requires_any_credentials() {
    let call = || request("GET", "/chatkit/threads/t", "");
    for bad in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Bearer    "), Some("Basic abc"), Some("sk-1")] {
        let response = MOCK.answer(&with(call(), "authorization", bad));
        assert_eq!(response.status(), 401, "{bad:?}");
        assert_eq!(response.headers().get("www-authenticate").expect("a header"), "Bearer", "{bad:?}");
    }
    for good in ["Bearer any", "bearer any", "BEARER sk-1"] {
        assert_eq!(ask(&MOCK, &with(call(), "authorization", Some(good))).0, 200, "{good}");
    }
}

#[test]
fn path_parameters_are_percent_decoded() {
    for (path, expected) in [
        ("/chatkit/threads/a%2Fb", 200),
        ("/chatkit/threads/a%2Fitems", 200),
        ("/chatkit/threads/%C3%A4%20b", 200),
        ("/chatkit/%74hreads/t", 200),
        ("/chatkit/threads/a/b", 404),
        ("/chatkit/threads/%ff", 400),
        ("/chatkit/threads/%zz", 400),
        ("/chatkit/threads/a%2", 400),
    ] {
        let (status, message, param) = complaint(&request("GET", path, ""));
        assert_eq!(status, expected, "{path}: {message}");
        assert_eq!(param.as_deref(), (expected == 400).then_some("thread_id"), "{path}");
    }
}

#[test]
fn checks_query_parameters_against_their_schemas() {
    for (query, status, param, says) in [
        ("", 200, None, ""),
        ("limit=0&order=asc&user=a", 200, None, ""),
        ("&limit=100&", 200, None, ""),
        ("user=a+b%20c%2Bd", 200, None, ""),
        ("limit=101", 400, Some("limit"), "greater than the maximum of 100"),
        ("limit=-1", 400, Some("limit"), "less than the minimum of 0"),
        ("limit=many", 400, Some("limit"), "is not of type \"integer\""),
        ("limit=1.5", 400, Some("limit"), "is not of type \"integer\""),
        ("limit=%2B5", 400, Some("limit"), "is not of type \"integer\""),
        ("limit=", 400, Some("limit"), "is not of type \"integer\""),
        ("limit", 400, Some("limit"), "is not of type \"integer\""),
        ("order=newest", 400, Some("order"), "\"asc\""),
        ("user=", 400, Some("user"), "shorter than 1 character"),
        ("user=%ff", 400, Some("user"), "not UTF-8"),
        ("user=%", 400, Some("user"), "two hexadecimal digits"),
        ("limit=1&limit=2", 400, Some("limit"), "sent 2 times"),
        ("order=asc&order=asc", 400, Some("order"), "sent 2 times"),
        ("usr=a", 400, Some("usr"), "did you mean `user`?"),
        ("page=2", 400, Some("page"), "no such parameter"),
        ("Limit=2", 400, Some("Limit"), "did you mean `limit`?"),
        ("limit[]=2", 400, Some("limit[]"), "no such parameter"),
        ("after=cthr_nobody", 400, Some("after"), "no page has this cursor"),
        ("%=1", 400, Some("%"), "two hexadecimal digits"),
    ] {
        let (found, message, at) = complaint(&request("GET", &format!("/chatkit/threads?{query}"), ""));
        assert_eq!((found, at.as_deref()), (status, param), "{query}: {message}");
        assert!(message.contains(says), "{query}: {message}");
    }
    let long = "u".repeat(513);
    assert_eq!(complaint(&request("GET", &format!("/chatkit/threads?user={long}"), "")).0, 400);
}

#[test]
fn rejects_a_query_if_the_operation_has_none() {
    let (status, message, param) = complaint(&request("GET", "/chatkit/threads/t?limit=1", ""));
    assert_eq!((status, param.as_deref()), (400, Some("limit")), "{message}");
}

#[test]
fn reports_all_invalid_parameters_at_once() {
    let call = with(request("GET", "/chatkit/threads?limit=x&usr=a", ""), BETA, None);
    let (status, message, param) = complaint(&call);
    assert_eq!((status, param.as_deref()), (400, Some("usr")));
    for part in ["query parameter `usr`", "query parameter `limit`", "header `OpenAI-Beta`"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn checks_headers_against_their_schemas() {
    let call = || request("GET", "/chatkit/threads/t", "");
    let (status, message, param) = complaint(&with(call(), BETA, None));
    assert_eq!((status, param.as_deref()), (400, Some("OpenAI-Beta")));
    assert!(message.contains("it is required, and missing"), "{message}");
    let (status, message, param) = complaint(&with(call(), BETA, Some("chatkit_beta=v2")));
    assert_eq!((status, param.as_deref()), (400, Some("OpenAI-Beta")));
    assert!(message.contains("chatkit_beta=v1"), "{message}");
    let mut twice = call();
    twice.headers_mut().append(BETA, "other=v1".parse().expect("a value"));
    assert_eq!(complaint(&twice).0, 400);
    let mut bytes = call();
    bytes.headers_mut().insert(BETA, http::HeaderValue::from_bytes(b"\xff").expect("a value"));
    assert_eq!(complaint(&bytes).0, 400);
    assert_eq!(ask(&MOCK, &with(call(), "openai-organization", Some("org_1"))).0, 200);
}

#[test]
fn responds_to_malformed_requests() {
    let odd = ["*", "/", "//", "/v1", "/v1/", "/v1?", "/v1/chatkit/threads?=&=&&;", "/v1/%", "/v1/chatkit/threads/{}"];
    for path in odd {
        for method in ["GET", "POST", "DELETE", "CONNECT", "X"] {
            for body in ["", "{}", "\u{0}", "[[["] {
                let mut request = request(method, "", body);
                *request.uri_mut() = path.parse().expect("a URI");
                assert!(MOCK.answer(&request).status().as_u16() >= 200, "{method} {path}");
            }
        }
    }
}
