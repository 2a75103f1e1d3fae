//! What a call costs beside a bare one by reqwest that does the same: time, and how often memory is asked for.

use std::future::Future;
use std::hint::black_box;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chatkit_benches::allocations::{self, Counting};
use chatkit_benches::{payload, results, server};
use chatkit_client::{Client, Thread, ThreadList};
use serde::de::DeserializeOwned;
use tokio::runtime::{self, Runtime};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const KEY: &str = "example-api-key";

fn client(address: SocketAddr) -> Client {
    let builder = Client::builder().environment(|_| None).base_url(format!("http://{address}/v1")).api_key(KEY);
    builder.build().expect("nothing is missing")
}

/// A call as one would write it with reqwest alone.
async fn bare<T: DeserializeOwned>(client: &reqwest::Client, url: &str) -> T {
    let request = client.get(url).bearer_auth(KEY).header("accept", "application/json");
    let response = request.header("openai-beta", "chatkit_beta=v1").send().await.expect("the server answers");
    let body = response.error_for_status().expect("with success").bytes().await.expect("and a body");
    serde_json::from_slice(&body).expect("which is JSON")
}

fn runtime() -> Runtime {
    runtime::Builder::new_current_thread().enable_all().build().expect("a runtime needs nothing")
}

/// Two ways to make one call, in turn, so that whatever else the machine does falls on both.
fn compare<A: Future, B: Future>(name: &str, ours: impl Fn() -> A, bare: impl Fn() -> B) {
    let name = format!("call, {name}");
    if !results::is_chosen(&name) {
        return;
    }
    let runtime = runtime();
    let mut both = (Vec::new(), Vec::new());
    let mut counts = (u64::MAX, u64::MAX);
    let end = Instant::now() + DURATION;
    while Instant::now() < end {
        for (call, times, count) in [
            (&(|| drop(black_box(runtime.block_on(ours())))) as &dyn Fn(), &mut both.0, &mut counts.0),
            (&|| drop(black_box(runtime.block_on(bare()))), &mut both.1, &mut counts.1),
        ] {
            let (before, started) = (allocations::so_far(), Instant::now());
            call();
            times.push(started.elapsed());
            // More than the least is a buffer of the connection that had to grow.
            *count = (*count).min(allocations::so_far() - before);
        }
    }
    let medians = [("ours", median(both.0)), ("reqwest", median(both.1))];
    results::write(&name, "ns", &medians);
    results::write(&name, "allocations", &[("ours", counts.0 as f64), ("reqwest", counts.1 as f64)]);
}

/// How long each pair is measured.
const DURATION: Duration = Duration::from_secs(5);

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e9)
}

fn thread() {
    let thread = r#"{"id":"cthr_1","object":"chatkit.thread","created_at":1767225610,"title":null,"status":{"type":"active"},"user":"u"}"#;
    let address = server::start(thread);
    let (client, plain) = (client(address), reqwest::Client::new());
    let url = format!("http://{address}/v1/chatkit/threads/cthr_1");
    compare(
        "one thread",
        || async { client.threads().retrieve("cthr_1").await.expect("the server answers").id.len() },
        || async { bare::<Thread>(&plain, &url).await.id.len() },
    );
}

fn page() {
    let address = server::start(&payload::threads());
    let (client, plain) = (client(address), reqwest::Client::new());
    let url = format!("http://{address}/v1/chatkit/threads?limit=100");
    compare(
        "100 threads",
        || async { client.threads().list().limit(100).await.expect("the server answers").data.len() },
        || async { bare::<ThreadList>(&plain, &url).await.data.len() },
    );
}

fn main() {
    thread();
    page();
}
