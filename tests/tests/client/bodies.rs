//! Response bodies: truncated, of the wrong type, and too large.

use std::time::Duration;

use chatkit_client::{Error, TransportErrorKind};
use chatkit_tests::server::{Answer, Server};

use super::setup::{builder, client, client_without_waits, page, thread};

type Headers<'a> = &'a [(&'a str, &'a str)];

/// Sends a thread in pieces.
fn pieces(answer: Answer) -> Answer {
    let body = thread("cthr_1").to_string();
    body.as_bytes().chunks(10).fold(answer, Answer::chunk)
}

#[tokio::test]
async fn reads_a_body_in_any_number_of_chunks() {
    let server = Server::always(pieces(Answer::chunked(200)).chunk(""));
    let client = client(&server);
    for _ in 0..2 {
        let found = client.threads().retrieve("cthr_1").await.expect("it is retrieved");
        assert_eq!(found.bytes(), &thread("cthr_1").to_string());
    }
    assert_eq!(server.counts().connections, 1, "the connection is used again");
}

#[tokio::test]
async fn reads_a_body_without_a_length_until_the_connection_ends() {
    let body = thread("cthr_1").to_string();
    let server = Server::always(Answer::head(200, &[("connection", "close")]).send(body).close());
    client(&server).threads().retrieve("cthr_1").await.expect("it is retrieved");
}

#[tokio::test]
async fn reports_a_truncated_body_as_an_incomplete_response() {
    let broken = [
        Answer::head(200, &[("content-length", "500"), ("x-request-id", "req_1")]).send("{\"id\":").close(),
        pieces(Answer::head(200, &[("transfer-encoding", "chunked"), ("x-request-id", "req_1")])).close(),
        Answer::head(200, &[("transfer-encoding", "chunked"), ("x-request-id", "req_1")]).send("no length\r\n").close(),
        Answer::head(200, &[("transfer-encoding", "chunked"), ("x-request-id", "req_1")]).send("-5\r\nabc\r\n"),
        Answer::head(200, &[("transfer-encoding", "chunked"), ("x-request-id", "req_1")])
            .send("3\r\nabcdef\r\n0\r\n\r\n"),
    ];
    for answer in broken {
        let server = Server::always(answer.clone());
        let (client, waits) = client_without_waits(&server);
        let error = client.threads().retrieve("cthr_1").await.expect_err("it breaks off");
        let Error::Transport(error) = error else { panic!("{answer:?}: {error:?}") };
        assert_eq!(error.kind(), TransportErrorKind::Other);
        assert_eq!((error.status().map(|status| status.as_u16()), error.request_id()), (Some(200), Some("req_1")));
        assert_eq!(error.to_string(), "retrieveThread received no complete response after 3 attempts");
        assert_eq!(waits.all().len(), 2);
    }
}

#[tokio::test]
async fn decodes_json_with_any_content_type() {
    let body = thread("cthr_1").to_string();
    for headers in [&[("content-type", "text/plain")][..], &[("content-type", "application/problem+json")], &[]] {
        let server = Server::always(Answer::of(200, headers, body.clone()));
        client(&server).threads().retrieve("cthr_1").await.unwrap_or_else(|error| panic!("{headers:?}: {error}"));
    }
}

#[tokio::test]
async fn explains_why_a_success_is_not_json() {
    let html = "<html>Sign in</html>";
    let gzip = [0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00];
    let cases: [(Headers, &[u8], &str); 7] = [
        (
            &[("content-type", "text/html; charset=utf-8")],
            html.as_bytes(),
            " is not JSON: its content type is text/html; charset=utf-8",
        ),
        (&[("content-type", "application/json")], html.as_bytes(), " is not JSON"),
        (&[("content-type", "application/json")], b"", " has no body"),
        (&[], b"", " has no body"),
        (
            &[("content-type", "application/json"), ("content-encoding", "gzip")],
            &gzip,
            " has the content encoding gzip, which was not requested",
        ),
        (&[("content-type", "application/json")], b"{} {}", " is not JSON"),
        (&[("content-type", "application/json")], b"\xff\xfe", " is not JSON"),
    ];
    for (headers, body, why) in cases {
        let server = Server::always(Answer::of(200, headers, body));
        for lenient in [false, true] {
            let call = client(&server).threads().retrieve("cthr_1").lenient(lenient);
            let error = call.await.expect_err("it is not a thread");
            let expected = format!("the response to retrieveThread (200 OK){why}");
            assert_eq!(error.to_string(), expected);
            let Error::Decode(error) = error else { panic!("{error:?}") };
            assert_eq!(error.body(), body);
        }
        assert_eq!(server.counts().requests, 2, "it is not repeated");
    }
}

#[tokio::test]
async fn distinguishes_a_truncated_body_from_a_decode_error() {
    let server = Server::always(Answer::head(200, &[("content-length", "9")]).send("{").close());
    let call = client(&server).threads().retrieve("cthr_1").retries(0);
    let error = call.await.expect_err("the rest is missing");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let text = format!("{error:#}");
    assert!(text.contains(": the body cannot be read: ") && !text.contains("decod"), "{text}");
}

#[tokio::test]
async fn reports_an_empty_success_as_a_decode_error() {
    let server = Server::always(Answer::head(204, &[("x-request-id", "req_1")]));
    let client = client(&server);
    for _ in 0..2 {
        let error = client.threads().delete("cthr_1").await.expect_err("there is nothing to decode");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        let expected = "the response to deleteThread (204 No Content, request id req_1) has no body";
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(server.counts().connections, 1, "the connection is used again");
}

const LIMIT: usize = 1_000_000;
/// The most that the client and the system may read beyond the limit.
const SLACK: usize = 16_000_000;

/// The body never arrives, so a client that waited for it would time out.
#[tokio::test]
async fn does_not_read_a_body_with_a_too_large_content_length() {
    let head = [("content-length", "100000000"), ("x-request-id", "req_1")];
    let server = Server::always(Answer::head(200, &head).stall());
    let builder = builder(&server).max_response_bytes(LIMIT).timeout(Duration::from_secs(5));
    let client = builder.build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is too long");
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
    assert_eq!((error.status().map(|status| status.as_u16()), error.request_id()), (Some(200), Some("req_1")));
    assert_eq!((error.attempts(), server.counts().requests), (1, 1), "it is not repeated");
    server.until_disconnected().await;
}

#[tokio::test]
async fn stops_reading_a_body_at_the_limit() {
    let piece = vec![b' '; 100_000];
    let server = Server::always(Answer::chunked(200).repeat(chatkit_tests::server::chunk(&piece), 1000));
    let client = builder(&server).max_response_bytes(LIMIT).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is too long");
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
    assert_eq!((error.attempts(), server.counts().requests), (1, 1), "it is not repeated");
    server.until_disconnected().await;
    assert!(server.counts().written < SLACK, "{:?}", server.counts());
}

#[tokio::test]
async fn accepts_a_body_of_exactly_the_limit() {
    let body = thread("cthr_1").to_string();
    let whole = Server::always(Answer::of(200, &[], body.clone()));
    let chunked = Server::always(pieces(Answer::chunked(200)).chunk(""));
    for server in [whole, chunked] {
        let exact = builder(&server).max_response_bytes(body.len()).build().expect("the client is set up");
        exact.threads().retrieve("cthr_1").await.expect("it fits");
        let short = builder(&server).max_response_bytes(body.len() - 1).build().expect("the client is set up");
        let error = short.threads().retrieve("cthr_1").await.expect_err("it does not fit");
        assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::TooLarge), "{error:?}");
    }
}

#[tokio::test]
async fn keeps_the_status_of_an_error_with_a_too_large_body() {
    let server = Server::always(Answer::chunked(403).repeat(chatkit_tests::server::chunk(&[b'x'; 1000]), 1000));
    let client = builder(&server).max_response_bytes(LIMIT / 2).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is refused");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.status(), 403);
    assert!(error.body().starts_with(b"xxx"));
    assert!(error.body().len() <= LIMIT / 2);
}

#[tokio::test]
async fn reads_a_large_body_within_the_limit() {
    let threads: Vec<_> = (0..5_000).map(|number| thread(&format!("cthr_{number}"))).collect();
    let server = Server::always(Answer::json(200, page(threads, false)));
    let list = client(&server).threads().list().await.expect("they are listed");
    assert_eq!(list.data.len(), 5_000);
    assert_eq!(list.data[4_999].id, "cthr_4999");
}
