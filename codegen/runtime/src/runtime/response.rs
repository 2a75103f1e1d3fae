//! Responses.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::support::secret::Secret;

/// What came back: the value, to which it dereferences, and how it came.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    corrected: Vec<String>,
    meta: Meta,
}

/// How a response came.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    /// The error code says that a retry cannot succeed.
    pub(crate) is_final: bool,
    /// What the request proved itself with, for whatever of the response is shown.
    pub(crate) secrets: Vec<Secret>,
}

impl Meta {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// A text without the secrets, should a server have repeated one.
    pub(crate) fn redacted(&self, text: &str) -> String {
        let secrets = self.secrets.iter().map(|secret| secret.expose().trim()).filter(|secret| !secret.is_empty());
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "[redacted]"))
    }
}

/// Without body and header values, which may hold secrets.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meta")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("content_type", &content_type(&self.headers))
            .field("body_length", &self.body.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, corrected: Vec<String>, mut meta: Meta) -> Self {
        meta.secrets.clear();
        Self { value, corrected, meta }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The id that the server gave to the call. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// How many attempts were made: 1 where the first one succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The body as it came. It may hold secrets.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.meta.body
    }

    /// Returns the paths of the required properties that the response lacks, such as `data[0].user`.
    ///
    /// Their values are defaults of the spec, or empty. A strict call never corrects anything.
    #[must_use]
    pub fn corrected(&self) -> &[String] {
        &self.corrected
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("corrected", &self.corrected)
            .field("meta", &self.meta)
            .finish()
    }
}

/// The id that a server gives to each call.
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-request-id")?.to_str().ok()
}

/// The media type of a body.
pub fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
}

/// Whether a media type is JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
