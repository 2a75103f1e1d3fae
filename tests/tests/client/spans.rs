//! The spans and events of calls.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatkit_client::Secret;
use chatkit_tests::server::{Answer, Server};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::setup::{builder, client, client_without_waits, refusal, thread};

/// Records all spans and events of the current thread.
#[derive(Clone, Default)]
pub struct Log {
    spans: Arc<Mutex<BTreeMap<u64, Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
    others: Arc<Mutex<Vec<Fields>>>,
    next: Arc<AtomicU64>,
}

type Fields = BTreeMap<&'static str, String>;

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        let mut fields = Fields::from([("name", attributes.metadata().name().to_owned())]);
        attributes.record(&mut Visitor(&mut fields));
        self.spans.lock().expect("nothing panics here").insert(id, fields);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().expect("nothing panics here");
        values.record(&mut Visitor(spans.entry(span.into_u64()).or_default()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let parent = event.parent().map(|id| id.into_u64().to_string()).unwrap_or_default();
        let mut fields = Fields::from([("level", event.metadata().level().to_string()), ("parent", parent)]);
        event.record(&mut Visitor(&mut fields));
        // Events of other crates are only searched for secrets.
        if !event.metadata().target().starts_with("chatkit_client") {
            self.others.lock().expect("nothing panics here").push(fields);
            return;
        }
        self.events.lock().expect("nothing panics here").push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Log {
    /// Listens on this thread until the guard is dropped.
    pub fn listen() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let guard = tracing::subscriber::set_default(log.clone());
        (log, guard)
    }

    fn spans(&self) -> Vec<Fields> {
        self.spans.lock().expect("nothing panics here").values().cloned().collect()
    }

    fn events(&self) -> Vec<Fields> {
        self.events.lock().expect("nothing panics here").clone()
    }

    /// Returns everything as text.
    pub fn text(&self) -> String {
        format!("{:?} {:?} {:?}", self.spans(), self.events(), self.others.lock().expect("nothing panics here"))
    }
}

fn fields<'a>(list: impl IntoIterator<Item = (&'static str, &'a str)>) -> Fields {
    list.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

#[tokio::test]
async fn records_a_call_as_a_span_with_opentelemetry_names() {
    let headers = [("content-type", "application/json"), ("x-request-id", "req_1")];
    let server = Server::always(Answer::of(200, &headers, thread("cthr_1").to_string()));
    let (log, _guard) = Log::listen();
    client(&server).threads().retrieve("cthr_1").await.expect("it is retrieved");
    let port = server.address().port().to_string();
    let expected = [
        ("name", "call"),
        ("otel.name", "GET /chatkit/threads/{thread_id}"),
        ("otel.kind", "client"),
        ("operation", "retrieveThread"),
        ("http.request.method", "GET"),
        ("url.template", "/chatkit/threads/{thread_id}"),
        ("server.address", "127.0.0.1"),
        ("server.port", port.as_str()),
        ("http.response.status_code", "200"),
        ("request_id", "req_1"),
    ];
    assert_eq!(log.spans(), [fields(expected)]);
    let event = [("level", "DEBUG"), ("parent", "1"), ("message", "succeeded"), ("attempt", "1")];
    assert_eq!(log.events(), [fields(event.into_iter().chain([("http.response.status_code", "200")]))]);
}

#[tokio::test]
async fn records_each_attempt_as_an_event() {
    let server = Server::script([
        Answer::of(503, &[("retry-after", "7")], refusal("some_code").to_string()),
        Answer::default().close(),
        Answer::json(404, refusal("some_code")),
    ]);
    let (client, _) = client_without_waits(&server);
    let (log, _guard) = Log::listen();
    client.threads().retrieve("cthr_1").await.expect_err("it is refused");
    let event =
        |list: &[(&'static str, &str)]| fields(list.iter().copied().chain([("level", "WARN"), ("parent", "1")]));
    let expected = [
        event(&[
            ("attempt", "1"),
            ("http.response.status_code", "503"),
            ("error.type", "503"),
            ("delay_seconds", "7.0"),
            ("message", "failed, retrying"),
        ]),
        event(&[
            ("attempt", "2"),
            ("error.type", "transport"),
            ("delay_seconds", "1.0"),
            ("message", "failed, retrying"),
        ]),
        event(&[("attempt", "3"), ("http.response.status_code", "404"), ("error.type", "404"), ("message", "failed")]),
    ];
    assert_eq!(log.events(), expected);
    let spans = log.spans();
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0]["http.request.resend_count"], "2");
    assert_eq!(spans[0]["http.response.status_code"], "404");
    assert_eq!(spans[0]["error.type"], "404");
}

#[tokio::test]
async fn records_how_a_call_failed() {
    let brief = Duration::from_millis(50);
    let stalled = Server::always(Answer::default().stall());
    let found = Server::always(Answer::json(200, thread("cthr_1")));
    let broken = Server::always(Answer::default().close());
    let gone = Server::script([]);
    let closed = client(&gone);
    drop(gone);
    let small = builder(&found).max_response_bytes(9).build().expect("the client is set up");
    let keyless = builder(&found).api_key_provider(|| async { Err::<Secret, _>("no key") }).build();
    let keyless = keyless.expect("the client is set up");
    let cases = [
        (client(&stalled).threads().retrieve("cthr_1").timeout(brief), "timeout"),
        (small.threads().retrieve("cthr_1"), "too_large"),
        (client(&broken).threads().retrieve("cthr_1"), "transport"),
        (closed.threads().retrieve("cthr_1"), "connect"),
        (keyless.threads().retrieve("cthr_1"), "configuration"),
        (client(&found).threads().retrieve(".."), "validation"),
    ];
    for (call, kind) in cases {
        let (log, _guard) = Log::listen();
        call.retries(0).await.expect_err("it fails");
        let spans = log.spans();
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0]["error.type"], kind);
        assert!(!spans[0].contains_key("http.request.resend_count"));
    }
}

#[tokio::test]
async fn records_a_decode_error() {
    let server = Server::always(Answer::json(200, "{}"));
    let (log, _guard) = Log::listen();
    client(&server).threads().retrieve("cthr_1").await.expect_err("it is not a thread");
    assert_eq!(log.spans()[0].get("error.type").map(String::as_str), Some("decode"));
}

#[tokio::test]
async fn records_each_call_as_its_own_span() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let (log, _guard) = Log::listen();
    let client = client(&server);
    for _ in 0..2 {
        client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    }
    assert_eq!(log.spans().len(), 2, "one span a call");
    assert_eq!(log.events().iter().map(|event| event["parent"].clone()).collect::<Vec<_>>(), ["1", "2"]);
}
