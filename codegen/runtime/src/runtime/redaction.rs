//! Redacts credentials in the texts of a server, which may repeat them. `support::secret` redacts
//! them in `Debug` output.

use std::borrow::Cow;

use crate::support::secret::Secret;

/// Returns a text in which the secrets are redacted, whether or not they are escaped.
pub fn redacted<'t>(text: &'t str, secrets: &[Secret]) -> Cow<'t, str> {
    let mut shown = Cow::Borrowed(text);
    for secret in secrets.iter().map(|secret| secret.expose().trim()).filter(|secret| !secret.is_empty()) {
        // An escaped secret may contain the secret itself, so it is redacted first.
        for form in escaped(secret).iter().map(String::as_str).chain([secret]) {
            if shown.contains(form) {
                shown = Cow::Owned(shown.replace(form, "[redacted]"));
            }
        }
    }
    shown
}

/// Returns a secret as error messages of serde quote it, and as JSON does, if either escapes it.
fn escaped(secret: &str) -> Vec<String> {
    if secret.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        return Vec::new();
    }
    let quoted = [format!("{secret:?}"), serde_json::Value::from(secret).to_string()];
    quoted.iter().filter_map(|quoted| Some(quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned())).collect()
}
