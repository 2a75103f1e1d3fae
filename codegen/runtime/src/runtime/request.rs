//! From an operation to a request: pure, so that it is tested without a network.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use percent_encoding::utf8_percent_encode;
use serde_core::Serialize;
use serde_json::Value;

use super::call::Options;
use super::client::Config;
use super::credential::Source;
use super::error::{ConfigurationError, Error, ValidationError};
use super::header;
use super::operation::Info;
use super::path::{self, NOT_ALLOWED, RESERVED};
use super::style::{self, Form};
use crate::support::validate::{Checker, Limit, Violations, gather};

/// What an operation writes its parameters and its body into.
#[derive(Debug)]
pub struct Request {
    segments: Vec<(&'static str, String)>,
    /// Path parameters that would name another resource.
    misplaced: Vec<(&'static str, Value)>,
    query: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    extra_body: Vec<(String, Value)>,
    problem: Option<ConfigurationError>,
}

impl Request {
    /// A request with the headers that all requests have.
    fn new(options: &Options, headers: HeaderMap) -> Self {
        Self {
            segments: Vec::new(),
            misplaced: Vec::new(),
            query: String::new(),
            headers,
            body: None,
            extra_body: options.extra_body.clone(),
            problem: None,
        }
    }

    /// Writes a path parameter.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize, form: Form) {
        let Some(value) = self.value(name, value) else { return };
        self.segments.push((name, style::simple(name, &value, form, path::encode_part).into_owned()));
        if !path::is_segment(&style::simple(name, &value, form, style::PLAIN)) {
            self.misplaced.push((name, value));
        }
    }

    /// Writes a query parameter, where there is one.
    pub fn query(&mut self, name: &str, value: Option<&impl Serialize>, form: Form, allow_reserved: bool) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        for (name, value) in style::pairs(name, &value, form) {
            self.pair(&name, &value, allow_reserved);
        }
    }

    fn pair(&mut self, name: &str, value: &str, allow_reserved: bool) {
        let set = if allow_reserved { NOT_ALLOWED } else { RESERVED };
        self.query.reserve(name.len() + value.len() + 2);
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.extend(utf8_percent_encode(name, RESERVED));
        self.query.push('=');
        self.query.extend(utf8_percent_encode(value, set));
    }

    /// Writes a header that is always the same, which is not copied.
    pub fn constant_header(&mut self, name: &'static str, value: &'static str) {
        match HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())) {
            Ok(value) => self.insert_value(name, value),
            Err(_) => self.insert(name, value),
        }
    }

    /// Writes a header parameter, where there is one.
    pub fn header(&mut self, name: &'static str, value: Option<&impl Serialize>, form: Form) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        self.insert(name, &style::simple(name, &value, form, style::PLAIN));
    }

    /// Writes a cookie, where there is one.
    pub fn cookie(&mut self, name: &'static str, value: Option<&impl Serialize>, form: Form) {
        let Some(value) = value.and_then(|value| self.value(name, value)) else { return };
        let mut cookies: Vec<String> =
            self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned).into_iter().collect();
        let pairs = style::pairs(name, &value, form);
        cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={}", path::encode(value))));
        self.insert("cookie", &cookies.join("; "));
    }

    fn insert(&mut self, name: &str, value: &str) {
        match header::parse_value(name, value) {
            Ok(value) => self.insert_value(name, value),
            Err(error) => self.problem = Some(error),
        }
    }

    fn insert_value(&mut self, name: &str, value: HeaderValue) {
        match header::parse_name(name) {
            Ok(name) => drop(self.headers.insert(name, value)),
            Err(error) => self.problem = Some(error),
        }
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Option<Value> {
        serde_json::to_value(value).map_err(|error| self.not_json(name, error)).ok()
    }

    fn not_json(&mut self, what: &str, error: serde_json::Error) {
        self.problem = Some(ConfigurationError::with_source(format!("{what} cannot be written as JSON"), error));
    }

    /// Writes a body as JSON, where there is one.
    pub fn json(&mut self, media_type: &'static str, value: Option<&impl Serialize>) {
        let Some(value) = value else { return };
        let written = if self.extra_body.is_empty() { serde_json::to_vec(value) } else { self.with_extra(value) };
        match written {
            Ok(body) => self.body(media_type, body),
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

    /// Writes a body as it is, where there is one.
    pub fn bytes(&mut self, media_type: &'static str, body: Option<&Bytes>) {
        if let Some(body) = body {
            self.body(media_type, body.to_vec());
        }
    }

    fn body(&mut self, media_type: &'static str, body: Vec<u8>) {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = Some(body);
    }
}

/// A request that can be sent as often as it takes, but for credentials that are asked for before each attempt.
#[derive(Clone)]
pub struct Prepared {
    pub(super) operation: &'static Info,
    pub(super) method: Method,
    /// Whole, but for a credential in the query.
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// How many headers there is room for at first: few requests have more, and an allocator has that much at hand.
const HEADERS: usize = 6;

/// Makes a request of an operation. Not generic, so that it is compiled once.
pub fn prepare(
    config: &Config,
    options: &Options,
    info: &'static Info,
    check: &dyn Fn(&mut Checker<'_>),
    write: &dyn Fn(&mut Request),
) -> Result<Prepared, Error> {
    if let Some(problem) = &options.problem {
        return Err(problem.clone().into());
    }
    let mut headers = HeaderMap::with_capacity(HEADERS);
    headers.insert(USER_AGENT, HeaderValue::from_static(config.api.user_agent));
    headers.insert(ACCEPT, HeaderValue::from_static(info.accept));
    headers.extend(info.headers.iter().filter_map(|index| config.headers.get(*index)?.clone()));
    let mut request = Request::new(options, headers);
    write(&mut request);
    validate(&request, options.validate.unwrap_or(config.validate), info, check)?;
    if let Some(problem) = request.problem {
        return Err(problem.into());
    }
    if request.body.is_none() && !options.extra_body.is_empty() {
        return Err(ConfigurationError::new(format!("extra_body: {} has no body", info.id)).into());
    }
    for (name, value) in &options.extra_query {
        request.pair(name, value, false);
    }
    let values: usize = request.segments.iter().map(|(_, value)| value.len()).sum();
    let length = config.base_url.len() + info.path.len() + values + 1 + request.query.len();
    let mut uri = String::with_capacity(length);
    uri.push_str(&config.base_url);
    path::fill(&mut uri, info.path, &request.segments);
    if !request.query.is_empty() {
        uri.push('?');
        uri.push_str(&request.query);
    }
    // What is too long for an address is found before it is sent.
    let uri = Uri::try_from(uri)
        .map_err(|error| ConfigurationError::with_source(format!("the address of {} is not valid", info.id), error))?;
    let mut headers = request.headers;
    if request.body.is_none() && matches!(info.method, Method::POST | Method::PUT | Method::PATCH) {
        // hyper leaves it out, and there are servers that answer with 411 then.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    for index in info.credentials {
        if let Some(Some(Source::Fixed(_, Some((name, value))))) = config.credentials.get(*index) {
            headers.insert(name, value.clone());
        }
    }
    config.changes.apply(&mut headers);
    options.headers.apply(&mut headers);
    let body = request.body.map(Bytes::from).unwrap_or_default();
    Ok(Prepared { operation: info, method: info.method.clone(), uri, headers, body })
}

/// Everything that is outside the bounds of the spec. Path parameters that would name another resource are found even
/// where bounds are not checked.
fn validate(
    request: &Request,
    bounds: bool,
    info: &'static Info,
    check: &dyn Fn(&mut Checker<'_>),
) -> Result<(), ValidationError> {
    let result = gather(&|checker| {
        for (name, value) in &request.misplaced {
            checker.property(name).require(false, Limit::PathSegment, value.clone());
        }
        if bounds {
            check(checker);
        }
    });
    result.map_err(|violations: Violations| ValidationError::new(info.id, violations))
}
