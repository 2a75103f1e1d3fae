//! The client: the configuration that all calls share.

use std::fmt;
use std::sync::Arc;

use super::config::ClientConfig;

/// A client of the API. It is cheap to clone: all clones share one pool of connections.
#[derive(Clone)]
pub struct Client(Arc<ClientConfig>);

impl Client {
    pub(super) fn new(config: ClientConfig) -> Self {
        Self(Arc::new(config))
    }

    pub(super) fn config(&self) -> &ClientConfig {
        &self.0
    }

    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}

/// Shows nothing that may be a secret.
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
