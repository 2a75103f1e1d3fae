//! Retries, and the waits before them.

use std::time::{Duration, Instant};

use chatkit_client::{Error, RetryPolicy};
use chatkit_tests::server::{Answer, Server};

use super::setup::{
    RecordingClock, builder, builder_without_waits, client, client_without_waits, refusal, request, session,
    short_backoff, thread,
};

fn milliseconds(list: &[u64]) -> Vec<Duration> {
    list.iter().copied().map(Duration::from_millis).collect()
}

/// Answers with an error and headers.
fn error(status: u16, headers: &[(&str, &str)]) -> Answer {
    Answer::of(status, headers, refusal("some_code").to_string())
}

fn found() -> Answer {
    Answer::json(200, thread("cthr_1"))
}

#[tokio::test]
async fn retries_on_temporary_failures() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529] {
        let server = Server::script([error(status, &[]), error(status, &[]), found()]);
        let (client, waits) = client_without_waits(&server);
        let thread = client.threads().retrieve("cthr_1").await.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(thread.attempts(), 3);
        assert_eq!(waits.all(), milliseconds(&[500, 1000]));
        assert_eq!(server.counts().requests, 3);
    }
}

#[tokio::test]
async fn does_not_retry_permanent_failures() {
    for status in [300, 304, 400, 401, 403, 404, 410, 413, 422] {
        let server = Server::always(error(status, &[]));
        let (client, waits) = client_without_waits(&server);
        let error = client.threads().retrieve("cthr_1").await.expect_err("it is refused");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_retryable());
        assert!(waits.all().is_empty());
        assert_eq!(server.counts().requests, 1);
    }
}

#[tokio::test]
async fn sends_the_same_bytes_on_retry() {
    let server = Server::script([error(503, &[]), Answer::default().close(), Answer::json(200, session())]);
    let (client, _) = client_without_waits(&server);
    let created =
        client.sessions().create(request()).extra_header("idempotency-key", "k").await.expect("it is created");
    assert_eq!(created.attempts(), 3);
    let requests = server.requests();
    for request in &requests {
        assert_eq!(request.line(), "POST /v1/chatkit/sessions");
        assert_eq!(request.headers, requests[0].headers);
        assert_eq!(request.body, requests[0].body);
    }
}

#[tokio::test]
async fn retries_twice_by_default() {
    let server = Server::always(error(500, &[("x-request-id", "req_1")]));
    let (client, waits) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it fails");
    assert_eq!(error.attempts(), 3);
    assert!(error.is_retryable(), "it may work later");
    assert!(error.to_string().contains(" after 3 attempts"), "{error}");
    assert_eq!(waits.all().len(), 2);
    assert_eq!(server.counts().requests, 3);
}

#[tokio::test]
async fn doubles_the_backoff_up_to_a_limit() {
    let server = Server::always(error(500, &[]));
    let waits = RecordingClock::default();
    let client = builder_without_waits(&server, &waits).retries(7).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it fails");
    assert_eq!(error.attempts(), 8);
    assert_eq!(waits.all(), milliseconds(&[500, 1000, 2000, 4000, 8000, 8000, 8000]));
}

#[tokio::test]
async fn follows_the_retry_policy() {
    let server = Server::always(error(500, &[]));
    let waits = RecordingClock::default();
    let mut policy = RetryPolicy::new();
    (policy.max_retries, policy.initial_delay, policy.max_delay) = (4, Duration::from_secs(3), Duration::from_secs(10));
    let client = builder_without_waits(&server, &waits).retry_policy(policy).build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect_err("it fails");
    assert_eq!(waits.all(), milliseconds(&[3000, 6000, 10_000, 10_000]));
    let never =
        builder_without_waits(&server, &waits).retry_policy(RetryPolicy::never()).build().expect("it is set up");
    assert_eq!(never.threads().retrieve("cthr_1").await.expect_err("it fails").attempts(), 1);
}

#[tokio::test]
async fn sets_retries_for_a_client_or_a_call() {
    let server = Server::always(error(500, &[]));
    let waits = RecordingClock::default();
    let client = builder_without_waits(&server, &waits).retries(0).build().expect("the client is set up");
    let once = client.threads().retrieve("cthr_1").await.expect_err("it fails");
    let twice = client.threads().retrieve("cthr_1").retries(1).await.expect_err("it fails");
    assert_eq!((once.attempts(), twice.attempts()), (1, 2));
    assert_eq!(waits.all().len(), 1);
    assert_eq!(server.counts().requests, 3);
}

#[tokio::test]
async fn honours_x_should_retry() {
    let server = Server::script([error(400, &[("x-should-retry", "true")]), found()]);
    let (client, _) = client_without_waits(&server);
    assert_eq!(client.threads().retrieve("cthr_1").await.expect("it is repeated").attempts(), 2);

    let server = Server::always(error(503, &[("x-should-retry", "false")]));
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is not repeated");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn does_not_retry_on_insufficient_quota() {
    let server = Server::always(Answer::json(429, refusal("insufficient_quota")));
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is refused");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
    // Other codes with the same status are retried.
    let server = Server::script([Answer::json(429, refusal("rate_limit_exceeded")), found()]);
    let (client, _) = client_without_waits(&server);
    assert_eq!(client.threads().retrieve("cthr_1").await.expect("it is repeated").attempts(), 2);
}

#[tokio::test]
async fn honours_retry_after() {
    let cases: [(&[(&str, &str)], u64); 15] = [
        (&[("retry-after", "20")], 20_000),
        (&[("Retry-After", " 0.25 ")], 250),
        (&[("retry-after", "60")], 60_000),
        (&[("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")], 30_000),
        (&[("retry-after-ms", "1500")], 1500),
        (&[("retry-after-ms", "70"), ("retry-after", "20")], 70),
        (&[("retry-after-ms", "soon"), ("retry-after", "20")], 20_000),
        // Invalid values leave the backoff unchanged.
        (&[("retry-after", "0")], 500),
        (&[("retry-after", "-10")], 500),
        (&[("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT")], 500),
        (&[("retry-after", "inf")], 500),
        (&[("retry-after", "nan")], 500),
        (&[("retry-after", "")], 500),
        (&[("retry-after", "later"), ("retry-after-ms", "1e999")], 500),
        (&[("retry-after", "\u{1F980}")], 500),
    ];
    for (headers, wait) in cases {
        let server = Server::script([error(429, headers), found()]);
        let (client, waits) = client_without_waits(&server);
        client.threads().retrieve("cthr_1").await.unwrap_or_else(|error| panic!("{headers:?}: {error}"));
        assert_eq!(waits.all(), milliseconds(&[wait]), "{headers:?}");
    }
}

#[tokio::test]
async fn reports_a_too_long_retry_after_in_the_error() {
    let cases: [(&[(&str, &str)], f64); 4] = [
        (&[("retry-after", "61")], 61.0),
        (&[("retry-after-ms", "60001")], 60.001),
        (&[("retry-after", "9999999999999")], 9_999_999_999_999.0),
        (&[("retry-after", "Wed, 21 Oct 2015 08:28:00 GMT")], 3600.0),
    ];
    for (headers, wait) in cases {
        let server = Server::always(error(429, headers));
        let (client, waits) = client_without_waits(&server);
        let error = client.threads().retrieve("cthr_1").await.expect_err("nobody waits for that");
        assert_eq!(error.retry_after(), Some(Duration::from_secs_f64(wait)));
        assert_eq!(error.attempts(), 1);
        assert!(error.is_retryable(), "it may work later");
        assert!(error.to_string().contains(&format!("the server requests a delay of {wait} s")), "{error}");
        assert!(waits.all().is_empty());
    }
}

#[tokio::test]
async fn sets_the_longest_retry_after() {
    let server = Server::script([error(429, &[("retry-after", "3600")]), error(429, &[("retry-after", "3601")])]);
    let waits = RecordingClock::default();
    let mut policy = RetryPolicy::new();
    policy.max_server_delay = Duration::from_secs(3600);
    let client = builder_without_waits(&server, &waits).retry_policy(policy).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("the second wait is too long");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3601)));
    assert_eq!(waits.all(), milliseconds(&[3_600_000]));
}

#[tokio::test]
async fn ignores_malformed_retry_headers() {
    let headers = [("retry-after", "\u{1F980}"), ("retry-after-ms", "x"), ("x-should-retry", "perhaps")];
    let server = Server::always(error(401, &headers));
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("it is refused");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status().as_u16(), error.code(), error.retry_after()), (401, Some("some_code"), None));
}

#[tokio::test]
async fn retries_on_broken_connections() {
    let body = thread("cthr_1").to_string();
    let length = body.len().to_string();
    let broken = [
        Answer::default().close(),
        Answer::default().send("HTTP/1.1 200 O").close(),
        Answer::head(200, &[("content-length", &length)]).close(),
        Answer::head(200, &[("content-length", &length)]).send(&body.as_bytes()[..9]).close(),
        Answer::default().send("this is no HTTP\r\n\r\n").close(),
    ];
    for answer in broken {
        let server = Server::script([answer.clone(), found()]);
        let (client, waits) = client_without_waits(&server);
        let thread = client.threads().retrieve("cthr_1").await.unwrap_or_else(|error| panic!("{answer:?}: {error}"));
        assert_eq!(thread.attempts(), 2);
        assert_eq!(waits.all(), milliseconds(&[500]));
    }
}

#[tokio::test]
async fn reports_the_error_of_the_last_attempt() {
    let server = Server::script([error(503, &[]), Answer::default().close(), error(404, &[("x-request-id", "req_3")])]);
    let (client, _) = client_without_waits(&server);
    let error = client.threads().retrieve("cthr_1").await.expect_err("the last one counts");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!((error.attempts(), error.request_id()), (3, Some("req_3")));
}

#[tokio::test]
async fn stops_retrying_at_the_total_timeout() {
    let server = Server::always(error(500, &[]));
    let builder =
        builder(&server).retry_policy(short_backoff()).retries(u32::MAX).total_timeout(Duration::from_millis(150));
    let client = builder.build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it never works");
    // The error of the server, unless the time ended in the middle of an attempt.
    assert!(error.status().is_some_and(|status| status == 500) || error.is_timeout(), "{error:?}");
    assert!(error.attempts() > 1);
}

#[tokio::test]
async fn does_not_wait_beyond_the_total_timeout() {
    let server = Server::always(error(429, &[("retry-after", "30")]));
    let client = client(&server);
    let started = Instant::now();
    let error =
        client.threads().retrieve("cthr_1").total_timeout(Duration::from_secs(20)).await.expect_err("it would be late");
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(30))));
}

#[tokio::test]
async fn waits_in_real_time_by_default() {
    let server = Server::script([error(429, &[("retry-after-ms", "60")]), found()]);
    let started = Instant::now();
    client(&server).threads().retrieve("cthr_1").await.expect("it is repeated");
    assert!(started.elapsed() >= Duration::from_millis(60));
}
