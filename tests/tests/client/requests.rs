//! The exact request of each operation, and the value that it returns.

use std::error::Error as _;
use std::future::IntoFuture;
use std::time::Duration;

use chatkit_client::{
    ChatSessionAutomaticThreadTitlingParam, ChatSessionChatKitConfigurationParam, ChatSessionExpiresAfterParam,
    ChatSessionFileUploadParam, ChatSessionHistoryParam, ChatSessionRateLimitsParam, ChatSessionWorkflowParam,
    ChatSessionWorkflowTracingParam, CreateChatSessionRequest, Error, Limit, Order, ReqwestTransport, Secret,
    StateVariable, ThreadItem,
};
use chatkit_tests::server::{Answer, Received, Server};
use serde_json::json;

use super::setup::{builder, client, deleted, items, page, request, session, thread};

/// Asserts that a request has the headers of every call, these others, and no more.
fn expect_headers(received: &Received, others: &[&str]) {
    assert_eq!(received.header("user-agent"), Some(concat!("chatkit-client/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(received.header("openai-beta"), Some("chatkit_beta=v1"));
    assert_eq!(received.header("authorization"), Some("Bearer sk-test"));
    assert_eq!(received.header("accept"), Some("application/json"));
    let mut names = vec!["accept", "authorization", "host", "openai-beta", "user-agent"];
    names.extend(others);
    names.sort_unstable();
    assert_eq!(received.header_names(), names);
}

#[tokio::test]
async fn creates_a_session_with_every_property() {
    let server = Server::always(Answer::json(200, session()));
    let variables = [
        ("text", StateVariable::String("a".to_owned())),
        ("integer", StateVariable::Integer(1)),
        ("number", StateVariable::Number(0.5)),
        ("boolean", StateVariable::Boolean(true)),
    ];
    let workflow = ChatSessionWorkflowParam::new("wf_1")
        .version("3")
        .state_variables(variables)
        .tracing(ChatSessionWorkflowTracingParam::new().enabled(false));
    let configuration = ChatSessionChatKitConfigurationParam::new()
        .automatic_thread_titling(ChatSessionAutomaticThreadTitlingParam::new().enabled(false))
        .file_upload(ChatSessionFileUploadParam::new().enabled(true).max_file_size(512).max_files(3))
        .history(ChatSessionHistoryParam::new().enabled(true).recent_threads(5));
    let request = CreateChatSessionRequest::new(workflow, "user_1")
        .expires_after(ChatSessionExpiresAfterParam::new(600))
        .rate_limits(ChatSessionRateLimitsParam::new().max_requests_per_1_minute(7))
        .chatkit_configuration(configuration);
    let created = client(&server).sessions().create(request).await.expect("it is created");
    assert_eq!(created.client_secret.expose(), "cs_1");
    let received = server.request();
    assert_eq!(received.line(), "POST /v1/chatkit/sessions");
    expect_headers(&received, &["content-length", "content-type"]);
    assert_eq!(received.header("content-type"), Some("application/json"));
    let body = json!({
        "workflow": {
            "id": "wf_1",
            "version": "3",
            "state_variables": {"boolean": true, "integer": 1, "number": 0.5, "text": "a"},
            "tracing": {"enabled": false},
        },
        "user": "user_1",
        "expires_after": {"anchor": "created_at", "seconds": 600},
        "rate_limits": {"max_requests_per_1_minute": 7},
        "chatkit_configuration": {
            "automatic_thread_titling": {"enabled": false},
            "file_upload": {"enabled": true, "max_file_size": 512, "max_files": 3},
            "history": {"enabled": true, "recent_threads": 5},
        },
    });
    assert_eq!(received.json(), body);
}

#[tokio::test]
async fn omits_unset_properties() {
    let server = Server::always(Answer::json(200, session()));
    client(&server).sessions().create(request()).await.expect("it is created");
    assert_eq!(server.request().body, br#"{"workflow":{"id":"wf_1"},"user":"user_1"}"#);
}

#[tokio::test]
async fn cancels_a_session_without_a_body() {
    let server = Server::always(Answer::json(200, session()));
    let cancelled = client(&server).sessions().cancel("cksess_1").await.expect("it is cancelled");
    assert_eq!(cancelled.id, "cksess_1");
    let received = server.request();
    assert_eq!(received.line(), "POST /v1/chatkit/sessions/cksess_1/cancel");
    // A POST states the length of its body, even without one.
    expect_headers(&received, &["content-length"]);
    assert_eq!(received.header("content-length"), Some("0"));
    assert!(received.body.is_empty());
}

#[tokio::test]
async fn lists_threads_with_every_parameter() {
    let server = Server::always(Answer::json(200, page(vec![thread("cthr_1")], false)));
    let list = client(&server).threads().list().limit(100).order(Order::Asc).after("a&b").before("ü").user("x y/z");
    let threads = list.await.expect("they are listed");
    assert_eq!(threads.data[0].id, "cthr_1");
    let received = server.request();
    assert_eq!(received.line(), "GET /v1/chatkit/threads?limit=100&order=asc&after=a%26b&before=%C3%BC&user=x%20y%2Fz");
    expect_headers(&received, &[]);
}

#[tokio::test]
async fn lists_threads_without_parameters() {
    let server = Server::always(Answer::json(200, page(vec![], false)));
    let threads = client(&server).threads().list().await.expect("they are listed");
    assert!(threads.data.is_empty());
    assert_eq!(server.request().line(), "GET /v1/chatkit/threads");
}

#[tokio::test]
async fn retrieves_a_thread() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let thread = client(&server).threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(thread.title.as_deref(), Some("Title"));
    let received = server.request();
    assert_eq!(received.line(), "GET /v1/chatkit/threads/cthr_1");
    expect_headers(&received, &[]);
}

#[tokio::test]
async fn send_does_the_same_as_await() {
    let server = Server::start(|request| {
        let is_list = request.target.contains("items");
        Answer::json(200, if is_list { items(&["cthi_1"], false) } else { thread("cthr_1") })
    });
    let client = client(&server);
    let retrieve = client.threads().retrieve("cthr_1").extra_header("x-test", "1");
    let awaited = retrieve.clone().await.expect("it is retrieved");
    let sent = retrieve.send().await.expect("it is retrieved");
    assert_eq!((&*sent, sent.status()), (&*awaited, awaited.status()));
    let list = client.threads().list_items("cthr_1").limit(1);
    let awaited = list.clone().await.expect("they are listed");
    let sent = list.send().await.expect("they are listed");
    assert_eq!(**sent, **awaited);
    let requests = server.requests();
    for pair in requests.chunks(2) {
        assert_eq!((pair[0].line(), &pair[0].headers), (pair[1].line(), &pair[1].headers));
    }
    assert_eq!(requests.len(), 4);
}

#[tokio::test]
async fn deletes_a_thread() {
    let server = Server::always(Answer::json(200, deleted("cthr_1")));
    let deleted = client(&server).threads().delete("cthr_1").await.expect("it is deleted");
    assert!(deleted.deleted);
    let received = server.request();
    assert_eq!(received.line(), "DELETE /v1/chatkit/threads/cthr_1");
    expect_headers(&received, &[]);
}

#[tokio::test]
async fn lists_items_with_every_parameter() {
    let server = Server::always(Answer::json(200, items(&["cthi_1"], false)));
    let list = client(&server).threads().list_items("cthr_1").limit(0).order(Order::Desc).after("a").before("b");
    let items = list.await.expect("they are listed");
    assert!(matches!(items.data[..], [ThreadItem::Widget(_)]));
    let received = server.request();
    assert_eq!(received.line(), "GET /v1/chatkit/threads/cthr_1/items?limit=0&order=desc&after=a&before=b");
    expect_headers(&received, &[]);
}

#[tokio::test]
async fn exposes_status_headers_and_attempts() {
    let body = thread("cthr_1").to_string();
    let headers = [("content-type", "application/json"), ("x-request-id", "req_1"), ("x-more", "yes")];
    let server = Server::always(Answer::of(201, &headers, body.clone()));
    let thread = client(&server).threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(thread.status(), 201);
    assert_eq!(thread.request_id(), Some("req_1"));
    assert_eq!(thread.headers()["x-more"], "yes");
    assert_eq!(thread.attempts(), 1);
    assert_eq!(thread.bytes(), &body);
    assert!(thread.corrected().is_empty());
    assert_eq!(thread.into_inner().id, "cthr_1");
}

#[tokio::test]
async fn encodes_an_id_as_one_path_segment() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let client = client(&server);
    let long = "x".repeat(10_000);
    let cases = [
        ("a/b", "a%2Fb"),
        ("../sessions", "..%2Fsessions"),
        ("..\\x", "..%5Cx"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("a b", "a%20b"),
        ("%2F", "%252F"),
        ("ü", "%C3%BC"),
        ("a\r\nX-Injected: 1", "a%0D%0AX-Injected%3A%201"),
        ("a\0b", "a%00b"),
        ("...", "..."),
        (&long, &long),
    ];
    for (id, _) in cases {
        client.threads().retrieve(id).await.expect("it is retrieved");
    }
    let lines = cases.map(|(_, segment)| format!("GET /v1/chatkit/threads/{segment}"));
    assert_eq!(server.lines(), lines);
}

#[tokio::test]
async fn refuses_an_id_that_would_name_another_resource() {
    let server = Server::script([]);
    let client = builder(&server).validate(false).build().expect("the client is set up");
    for id in ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%252e%252e"] {
        let errors = [
            client.threads().retrieve(id).await.map(drop),
            client.threads().delete(id).await.map(drop),
            client.threads().list_items(id).await.map(drop),
            client.sessions().cancel(id).await.map(drop),
        ];
        for error in errors {
            let Err(Error::Validation(error)) = error else { panic!("{id:?} was not refused: {error:?}") };
            assert_eq!(error.violations().len(), 1);
            assert_eq!(error.violations()[0].limit, Limit::PathSegment);
        }
    }
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn refuses_a_too_long_url() {
    let server = Server::script([]);
    let own = ReqwestTransport::from(reqwest::Client::new());
    let own = builder(&server).transport(own).build().expect("the client is set up");
    // The provider must not be called: its error would hide this one.
    let provided = builder(&server).api_key_provider(|| async { Err::<Secret, _>("asked") });
    let provided = provided.build().expect("the client is set up");
    let long = "x".repeat(70_000);
    for client in [client(&server), own, provided] {
        let by_path = client.threads().retrieve(&long).await.map(drop);
        let by_query = client.threads().list().after(&long).await.map(drop);
        for (result, operation) in [(by_path, "retrieveThread"), (by_query, "listThreads")] {
            let error = result.expect_err("it is too long");
            assert!(matches!(error, Error::Configuration(_)), "{error:?}");
            assert_eq!(error.to_string(), format!("the URL of {operation} is not valid"));
            assert!(error.source().is_some(), "{error:?}");
            assert!(!error.is_retryable());
        }
    }
    assert_eq!(server.counts().connections, 0);
}

/// Each round of decoding removes one level of encoding, and an id may have as many levels as characters.
#[tokio::test]
async fn checks_an_id_with_many_levels_of_encoding_quickly() {
    let server = Server::script([]);
    let id = format!("%{}2e", "25".repeat(100_000));
    // The check is not async, so it runs on a thread that a failing test leaves behind.
    let (done, is_done) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        drop(client(&server).threads().retrieve(id).into_future());
        done.send(())
    });
    tokio::time::timeout(Duration::from_secs(20), is_done).await.expect("it takes no time").expect("it does not panic");
}
