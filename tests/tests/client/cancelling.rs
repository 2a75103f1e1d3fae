//! A call that is dropped ends, in whichever phase it is: nothing of it is left running.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatkit_client::{BoxFuture, Client, Clock, SystemClock};
use chatkit_tests::server::{Answer, Server};
use tokio::sync::oneshot;

use super::setup::{builder, client, thread};

/// Starts a call, and drops it when the condition has come true.
async fn call_until(client: &Client, condition: impl Future<Output = ()>) {
    let call = client.threads().retrieve("cthr_1").into_future();
    tokio::select! {
        biased;
        () = condition => {}
        result = call => panic!("it ended by itself: {result:?}"),
    }
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let server = Server::script([]);
    let client = client(&server);
    drop(client.threads().retrieve("cthr_1"));
    drop(client.threads().retrieve("cthr_1").into_future());
    drop(client.threads().list().stream());
    assert_eq!(server.counts().connections, 0);
}

/// Never finds an address, and tells when nobody looks for it any more.
struct Lost(Mutex<Option<(oneshot::Sender<()>, oneshot::Sender<()>)>>);

impl reqwest::dns::Resolve for Lost {
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
async fn a_call_dropped_while_it_connects_leaves_nothing_running() {
    let ((begun, has_begun), (dropped, is_dropped)) = (oneshot::channel(), oneshot::channel());
    let lost = Lost(Mutex::new(Some((begun, dropped))));
    let own = reqwest::Client::builder().no_proxy().dns_resolver(Arc::new(lost)).build().expect("reqwest is set up");
    let server = Server::script([]);
    let builder = builder(&server).base_url("http://nowhere.invalid").http_client(own);
    let client = builder.build().expect("the client is set up");
    call_until(&client, async { has_begun.await.expect("it connects") }).await;
    let left = tokio::time::timeout(Duration::from_secs(10), is_dropped).await.expect("nobody looks for it any more");
    left.expect_err("the sender is dropped");
}

#[tokio::test]
async fn a_call_dropped_before_the_head_closes_its_connection() {
    let server = Server::always(Answer::default().stall());
    let client = client(&server);
    call_until(&client, server.until(|counts| counts.running == 1)).await;
    server.until_left().await;
    assert_eq!(server.counts().requests, 1);
}

#[tokio::test]
async fn a_call_dropped_within_the_body_closes_its_connection() {
    let server =
        Server::always(Answer::chunked(200).repeat("400\r\n".to_owned() + &" ".repeat(0x400) + "\r\n", 1_000_000));
    let client = client(&server);
    // More than the system keeps for a client that does not read: it is within the body.
    call_until(&client, server.until(|counts| counts.written > 16_000_000)).await;
    server.until_left().await;
    assert_eq!(server.counts().requests, 1);
}

/// A clock that tells when the client begins to wait, and when it has stopped.
struct Told(Mutex<Option<(oneshot::Sender<()>, oneshot::Sender<()>)>>);

impl Clock for Told {
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
async fn a_call_dropped_within_a_back_off_is_not_repeated() {
    let server = Server::always(Answer::json(500, ""));
    let ((begun, has_begun), (dropped, is_dropped)) = (oneshot::channel(), oneshot::channel());
    let clock = Told(Mutex::new(Some((begun, dropped))));
    let client = builder(&server).clock(clock).timeout(None).build().expect("the client is set up");
    call_until(&client, async { has_begun.await.expect("it waits") }).await;
    is_dropped.await.expect_err("nobody waits any more");
    // What the client still held would keep connections open.
    drop(client);
    server.until_left().await;
    assert_eq!(server.counts().requests, 1);
}

#[tokio::test]
async fn a_client_goes_on_after_a_call_that_was_dropped() {
    let server = Server::script([Answer::default().stall(), Answer::json(200, thread("cthr_1"))]);
    let client = client(&server);
    call_until(&client, server.until(|counts| counts.running == 1)).await;
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(server.counts().requests, 2);
}
