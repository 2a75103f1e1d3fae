//! Credentials, which nothing prints.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use super::api::{Credential, CredentialLocation};
use super::error::{BoxError, ConfigurationError};
use super::future::BoxFuture;
use super::header::{parse_name, parse_value};
use crate::support::secret::Secret;

/// Where a credential comes from.
#[derive(Clone)]
pub enum Source {
    /// It stays as it is, and so does the header that it is sent in, where it is sent in one.
    Fixed(Secret, Option<Header>),
    /// It is asked for before each attempt.
    Provider(Provider),
}

/// A header's name and value.
pub type Header = (HeaderName, HeaderValue);

/// A function that gives a credential.
pub type Provider = Arc<dyn Fn() -> BoxFuture<'static, Result<Secret, BoxError>> + Send + Sync>;

macro_rules! provider {
    ($($send:tt)*) => {
        /// Makes a provider of a function.
        pub fn provider<F, R, E>(provide: F) -> Source
        where
            F: Fn() -> R + Send + Sync + 'static,
            R: Future<Output = Result<Secret, E>> $($send)* + 'static,
            E: Into<BoxError>,
        {
            Source::Provider(Arc::new(move || {
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

/// The credential that a provider gives for one attempt.
pub async fn provided(provide: &Provider) -> Result<Secret, ConfigurationError> {
    provide().await.map_err(|error| ConfigurationError::with_source("the credential's provider failed", error))
}

/// The header that a credential is sent in, where it is sent in one, whose value no error shows.
pub fn header(credential: &Credential, secret: &Secret) -> Result<Option<Header>, ConfigurationError> {
    let Some(name) = credential.location.header() else { return Ok(None) };
    let text = secret.expose().trim();
    // Headers take such bytes, and servers read them each in their own way: it is a slip, and never a key.
    if !text.is_ascii() {
        return Err(ConfigurationError::new("it has a character that is not ASCII"));
    }
    let value = match credential.location {
        CredentialLocation::Bearer => parse_value(name, &format!("Bearer {text}")),
        CredentialLocation::Header(_) | CredentialLocation::Query(_) => parse_value(name, text),
    };
    Ok(Some((parse_name(name)?, value?)))
}

/// Says that a credential is missing or blank, and where it can come from.
#[cold]
pub fn missing(credential: &Credential, what: &str) -> ConfigurationError {
    let name = credential.name;
    ConfigurationError::new(match credential.variable {
        Some(variable) => format!("{name} {what}: set it with the builder, or in the environment as {variable}"),
        None => format!("{name} {what}: set it with the builder"),
    })
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(..) => "Fixed(…)",
            Self::Provider(_) => "Provider(…)",
        })
    }
}
