//! Adds the credentials of a call to its requests.

use super::api::{Credential, CredentialLocation};
use super::config::ClientConfig;
use super::credential::{CredentialSource, credential_header, missing, provided};
use super::dyn_operation::DynOperation;
use super::error::{ConfigurationError, Error};
use super::header::HeaderChanges;
use super::request::{PreparedRequest, prepare};
use super::url_encoding::RESERVED;
use crate::support::secret::Secret;

/// Returns the request of an attempt, and the credentials that differ between attempts.
///
/// Each attempt prepares its own request. Few calls need a second one, and keeping a copy would
/// slow down every call.
pub async fn authenticated(
    config: &ClientConfig,
    call: &DynOperation<'_>,
) -> Result<(PreparedRequest, Vec<Secret>), Error> {
    let mut request = prepare(config, call)?;
    let mut secrets = Vec::new();
    for index in call.info.credentials {
        let Some(credential) = config.api.credentials.get(*index) else { continue };
        if overriding_header(config, call, credential).is_some() {
            continue;
        }
        match config.credentials.get(*index) {
            Some(Some(CredentialSource::Fixed(_, Some((name, value))))) => {
                request.headers.insert(name, value.clone());
            }
            Some(Some(CredentialSource::Fixed(secret, None))) => add(&mut request, credential, secret)?,
            Some(Some(CredentialSource::Provider(provide))) => {
                let secret = provided(provide).await?;
                if secret.expose().trim().is_empty() {
                    return Err(missing(credential, "is blank").into());
                }
                add(&mut request, credential, &secret)?;
                secrets.push(secret);
            }
            _ => return Err(missing(credential, "is missing").into()),
        }
    }
    Ok((request, secrets))
}

/// Adds a credential to a request.
fn add(request: &mut PreparedRequest, credential: &Credential, secret: &Secret) -> Result<(), ConfigurationError> {
    if let CredentialLocation::Query(name) = credential.location {
        request.url.query(name, secret.expose().trim(), RESERVED);
    } else if let Some((name, value)) = credential_header(credential, secret)? {
        request.headers.insert(name, value);
    }
    Ok(())
}

/// Returns the header of a credential, and the changes that set or remove it, if the caller
/// overrides it. The changes of the call take precedence over those of the client.
fn overriding_header<'a>(
    config: &'a ClientConfig,
    call: &'a DynOperation<'_>,
    credential: &Credential,
) -> Option<(&'static str, &'a HeaderChanges)> {
    let name = credential.location.header()?;
    let mut changes = [&call.options.headers, &config.changes].into_iter();
    Some((name, changes.find(|changes| changes.mentions(name))?))
}

/// Returns the credentials that all attempts of a call share: the fixed ones, and the headers that
/// the caller sends in their place. They are redacted in the texts of responses.
pub fn lasting_secrets<'a>(config: &'a ClientConfig, call: &'a DynOperation<'a>) -> impl Iterator<Item = Secret> {
    call.info.credentials.iter().filter_map(move |index| {
        let credential = config.api.credentials.get(*index)?;
        if let Some((name, changes)) = overriding_header(config, call, credential) {
            // A scheme, such as `Bearer`, precedes the credential.
            return changes.value(name)?.to_str().ok()?.split_whitespace().last().map(Secret::from);
        }
        match config.credentials.get(*index)?.as_ref()? {
            CredentialSource::Fixed(secret, _) => Some(secret.clone()),
            CredentialSource::Provider(_) => None,
        }
    })
}
