//! reqwest as the transport.

use std::time::Duration;

use bytes::Bytes;

use super::error::{ConfigurationError, TransportError, TransportErrorKind};
use super::future::BoxFuture;
use super::transport::{Body, Transport};

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
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind(&error), error)
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

impl Transport for ReqwestTransport {
    #[cfg(not(target_arch = "wasm32"))]
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let response = self.0.execute(request).await.map_err(failed)?;
            let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
            Ok(http::Response::from_parts(head, Body::from_stream(native::Chunks(body))))
        })
    }

    #[cfg(target_arch = "wasm32")]
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let response = self.0.execute(request).await.map_err(failed)?;
            let mut head = http::Response::builder().status(response.status());
            if let Some(headers) = head.headers_mut() {
                headers.clone_from(response.headers());
            }
            let body = Body::from(response.bytes().await.map_err(failed)?);
            head.body(body).map_err(|error| TransportError::new(TransportErrorKind::Other, error))
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use bytes::Bytes;
    use futures_core::Stream;
    use http_body::Body as _;

    use super::{TransportError, failed};

    /// The data of a body, without trailers.
    pub(super) struct Chunks(pub(super) reqwest::Body);

    impl Stream for Chunks {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            loop {
                match std::task::ready!(Pin::new(&mut self.0).poll_frame(context)) {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(failed(error)))),
                    Some(Ok(frame)) => {
                        if let Ok(data) = frame.into_data() {
                            return Poll::Ready(Some(Ok(data)));
                        }
                    }
                }
            }
        }
    }
}
