//! What carries requests to a server and responses back.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, HeaderMap};

use super::error::TransportError;
use super::future::BoxFuture;
use super::reqwest::ReqwestTransport;
#[cfg(not(target_arch = "wasm32"))]
use super::reqwest::broken;

/// Carries requests to a server and responses back.
///
/// The default is reqwest; bring your own to test without a network, or to go through something else. Retries and
/// limits of time are the client's: a transport sends each request once, and may be dropped at any time.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The response is there when its head is; its body may still be on its way.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// What carries the requests of a client.
pub(super) enum Carrier {
    /// reqwest, as by default: without a box between, and without an address that is read once more.
    Reqwest(ReqwestTransport),
    /// One that the caller brings.
    Other(Arc<dyn Transport>),
}

/// A response whose head is there.
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// How long the body is by its head.
    pub(super) length: Option<usize>,
    pub(super) body: Body,
}

impl Received {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Body) -> Self {
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Self { status, headers, length, body }
    }
}

impl From<http::Response<Body>> for Received {
    fn from(response: http::Response<Body>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(head.status, head.headers, body)
    }
}

/// The body of a response, read piece by piece.
pub struct Body(Inner);

enum Inner {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
    /// Not as a stream, for which reqwest would have to box it, and so would we.
    #[cfg(not(target_arch = "wasm32"))]
    Reqwest(reqwest::Response),
}

impl Body {
    /// A body that arrives in pieces.
    pub fn from_stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Inner::Stream(Box::pin(stream)))
    }

    /// What is left of a response by reqwest.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn from_reqwest(response: reqwest::Response) -> Self {
        Self(Inner::Reqwest(response))
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            Inner::Whole(bytes) => bytes.take().map(Ok),
            Inner::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            #[cfg(not(target_arch = "wasm32"))]
            Inner::Reqwest(response) => response.chunk().await.map_err(broken).transpose(),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Inner::Whole(Some(bytes.into())))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
