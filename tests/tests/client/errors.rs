//! The contents of errors.

use std::error::Error as _;

use chatkit_client::Error;
use chatkit_tests::server::{Answer, Server};
use serde_json::json;

use super::setup::{client, client_without_waits, item, page, session, thread};

#[tokio::test]
async fn exposes_the_whole_error_response() {
    let body = json!({"error": {
        "message": "No such user.", "type": "invalid_request_error", "param": "user", "code": "not_found"
    }})
    .to_string();
    let headers = [("content-type", "application/json"), ("x-request-id", "req_1"), ("x-more", "yes")];
    let server = Server::always(Answer::of(404, &headers, body.clone()));
    let error = client(&server).threads().list().await.expect_err("it is refused");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(
        error.to_string(),
        "listThreads failed with 404 Not Found: No such user (code not_found, param user, request id req_1)"
    );
    assert!(error.source().is_none(), "there is nothing behind it");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.operation(), "listThreads");
    assert_eq!(error.message(), Some("No such user."));
    assert_eq!(error.kind(), Some("invalid_request_error"));
    assert_eq!(error.param(), Some("user"));
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.headers()["x-more"], "yes");
    assert_eq!(error.body(), &body);
    assert_eq!(error.attempts(), 1);
    let debug = format!("{error:?}");
    assert!(debug.contains("No such user") && !debug.contains("x-more"), "{debug}");
}

#[tokio::test]
async fn keeps_the_status_of_an_error_with_an_unusual_body() {
    let cases: [(&str, Option<&str>, Option<&str>); 12] = [
        (r#"{"error":{"message":"m","type":"t","param":null,"code":null}}"#, Some("m"), None),
        (r#"{"error":{"message":"m","type":"t","code":1234}}"#, Some("m"), Some("1234")),
        (r#"{"error":{"message":"m","code":{"a":1}}}"#, Some("m"), None),
        (r#"{"error":"bare"}"#, Some("bare"), None),
        (r#"{"error":null}"#, None, None),
        (r#"{"error":[1]}"#, None, None),
        (r#"{"message":"elsewhere"}"#, None, None),
        (r#""text""#, None, None),
        ("[]", None, None),
        ("<html>Bad gateway</html>", None, None),
        ("{\"error\":{\"message\":\"cut", None, None),
        ("", None, None),
    ];
    let statuses = [400, 418, 502];
    let bodies = cases.map(|(body, ..)| body);
    let answer = move |index: usize| (statuses[index % 3], bodies[index / 3]);
    let server = Server::start(move |request| {
        let (status, body) = answer(request.index);
        Answer::of(status, &[("x-request-id", "req_1")], body)
    });
    let client = client(&server);
    for (body, message, code) in cases {
        for status in statuses {
            let error = client.threads().retrieve("cthr_1").retries(0).await.expect_err("it is refused");
            let Error::Api(error) = error else { panic!("{body}: {error:?}") };
            assert_eq!(error.status().as_u16(), status, "{body}");
            assert_eq!((error.message(), error.code()), (message, code), "{body}");
            assert_eq!(error.request_id(), Some("req_1"));
            assert_eq!(error.body(), body);
        }
    }
}

#[tokio::test]
async fn shows_the_server_message_on_one_short_line() {
    let message = format!("first\nsecond\u{1b}[31m {}", "x".repeat(10_000));
    let server = Server::always(Answer::json(400, json!({"error": {"message": message}})));
    let error = client(&server).threads().retrieve("cthr_1").await.expect_err("it is refused");
    let shown = error.to_string();
    assert!(shown.contains("first second [31m xxx") && shown.len() < 600, "{shown}");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.message(), Some(message.as_str()));
}

#[tokio::test]
async fn keeps_an_error_body_that_is_not_text() {
    let server = Server::always(Answer::of(400, &[], vec![0xff, 0x00, 0xfe]));
    let error = client(&server).threads().retrieve("cthr_1").await.expect_err("it is refused");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), &[0xff, 0x00, 0xfe][..]);
}

#[tokio::test]
async fn reports_unusual_statuses_as_errors() {
    for status in [304, 399, 600, 999] {
        let server = Server::always(Answer::json(status, thread("cthr_1")));
        let (client, _) = client_without_waits(&server);
        let error = client.threads().retrieve("cthr_1").await.expect_err("it is no success");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error:?}");
        assert!(matches!(error, Error::Api(_)), "{error:?}");
    }
}

#[tokio::test]
async fn decode_error_has_path_operation_request_id_and_body() {
    let mut second = item("cthi_2");
    second["type"] = json!("chatkit.assistant_message");
    second["content"] = json!("no list");
    let body = page(vec![item("cthi_1"), second], false).to_string();
    let headers = [("content-type", "application/json"), ("x-request-id", "req_1")];
    let server = Server::always(Answer::of(200, &headers, body.clone()));
    let error = client(&server).threads().list_items("cthr_1").await.expect_err("it breaks the schema");
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(!error.is_retryable());
    assert_eq!(error.to_string(), "the response to listThreadItems (200 OK, request id req_1) does not match the spec");
    let source = error.source().expect("serde says why").to_string();
    assert!(source.starts_with("at `data[1].content`: "), "{source}");
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.path().as_deref(), Some("data[1].content"));
    assert_eq!(error.reason().to_string(), source);
    assert_eq!(error.operation(), "listThreadItems");
    assert_eq!(error.body(), &body);
    assert_eq!(error.headers()["content-type"], "application/json");
    assert_eq!(error.attempts(), 1);
    assert!(!format!("{error:?}").contains("cthi_1"), "{error:?}");
}

#[tokio::test]
async fn decode_error_counts_attempts() {
    let server = Server::script([Answer::json(500, ""), Answer::json(200, "{}")]);
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it breaks the schema");
    assert_eq!(error.attempts(), 2);
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.path().as_deref(), Some("id"));
}

#[tokio::test]
async fn transport_error_sources_do_not_repeat_each_other() {
    let server = Server::always(Answer::default().close());
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").retries(0).await.expect_err("the connection breaks");
    assert_eq!(error.to_string(), "retrieveThread received no complete response");
    let mut layers = Vec::new();
    let mut source = error.source();
    while let Some(layer) = source {
        layers.push(layer.to_string());
        source = layer.source();
    }
    assert!(!layers.is_empty());
    assert!(!layers.contains(&error.to_string()), "{layers:?}");
    assert!(!layers.concat().contains(&server.address().to_string()), "{layers:?}");
    assert_eq!(format!("{error:#}"), format!("{error}: {}", layers.join(": ")));
}

#[tokio::test]
async fn alternate_display_shows_all_sources() {
    let server = Server::always(Answer::json(200, "{\"id\": 1}"));
    let error = client(&server).threads().retrieve("cthr_1").await.expect_err("it is no thread");
    assert_eq!(error.to_string(), "the response to retrieveThread (200 OK) does not match the spec");
    let shown = format!("{error:#}");
    assert!(shown.starts_with("the response to retrieveThread (200 OK) does not match the spec: at `id`: "), "{shown}");
}

#[tokio::test]
async fn accepts_new_enum_values_and_variants() {
    let mut changed = session();
    changed["status"] = json!("paused");
    let mut new = item("cthi_1");
    new["type"] = json!("chatkit.hologram");
    let server = Server::script([Answer::json(200, changed), Answer::json(200, page(vec![new], false))]);
    let client = client(&server);
    assert_eq!(client.sessions().cancel("cksess_1").await.expect("it is cancelled").status.as_str(), "paused");
    let listed = client.threads().list_items("cthr_1").await.expect("they are listed");
    assert_eq!(listed.data[0].id(), Some("cthi_1"));
    assert_eq!(serde_json::to_value(&listed.data[0]).expect("it encodes")["type"], "chatkit.hologram");
}
