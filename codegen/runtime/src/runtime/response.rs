//! Responses: the value of a call, and its metadata.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::redaction::redacted;
use crate::support::secret::Secret;

/// The response to a call: its value and its metadata. It dereferences to the value.
///
/// ```
/// use generated_crate::Response;
///
/// fn log<T>(response: &Response<T>) {
///     let id = response.request_id().unwrap_or("unknown");
///     println!("{} after {} attempts, request {id}", response.status(), response.attempts());
/// }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    corrected: Vec<String>,
    meta: ResponseMeta,
}

/// The metadata of a response.
#[derive(Clone)]
pub(crate) struct ResponseMeta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    /// Whether the error code is one that is never retried.
    pub(crate) is_final: bool,
    /// The credentials of the request, which errors redact in the texts of the response.
    pub(crate) secrets: Vec<Secret>,
}

impl ResponseMeta {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns a text in which the secrets are redacted.
    pub(crate) fn redacted(&self, text: &str) -> String {
        redacted(text, &self.secrets)
    }
}

/// Shows neither body nor header values, which may contain secrets.
impl fmt::Debug for ResponseMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMeta")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("content_type", &content_type(&self.headers))
            .field("body_length", &self.body.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, corrected: Vec<String>, mut meta: ResponseMeta) -> Self {
        meta.secrets.clear();
        Self { value, corrected, meta }
    }

    /// Returns the value, and drops the metadata.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the response headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// Returns the request id that the server assigned. Quote it when you report a problem.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// Returns the number of attempts: 1 if the first one succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Returns the raw body. It may contain secrets.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.meta.body
    }

    /// Returns the paths of the required properties that the response lacked, such as
    /// `data[0].user`.
    ///
    /// Their values are the defaults of the spec, or empty. Only a lenient call corrects
    /// properties.
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

/// Returns the request id that the server assigned.
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-request-id")?.to_str().ok()
}

/// Returns the media type of a body.
pub fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
}

/// Returns `true` if a media type is JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
