//! The mock on a port of this machine.

use super::handler::{LARGEST_BODY, Mock};
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

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
        Self::listen(mock, port, requests, move |request, _| lock(&record).push(request.clone()))
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
        Self::listen(mock, port, Arc::default(), observe)
    }

    fn listen(
        mock: Mock,
        port: u16,
        requests: Arc<Mutex<Vec<Request<Bytes>>>>,
        observe: impl Fn(&Request<Bytes>, &Response<Bytes>) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}{}", listener.local_addr()?, mock.base_path());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let listener = {
            let _guard = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            runtime.spawn(serve(listener, Arc::new((mock, observe))));
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

async fn serve<O>(listener: tokio::net::TcpListener, shared: Arc<(Mock, O)>)
where
    O: Fn(&Request<Bytes>, &Response<Bytes>) + Send + Sync + 'static,
{
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // A client hung up, or there are too many connections. Let the open ones proceed.
            tokio::task::yield_now().await;
            continue;
        };
        let shared = Arc::clone(&shared);
        let answer = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move {
                let request = with_body(request).await?;
                let response = shared.0.answer(&request);
                (shared.1)(&request, &response);
                Ok::<_, hyper::Error>(response.map(Full::new))
            }
        });
        // An error of the connection is the client's to report.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), answer));
    }
}

/// Reads the body of a request.
///
/// A body that is too large is read to its end, since a client that is cut off while it writes may miss the response.
/// Only its start is kept, enough to reject it.
async fn with_body(request: Request<Incoming>) -> hyper::Result<Request<Bytes>> {
    let (parts, mut body) = request.into_parts();
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data()
            && read.len() <= LARGEST_BODY
        {
            read.extend_from_slice(&data);
        }
    }
    Ok(Request::from_parts(parts, read.freeze()))
}
