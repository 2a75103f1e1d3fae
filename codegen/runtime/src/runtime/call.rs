//! The part that all calls share: their client and their options.

use std::time::Duration;

use serde_json::Value;

use super::call_options::CallOptions;
use super::client::Client;
use super::error::ConfigurationError;

/// The client and the options of a call.
#[derive(Clone, Debug)]
pub struct Call {
    pub(super) client: Client,
    /// `None` if all options are those of the client, as usual. They are boxed, since each setter
    /// and the future move the call.
    options: Option<Box<CallOptions>>,
}

impl Call {
    /// Creates a call with the options of its client.
    pub fn new(client: &Client) -> Self {
        Self { client: client.clone(), options: None }
    }

    pub(super) fn options(&self) -> &CallOptions {
        static NONE: CallOptions = CallOptions::NONE;
        self.options.as_deref().unwrap_or(&NONE)
    }

    fn options_mut(&mut self) -> &mut CallOptions {
        self.options.get_or_insert_with(|| Box::new(CallOptions::NONE))
    }

    /// Sets the timeout of each attempt.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.options_mut().timeout = Some(timeout);
    }

    /// Sets the timeout of the whole call.
    pub fn total_timeout(&mut self, timeout: Option<Duration>) {
        self.options_mut().total_timeout = Some(timeout);
    }

    /// Sets the maximum number of retries.
    pub fn retries(&mut self, retries: u32) {
        self.options_mut().retries = Some(retries);
    }

    /// Sets a header.
    pub fn extra_header(&mut self, name: &str, value: &str) {
        let result = self.options_mut().headers.set(name, value);
        self.note(result);
    }

    /// Removes a default header.
    pub fn without_header(&mut self, name: &str) {
        let result = self.options_mut().headers.remove(name);
        self.note(result);
    }

    fn note(&mut self, result: Result<(), ConfigurationError>) {
        if let Err(error) = result {
            self.options_mut().problem.get_or_insert(error);
        }
    }

    /// Adds a query parameter.
    pub fn extra_query(&mut self, name: String, value: String) {
        self.options_mut().extra_query.push((name, value));
    }

    /// Adds a property to the body.
    pub fn extra_body(&mut self, name: String, value: Value) {
        self.options_mut().extra_body.retain(|(known, _)| *known != name);
        self.options_mut().extra_body.push((name, value));
    }

    /// Sets whether the request is checked against the bounds of the spec.
    pub fn validate(&mut self, validate: bool) {
        self.options_mut().validate = Some(validate);
    }

    /// Sets whether the response decodes leniently.
    pub fn lenient(&mut self, lenient: bool) {
        self.options_mut().lenient = Some(lenient);
    }
}
