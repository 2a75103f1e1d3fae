//! The configuration of a client.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Uri};

use super::api::Api;
use super::clock::Clock;
use super::credential::CredentialSource;
use super::header::HeaderChanges;
use super::http_backend::HttpBackend;
use super::retry::RetryPolicy;

/// The configuration of a client.
pub struct ClientConfig {
    pub(super) api: &'static Api,
    /// Without a trailing slash.
    pub(super) base_url: String,
    /// The parts of the base URL.
    pub(super) server: Uri,
    /// The source of each of the API's credentials.
    pub(super) credentials: Vec<Option<CredentialSource>>,
    /// The value of each of the API's headers, if it is set.
    pub(super) headers: Vec<Option<(HeaderName, HeaderValue)>>,
    /// The headers that the caller sets and removes.
    pub(super) changes: HeaderChanges,
    pub(super) retry: RetryPolicy,
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) max_response_bytes: usize,
    pub(super) validate: bool,
    pub(super) lenient: bool,
    pub(super) backend: HttpBackend,
    pub(super) clock: Arc<dyn Clock>,
}
