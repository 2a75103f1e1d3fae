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

/// A way to make a call, and what it took.
struct Contender<'a> {
    name: &'static str,
    call: Box<dyn Fn() + 'a>,
    times: Vec<Duration>,
    allocations: u64,
}

impl<'a> Contender<'a> {
    fn new(name: &'static str, call: impl Fn() + 'a) -> Self {
        Self { name, call: Box::new(call), times: Vec::new(), allocations: u64::MAX }
    }

    fn measure(&mut self) {
        let (before, started) = (allocations::so_far(), Instant::now());
        (self.call)();
        self.times.push(started.elapsed());
        // More than the least is a buffer of the connection that had to grow.
        self.allocations = self.allocations.min(allocations::so_far() - before);
    }
}

/// The ways to make one call, in turn, so that whatever else the machine does falls on all of them.
fn compare<T: DeserializeOwned, F: Future>(name: &str, url: &str, ours: impl Fn() -> F) {
    let name = format!("call, {name}");
    if !results::is_chosen(&name) {
        return;
    }
    let runtime = runtime();
    // Ours has this limit and says who it is, too.
    let plain = reqwest::Client::builder().timeout(Duration::from_secs(60)).user_agent("chatkit-client/0.1.0");
    let plain = plain.build().expect("a client needs nothing else");
    let ours = || drop(black_box(runtime.block_on(ours())));
    let bare = || drop(black_box(runtime.block_on(bare::<T>(&plain, url))));
    let mut contenders = [Contender::new("ours", ours), Contender::new("reqwest", bare)];
    let end = Instant::now() + DURATION;
    while Instant::now() < end {
        for contender in &mut contenders {
            contender.measure();
        }
    }
    results::write(&name, "allocations", &contenders.each_ref().map(|each| (each.name, each.allocations as f64)));
    results::write(&name, "ns", &contenders.map(|each| (each.name, median(each.times))));
}

/// How long each call is measured.
const DURATION: Duration = Duration::from_secs(5);

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e9)
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
