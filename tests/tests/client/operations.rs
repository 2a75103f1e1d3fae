//! Each operation, against the mock of the spec.

use chatkit_client::{ChatSessionWorkflowParam, Client, CreateChatSessionRequest, Order, ThreadItem};
use chatkit_tests::spec::TEXT;
use xtask::mock::{Mock, MockServer};

/// Starts a mock, and returns it with a client that reads no environment.
fn start() -> (MockServer, Client) {
    let mock = Mock::load("spec/chatkit.yaml", &TEXT).unwrap_or_else(|report| panic!("{report}"));
    let server = MockServer::start(mock, 0).expect("a port is free");
    let client = Client::builder()
        .environment(|_| None)
        .base_url(server.base_url())
        .api_key("sk-test")
        .build()
        .expect("the client is set up");
    (server, client)
}

#[tokio::test]
async fn creates_and_cancels_a_session() {
    let (_server, client) = start();
    let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"), "user_1");
    let session = client.sessions().create(request).await.expect("it is created");
    assert_eq!(session.status(), 200);
    assert_eq!(session.attempts(), 1);
    assert!(session.request_id().is_some());
    let cancelled = client.sessions().cancel(&session.id).await.expect("it is cancelled");
    assert_eq!(cancelled.status.as_str(), "cancelled");
}

#[tokio::test]
async fn lists_retrieves_and_deletes_threads() {
    let (_server, client) = start();
    let threads = client.threads().list().limit(100).order(Order::Desc).user("u").await.expect("they are listed");
    assert_eq!(threads.data.len(), 2);
    let thread = client.threads().retrieve(&threads.data[0].id).await.expect("it is retrieved");
    assert_eq!(thread.id, threads.data[0].id);
    let deleted = client.threads().delete(&thread.id).await.expect("it is deleted");
    assert!(deleted.deleted);
}

#[tokio::test]
async fn streams_items_across_pages() {
    let (server, client) = start();
    let mut items = client.threads().list_items("cthr_1").order(Order::Asc).limit(1).stream();
    let mut ids = Vec::new();
    while let Some(item) = items.try_next().await.expect("every page comes") {
        assert!(matches!(item, ThreadItem::AssistantMessage(_) | ThreadItem::UserMessage(_)));
        ids.extend(item.id().map(str::to_owned));
    }
    assert_eq!(ids, ["cthi_01a2b3c4d5e6f702", "cthi_01a2b3c4d5e6f701"]);
    let queries: Vec<_> =
        server.requests().iter().map(|request| request.uri().query().unwrap_or_default().to_owned()).collect();
    assert_eq!(queries, ["limit=1&order=asc", "limit=1&order=asc&after=cthi_01a2b3c4d5e6f702"]);
}
