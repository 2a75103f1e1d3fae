//! Responses whose head has arrived.

use http::StatusCode;
use http::header::{CONTENT_LENGTH, HeaderMap};

use super::body::Body;

/// A response whose head has arrived.
pub(super) struct ReceivedResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The length of the body that the head states.
    pub(super) length: Option<usize>,
    pub(super) body: Body,
}

impl ReceivedResponse {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Body) -> Self {
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Self { status, headers, length, body }
    }
}

impl From<http::Response<Body>> for ReceivedResponse {
    fn from(response: http::Response<Body>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(head.status, head.headers, body)
    }
}
