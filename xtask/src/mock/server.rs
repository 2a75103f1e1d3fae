//! The mock on a port of this machine.

use super::handler::{LARGEST_BODY, Mock};
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::error::Error;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long the server waits for a client, and after an error.
#[derive(Clone, Copy, Debug)]
struct ServerTimes {
    /// The longest time for the head of a request, and between two parts of its body.
    request: Duration,
    /// The pause after a connection that could not be accepted.
    accept_error: Duration,
}

const TIMES: ServerTimes = ServerTimes { request: Duration::from_secs(30), accept_error: Duration::from_millis(100) };

/// A mock that listens on a thread of its own. Dropping it shuts it down and closes all connections.
#[derive(Debug)]
pub struct MockServer {
    base_url: String,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
    /// Dropped to shut down.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl MockServer {
    /// Listens on a port of the loopback interface and records the requests. Port 0 takes any free port.
    ///
    /// # Errors
    ///
    /// The port is taken, or the system cannot start the thread.
    pub fn start(mock: Mock, port: u16) -> io::Result<Self> {
        let requests = Arc::default();
        let record = Arc::clone(&requests);
        Self::listen(mock, port, TIMES, requests, move |request, _| lock(&record).push(request.clone()))
    }

    /// Listens like [`MockServer::start`], but passes each request and its response to a function and records nothing,
    /// so that its memory does not grow.
    ///
    /// # Errors
    ///
    /// The port is taken, or the system cannot start the thread.
    pub fn observed(
        mock: Mock,
        port: u16,
        observe: impl Fn(&Request<Bytes>, &Response<Bytes>) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::listen(mock, port, TIMES, Arc::default(), observe)
    }

    fn listen(
        mock: Mock,
        port: u16,
        times: ServerTimes,
        requests: Arc<Mutex<Vec<Request<Bytes>>>>,
        observe: impl Fn(&Request<Bytes>, &Response<Bytes>) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}{}", listener.local_addr()?, mock.base_path());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = {
            let _guard = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            runtime.spawn(serve(listener, times, Arc::new((mock, observe))));
            // Ends when the sender is dropped; the runtime ends with it, and so do its connections.
            let _ = runtime.block_on(stopped);
        };
        let thread = std::thread::Builder::new().name("mock".to_owned()).spawn(run)?;
        Ok(Self { base_url, requests, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns the base URL for clients, with the path of the spec's server, such as `http://127.0.0.1:4010/v1`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the requests recorded so far, rejected ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        lock(&self.requests).clone()
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // It ends only by a panic, which the thread has printed.
            let _ = thread.join();
        }
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Locks the requests. A panic in another thread leaves them intact, so poison is ignored.
fn lock(requests: &Mutex<Vec<Request<Bytes>>>) -> std::sync::MutexGuard<'_, Vec<Request<Bytes>>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve<O>(listener: tokio::net::TcpListener, times: ServerTimes, shared: Arc<(Mock, O)>)
where
    O: Fn(&Request<Bytes>, &Response<Bytes>) + Send + Sync + 'static,
{
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // A client hung up, or the process has no descriptor left. Then the next try would fail at once, until one
            // of the open connections ends.
            tokio::time::sleep(times.accept_error).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        let answer = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move {
                let request = with_body(request, times.request).await?;
                let response = shared.0.answer(&request);
                (shared.1)(&request, &response);
                Ok::<_, Box<dyn Error + Send + Sync>>(response.map(Full::new))
            }
        });
        // An error of the connection is the client's to report.
        let mut http = http1::Builder::new();
        // A client that sends nothing must not keep its connection forever.
        http.timer(TokioTimer::new()).header_read_timeout(times.request);
        tokio::spawn(http.serve_connection(TokioIo::new(stream), answer));
    }
}

/// Reads the body of a request.
///
/// A body that is too large is read to its end, since a client that is cut off while it writes may miss the response.
/// Only its start is kept, enough to reject it.
async fn with_body(
    request: Request<Incoming>,
    longest_wait: Duration,
) -> Result<Request<Bytes>, Box<dyn Error + Send + Sync>> {
    let (parts, mut body) = request.into_parts();
    let mut read = BytesMut::new();
    while let Some(frame) = tokio::time::timeout(longest_wait, body.frame()).await? {
        if let Ok(data) = frame?.into_data()
            && read.len() <= LARGEST_BODY
        {
            read.extend_from_slice(&data);
        }
    }
    Ok(Request::from_parts(parts, read.freeze()))
}

#[cfg(test)]
mod tests {
    use super::{MockServer, ServerTimes};
    use crate::mock::Mock;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::Arc;
    use std::time::Duration;

    const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pet:
    post:
      operationId: createPet
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: Done.}}
";

    /// Sends parts of a request to an impatient server, and returns the response once the server closes the connection.
    fn response_to(parts: &[&str]) -> String {
        let mock = Mock::load("pets.yaml", SPEC).expect("a sound spec");
        let times = ServerTimes { request: Duration::from_millis(300), accept_error: Duration::from_millis(1) };
        let server = MockServer::listen(mock, 0, times, Arc::default(), |_, _| {}).expect("a port");
        let address = server.base_url().strip_prefix("http://").expect("a URL");
        let mut stream = TcpStream::connect(address).expect("a connection");
        // A guard against a server that waits forever.
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        for part in parts {
            stream.write_all(part.as_bytes()).expect("a connection");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("the server closes the connection");
        response
    }

    const HEAD: &str = "POST /pet HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n";

    #[test]
    fn closes_the_connection_of_a_client_that_stops_in_a_head() {
        for parts in [&[][..], &["POST"], &[HEAD], &[HEAD, "content-length: 3\r\n"]] {
            assert!(!response_to(parts).contains(" 204 "), "{parts:?}");
        }
    }

    #[test]
    fn closes_the_connection_of_a_client_that_stops_in_a_body() {
        for parts in [&[HEAD, "content-length: 3\r\n\r\n"][..], &[HEAD, "content-length: 3\r\n\r\n", "ab"]] {
            assert_eq!(response_to(parts), "", "{parts:?}");
        }
    }

    #[test]
    fn answers_a_client_that_pauses_and_closes_its_idle_connection() {
        let response = response_to(&["POST ", &HEAD[5..], "content-length: 3\r\n", "\r\na", "b", "c"]);
        assert!(response.starts_with("HTTP/1.1 204 "), "{response}");
    }
}
