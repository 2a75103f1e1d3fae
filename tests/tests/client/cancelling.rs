//! Dropping a call stops it in any phase, and leaves nothing running.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatkit_client::{BoxFuture, Client, Clock, SystemClock};
use chatkit_tests::server::{Answer, Server};
use tokio::sync::oneshot;

use super::setup::{builder, client, thread};

/// Starts a call, and drops it once the condition holds.
async fn call_until(client: &Client, condition: impl Future<Output = ()>) {
    let call = client.threads().retrieve("cthr_1").into_future();
    tokio::select! {
        biased;
        () = condition => {}
        result = call => panic!("it ended by itself: {result:?}"),
    }
}

#[tokio::test]
async fn sends_nothing_unless_awaited() {
    let server = Server::script([]);
    let client = client(&server);
    drop(client.threads().retrieve("cthr_1"));
    drop(client.threads().retrieve("cthr_1").into_future());
    drop(client.threads().list().stream());
    assert_eq!(server.counts().connections, 0);
}

/// A resolver that never finds an address. It signals when a lookup starts, and when it is dropped.
struct PendingResolver(Mutex<Option<(oneshot::Sender<()>, oneshot::Sender<()>)>>);

impl reqwest::dns::Resolve for PendingResolver {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (begun, dropped) = self.0.lock().expect("nothing panics here").take().expect("it is asked once");
        begun.send(()).expect("the test waits for it");
        Box::pin(async move {
            let _dropped = dropped;
            std::future::pending().await
        })
    }
}

#[tokio::test]
async fn stops_connecting_when_dropped() {
    let ((begun, has_begun), (dropped, is_dropped)) = (oneshot::channel(), oneshot::channel());
    let lost = PendingResolver(Mutex::new(Some((begun, dropped))));
    let own = reqwest::Client::builder().no_proxy().dns_resolver(Arc::new(lost)).build().expect("reqwest is set up");
    let server = Server::script([]);
    let builder = builder(&server).base_url("http://nowhere.invalid").http_client(own);
    let client = builder.build().expect("the client is set up");
    call_until(&client, async { has_begun.await.expect("it connects") }).await;
    let left = tokio::time::timeout(Duration::from_secs(10), is_dropped).await.expect("nobody looks for it any more");
    left.expect_err("the sender is dropped");
}

#[tokio::test]
async fn closes_the_connection_when_dropped_before_the_head() {
    let server = Server::always(Answer::default().stall());
    let client = client(&server);
    call_until(&client, server.until(|counts| counts.running == 1)).await;
    server.until_disconnected().await;
    assert_eq!(server.counts().requests, 1);
}

#[tokio::test]
async fn closes_the_connection_when_dropped_within_the_body() {
    let server =
        Server::always(Answer::chunked(200).repeat("400\r\n".to_owned() + &" ".repeat(0x400) + "\r\n", 1_000_000));
    let client = client(&server);
    // The system buffers less for a client that does not read, so the body is still under way.
    call_until(&client, server.until(|counts| counts.written > 16_000_000)).await;
    server.until_disconnected().await;
    assert_eq!(server.counts().requests, 1);
}

/// A clock that signals when the client starts to wait, and when it stops.
struct SignallingClock(Mutex<Option<(oneshot::Sender<()>, oneshot::Sender<()>)>>);

impl Clock for SignallingClock {
    fn elapsed(&self) -> Duration {
        SystemClock.elapsed()
    }

    fn now(&self) -> std::time::SystemTime {
        SystemClock.now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        let (begun, dropped) = self.0.lock().expect("nothing panics here").take().expect("it waits once");
        begun.send(()).expect("the test waits for it");
        Box::pin(async move {
            let _dropped = dropped;
            std::future::pending::<()>().await;
        })
    }

    fn random(&self) -> f64 {
        0.0
    }
}

#[tokio::test]
async fn does_not_retry_when_dropped_during_backoff() {
    let server = Server::always(Answer::json(500, ""));
    let ((begun, has_begun), (dropped, is_dropped)) = (oneshot::channel(), oneshot::channel());
    let clock = SignallingClock(Mutex::new(Some((begun, dropped))));
    let client = builder(&server).clock(clock).timeout(None).build().expect("the client is set up");
    call_until(&client, async { has_begun.await.expect("it waits") }).await;
    is_dropped.await.expect_err("nobody waits any more");
    // The client's pool would keep the connection open.
    drop(client);
    server.until_disconnected().await;
    assert_eq!(server.counts().requests, 1);
}

#[tokio::test]
async fn stays_usable_after_a_dropped_call() {
    let server = Server::script([Answer::default().stall(), Answer::json(200, thread("cthr_1"))]);
    let client = client(&server);
    call_until(&client, server.until(|counts| counts.running == 1)).await;
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(server.counts().requests, 2);
}
