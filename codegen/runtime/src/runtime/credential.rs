//! Credentials. Neither errors nor `Debug` output contain them.

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
        /// Creates a source from a function.
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
// The futures of a browser are not `Send`.
#[cfg(target_arch = "wasm32")]
provider!();

/// Calls a provider for one attempt.
pub async fn provided(provide: &CredentialProvider) -> Result<Secret, ConfigurationError> {
    provide().await.map_err(|error| ConfigurationError::with_source("the credential provider failed", error))
}

/// Returns the header of a credential, if a header carries it. Errors do not contain its value.
pub fn credential_header(credential: &Credential, secret: &Secret) -> Result<Option<HeaderEntry>, ConfigurationError> {
    let Some(name) = credential.location.header() else { return Ok(None) };
    let text = secret.expose().trim();
    // Headers allow other bytes, but servers disagree on their meaning. No key has them: it is a typo.
    if !text.is_ascii() {
        return Err(ConfigurationError::new("it contains a character that is not ASCII"));
    }
    let value = match credential.location {
        CredentialLocation::Bearer => parse_value(name, &format!("Bearer {text}")),
        CredentialLocation::Header(_) | CredentialLocation::Query(_) => parse_value(name, text),
    };
    Ok(Some((parse_name(name)?, value?)))
}

/// Returns the error of a credential that is missing or blank. It says how to set the credential.
#[cold]
pub fn missing(credential: &Credential, what: &str) -> ConfigurationError {
    let Credential { name, setter, .. } = credential;
    let environment =
        credential.variable.map(|name| format!(", or set the environment variable {name}")).unwrap_or_default();
    let message = format!("the credential {name} {what}: call `.{setter}(…)` on the client's builder{environment}");
    ConfigurationError::new(message)
}

impl fmt::Debug for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(..) => "Fixed(…)",
            Self::Provider(_) => "Provider(…)",
        })
    }
}
