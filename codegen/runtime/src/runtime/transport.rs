//! The trait of transports.

use bytes::Bytes;

use super::body::Body;
use super::error::TransportError;
use super::future::BoxFuture;

/// Sends requests to a server.
///
/// The default is reqwest. Implement it to test without a network, or to use another HTTP client. The client retries
/// and times out: a transport sends each request once, and its future may be dropped at any time.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The future is ready when the head of the response has arrived; its body may follow.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}
