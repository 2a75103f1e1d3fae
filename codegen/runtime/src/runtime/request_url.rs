//! The URL of a request.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::url_encoding::RESERVED;

/// The URL of a request. Path parameters that are not filled in yet are their names in braces.
#[derive(Debug)]
pub struct RequestUrl {
    text: String,
    /// The length of the base URL, which is not a template.
    base: usize,
    has_query: bool,
}

impl RequestUrl {
    /// Creates a URL below another, which has no slash at its end.
    pub fn new(base: &str, template: &str) -> Self {
        // Few calls have parameters that need more.
        const PARAMETERS: usize = 64;
        let mut text = String::with_capacity(base.len() + template.len() + PARAMETERS);
        text.push_str(base);
        text.push_str(template);
        Self { text, base: base.len(), has_query: false }
    }

    /// Replaces the name of a path parameter by its value, which is encoded, so that it has no braces.
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

    /// Adds a parameter to the query. The characters of the set are encoded in its value.
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
