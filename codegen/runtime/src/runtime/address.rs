//! The address of a request, as it is put together.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::path::RESERVED;

/// The address of a request. Where parameters of its path have not been filled in yet, it has their names in braces.
#[derive(Debug)]
pub struct Address {
    text: String,
    /// How much of it is the client's, and no template.
    base: usize,
    has_query: bool,
}

impl Address {
    /// An address below another, which has no slash at its end.
    pub fn new(base: &str, template: &str) -> Self {
        // Few calls have parameters that need more.
        const PARAMETERS: usize = 64;
        let mut text = String::with_capacity(base.len() + template.len() + PARAMETERS);
        text.push_str(base);
        text.push_str(template);
        Self { text, base: base.len(), has_query: false }
    }

    /// Puts a value in the place of its name. It is encoded already, so that it has no braces.
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

    /// Adds a parameter to the query, of whose value the characters of a set are encoded.
    pub fn query(&mut self, name: &str, value: &str, set: &'static AsciiSet) {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.text.extend(utf8_percent_encode(name, RESERVED));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, set));
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
