//! Redirects, which must not send the key to another server.

use chatkit_client::Error;
use chatkit_tests::server::{Answer, Server};

use super::setup::{client, client_without_waits, request, session, thread, without_hanging};

fn redirect(status: u16, to: &str) -> Answer {
    Answer::of(status, &[("location", to), ("x-request-id", "req_1")], "")
}

#[tokio::test]
async fn does_not_follow_redirects_to_another_port() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::always(Answer::json(200, thread("cthr_1")));
        let server = Server::always(redirect(status, &format!("{}/elsewhere", other.base_url())));
        let (client, _) = client_without_waits(&server);
        let error = client.threads().retrieve("cthr_1").await.expect_err("it is not followed");
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert_eq!((error.status().as_u16(), error.request_id()), (status, Some("req_1")));
        assert_eq!(error.headers()["location"], format!("{}/elsewhere", other.base_url()));
        assert_eq!((server.counts().requests, other.counts().connections), (1, 0));
    }
}

#[tokio::test]
async fn does_not_follow_redirects_to_another_host_name() {
    let server = Server::start(|request| {
        let port = request.header("host").and_then(|host| host.split(':').next_back()).unwrap_or_default();
        redirect(307, &format!("http://localhost:{port}/elsewhere"))
    });
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is not followed");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(server.counts().requests, 1);
}

#[tokio::test]
async fn follows_redirects_within_the_server_with_key_and_body() {
    for status in [307, 308] {
        let server = Server::script([redirect(status, "/v2/sessions?a=b"), Answer::json(200, session())]);
        let created = client(&server).sessions().create(request()).await.expect("it is followed");
        assert_eq!(created.attempts(), 1);
        assert_eq!(server.lines(), ["POST /v1/chatkit/sessions", "POST /v2/sessions?a=b"]);
        let [first, second] = <[_; 2]>::try_from(server.requests()).expect("there are two");
        assert_eq!(second.header("authorization"), Some("Bearer sk-test"));
        assert_eq!(second.header("openai-beta"), Some("chatkit_beta=v1"));
        assert_eq!(second.body, first.body);
    }
}

#[tokio::test]
async fn does_not_follow_redirects_that_change_the_method() {
    for status in [301, 302, 303] {
        let server = Server::always(redirect(status, "/v2/sessions"));
        let (client, _) = client_without_waits(&server);
        let error = client.sessions().create(request()).await.expect_err("it is not followed");
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(server.counts().requests, 1);
    }
}

#[tokio::test]
async fn stops_at_redirect_loops() {
    let server = Server::always(redirect(307, "/v1/again"));
    let (client, _) = client_without_waits(&server);
    let error = without_hanging(client.threads().retrieve("cthr_1")).await.expect_err("it never ends");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(server.counts().requests, 6);
}
