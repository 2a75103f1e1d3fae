//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Uri};

use super::api::Api;
use super::clock::Clock;
use super::credential::Source;
use super::header::HeaderChanges;
use super::retry::RetryPolicy;
use super::transport::Carrier;

/// A client. Cheap to clone, and made to be shared: all clones use one pool of connections.
#[derive(Clone)]
pub struct Client(Arc<Config>);

/// What a client was told when it was made.
pub struct Config {
    pub(super) api: &'static Api,
    /// Without a slash at its end.
    pub(super) base_url: String,
    /// The same, in its parts.
    pub(super) server: Uri,
    /// For each of the API's credentials where it comes from.
    pub(super) credentials: Vec<Option<Source>>,
    /// For each of the API's own headers its value, where there is one.
    pub(super) headers: Vec<Option<(HeaderName, HeaderValue)>>,
    /// The caller's headers.
    pub(super) changes: HeaderChanges,
    pub(super) retry: RetryPolicy,
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) max_response_bytes: usize,
    pub(super) validate: bool,
    pub(super) lenient: bool,
    pub(super) carrier: Carrier,
    pub(super) clock: Arc<dyn Clock>,
}

impl Client {
    pub(super) fn new(config: Config) -> Self {
        Self(Arc::new(config))
    }

    pub(super) fn config(&self) -> &Config {
        &self.0
    }

    /// Where the API is, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}

/// Without anything that may be a secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = self.config();
        f.debug_struct("Client")
            .field("base_url", &config.base_url)
            .field("credentials", &config.credentials)
            .field("headers", &config.changes)
            .field("retry", &config.retry)
            .field("timeout", &config.timeout)
            .field("total_timeout", &config.total_timeout)
            .finish_non_exhaustive()
    }
}
