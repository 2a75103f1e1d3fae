//! Credentials, which are never printed.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use super::api::{Credential, CredentialLocation};
use super::error::{BoxError, ConfigurationError};
use super::future::BoxFuture;
use super::header::{parse_name, parse_value};
use crate::support::secret::Secret;

/// The source of a credential.
#[derive(Clone)]
pub enum CredentialSource {
    /// A fixed credential, with its header if it is sent in one.
    Fixed(Secret, Option<HeaderEntry>),
    /// A function that is called before each attempt.
    Provider(CredentialProvider),
}

/// The name and the value of a header.
pub type HeaderEntry = (HeaderName, HeaderValue);

/// A function that returns a credential.
pub type CredentialProvider = Arc<dyn Fn() -> BoxFuture<'static, Result<Secret, BoxError>> + Send + Sync>;

macro_rules! provider {
    ($($send:tt)*) => {
        /// Makes a source of a function.
        pub fn provider<F, R, E>(provide: F) -> CredentialSource
        where
            F: Fn() -> R + Send + Sync + 'static,
            R: Future<Output = Result<Secret, E>> $($send)* + 'static,
            E: Into<BoxError>,
        {
            CredentialSource::Provider(Arc::new(move || {
                let secret = provide();
                Box::pin(async move { secret.await.map_err(Into::into) })
            }))
        }
    };
}

#[cfg(not(target_arch = "wasm32"))]
provider!(+ Send);
// The futures of a browser stay on one thread.
#[cfg(target_arch = "wasm32")]
provider!();

/// Returns the credential of a provider for one attempt.
pub async fn provided(provide: &CredentialProvider) -> Result<Secret, ConfigurationError> {
    provide().await.map_err(|error| ConfigurationError::with_source("the credential's provider failed", error))
}

/// Returns the header of a credential, if it is sent in one. No error shows its value.
pub fn credential_header(credential: &Credential, secret: &Secret) -> Result<Option<HeaderEntry>, ConfigurationError> {
    let Some(name) = credential.location.header() else { return Ok(None) };
    let text = secret.expose().trim();
    // Headers allow such bytes, but servers disagree on their meaning, and no key has them: it is a slip.
    if !text.is_ascii() {
        return Err(ConfigurationError::new("it has a character that is not ASCII"));
    }
    let value = match credential.location {
        CredentialLocation::Bearer => parse_value(name, &format!("Bearer {text}")),
        CredentialLocation::Header(_) | CredentialLocation::Query(_) => parse_value(name, text),
    };
    Ok(Some((parse_name(name)?, value?)))
}

/// Returns the error of a credential that is missing or blank, with the ways to set it.
#[cold]
pub fn missing(credential: &Credential, what: &str) -> ConfigurationError {
    let name = credential.name;
    ConfigurationError::new(match credential.variable {
        Some(variable) => format!("{name} {what}: set it with the builder, or in the environment as {variable}"),
        None => format!("{name} {what}: set it with the builder"),
    })
}

impl fmt::Debug for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(..) => "Fixed(…)",
            Self::Provider(_) => "Provider(…)",
        })
    }
}
