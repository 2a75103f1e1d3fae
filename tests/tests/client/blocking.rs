//! Blocking calls, without an async runtime.

use std::time::Duration;

use chatkit_client::{Client, Error, Secret};
use chatkit_tests::server::{Answer, Server};

use super::setup::{builder, client, items, refusal, request, session, thread};

#[test]
fn sends_every_call_blocking() {
    let server = Server::script([
        Answer::json(200, session()),
        Answer::json(200, thread("cthr_1")),
        Answer::json(200, items(&["cthi_1"], false)),
    ]);
    let client = client(&server);
    let session = client.sessions().create(request()).send_blocking().expect("it is created");
    assert_eq!((session.id.as_str(), session.attempts()), ("cksess_1", 1));
    assert_eq!(client.threads().retrieve("cthr_1").send_blocking().expect("it is retrieved").id, "cthr_1");
    let page = client.threads().list_items("cthr_1").limit(1).send_blocking().expect("they are listed");
    assert!(page.next_page().is_none());
    let counts = server.counts();
    // Hyper may open another connection before the first one returns to its pool.
    assert!(counts.requests == 3 && counts.connections < 3, "a connection is used again: {counts:?}");
}

#[test]
fn iterates_items_across_pages() {
    let pages = [items(&["1", "2"], true), items(&["3"], true)].map(|page| Answer::json(200, page));
    let server = Server::script(pages.into_iter().chain([Answer::json(404, refusal("some_code"))]));
    let mut iter = client(&server).threads().list_items("cthr_1").items_blocking();
    let ids: Vec<_> =
        iter.by_ref().map_while(Result::ok).map(|item| item.id().expect("each item has an id").to_owned()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(iter.page_cursor(), Some("3"), "a new walk can go on from here");
    assert!(iter.next().is_none(), "it has ended with the error");
    assert_eq!(server.counts().requests, 3);
}

#[test]
fn iterates_pages() {
    let pages = [items(&["1", "2"], true), items(&["3"], false)].map(|page| Answer::json(200, page));
    let server = Server::script(pages);
    let mut pages = client(&server).threads().list_items("cthr_1").pages_blocking();
    let mut counts = Vec::new();
    assert_eq!(pages.cursor(), None);
    while let Some(page) = pages.next() {
        counts.push((page.expect("it is a page").data.len(), pages.cursor().map(str::to_owned), pages.is_finished()));
    }
    assert_eq!(counts, [(2, Some("2".to_owned()), false), (1, None, true)]);
    assert_eq!(server.counts().requests, 2);
}

#[test]
fn ends_pages_after_an_error() {
    let server = Server::script([Answer::json(200, items(&["1"], true)), Answer::json(404, refusal("some_code"))]);
    let results: Vec<_> = client(&server).threads().list_items("cthr_1").pages_blocking().collect();
    assert!(matches!(&results[..], [Ok(_), Err(Error::Api(_))]), "{results:?}");
}

/// Any dependency can enable the feature.
#[test]
fn keeps_send_async_with_the_blocking_feature() {
    fn assert_future<T>(_: impl Future<Output = Result<T, Error>> + Send) {}
    let server = Server::script([]);
    let client = client(&server);
    assert_future(client.threads().retrieve("cthr_1").send());
    assert_future(client.threads().list_items("cthr_1").send());
    assert_eq!(server.counts().requests, 0, "a future does nothing before it is polled");
}

#[test]
fn ends_items_after_an_error() {
    let server = Server::script([Answer::json(200, items(&["1"], true)), Answer::json(404, refusal("some_code"))]);
    let results: Vec<_> = client(&server).threads().list_items("cthr_1").items_blocking().collect();
    assert!(matches!(&results[..], [Ok(_), Err(Error::Api(_))]), "{results:?}");
}

#[test]
fn retries_and_times_out() {
    let server = Server::script([Answer::json(503, ""), Answer::default().stall()]);
    let call = |client: &Client| {
        client.threads().retrieve("cthr_1").timeout(Duration::from_millis(500)).retries(1).send_blocking()
    };
    let error = call(&client(&server)).expect_err("the second attempt is late");
    assert!(error.is_timeout());
    assert_eq!(error.attempts(), 2);
}

/// The call blocks the executor's thread. A nested runtime would panic here.
#[tokio::test]
async fn blocks_within_async_code_without_a_panic() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let client = client(&server);
    client.threads().retrieve("cthr_1").send_blocking().expect("it is retrieved");
    client.threads().retrieve("cthr_1").await.expect("both kinds work on one client");
}

#[test]
fn shares_one_client_between_threads() {
    let server =
        Server::start(|request| Answer::json(200, thread(request.target.rsplit('/').next().unwrap_or_default())));
    let client = client(&server);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let client = &client;
            scope.spawn(move || {
                let id = format!("cthr_{number}");
                assert_eq!(client.threads().retrieve(&id).send_blocking().expect("it is retrieved").id, id);
            });
        }
    });
    assert_eq!(server.counts().requests, 16);
}

#[test]
fn reports_a_panicking_transport_as_an_error() {
    use bytes::Bytes;
    use chatkit_client::http::{Request, Response};
    use chatkit_client::{Body, BoxFuture, Transport, TransportError};

    struct PanickingTransport;

    impl Transport for PanickingTransport {
        fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            panic!("a broken transport")
        }
    }

    let client = builder(&Server::script([])).transport(PanickingTransport).build().expect("the client is set up");
    for _ in 0..2 {
        let error = client.threads().retrieve("cthr_1").send_blocking().expect_err("nothing comes");
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[test]
fn refuses_a_blocking_call_within_another_call() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let inner = client(&server);
    let provide = move || {
        let found = inner.threads().retrieve("cthr_1").send_blocking().map(|thread| Secret::from(thread.id.as_str()));
        async { found }
    };
    let outer = builder(&server).api_key_provider(provide).build().expect("the client is set up");
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // If the test has failed, nobody receives this.
        let _ = sender.send(outer.threads().retrieve("cthr_1").send_blocking());
    });
    let result = receiver.recv_timeout(Duration::from_secs(10)).expect("it ends");
    assert!(matches!(result, Err(Error::Configuration(_))), "{result:?}");
    assert_eq!(server.counts().requests, 0);
}
