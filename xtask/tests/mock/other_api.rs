//! Another API, which shares no name with ours: everything that the mock knows comes from the spec.

use crate::valid_requests::{ask, json};
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use std::sync::LazyLock;
use xtask::mock::Mock;

const SPEC: &str = include_str!("pets.yaml");

static PETS: LazyLock<Mock> =
    LazyLock::new(|| Mock::load("pets.yaml", SPEC).unwrap_or_else(|report| panic!("{report}")));

fn request(method: &str, path: &str, body: &str) -> Request<Bytes> {
    let request =
        Request::builder().method(method).uri(path).header("x-key", "k").header("content-type", "text/json+json");
    request.body(Bytes::from(body.to_owned())).expect("a request")
}

fn get(path: &str) -> Response<Bytes> {
    PETS.answer(&request("GET", path, ""))
}

#[test]
fn operations_respond_with_their_own_status_and_media_type() {
    let created = PETS.answer(&request("POST", "/pets", r#"{ "name": "Rex" }"#));
    assert_eq!((created.status().as_u16(), json(&created)), (201, json!({ "name": "Rex" })));
    assert_eq!(created.headers()["content-type"], "application/vnd.pet+json");
    assert_eq!(created.headers()["location"], "/pets/1");
    let deleted = PETS.answer(&request("DELETE", "/pets/1", ""));
    assert_eq!((deleted.status().as_u16(), deleted.body().len()), (204, 0));
    let page = get("/page");
    assert_eq!((page.headers()["content-type"].as_bytes(), &page.body()[..]), (&b"text/html"[..], &b"<p>Pets</p>"[..]));
}

#[test]
fn literal_path_wins_over_a_parameter() {
    assert_eq!(json(&get("/pets/mine")), json!("mine"));
    assert_eq!(json(&get("/pets/7")), json!({ "name": "Rex" }));
}

#[test]
fn checks_path_parameters_against_their_schemas() {
    for path in ["/pets/0", "/pets/x", "/pets/1.5"] {
        let response = get(path);
        assert_eq!((response.status().as_u16(), &json(&response)["where"]), (400, &json!("id")), "{path}");
    }
}

#[test]
fn accepts_parameters_of_unsupported_styles() {
    assert_eq!(get("/marked/.5").status(), 200);
}

#[test]
fn undescribed_errors_use_the_shape_of_described_ones() {
    let text = SPEC.replace("4XX", "'422'");
    let mock = Mock::load("pets.yaml", &text).unwrap_or_else(|report| panic!("{report}"));
    let (status, body) = ask(&mock, &request("GET", "/pets?color=red", ""));
    assert_eq!((status, &body["where"]), (400, &json!("color")));
}

#[test]
fn finds_api_keys_where_the_spec_places_them() {
    let ask = |uri: &str, header: Option<(&str, &str)>| {
        let mut request = Request::get(uri);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        PETS.answer(&request.body(Bytes::new()).expect("a request"))
    };
    let page = |query: &str, header| ask(&format!("/pets/7{query}"), header).status().as_u16();
    assert_eq!(page("", None), 401);
    assert_eq!(page("", Some(("x-key", " "))), 401);
    assert_eq!(page("?key=", None), 401);
    assert_eq!(page("?key=%20", None), 401);
    assert_eq!(page("?key=+", None), 401);
    assert_eq!(page("", Some(("authorization", "Bearer k"))), 401);
    assert_eq!(page("", Some(("x-key", "k"))), 200);
    assert_eq!(page("?key=k", None), 200);
    // An operation without security, and one with HTTP basic authentication.
    assert_eq!(ask("/page", None).status(), 200);
    let basic = ask("/blank", Some(("x-key", "k")));
    assert_eq!((basic.status().as_u16(), &basic.headers()["www-authenticate"]), (401, &"Basic".parse().expect("text")));
    assert_eq!(ask("/blank", Some(("authorization", "Basic k"))).status(), 501);
    assert!(!ask("/pets/7", None).headers().contains_key("www-authenticate"));
}

#[test]
fn fills_errors_in_at_the_pointers_of_the_spec() {
    let response = get("/pets?colour=red");
    assert_eq!(response.status(), 400);
    let message = "query parameter `colour`: there is no such parameter";
    // The code of this API is a number, so the mock does not replace it with text.
    assert_eq!(json(&response), json!({ "problems": [{ "text": message }], "number": 7, "where": "colour" }));
}

#[test]
fn reads_lists_and_objects_in_a_query_by_their_style() {
    for (query, expected) in [
        ("tags=1&tags=2", 200),
        ("tags=1&tags=x", 400),
        ("tags=1,2", 400),
        ("ids=1,2", 200),
        ("ids=1,x", 400),
        ("ids=1&ids=2", 400),
        ("names=a%2Cb,c", 200),
        ("names=a,b,c", 400),
        ("piped=1|2", 200),
        ("piped=1%7C2", 200),
        ("piped=1|x", 400),
        ("spaced=1%202+3", 200),
        ("spaced=1,2", 400),
        ("filter[age]=3", 200),
        ("fitler[age]=3", 400),
        ("near=%7B%22x%22%3A1%7D", 200),
        ("near=%7B%22x%22%3A%22a%22%7D", 400),
        ("near=%7B", 400),
        ("width=1&height=2", 200),
        ("exact=true&weight=1.5", 200),
        ("exact=yes", 400),
        ("weight=heavy", 400),
        ("weight=+1", 400),
        ("mood=so+so", 200),
        ("mood=so%20so", 200),
        ("mood=so%2Bso", 400),
        ("either=3", 200),
        ("either=x", 400),
    ] {
        let query = query.replace('|', "%7C");
        assert_eq!(get(&format!("/pets?{query}")).status().as_u16(), expected, "{query}");
    }
}

#[test]
fn unknown_fields_are_found_wherever_the_schema_lists_some() {
    for (body, expected) in [
        (json!({ "name": "a" }), None),
        (json!({ "name": "a", "nam": "a" }), Some("nam")),
        (json!({ "name": "a", "toys": [{ "kind": "ball", "size": 1 }, { "kind": "rope", "length": 1 }] }), None),
        (json!({ "name": "a", "toys": [{ "kind": "ball", "size": 1, "length": 1 }] }), Some("toys[0].length")),
        (json!({ "name": "a", "toys": [{ "kind": "rope", "length": "a" }] }), Some("toys[0].length")),
        (json!({ "name": "a", "notes": { "any": { "text": "t" } } }), None),
        (json!({ "name": "a", "notes": { "any": { "txt": "t" } } }), Some("notes.any.txt")),
        (json!({ "name": "a", "open": { "listed": 1, "other": 2 } }), None),
        (json!({ "name": "a", "typed": { "listed": 1, "other": "t" } }), None),
        (json!({ "name": "a", "typed": { "listed": 1, "other": 2 } }), Some("typed.other")),
        (json!({ "name": "a", "closed": { "listed": 1, "other": 2 } }), Some("closed.other")),
        (json!({ "name": "a", "several": { "x": 1, "y": 2 } }), None),
        (json!({ "name": "a", "several": { "x": 1, "z": 2 } }), Some("several.z")),
        (json!({ "name": "a", "several": "text" }), None),
        (json!({ "name": "a", "free": { "any": [{ "thing": 1 }] } }), None),
    ] {
        let (status, answer) = ask(&PETS, &request("POST", "/pets", &body.to_string()));
        assert_eq!(status, if expected.is_some() { 400 } else { 201 }, "{body}: {answer}");
        assert_eq!(answer.get("where").and_then(Value::as_str), expected, "{body}: {answer}");
        // Each problem is reported once.
        let message = answer.pointer("/problems/0/text").and_then(Value::as_str).unwrap_or_default();
        assert!(!message.contains("; "), "{body}: {message}");
    }
}

#[test]
fn reads_cookies() {
    let with = |cookie: &'static str| {
        let mut request = request("GET", "/pets/7", "");
        request.headers_mut().insert("cookie", http::HeaderValue::from_static(cookie));
        PETS.answer(&request).status().as_u16()
    };
    assert_eq!(with("a=b; session=12"), 200);
    assert_eq!(with("session=x"), 400);
}

#[test]
fn errors_are_plain_text_if_the_spec_does_not_describe_them() {
    let text = SPEC.lines().filter(|line| !line.starts_with("x-errors")).collect::<Vec<_>>().join("\n");
    let mock = Mock::load("pets.yaml", &text).unwrap_or_else(|report| panic!("{report}"));
    let response = mock.answer(&request("GET", "/nowhere", ""));
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"].as_bytes()[..10]),
        (404, &b"text/plain"[..])
    );
    assert!(response.body().starts_with(b"no path `/nowhere`"));
}
