//! The URL of a request.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::url_encoding::RESERVED;

/// The URL of a request. A path parameter that is not filled in yet is its name in braces.
#[derive(Debug)]
pub struct RequestUrl {
    text: String,
    /// The length of the base URL. Braces in it are not parameters.
    base: usize,
    has_query: bool,
}

impl RequestUrl {
    /// Creates the URL of a path template below a base URL without a trailing slash.
    pub fn new(base: &str, template: &str) -> Self {
        // Few calls have parameters that need more.
        const PARAMETERS: usize = 64;
        let mut text = String::with_capacity(base.len() + template.len() + PARAMETERS);
        text.push_str(base);
        text.push_str(template);
        Self { text, base: base.len(), has_query: false }
    }

    /// Replaces the name of a path parameter by its encoded value, which contains no braces.
    pub fn fill(&mut self, name: &str, value: &str) {
        let mut from = self.base;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find('{')).map(|at| from + at) {
            from = at + 1;
            let place = at..at + name.len() + 2;
            if self.text.get(place.clone()).and_then(|place| place.strip_prefix('{')?.strip_suffix('}')) == Some(name) {
                self.text.replace_range(place, value);
            }
        }
    }

    /// Adds a parameter to the query, and percent-encodes the characters of the set in its value.
    pub fn query(&mut self, name: &str, value: &str, set: &'static AsciiSet) {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.text.extend(utf8_percent_encode(name, RESERVED));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, set));
    }

    /// Returns the URL as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
