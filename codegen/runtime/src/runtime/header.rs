//! Headers that callers set and remove.

use std::fmt::Display;

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};

use super::error::ConfigurationError;

/// Headers that a caller sets, and those it does not want sent. Later calls win over earlier ones.
#[derive(Clone)]
pub struct HeaderChanges(Vec<(HeaderName, Option<HeaderValue>)>);

impl HeaderChanges {
    /// No change.
    pub const NONE: Self = Self(Vec::new());

    /// Sets a header.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ConfigurationError> {
        let name = parse_name(name)?;
        // Wrong ones leave both sides waiting for each other.
        if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
            return Err(ConfigurationError::new(format!(
                "the header `{name}` follows from the body, and cannot be set"
            )));
        }
        let value = parse_value(&name, value)?;
        self.put(name, Some(value));
        Ok(())
    }

    /// Has a header not sent.
    pub fn remove(&mut self, name: &str) -> Result<(), ConfigurationError> {
        self.put(parse_name(name)?, None);
        Ok(())
    }

    fn put(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Whether a header is set or removed here.
    pub fn mentions(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known.as_str() == name)
    }

    /// What a header is set to, where it is set here.
    pub fn value(&self, name: &str) -> Option<&HeaderValue> {
        self.0.iter().find_map(|(known, value)| value.as_ref().filter(|_| known.as_str() == name))
    }

    /// Applies the changes.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            match value {
                Some(value) => drop(headers.insert(name, value.clone())),
                None => drop(headers.remove(name)),
            }
        }
    }
}

/// Names alone: a value may be a secret.
impl std::fmt::Debug for HeaderChanges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = |value: &Option<HeaderValue>| if value.is_some() { "+" } else { "-" };
        f.debug_list().entries(self.0.iter().map(|(name, value)| format!("{}{name}", sign(value)))).finish()
    }
}

/// A header's name.
pub fn parse_name(name: &str) -> Result<HeaderName, ConfigurationError> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|error| ConfigurationError::with_source(format!("{name:?} is no name of a header"), error))
}

/// A header's value, which no error shows.
pub fn parse_value(name: impl Display, value: &str) -> Result<HeaderValue, ConfigurationError> {
    let mut value = HeaderValue::from_str(value).map_err(|error| {
        let message = format!("the value of the header `{name}` has a character that no header takes");
        ConfigurationError::with_source(message, error)
    })?;
    // It may be a secret, so that whoever logs headers shows nothing of it.
    value.set_sensitive(true);
    Ok(value)
}
