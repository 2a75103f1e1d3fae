//! Responses: the value of a call, and its metadata.

use std::borrow::Cow;
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
    /// The credentials of the request, which are redacted in the texts of the response.
    pub(crate) secrets: Vec<Secret>,
    /// The shown headers that repeat a credential, redacted.
    pub(crate) redacted_headers: Vec<(&'static str, String)>,
}

/// The headers that errors, `Debug` and spans show.
const SHOWN_HEADERS: [&str; 3] = [REQUEST_ID, "content-type", "content-encoding"];

const REQUEST_ID: &str = "x-request-id";

impl ResponseMeta {
    /// Returns the request id that the server assigned.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.shown_header(REQUEST_ID)
    }

    /// Returns the media type of the body.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.shown_header("content-type")
    }

    /// Returns the encoding of the body.
    pub(crate) fn content_encoding(&self) -> Option<&str> {
        self.shown_header("content-encoding")
    }

    /// Returns a text in which the secrets are redacted.
    pub(crate) fn redacted(&self, text: &str) -> String {
        redacted(text, &self.secrets).into_owned()
    }

    /// Redacts the secrets in the headers that are shown. The raw headers keep them.
    pub(crate) fn redact_headers(&mut self) {
        for name in SHOWN_HEADERS {
            if let Some(text) = text(&self.headers, name)
                && let Cow::Owned(redacted) = redacted(text, &self.secrets)
            {
                self.redacted_headers.push((name, redacted));
            }
        }
    }

    fn shown_header(&self, name: &str) -> Option<&str> {
        let redacted = self.redacted_headers.iter().find(|(redacted, _)| *redacted == name);
        redacted.map(|(_, text)| text.as_str()).or_else(|| text(&self.headers, name))
    }
}

/// Shows neither body nor header values, which may contain secrets.
impl fmt::Debug for ResponseMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMeta")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("content_type", &self.content_type())
            .field("body_length", &self.body.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, corrected: Vec<String>, meta: ResponseMeta) -> Self {
        Self { value, corrected, meta }
    }

    /// Returns a text of the response in which the credentials of the request are redacted.
    pub(crate) fn redacted(&self, text: &str) -> String {
        self.meta.redacted(text)
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

/// Returns the value of a header, if it is text.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Returns `true` if a media type is JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
