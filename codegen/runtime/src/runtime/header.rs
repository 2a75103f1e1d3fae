//! Headers that callers set and remove.

use std::fmt::Display;

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};

use super::error::ConfigurationError;

/// The headers that a caller sets or removes. The last change of a header wins.
#[derive(Clone)]
pub struct HeaderChanges(Vec<(HeaderName, Option<HeaderValue>)>);

impl HeaderChanges {
    /// No change.
    pub const NONE: Self = Self(Vec::new());

    /// Sets a header.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ConfigurationError> {
        let name = parse_name(name)?;
        // With a wrong length, client and server would wait for each other.
        if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
            return Err(ConfigurationError::new(format!(
                "the header `{name}` cannot be set: the client derives it from the body"
            )));
        }
        let value = parse_value(&name, value)?;
        self.put(name, Some(value));
        Ok(())
    }

    /// Removes a header.
    pub fn remove(&mut self, name: &str) -> Result<(), ConfigurationError> {
        self.put(parse_name(name)?, None);
        Ok(())
    }

    fn put(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Returns `true` if a header is set or removed.
    pub fn mentions(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known.as_str() == name)
    }

    /// Returns the value of a header, if it is set.
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

/// Shows only names, since a value may be a secret.
impl std::fmt::Debug for HeaderChanges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = |value: &Option<HeaderValue>| if value.is_some() { "+" } else { "-" };
        f.debug_list().entries(self.0.iter().map(|(name, value)| format!("{}{name}", sign(value)))).finish()
    }
}

/// Parses the name of a header.
pub fn parse_name(name: &str) -> Result<HeaderName, ConfigurationError> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|error| ConfigurationError::with_source(format!("{name:?} is not a valid header name"), error))
}

/// Parses the value of a header. Errors do not contain it.
pub fn parse_value(name: impl Display, value: &str) -> Result<HeaderValue, ConfigurationError> {
    let mut value = HeaderValue::from_str(value).map_err(|error| {
        let message = format!("the value of the header `{name}` contains a character that headers do not allow");
        ConfigurationError::with_source(message, error)
    })?;
    // The value may be a secret. Code that logs headers redacts sensitive values.
    value.set_sensitive(true);
    Ok(value)
}
