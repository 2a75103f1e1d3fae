//! Per-call options.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::error::ConfigurationError;
use super::header::HeaderChanges;

/// The options of a call that differ from those of its client.
#[derive(Clone)]
#[allow(clippy::option_option, reason = "`Some(None)` disables a timeout, `None` keeps the timeout of the client")]
pub struct CallOptions {
    /// `Some(None)` disables the timeout.
    pub(super) timeout: Option<Option<Duration>>,
    pub(super) total_timeout: Option<Option<Duration>>,
    pub(super) retries: Option<u32>,
    pub(super) headers: HeaderChanges,
    pub(super) extra_query: Vec<(String, String)>,
    pub(super) extra_body: Vec<(String, Value)>,
    pub(super) validate: Option<bool>,
    pub(super) lenient: Option<bool>,
    /// The first error of a setter.
    pub(super) problem: Option<ConfigurationError>,
}

/// Shows only the names of extra parameters and properties, since their values may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.extra_query.iter().map(|(name, _)| name).collect();
        let body: Vec<_> = self.extra_body.iter().map(|(name, _)| name).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retries", &self.retries)
            .field("headers", &self.headers)
            .field("extra_query", &query)
            .field("extra_body", &body)
            .field("validate", &self.validate)
            .field("lenient", &self.lenient)
            .finish_non_exhaustive()
    }
}

impl CallOptions {
    /// The options of the client.
    pub(super) const NONE: Self = Self {
        timeout: None,
        total_timeout: None,
        retries: None,
        headers: HeaderChanges::NONE,
        extra_query: Vec::new(),
        extra_body: Vec::new(),
        validate: None,
        lenient: None,
        problem: None,
    };
}
