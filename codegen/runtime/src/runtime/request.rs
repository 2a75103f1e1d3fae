//! From an operation to a request: pure, so that it is tested without a network.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use serde_core::Serialize;
use serde_json::Value;

use super::address::Address;
use super::client::Config;
use super::error::{BoxError, ConfigurationError, Error, ValidationError};
use super::header;
use super::operation::{DynOperation, OperationInfo};
use super::path::{self, NOT_ALLOWED, RESERVED};
use super::style::{self, ParameterStyle};
use crate::support::validate::{Checker, Limit, Violations, gather};

/// A request that an operation writes its parameters and its body into.
#[derive(Debug)]
pub struct RequestBuilder {
    address: Address,
    /// Path parameters that would name another resource.
    misplaced: Vec<(&'static str, Value)>,
    headers: HeaderMap,
    body: Option<Bytes>,
    extra_body: Vec<(String, Value)>,
    problem: Option<ConfigurationError>,
}

impl RequestBuilder {
    /// Creates a request with the headers that all requests have.
    fn new(config: &Config, call: &DynOperation<'_>, headers: HeaderMap) -> Self {
        Self {
            address: Address::new(&config.base_url, call.info.path),
            misplaced: Vec::new(),
            headers,
            body: None,
            extra_body: call.options.extra_body.clone(),
            problem: None,
        }
    }

    /// Writes a path parameter.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize, style: ParameterStyle) {
        let Some(value) = self.value(name, value) else { return };
        self.address.fill(name, &style::simple(name, &value, style, path::encode_part));
        if !path::is_segment(&style::simple(name, &value, style, style::PLAIN)) {
            self.misplaced.push((name, value));
        }
    }

    /// Writes a path parameter that is a string and fills its segment.
    pub fn segment(&mut self, name: &'static str, value: &str) {
        self.address.fill(name, &path::encode(value));
        if !path::is_segment(value) {
            self.misplaced.push((name, value.into()));
        }
    }

    /// Writes a query parameter, if there is one.
    pub fn query(&mut self, name: &str, value: Option<&impl Serialize>, style: ParameterStyle, allow_reserved: bool) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        for (name, value) in style::pairs(name, &value, style) {
            self.address.query(&name, &value, if allow_reserved { NOT_ALLOWED } else { RESERVED });
        }
    }

    /// Writes a header with a constant value, which is neither parsed nor copied.
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
        cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={}", path::encode(value))));
        self.insert("cookie", &cookies.join("; "));
    }

    fn insert(&mut self, name: &str, value: &str) {
        match header::parse_value(name, value).and_then(|value| Ok((header::parse_name(name)?, value))) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => self.problem = Some(error),
        }
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Option<Value> {
        serde_json::to_value(value).map_err(|error| self.not_json(name, error)).ok()
    }

    #[cold]
    fn not_json(&mut self, what: &str, error: serde_json::Error) {
        self.problem = Some(ConfigurationError::with_source(format!("{what} cannot be written as JSON"), error));
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

    /// Writes a body as it is, if there is one.
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

/// How many headers there is room for at first: few requests have more, and an allocator has that much at hand.
const HEADERS: usize = 6;

/// A request that is ready for the HTTP backend.
pub struct PreparedRequest {
    pub(super) info: &'static OperationInfo,
    pub(super) address: Address,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl PreparedRequest {
    /// The request for reqwest.
    pub fn into_reqwest(self) -> Result<reqwest::Request, ConfigurationError> {
        // A credential may have made it too long.
        self.measure()?;
        let url = reqwest::Url::parse(self.address.as_str()).map_err(|error| self.no_address(error))?;
        let mut request = reqwest::Request::new(self.info.method.clone(), url);
        *request.headers_mut() = self.headers;
        if !self.body.is_empty() {
            *request.body_mut() = Some(self.body.into());
        }
        Ok(request)
    }

    /// The request for anything else.
    pub fn into_http(self) -> Result<http::Request<Bytes>, ConfigurationError> {
        let uri = Uri::try_from(self.address.as_str()).map_err(|error| self.no_address(error))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.info.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }

    /// An address that is too long is found before it is sent: by hyper, it would look like a failure of the network.
    fn measure(&self) -> Result<(), ConfigurationError> {
        if self.address.as_str().len() > LONGEST {
            return Err(self.no_address(format!("it has more than {LONGEST} bytes")));
        }
        Ok(())
    }

    #[cold]
    fn no_address(&self, error: impl Into<BoxError>) -> ConfigurationError {
        ConfigurationError::with_source(format!("the address of {} is not valid", self.info.id), error)
    }
}

/// The longest address that the `http` crate takes.
const LONGEST: usize = u16::MAX as usize - 1;

/// Makes the request of a call, but for its credentials.
pub fn prepare(config: &Config, call: &DynOperation<'_>) -> Result<PreparedRequest, Error> {
    let DynOperation { info, options, .. } = call;
    if let Some(problem) = &options.problem {
        return Err(problem.clone().into());
    }
    let mut headers = HeaderMap::with_capacity(HEADERS);
    headers.insert(USER_AGENT, HeaderValue::from_static(config.api.user_agent));
    headers.insert(ACCEPT, HeaderValue::from_static(info.accept));
    headers.extend(info.headers.iter().filter_map(|index| config.headers.get(*index)?.clone()));
    let mut request = RequestBuilder::new(config, call, headers);
    (call.write)(&mut request);
    validate(&request, config, call)?;
    if let Some(problem) = request.problem {
        return Err(problem.into());
    }
    if request.body.is_none() && !options.extra_body.is_empty() {
        return Err(ConfigurationError::new(format!("extra_body: {} has no body", info.id)).into());
    }
    for (name, value) in &options.extra_query {
        request.address.query(name, value, RESERVED);
    }
    let mut headers = request.headers;
    if request.body.is_none() && matches!(info.method, Method::POST | Method::PUT | Method::PATCH) {
        // hyper leaves it out, and there are servers that answer with 411 then.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    config.changes.apply(&mut headers);
    options.headers.apply(&mut headers);
    let prepared = PreparedRequest { info, address: request.address, headers, body: request.body.unwrap_or_default() };
    prepared.measure()?;
    Ok(prepared)
}

/// Everything that is outside the bounds of the spec. Path parameters that would name another resource are found even
/// where bounds are not checked.
fn validate(request: &RequestBuilder, config: &Config, call: &DynOperation<'_>) -> Result<(), ValidationError> {
    let result = gather(&|checker| {
        for (name, value) in &request.misplaced {
            checker.property(name).require(false, Limit::PathSegment, value.clone());
        }
        if call.options.validate.unwrap_or(config.validate) {
            (call.check)(checker);
        }
    });
    result.map_err(|violations: Violations| ValidationError::new(call.info.id, violations))
}
