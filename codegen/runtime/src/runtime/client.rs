//! The client: the configuration that all calls share.

use std::fmt;
use std::sync::Arc;

use super::config::ClientConfig;

/// A client of the API.
///
/// Cloning it is cheap, and all clones share one pool of connections.
///
/// ```no_run
/// use generated_crate::Client;
///
/// // Reads credentials and settings from environment variables.
/// let client = Client::from_env()?;
/// println!("calls go to {}", client.base_url());
/// # Ok::<(), generated_crate::Error>(())
/// ```
#[derive(Clone)]
pub struct Client(Arc<ClientConfig>);

impl Client {
    pub(super) fn new(config: ClientConfig) -> Self {
        Self(Arc::new(config))
    }

    pub(super) fn config(&self) -> &ClientConfig {
        &self.0
    }

    /// Returns the base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}

/// Shows no value that may be a secret.
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
