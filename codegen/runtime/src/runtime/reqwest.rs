//! reqwest as the transport.

#[cfg(not(target_arch = "wasm32"))]
use std::error::Error as StdError;
#[cfg(not(target_arch = "wasm32"))]
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::error::{ConfigurationError, TransportError, TransportErrorKind};
use super::future::BoxFuture;
use super::transport::{Body, Received, Transport};

/// Whether the default transport can speak https. A browser always can.
pub const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls", target_arch = "wasm32"));

/// Sends requests with a [`reqwest::Client`](reqwest::Client), for a transport of your own to pass them on to.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(pub(crate) reqwest::Client);

impl ReqwestTransport {
    /// The transport that a client has by default.
    ///
    /// It follows a redirect only where the method stays as it is (307 and 308), and only to the same scheme, host and
    /// port: a key is never shown to anybody else.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, ConfigurationError> {
        let policy = reqwest::redirect::Policy::custom(follow);
        Self::built(reqwest::Client::builder().redirect(policy).connect_timeout(connect_timeout))
    }

    /// The transport that a client has by default. A browser decides on redirects and connections itself.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn new(_: Duration) -> Result<Self, ConfigurationError> {
        Self::built(reqwest::Client::builder())
    }

    fn built(builder: reqwest::ClientBuilder) -> Result<Self, ConfigurationError> {
        builder.build().map(Self).map_err(|error| ConfigurationError::with_source("reqwest cannot be set up", error))
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

/// Without the address, which may have a credential in its query.
#[cold]
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
}

/// What went wrong while a body was read.
#[cfg(not(target_arch = "wasm32"))]
#[cold]
pub(super) fn broken(error: reqwest::Error) -> TransportError {
    TransportError::new(kind(&error), Broken(error.without_url()))
}

/// To reqwest, all that goes wrong with a body is an error of decoding it, which sounds like JSON.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
struct Broken(reqwest::Error);

#[cfg(not(target_arch = "wasm32"))]
impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body cannot be read")
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl StdError for Broken {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn kind(error: &reqwest::Error) -> TransportErrorKind {
    // A connection that takes too long is both.
    if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    }
}

#[cfg(target_arch = "wasm32")]
fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Other }
}

impl ReqwestTransport {
    /// Sends a request.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn receive(&self, request: reqwest::Request) -> impl Future<Output = Result<Received, TransportError>> {
        let sending = self.0.execute(request);
        async {
            let mut response = sending.await.map_err(failed)?;
            let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
            Ok(Received::new(status, headers, Body::from_reqwest(response)))
        }
    }

    /// Sends a request, and waits for the whole response, which a browser has no other way to wait for.
    #[cfg(target_arch = "wasm32")]
    pub(super) async fn receive(&self, request: reqwest::Request) -> Result<Received, TransportError> {
        let response = self.0.execute(request).await.map_err(failed)?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Received::new(status, headers, Body::from(response.bytes().await.map_err(failed)?)))
    }
}

impl Transport for ReqwestTransport {
    #[cfg(not(target_arch = "wasm32"))]
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let mut received = self.0.execute(request).await.map_err(failed)?;
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
            let received = self.receive(reqwest::Request::try_from(request).map_err(failed)?).await?;
            let mut response = http::Response::new(received.body);
            *response.status_mut() = received.status;
            *response.headers_mut() = received.headers;
            Ok(response)
        })
    }
}
