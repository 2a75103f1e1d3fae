//! What carries requests to a server and responses back.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

use super::error::TransportError;
use super::future::BoxFuture;

/// Carries requests to a server and responses back.
///
/// The default is reqwest; bring your own to test without a network, or to go through something else. Retries and
/// limits of time are the client's: a transport sends each request once, and may be dropped at any time.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The response is there when its head is; its body may still be on its way.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// The body of a response, read piece by piece.
pub struct Body(Inner);

enum Inner {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
}

impl Body {
    /// A body that arrives in pieces.
    pub fn from_stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Inner::Stream(Box::pin(stream)))
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            Inner::Whole(bytes) => bytes.take().map(Ok),
            Inner::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
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
