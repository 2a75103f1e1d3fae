//! A server whose answers a test defines byte by byte. It can answer late, wrongly, or not at all.

mod answer;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

use answer::AnswerStep;
pub use answer::{Answer, chunk};

/// A server on a thread of its own, so that a test may block. Dropping it closes all connections.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropped to shut down.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    script: Box<dyn Fn(&Received) -> Answer + Send + Sync>,
    requests: Mutex<Vec<Received>>,
    counts: watch::Sender<Counts>,
}

/// The connections and requests of a server so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All connections.
    pub connections: usize,
    /// Open connections.
    pub open: usize,
    /// Complete requests.
    pub requests: usize,
    /// Requests that are being answered.
    pub running: usize,
    /// Bytes of answers that the system accepted.
    pub written: usize,
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The number of requests before it.
    pub index: usize,
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The headers in their order, with their names in the original case.
    pub headers: Vec<(String, String)>,
    /// The body, as long as the head states.
    pub body: Vec<u8>,
}

impl Received {
    /// Returns the value of a header.
    ///
    /// # Panics
    ///
    /// If the request has the header twice.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} came twice");
        value
    }

    /// Returns the names of all headers in alphabetical order.
    #[must_use]
    pub fn header_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort();
        names
    }

    /// Returns method and target.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Returns the body as JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

impl Server {
    /// Starts a server that answers each request by a function.
    ///
    /// # Panics
    ///
    /// If the system has no free port or thread.
    pub fn start(script: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let shared = Arc::new(Shared {
            script: Box::new(script),
            requests: Mutex::default(),
            counts: watch::Sender::new(Counts::default()),
        });
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        listener.set_nonblocking(true).expect("sockets need not block");
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&shared);
        let run = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("the listener does not block");
                tokio::select! {
                    () = accept(listener, served) => {}
                    _ = stopped => {}
                }
            });
        };
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(run).expect("a thread starts");
        Self { address, shared, stop: Some(stop), thread: Some(thread) }
    }

    /// Starts a server that gives one of these answers to each request. It answers any further request with status 599.
    #[must_use]
    pub fn script(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers: Vec<_> = answers.into_iter().collect();
        Self::start(move |request| {
            answers.get(request.index).cloned().unwrap_or_else(|| Answer::json(599, r#"{"error":"not in the script"}"#))
        })
    }

    /// Starts a server that gives the same answer to every request.
    #[must_use]
    pub fn always(answer: Answer) -> Self {
        Self::start(move |_| answer.clone())
    }

    /// Returns the address, such as `127.0.0.1:4010`.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL for clients.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Returns the requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns method and target of the requests so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.requests().iter().map(Received::line).collect()
    }

    /// Returns the only request.
    ///
    /// # Panics
    ///
    /// If there is none, or more than one.
    #[must_use]
    pub fn request(&self) -> Received {
        let [request] = <[Received; 1]>::try_from(self.requests()).expect("there is one request");
        request
    }

    /// Returns the counts so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        *self.shared.counts.borrow()
    }

    /// Waits until the counts meet a condition.
    ///
    /// # Panics
    ///
    /// If that does not happen in time.
    pub async fn until(&self, seen: impl FnMut(&Counts) -> bool) {
        let mut counts = self.shared.counts.subscribe();
        let waited = timeout(Duration::from_secs(20), counts.wait_for(seen)).await.is_ok();
        assert!(waited, "the server still has {:?}", self.counts());
    }

    /// Waits until the client has closed all connections.
    pub async fn until_disconnected(&self) {
        self.until(|counts| counts.open == 0 && counts.running == 0).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // If the thread has ended, nobody receives this. It has already shown its panic.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        // The client reports errors of its connection.
        let Ok((stream, _)) = listener.accept().await else { continue };
        shared.counts.send_modify(|counts| counts.connections += 1);
        let open = Counted::new(&shared, |counts| &mut counts.open);
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let _open = open;
            serve(stream, &shared).await;
        });
    }
}

/// A count that ends when this is dropped, even if a connection is cut off.
struct Counted {
    shared: Arc<Shared>,
    count: fn(&mut Counts) -> &mut usize,
}

impl Counted {
    fn new(shared: &Arc<Shared>, count: fn(&mut Counts) -> &mut usize) -> Self {
        shared.counts.send_modify(|counts| *count(counts) += 1);
        Self { shared: Arc::clone(shared), count }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.shared.counts.send_modify(|counts| *(self.count)(counts) -= 1);
    }
}

async fn serve(mut stream: TcpStream, shared: &Arc<Shared>) {
    let mut buffer = Vec::new();
    while let Some(mut request) = read(&mut stream, &mut buffer).await {
        {
            let mut requests = shared.requests.lock().unwrap_or_else(PoisonError::into_inner);
            request.index = requests.len();
            requests.push(request.clone());
        }
        let _running = Counted::new(shared, |counts| &mut counts.running);
        shared.counts.send_modify(|counts| counts.requests += 1);
        for step in (shared.script)(&request).0 {
            if !take(step, &mut stream, shared).await {
                return;
            }
        }
    }
}

/// Takes a step. Returns `false` at the end of the connection.
async fn take(step: AnswerStep, stream: &mut TcpStream, shared: &Shared) -> bool {
    match step {
        AnswerStep::Send(bytes) => write(stream, &bytes, shared).await,
        AnswerStep::Repeat(bytes, times) => {
            for _ in 0..times {
                if !write(stream, &bytes, shared).await {
                    return false;
                }
            }
            true
        }
        AnswerStep::Wait(duration) => {
            tokio::time::sleep(duration).await;
            true
        }
        AnswerStep::Stall => {
            let mut ignored = [0; 1024];
            while matches!(stream.read(&mut ignored).await, Ok(1..)) {}
            false
        }
        AnswerStep::Close => false,
    }
}

async fn write(stream: &mut TcpStream, bytes: &[u8], shared: &Shared) -> bool {
    let is_written = stream.write_all(bytes).await.is_ok();
    if is_written {
        shared.counts.send_modify(|counts| counts.written += bytes.len());
    }
    is_written
}

/// Reads a whole request, with a body of the stated length. Returns `None` at the end of the connection.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Received> {
    loop {
        if let Some(request) = parse(buffer) {
            return Some(request);
        }
        if !matches!(stream.read_buf(buffer).await, Ok(1..)) {
            return None;
        }
    }
}

/// Removes the first request from the buffer, if it is complete.
fn parse(buffer: &mut Vec<u8>) -> Option<Received> {
    let head = buffer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let mut line = lines.next()?.split(' ').map(str::to_owned);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut request = Received { index: 0, method: line.next()?, target: line.next()?, headers, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().expect("a length is a number"));
    let end = head + 4 + length;
    if buffer.len() < end {
        return None;
    }
    request.body = buffer[head + 4..end].to_vec();
    buffer.drain(..end);
    Some(request)
}
