//! The transport that uses reqwest.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::body::Body;
use super::error::{ConfigurationError, TransportError};
use super::future::BoxFuture;
use super::received_response::ReceivedResponse;
use super::reqwest_error::transport_error;
use super::transport::Transport;

/// Whether the default transport supports https. A browser always does.
pub const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls", target_arch = "wasm32"));

/// A transport that uses a `reqwest::Client`. A transport of your own can delegate to it.
#[derive(Clone)]
pub struct ReqwestTransport(pub(crate) reqwest::Client);

/// Does not show the client: its default headers may contain a credential.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl ReqwestTransport {
    /// Creates the default transport of a client.
    ///
    /// It follows a redirect only if the method does not change (307 and 308), and only to the same
    /// scheme, host and port. Other servers receive no credential.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, ConfigurationError> {
        let policy = reqwest::redirect::Policy::custom(follow);
        Self::built(reqwest::Client::builder().redirect(policy).connect_timeout(connect_timeout))
    }

    /// Creates the default transport of a client. A browser itself decides on redirects and
    /// connections.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn new(_: Duration) -> Result<Self, ConfigurationError> {
        Self::built(reqwest::Client::builder())
    }

    fn built(builder: reqwest::ClientBuilder) -> Result<Self, ConfigurationError> {
        builder
            .build()
            .map(Self)
            .map_err(|error| ConfigurationError::with_source("the HTTP client could not be set up", error))
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn follow(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    const MOST: usize = 5;
    let keeps_method = matches!(attempt.status().as_u16(), 307 | 308);
    let same_origin = attempt.previous().last().is_some_and(|from| from.origin() == attempt.url().origin());
    if keeps_method && same_origin && attempt.previous().len() <= MOST { attempt.follow() } else { attempt.stop() }
}

impl ReqwestTransport {
    /// Sends a request.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn receive(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<ReceivedResponse, TransportError>> {
        let sending = self.0.execute(request);
        async {
            let mut response = sending.await.map_err(transport_error)?;
            let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
            Ok(ReceivedResponse::new(status, headers, Body::from_reqwest(response)))
        }
    }

    /// Sends a request and waits for the whole response. A browser does not return the head alone.
    #[cfg(target_arch = "wasm32")]
    pub(super) async fn receive(&self, request: reqwest::Request) -> Result<ReceivedResponse, TransportError> {
        let response = self.0.execute(request).await.map_err(transport_error)?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(ReceivedResponse::new(status, headers, Body::from(response.bytes().await.map_err(transport_error)?)))
    }
}

impl Transport for ReqwestTransport {
    #[cfg(not(target_arch = "wasm32"))]
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let mut received = self.0.execute(request).await.map_err(transport_error)?;
            let mut response = http::Response::new(());
            *response.status_mut() = received.status();
            *response.version_mut() = received.version();
            *response.headers_mut() = std::mem::take(received.headers_mut());
            *response.extensions_mut() = std::mem::take(received.extensions_mut());
            Ok(response.map(|()| Body::from_reqwest(received)))
        })
    }

    #[cfg(target_arch = "wasm32")]
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let received = self.receive(reqwest::Request::try_from(request).map_err(transport_error)?).await?;
            let mut response = http::Response::new(received.body);
            *response.status_mut() = received.status;
            *response.headers_mut() = received.headers;
            Ok(response)
        })
    }
}
