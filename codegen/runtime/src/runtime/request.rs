//! Prepares the request of a call, without a network.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri};

use super::config::ClientConfig;
use super::dyn_operation::DynOperation;
use super::error::{BoxError, ConfigurationError, Error, ValidationError};
use super::operation_info::OperationInfo;
use super::request_builder::RequestBuilder;
use super::request_url::RequestUrl;
use super::url_encoding::RESERVED;
use crate::support::validate::{Limit, Violations, gather};

/// The initial capacity for headers. Few requests have more.
const CAPACITY: usize = 6;

/// A request that is ready for the HTTP backend.
pub struct PreparedRequest {
    pub(super) info: &'static OperationInfo,
    pub(super) url: RequestUrl,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl PreparedRequest {
    /// Converts the request to one of reqwest.
    pub fn into_reqwest(self) -> Result<reqwest::Request, ConfigurationError> {
        // A credential may have made the URL too long.
        self.measure()?;
        let url = reqwest::Url::parse(self.url.as_str()).map_err(|error| self.invalid_url(error))?;
        let mut request = reqwest::Request::new(self.info.method.clone(), url);
        *request.headers_mut() = self.headers;
        if !self.body.is_empty() {
            *request.body_mut() = Some(self.body.into());
        }
        Ok(request)
    }

    /// Converts the request to one of the `http` crate.
    pub fn into_http(self) -> Result<http::Request<Bytes>, ConfigurationError> {
        let uri = Uri::try_from(self.url.as_str()).map_err(|error| self.invalid_url(error))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.info.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }

    /// Checks the length of the URL. hyper would report a URL that is too long like a network
    /// failure.
    fn measure(&self) -> Result<(), ConfigurationError> {
        if self.url.as_str().len() > LONGEST {
            return Err(self.invalid_url(format!("it is longer than {LONGEST} bytes")));
        }
        Ok(())
    }

    #[cold]
    fn invalid_url(&self, error: impl Into<BoxError>) -> ConfigurationError {
        ConfigurationError::with_source(format!("the URL of {} is not valid", self.info.id), error)
    }
}

/// The longest URL that the `http` crate accepts.
const LONGEST: usize = u16::MAX as usize - 1;

/// Prepares the request of a call, without its credentials.
pub fn prepare(config: &ClientConfig, call: &DynOperation<'_>) -> Result<PreparedRequest, Error> {
    let DynOperation { info, options, .. } = call;
    if let Some(problem) = &options.problem {
        return Err(problem.clone().into());
    }
    let mut headers = HeaderMap::with_capacity(CAPACITY);
    headers.insert(USER_AGENT, HeaderValue::from_static(config.api.user_agent));
    headers.insert(ACCEPT, HeaderValue::from_static(info.accept));
    headers.extend(info.headers.iter().filter_map(|index| config.headers.get(*index)?.clone()));
    let url = RequestUrl::new(&config.base_url, info.path);
    let mut request = RequestBuilder::new(url, headers, options.extra_body.clone());
    (call.write)(&mut request);
    validate(&request, config, call)?;
    if let Some(problem) = request.problem {
        return Err(problem.into());
    }
    if request.body.is_none() && !options.extra_body.is_empty() {
        return Err(ConfigurationError::new(format!("extra_body cannot be used: {} has no body", info.id)).into());
    }
    for (name, value) in &options.extra_query {
        request.url.query(name, value, RESERVED);
    }
    let mut headers = request.headers;
    if request.body.is_none() && matches!(info.method, Method::POST | Method::PUT | Method::PATCH) {
        // hyper omits this header, and some servers then respond with 411.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    config.changes.apply(&mut headers);
    options.headers.apply(&mut headers);
    let prepared = PreparedRequest { info, url: request.url, headers, body: request.body.unwrap_or_default() };
    prepared.measure()?;
    Ok(prepared)
}

/// Checks the bounds of the spec. A path parameter that would name another resource is an error
/// even if the caller disables the check.
fn validate(request: &RequestBuilder, config: &ClientConfig, call: &DynOperation<'_>) -> Result<(), ValidationError> {
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
