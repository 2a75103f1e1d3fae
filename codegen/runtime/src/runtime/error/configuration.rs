//! Errors of the setup.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::boxed::BoxError;

/// An error in the setup of a client or a call. Nothing was sent.
///
/// ```
/// use generated_crate::{Client, Error};
///
/// let error = Client::builder().base_url("ftp://example.com").build().unwrap_err();
/// assert!(matches!(error, Error::Configuration(_)));
/// ```
#[derive(Clone, Debug)]
pub struct ConfigurationError {
    message: Cow<'static, str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl ConfigurationError {
    #[cold]
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), source: None }
    }

    #[cold]
    pub(crate) fn with_source(message: impl Into<Cow<'static, str>>, source: impl Into<BoxError>) -> Self {
        Self { message: message.into(), source: Some(Arc::from(source.into())) }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for ConfigurationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
