//! Redacts credentials in the texts of a server, which may repeat them. `support::secret` redacts
//! them in `Debug` output.

use crate::support::secret::Secret;

/// Returns a text in which the secrets are redacted.
pub fn redacted(text: &str, secrets: &[Secret]) -> String {
    let secrets = secrets.iter().map(|secret| secret.expose().trim()).filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "[redacted]"))
}
