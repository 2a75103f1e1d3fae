//! Shared parts of these tests: clients that read no environment, a clock without waits, and payloads.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use chatkit_client::{
    BoxFuture, ChatSessionWorkflowParam, Client, ClientBuilder, Clock, CreateChatSessionRequest, RetryPolicy,
};
use chatkit_tests::server::Server;
use chatkit_tests::spec::example_with;
use serde_json::{Value, json};

pub const KEY: &str = "sk-test";

/// Returns a builder of a client of the server.
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder().environment(|_| None).base_url(server.base_url()).api_key(KEY)
}

/// Returns a client of the server.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("the client is set up")
}

/// Returns a client that skips all waits, and the clock that records them.
pub fn client_without_waits(server: &Server) -> (Client, RecordingClock) {
    let waits = RecordingClock::default();
    (builder_without_waits(server, &waits).build().expect("the client is set up"), waits)
}

/// Returns a builder of such a client. It has no timeouts, which would be reached at once.
pub fn builder_without_waits(server: &Server, waits: &RecordingClock) -> ClientBuilder {
    builder(server).clock(waits.clone()).timeout(None)
}

/// Awaits a call, and fails if it hangs.
pub async fn without_hanging<F: IntoFuture>(call: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(15), call).await.expect("it does not hang")
}

/// Returns a policy with a backoff that is too short to notice.
pub fn short_backoff() -> RetryPolicy {
    let mut policy = RetryPolicy::new();
    policy.initial_delay = Duration::from_millis(1);
    policy
}

/// A clock without real waits and without jitter. It records the waits.
#[derive(Clone, Default)]
pub struct RecordingClock(Arc<Mutex<Vec<Duration>>>);

impl RecordingClock {
    /// Returns the waits so far.
    pub fn all(&self) -> Vec<Duration> {
        self.0.lock().expect("no test panics here").clone()
    }

    /// Returns the start of the clock, 2015-10-21T07:28:00Z.
    pub fn start() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480)
    }
}

impl Clock for RecordingClock {
    fn elapsed(&self) -> Duration {
        self.all().iter().sum()
    }

    fn now(&self) -> SystemTime {
        Self::start() + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().expect("no test panics here").push(duration);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

/// Returns a request with only the required properties.
pub fn request() -> CreateChatSessionRequest {
    CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"), "user_1")
}

pub fn session() -> Value {
    let properties = json!({
        "id": "cksess_1", "expires_at": 1_700_000_600, "client_secret": "cs_1", "user": "user_1", "status": "active"
    });
    example_with("ChatSession", properties)
}

pub fn thread(id: &str) -> Value {
    example_with("ChatKitThread", json!({"id": id, "title": "Title", "user": "user_1"}))
}

pub fn deleted(id: &str) -> Value {
    example_with("ChatKitThreadDeleted", json!({"id": id}))
}

pub fn item(id: &str) -> Value {
    example_with("ChatKitWidgetItem", json!({"id": id, "thread_id": "cthr_1"}))
}

/// Returns a page of a list, with its first and last ids.
#[allow(clippy::needless_pass_by_value, reason = "callers create the page in place")]
pub fn page(data: Vec<Value>, has_more: bool) -> Value {
    let id = |entry: Option<&Value>| entry.map_or(Value::Null, |entry| entry["id"].clone());
    let (first, last) = (id(data.first()), id(data.last()));
    json!({"object": "list", "data": data, "first_id": first, "last_id": last, "has_more": has_more})
}

/// Returns a page of items with these ids.
pub fn items(ids: &[&str], has_more: bool) -> Value {
    page(ids.iter().map(|id| item(id)).collect(), has_more)
}

/// Returns the body of an error.
pub fn refusal(code: &str) -> Value {
    json!({"error": {"message": "It is refused.", "type": "some_type", "param": "user", "code": code}})
}
