//! Bodies of responses.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

use super::error::TransportError;
#[cfg(not(target_arch = "wasm32"))]
use super::reqwest_error::body_error;

/// The body of a response, which the client reads piece by piece.
///
/// A [`Transport`](crate::Transport) returns it. Text and bytes convert into a body, and
/// [`from_stream`](Body::from_stream) creates one that arrives in pieces.
///
/// ```
/// use generated_crate::Body;
/// use generated_crate::http::Response;
///
/// let response: Response<Body> = Response::new(Body::from(r#"{ "id": "1" }"#));
/// ```
pub struct Body(BodyKind);

enum BodyKind {
    Whole(Option<Bytes>),
    Stream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>),
    /// Kept as a response, since a stream would be boxed twice: here and by reqwest.
    #[cfg(not(target_arch = "wasm32"))]
    Reqwest(reqwest::Response),
}

impl Body {
    /// Creates a body that arrives in pieces.
    pub fn from_stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(BodyKind::Stream(Box::pin(stream)))
    }

    /// Creates a body from a reqwest response whose head has been taken.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn from_reqwest(response: reqwest::Response) -> Self {
        Self(BodyKind::Reqwest(response))
    }

    /// Returns the next piece, or `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            BodyKind::Whole(bytes) => bytes.take().map(Ok),
            BodyKind::Stream(stream) => poll_fn(|context| stream.as_mut().poll_next(context)).await,
            #[cfg(not(target_arch = "wasm32"))]
            BodyKind::Reqwest(response) => response.chunk().await.map_err(body_error).transpose(),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(BodyKind::Whole(Some(bytes.into())))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
