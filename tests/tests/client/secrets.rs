//! The tests plant an API key and a client secret, and search every text that the client shows for them.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::Duration;

use chatkit_client::{Client, Error, Secret};
use chatkit_tests::server::{Answer, Server};
use serde_json::json;

use super::setup::{RecordingClock, builder_without_waits, items, request, session};
use super::spans::Log;

const KEY: &str = "sk-planted-5f3a";
const CLIENT_SECRET: &str = "cs_planted_9b2c";

/// Asserts that a text has neither secret.
fn assert_no_secret(text: &str) {
    assert!(!text.contains("planted"), "{text}");
}

fn assert_no_secret_in_debug(value: &impl Debug) {
    assert_no_secret(&format!("{value:?} {value:#?}"));
}

/// Asserts that neither the texts of an error nor a panic with it have a secret.
fn assert_no_secret_in_error(error: Error) {
    assert_no_secret_in_debug(&error);
    assert_no_secret(&error.to_string());
    let mut source = StdError::source(&error);
    while let Some(layer) = source {
        assert_no_secret(&format!("{layer} {layer:?}"));
        source = layer.source();
    }
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| panic_with(Err(error))));
    let message = panic.expect_err("it panics");
    assert_no_secret(message.downcast_ref::<String>().expect("it says why"));
}

fn panic_with(result: Result<(), Error>) {
    result.expect("the call works");
}

fn planted() -> serde_json::Value {
    let mut session = session();
    session["client_secret"] = json!(CLIENT_SECRET);
    session
}

fn client(server: &Server) -> Client {
    builder_without_waits(server, &RecordingClock::default()).api_key(KEY).build().expect("the client is set up")
}

/// Asserts that the key was sent. Otherwise there was nothing to leak.
fn assert_key_was_sent(server: &Server) {
    for request in server.requests() {
        assert!(request.header("authorization").is_some_and(|value| value.contains(KEY)));
    }
    assert_ne!(server.counts().requests, 0);
}

#[tokio::test]
async fn shows_no_secret_of_successful_calls() {
    let server = Server::script([
        Answer::json(500, ""),
        Answer::json(200, planted()),
        Answer::json(200, items(&["cthi_1"], true)),
    ]);
    let (log, _guard) = Log::listen();
    let builder = builder_without_waits(&server, &RecordingClock::default()).api_key(KEY).header("x-own", KEY);
    assert_no_secret_in_debug(&builder);
    let client = builder.build().expect("the client is set up");
    assert_no_secret_in_debug(&client);
    assert_no_secret_in_debug(&client.sessions());
    let call = client.sessions().create(request()).extra_header("x-more", KEY);
    assert_no_secret_in_debug(&call);
    let session = call.await.expect("it is created");
    assert_no_secret_in_debug(&session);
    assert_no_secret_in_debug(&*session);
    assert_eq!(session.client_secret.expose(), CLIENT_SECRET);
    assert_no_secret_in_debug(&session.into_inner());
    let page = client.threads().list_items("cthr_1").await.expect("it is listed");
    assert_no_secret_in_debug(&page);
    assert_no_secret_in_debug(&page.next_page());
    assert_no_secret_in_debug(&client.threads().list_items("cthr_1").stream());
    assert_no_secret_in_debug(&client.threads().list_items("cthr_1").pages());
    assert_no_secret_in_debug(&client.threads().list_items("cthr_1").items_blocking());
    assert_no_secret_in_debug(&client.threads().list_items("cthr_1").pages_blocking());
    assert_key_was_sent(&server);
    assert!(log.text().contains("createSession"));
    assert_no_secret(&log.text());
}

#[tokio::test]
async fn shows_no_secret_in_errors() {
    let authority = json!({"error": {
        "message": format!("Bad key {KEY} ({KEY})."), "type": KEY, "param": format!("[{KEY}]"), "code": KEY,
    }});
    let mut cut = planted().to_string();
    cut.truncate(cut.find("planted_").expect("it is there") + 9);
    let mut nested = planted();
    nested["client_secret"] = json!({"value": CLIENT_SECRET});
    let mut listed = planted();
    listed["client_secret"] = json!([CLIENT_SECRET]);
    let mut elsewhere = planted();
    elsewhere["expires_at"] = json!(format!("for {KEY}"));
    let mut misspelt = planted();
    misspelt["workflow"] = json!(KEY);
    let answers = [
        Answer::json(401, authority.clone()),
        Answer::json(503, authority.clone()),
        Answer::json(500, json!({"error": format!("no {KEY}")})),
        Answer::json(403, planted()),
        Answer::of(502, &[("content-type", "text/html")], format!("<html>{KEY}")),
        Answer::of(307, &[("location", &format!("http://127.0.0.1:1/?key={KEY}"))], ""),
        Answer::json(200, cut.clone()),
        Answer::json(200, format!("{CLIENT_SECRET} {KEY}")),
        Answer::json(200, nested),
        Answer::json(200, listed),
        Answer::json(200, elsewhere),
        Answer::json(200, misspelt),
        Answer::head(200, &[("content-length", "9999")]).send(cut).close(),
        Answer::default().send(format!("{KEY}\r\n\r\n")).close(),
        Answer::default().close(),
    ];
    for answer in answers {
        let server = Server::always(answer.clone());
        let client = client(&server);
        for lenient in [false, true] {
            let (log, _guard) = Log::listen();
            let call = client.sessions().create(request()).lenient(lenient);
            let Err(error) = call.await else { panic!("{answer:?} is not an error") };
            assert_no_secret_in_error(error);
            assert_no_secret(&log.text());
        }
        assert_key_was_sent(&server);
    }
}

#[tokio::test]
async fn redacts_a_key_in_a_custom_header() {
    let body = json!({"error": {"message": format!("Bad key {KEY}.")}});
    let server = Server::always(Answer::json(401, body));
    let bearer = format!("Bearer {KEY}");
    let keyless = || builder_without_waits(&server, &RecordingClock::default());
    let for_all = keyless().header("Authorization", &bearer).build().expect("the client is set up");
    assert_no_secret_in_error(for_all.threads().retrieve("cthr_1").await.expect_err("it is refused"));
    let plain = keyless().build().expect("the client is set up");
    let call = plain.threads().retrieve("cthr_1").extra_header("authorization", &bearer);
    assert_no_secret_in_error(call.await.expect_err("it is refused"));
    assert_key_was_sent(&server);
}

#[tokio::test]
async fn redacts_a_provided_key() {
    let body = json!({"error": {"message": format!("Bad key {KEY}.")}});
    let server = Server::always(Answer::json(401, body));
    let builder = builder_without_waits(&server, &RecordingClock::default())
        .api_key_provider(|| async { Ok::<_, Error>(Secret::from(format!(" {KEY}\n"))) });
    assert_no_secret_in_debug(&builder);
    let client = builder.build().expect("the client is set up");
    assert_no_secret_in_debug(&client);
    assert_no_secret_in_error(client.threads().retrieve("cthr_1").await.expect_err("it is refused"));
    assert_key_was_sent(&server);
}

#[tokio::test]
async fn shows_no_secret_in_errors_before_sending() {
    let server = Server::script([]);
    let builder = || builder_without_waits(&server, &RecordingClock::default());
    for key in [format!("{KEY}\n{KEY}"), format!("{KEY}é")] {
        assert_no_secret_in_error(builder().api_key(key.clone()).build().expect_err("it cannot be sent"));
        let client = builder().api_key_provider(move || {
            let key = key.clone();
            async { Ok::<_, Error>(Secret::from(key)) }
        });
        let client = client.build().expect("the client is set up");
        assert_no_secret_in_error(client.threads().retrieve("cthr_1").await.expect_err("it cannot be sent"));
    }
    let url = format!("http://user:{KEY}@127.0.0.1/v1");
    let refused = builder().base_url(url);
    assert_no_secret_in_debug(&refused);
    assert_no_secret_in_error(refused.build().expect_err("it is refused"));
    assert_no_secret_in_error(client(&server).threads().retrieve("..").await.expect_err("it is refused"));
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn shows_no_secret_in_timeouts() {
    let server = Server::always(Answer::default().stall());
    let builder = super::setup::builder(&server).api_key(KEY).retries(0).timeout(Duration::from_millis(500));
    let client = builder.build().expect("the client is set up");
    let (log, _guard) = Log::listen();
    assert_no_secret_in_error(client.threads().retrieve("cthr_1").await.expect_err("it is late"));
    assert_no_secret(&log.text());
    assert_key_was_sent(&server);
}

#[test]
fn shows_only_the_names_of_extra_parameters() {
    let call = client(&Server::script([])).sessions().create(request());
    let call = call.extra_query("token", CLIENT_SECRET).extra_body("token", CLIENT_SECRET).extra_header("x-token", KEY);
    assert_no_secret_in_debug(&call);
    assert!(format!("{call:?}").contains(r#"extra_query: ["token"], extra_body: ["token"]"#), "{call:?}");
}
