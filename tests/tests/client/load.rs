//! Many concurrent calls.

use std::collections::BTreeSet;

use chatkit_tests::server::{Answer, Server};
use futures_util::future::join_all;

use super::setup::{builder, thread};

#[tokio::test]
async fn gives_a_thousand_concurrent_calls_their_own_responses() {
    let server = Server::start(|request| {
        let id = request.target.rsplit('/').next().unwrap_or_default();
        Answer::json(200, thread(id))
    });
    let client = builder(&server).retries(0).build().expect("the client is set up");
    let calls = (0..1000).map(|number| {
        let call = client.threads().retrieve(format!("cthr_{number}"));
        async move {
            let thread = call.await.unwrap_or_else(|error| panic!("call {number}: {error:?}"));
            assert_eq!(thread.id, format!("cthr_{number}"));
            thread.into_inner().id
        }
    });
    let ids: BTreeSet<_> = join_all(calls).await.into_iter().collect();
    assert_eq!((ids.len(), server.counts().requests), (1000, 1000));
    drop(client);
    server.until_disconnected().await;
}
