//! Headers that callers set and remove, for all calls or for one.

use chatkit_client::operations::RetrieveThread;
use chatkit_client::{Client, ClientBuilder, Error};
use chatkit_tests::server::{Answer, Server};

use super::setup::{builder, client, thread};

fn start() -> Server {
    Server::always(Answer::json(200, thread("cthr_1")))
}

#[tokio::test]
async fn sends_client_headers_with_every_call() {
    let server = start();
    let client = builder(&server).header("X-Team", "a").header("x-team", "b").build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    client.clone().threads().retrieve("cthr_2").await.expect("it is retrieved");
    for request in server.requests() {
        assert_eq!(request.header("x-team"), Some("b"), "the later one wins");
    }
    assert_eq!(server.counts().requests, 2);
}

#[tokio::test]
async fn sends_call_headers_with_that_call_only() {
    let server = start();
    let client = builder(&server).header("x-team", "client").build().expect("the client is set up");
    client.threads().retrieve("cthr_1").extra_header("x-team", "call").await.expect("it is retrieved");
    client.threads().retrieve("cthr_1").without_header("x-team").await.expect("it is retrieved");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let sent: Vec<_> = server.requests().iter().map(|request| request.header("x-team").map(str::to_owned)).collect();
    assert_eq!(sent, [Some("call".to_owned()), None, Some("client".to_owned())]);
}

#[tokio::test]
async fn replaces_default_headers() {
    let server = start();
    let replaced = [
        ("User-Agent", "mine/1"),
        ("OpenAI-Beta", "chatkit_beta=v2"),
        ("Authorization", "Basic abc"),
        ("Accept", "text/json"),
        ("OpenAI-Organization", "org_other"),
        ("OpenAI-Project", "proj_other"),
    ];
    let own = || builder(&server).organization("org_1").project("proj_1");
    let for_all = replaced.iter().fold(own(), |builder, (name, value)| builder.header(name, value));
    let for_all = for_all.build().expect("the client is set up");
    for_all.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let plain = own().build().expect("the client is set up");
    let call = plain.threads().retrieve("cthr_1");
    let for_one = replaced.iter().fold(call, |call, (name, value)| call.extra_header(name, value));
    for_one.await.expect("it is retrieved");
    for request in server.requests() {
        for (name, value) in replaced {
            assert_eq!(request.header(name), Some(value));
        }
    }
    assert_eq!(server.counts().requests, 2);
}

#[tokio::test]
async fn removes_default_headers() {
    let server = start();
    let removed = ["User-Agent", "openai-beta", "Authorization", "OpenAI-Organization", "OpenAI-Project"];
    let own = || builder(&server).organization("org_1").project("proj_1");
    let for_all = removed.iter().fold(own(), ClientBuilder::without_header);
    for_all.build().expect("the client is set up").threads().retrieve("cthr_1").await.expect("it is retrieved");
    let plain = own().build().expect("the client is set up");
    let for_one = removed.iter().fold(plain.threads().retrieve("cthr_1"), RetrieveThread::without_header);
    for_one.await.expect("it is retrieved");
    for request in server.requests() {
        assert_eq!(request.header_names(), ["accept", "host"]);
    }
    assert_eq!(server.counts().requests, 2);
}

#[tokio::test]
async fn needs_no_key_with_another_authorization() {
    let server = start();
    let keyless = || Client::builder().environment(|_| None).base_url(server.base_url());
    for builder in [keyless().without_header("authorization"), keyless().header("Authorization", "Basic abc")] {
        builder.build().expect("the client is set up").threads().retrieve("cthr_1").await.expect("it is retrieved");
    }
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    assert_eq!(sent, [None, Some("Basic abc".to_owned())]);
}

#[tokio::test]
async fn refuses_an_invalid_header_without_showing_its_value() {
    let server = start();
    let plain = client(&server);
    for (name, value) in [("x-team", "hidden\nvalue"), ("x-team", "hidden\0"), ("not a name", "hidden"), ("", "hidden")]
    {
        let of_client = builder(&server).header(name, value).build().expect_err("it cannot be sent");
        let of_call =
            plain.threads().retrieve("cthr_1").extra_header(name, value).await.expect_err("it cannot be sent");
        for error in [of_client, of_call] {
            assert!(matches!(error, Error::Configuration(_)), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
        }
    }
    let removed = plain.threads().retrieve("cthr_1").without_header("not a name").await;
    assert!(matches!(removed, Err(Error::Configuration(_))), "{removed:?}");
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn refuses_content_length_and_transfer_encoding() {
    let server = start();
    for name in ["content-length", "Transfer-Encoding"] {
        let error =
            client(&server).threads().retrieve("cthr_1").extra_header(name, "3").await.expect_err("it is wrong");
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    }
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn appends_extra_query_parameters() {
    let server = start();
    let call = client(&server).threads().retrieve("cthr_1").extra_query("a b", "c&d").extra_query("a b", "é");
    call.await.expect("it is retrieved");
    assert_eq!(server.request().target, "/v1/chatkit/threads/cthr_1?a%20b=c%26d&a%20b=%C3%A9");
}
