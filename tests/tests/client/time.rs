//! Timeouts.

use std::time::{Duration, Instant};

use chatkit_client::{Error, TransportErrorKind};
use chatkit_tests::server::{Answer, Server};

use super::setup::{builder, client, refusal, short_backoff, thread, without_hanging};

/// Long enough for an answer on a busy machine.
const SHORT: Duration = Duration::from_millis(250);

#[tokio::test]
async fn times_out_without_a_head() {
    let server = Server::always(Answer::default().stall());
    let call = client(&server).threads().retrieve("cthr_1").timeout(SHORT).retries(0);
    let error = without_hanging(call).await.expect_err("it is late");
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.is_timeout());
    assert_eq!((error.status(), error.attempts()), (None, 1));
    assert_eq!(error.to_string(), "retrieveThread timed out");
    server.until_disconnected().await;
}

#[tokio::test]
async fn times_out_without_a_body_and_reports_the_status() {
    let head = [("content-length", "1000"), ("x-request-id", "req_1")];
    let server = Server::always(Answer::head(200, &head).send("{\"id\":").stall());
    let call = client(&server).threads().retrieve("cthr_1").timeout(SHORT).retries(0);
    let error = without_hanging(call).await.expect_err("it is late");
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.request_id(), Some("req_1"));
    server.until_disconnected().await;
}

#[tokio::test]
async fn keeps_the_status_of_an_error_without_a_body() {
    let head = [("content-length", "1000"), ("x-request-id", "req_1")];
    let server = Server::always(Answer::head(404, &head).send("{\"error\":").stall());
    let call = client(&server).threads().retrieve("cthr_1").timeout(SHORT);
    let error = without_hanging(call).await.expect_err("it is refused");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status().as_u16(), error.request_id(), error.attempts()), (404, Some("req_1"), 1));
    assert_eq!(error.body(), "{\"error\":");
    server.until_disconnected().await;
}

#[tokio::test]
async fn times_out_on_a_trickling_body() {
    let body = thread("cthr_1").to_string();
    let length = body.len().to_string();
    let trickle = body.chars().fold(Answer::head(200, &[("content-length", &length)]), |answer, letter| {
        answer.send(letter.to_string()).wait(Duration::from_millis(20))
    });
    let server = Server::always(trickle);
    let started = Instant::now();
    let call = client(&server).threads().retrieve("cthr_1").timeout(SHORT).retries(0);
    let error = without_hanging(call).await.expect_err("it is late");
    assert!(error.is_timeout());
    assert!(started.elapsed() >= SHORT);
    assert!(started.elapsed() < Duration::from_millis(20) * u32::try_from(body.len()).expect("it is short"));
    server.until_disconnected().await;
}

#[tokio::test]
async fn retries_an_attempt_that_timed_out() {
    let server = Server::script([
        Answer::default().stall(),
        Answer::head(503, &[("content-length", "9")]).stall(),
        Answer::json(200, thread("cthr_1")),
    ]);
    let client = builder(&server).timeout(SHORT).retry_policy(short_backoff()).build().expect("the client is set up");
    // The last attempt has as much time as each of the others.
    let thread = without_hanging(client.threads().retrieve("cthr_1")).await.expect("the third attempt is in time");
    assert_eq!(thread.attempts(), 3);
    assert_eq!(server.counts().connections, 3);
    server.until(|counts| counts.running == 0).await;
}

#[tokio::test]
async fn applies_the_total_timeout_to_all_attempts() {
    let server = Server::always(Answer::default().stall());
    let builder =
        builder(&server).timeout(SHORT).total_timeout(SHORT * 5 / 2).retry_policy(short_backoff()).retries(100);
    let client = builder.build().expect("the client is set up");
    let started = Instant::now();
    let error = without_hanging(client.threads().retrieve("cthr_1")).await.expect_err("it is late");
    assert!(error.is_timeout());
    assert!(started.elapsed() >= SHORT * 2, "{:?}", started.elapsed());
    // The third attempt has only what is left.
    assert!((2..=3).contains(&error.attempts()), "{}", error.attempts());
    server.until_disconnected().await;
}

#[tokio::test]
async fn ends_an_attempt_at_the_total_timeout() {
    let server = Server::always(Answer::default().stall());
    let call = client(&server).threads().retrieve("cthr_1").timeout(Duration::from_secs(60)).total_timeout(SHORT);
    let error = without_hanging(call).await.expect_err("it is late");
    assert!(error.is_timeout() && error.attempts() == 1, "{error:?}");
    server.until_disconnected().await;
}

#[tokio::test]
async fn prefers_timeouts_of_the_call() {
    let server = Server::always(Answer::default().wait(SHORT * 2).send(response()));
    let client = builder(&server).timeout(SHORT).total_timeout(SHORT).retries(0).build().expect("it is set up");
    client.threads().retrieve("cthr_1").await.expect_err("it is late for the client");
    let minute = Duration::from_secs(60);
    let call = client.threads().retrieve("cthr_1").timeout(minute).total_timeout(minute);
    call.await.expect("it is in time for the call");
}

#[tokio::test]
async fn removes_timeouts_for_a_call() {
    let server = Server::always(Answer::default().wait(SHORT).send(response()));
    let brief = Duration::from_millis(5);
    let client = builder(&server).retries(0).timeout(brief).total_timeout(brief).build().expect("the client is set up");
    without_hanging(client.threads().retrieve("cthr_1")).await.expect_err("it is late");
    without_hanging(client.threads().retrieve("cthr_1").timeout(None)).await.expect_err("it is late all the same");
    without_hanging(client.threads().retrieve("cthr_1").timeout(None).total_timeout(None))
        .await
        .expect("there is time");
}

#[tokio::test]
async fn accepts_a_timeout_beyond_all_time() {
    let server = Server::always(Answer::default().send(response()));
    let call = client(&server).threads().retrieve("cthr_1").timeout(Duration::MAX).total_timeout(Duration::MAX);
    call.await.expect("it is in time");
}

#[tokio::test]
async fn times_out_at_once_with_a_timeout_of_zero() {
    let server = Server::always(Answer::json(500, refusal("late")));
    let client = client(&server);
    let call = client.threads().retrieve("cthr_1").total_timeout(Duration::ZERO);
    assert!(call.await.expect_err("there is no time").is_timeout());
    // Errors that a longer timeout would not avoid are reported first.
    for call in [
        client.threads().retrieve("..").total_timeout(Duration::ZERO),
        client.threads().retrieve("..").timeout(Duration::ZERO),
    ] {
        let error = call.await.expect_err("it is not valid");
        assert!(matches!(error, Error::Validation(_)), "{error:?}");
    }
}

/// Returns a whole response as text.
fn response() -> String {
    let body = thread("cthr_1").to_string();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// On Linux, a full accept queue leaves further connections unanswered.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn reports_a_connect_timeout_as_a_failed_connection() {
    let socket = tokio::net::TcpSocket::new_v4().expect("there are sockets");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a port is free");
    let listener = socket.listen(1).expect("it listens");
    let address = listener.local_addr().expect("it is bound");
    let mut queue = Vec::new();
    while let Ok(connected) = tokio::time::timeout(SHORT, tokio::net::TcpStream::connect(address)).await {
        queue.push(connected.expect("it is queued"));
    }
    let elsewhere = Server::script([]);
    let builder = builder(&elsewhere).base_url(format!("http://{address}")).connect_timeout(SHORT).retries(0);
    let client = builder.build().expect("the client is set up");
    let error = without_hanging(client.threads().retrieve("cthr_1")).await.expect_err("nobody accepts");
    assert!(matches!(&error, Error::Transport(error) if error.is_connect()), "{error:?}");
}
