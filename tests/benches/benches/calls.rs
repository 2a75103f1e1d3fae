//! The time and the allocations of a call, against the same request with reqwest alone.

use std::future::Future;
use std::hint::black_box;
use std::net::SocketAddr;
use std::time::Duration;

use chatkit_benches::allocations::Counting;
use chatkit_benches::turns::Turns;
use chatkit_benches::{payload, server};
use chatkit_client::{Client, Thread, ThreadList};
use serde::de::DeserializeOwned;
use tokio::runtime::{self, Runtime};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const KEY: &str = "example-api-key";

fn client(address: SocketAddr) -> Client {
    let builder = Client::builder().environment(|_| None).base_url(format!("http://{address}/v1")).api_key(KEY);
    builder.build().expect("the configuration is complete")
}

/// Makes a call with reqwest alone.
async fn bare<T: DeserializeOwned>(client: &reqwest::Client, url: &str) -> T {
    let request = client.get(url).bearer_auth(KEY).header("accept", "application/json");
    let response = request.header("openai-beta", "chatkit_beta=v1").send().await.expect("the server answers");
    let body = response.error_for_status().expect("the status is a success").bytes().await.expect("there is a body");
    serde_json::from_slice(&body).expect("the body is JSON")
}

fn runtime() -> Runtime {
    runtime::Builder::new_current_thread().enable_all().build().expect("the runtime starts")
}

/// Measures our client against reqwest with one call.
fn compare<T: DeserializeOwned, F: Future>(name: &str, url: &str, ours: impl Fn() -> F) {
    let runtime = runtime();
    // Our client has this timeout and a user agent too.
    let plain = reqwest::Client::builder().timeout(Duration::from_secs(60)).user_agent("chatkit-client/0.1.0");
    let plain = plain.build().expect("the client is configured");
    Turns::new(format!("call, {name}"))
        // Dropped within the measured time, as `bare` drops its response.
        .with("ours", || drop(black_box(runtime.block_on(ours()))))
        .with("reqwest", || drop(black_box(runtime.block_on(bare::<T>(&plain, url)))))
        .measure(Duration::ZERO);
}

fn thread() {
    let thread = r#"{"id":"cthr_1","object":"chatkit.thread","created_at":1767225610,"title":null,"status":{"type":"active"},"user":"u"}"#;
    let address = server::start(thread);
    let client = client(address);
    let url = format!("http://{address}/v1/chatkit/threads/cthr_1");
    compare::<Thread, _>("one thread", &url, || async {
        client.threads().retrieve("cthr_1").await.expect("the server answers")
    });
}

fn page() {
    let address = server::start(&payload::threads());
    let client = client(address);
    let url = format!("http://{address}/v1/chatkit/threads?limit=100");
    compare::<ThreadList, _>("100 threads", &url, || async {
        client.threads().list().limit(100).await.expect("the server answers")
    });
}

fn main() {
    thread();
    page();
}
