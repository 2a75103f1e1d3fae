//! The request that an operation writes, without a network.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde_core::Serialize;
use serde_json::Value;

use super::error::ConfigurationError;
use super::header;
use super::request_url::RequestUrl;
use super::style::{self, ParameterStyle};
use super::url_encoding::{self, NOT_ALLOWED, RESERVED};

/// A request, into which an operation writes its parameters and its body.
#[derive(Debug)]
pub struct RequestBuilder {
    pub(super) url: RequestUrl,
    /// Path parameters that would name another resource.
    pub(super) misplaced: Vec<(&'static str, Value)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) extra_body: Vec<(String, Value)>,
    pub(super) problem: Option<ConfigurationError>,
}

impl RequestBuilder {
    /// Creates a request with the headers that all requests have, and with the properties that the
    /// caller adds to the body.
    pub(super) fn new(url: RequestUrl, headers: HeaderMap, extra_body: Vec<(String, Value)>) -> Self {
        Self { url, misplaced: Vec::new(), headers, body: None, extra_body, problem: None }
    }

    /// Writes a path parameter.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize, style: ParameterStyle) {
        let Some(value) = self.value(name, value) else { return };
        self.url.fill(name, &style::simple(name, &value, style, url_encoding::encode_part));
        if !url_encoding::is_segment(&style::simple(name, &value, style, style::PLAIN)) {
            self.misplaced.push((name, value));
        }
    }

    /// Writes a path parameter that is a string and a whole path segment.
    pub fn segment(&mut self, name: &'static str, value: &str) {
        self.url.fill(name, &url_encoding::encode(value));
        if !url_encoding::is_segment(value) {
            self.misplaced.push((name, value.into()));
        }
    }

    /// Writes a query parameter, if there is one.
    pub fn query(&mut self, name: &str, value: Option<&impl Serialize>, style: ParameterStyle, allow_reserved: bool) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        for (name, value) in style::pairs(name, &value, style) {
            self.url.query(&name, &value, if allow_reserved { NOT_ALLOWED } else { RESERVED });
        }
    }

    /// Writes a header with a constant value. The value is neither parsed nor copied.
    pub fn constant_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Writes a header parameter, if there is one.
    pub fn header(&mut self, name: &'static str, value: Option<&impl Serialize>, style: ParameterStyle) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        self.insert(name, &style::simple(name, &value, style, style::PLAIN));
    }

    /// Writes a cookie, if there is one.
    pub fn cookie(&mut self, name: &'static str, value: Option<&impl Serialize>, style: ParameterStyle) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        let mut cookies: Vec<String> =
            self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned).into_iter().collect();
        let pairs = style::pairs(name, &value, style);
        cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={}", url_encoding::encode(value))));
        self.insert("cookie", &cookies.join("; "));
    }

    fn insert(&mut self, name: &str, value: &str) {
        match header::parse_value(name, value).and_then(|value| Ok((header::parse_name(name)?, value))) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => self.problem = Some(error),
        }
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Option<Value> {
        serde_json::to_value(value).map_err(|error| self.not_json(&format!("the parameter `{name}`"), error)).ok()
    }

    #[cold]
    fn not_json(&mut self, what: &str, error: serde_json::Error) {
        self.problem = Some(ConfigurationError::with_source(format!("{what} cannot be encoded as JSON"), error));
    }

    /// Writes a body as JSON, if there is one.
    pub fn json(&mut self, media_type: &'static str, value: Option<&impl Serialize>) {
        let Some(value) = value else { return };
        let written = if self.extra_body.is_empty() { serde_json::to_vec(value) } else { self.with_extra(value) };
        match written {
            Ok(body) => self.body(media_type, body.into()),
            Err(error) => self.not_json("the body", error),
        }
    }

    fn with_extra(&mut self, value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
        let mut value = serde_json::to_value(value)?;
        match &mut value {
            Value::Object(properties) => properties.extend(self.extra_body.drain(..)),
            _ => self.problem = Some(ConfigurationError::new("extra_body needs a body that is a JSON object")),
        }
        serde_json::to_vec(&value)
    }

    /// Writes a body of bytes, if there is one.
    pub fn bytes(&mut self, media_type: &'static str, body: Option<&Bytes>) {
        if let Some(body) = body {
            self.body(media_type, body.clone());
        }
    }

    fn body(&mut self, media_type: &'static str, body: Bytes) {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = Some(body);
    }
}
