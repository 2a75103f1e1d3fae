//! The trait of transports.

use bytes::Bytes;

use super::body::Body;
use super::error::TransportError;
use super::future::BoxFuture;

/// Sends requests to a server.
///
/// The default is reqwest. Implement this trait to test without a network, or to use another HTTP
/// client. The client retries and times out: a transport sends each request once, and its future
/// may be dropped at any time.
///
/// # Examples
///
/// A fake that answers every request with the same status and body:
///
/// ```
/// use generated_crate::bytes::Bytes;
/// use generated_crate::{Body, BoxFuture, Client, Transport, TransportError, http};
///
/// struct Canned(u16, &'static str);
///
/// impl Transport for Canned {
///     fn send(
///         &self,
///         _: http::Request<Bytes>,
///     ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         let response = http::Response::builder().status(self.0).body(Body::from(self.1));
///         Box::pin(async { Ok(response.expect("the status is valid")) })
///     }
/// }
///
/// let builder = Client::builder().transport(Canned(429, ""));
/// ```
///
/// To simulate a failure of the network, return a [`TransportError`]. To observe requests, wrap
/// [`ReqwestTransport`](crate::ReqwestTransport).
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The future is ready when the head of the response has arrived; its body
    /// may follow.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}
