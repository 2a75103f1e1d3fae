//! From a request to its response, without I/O.

use super::endpoint::Endpoint;
use super::path_template::{PathTemplate, segments};
use super::raw_parameters::RawParameters;
use super::rejection::Rejection;
use super::responses::ErrorResponses;
use super::unknown_fields::UnknownFields;
use super::{body, credentials, parameters};
use bytes::Bytes;
use chatkit_codegen::LoweredDocument;
use chatkit_codegen::diagnostics::Report;
use chatkit_codegen::ir::Api;
use chatkit_codegen::parse::Validator;
use http::{Request, Response, StatusCode, header};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// The largest body that is read, in bytes.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// How many paths the message of an unknown path suggests.
const NEAREST_PATHS: usize = 3;

/// A mock of the API that a spec describes.
#[derive(Debug)]
pub struct Mock {
    source: LoweredDocument,
    /// The path of the first server, without a slash at its end.
    base: String,
    routes: Vec<Route>,
    validator: Validator,
    /// The errors of requests that match no operation.
    errors: ErrorResponses,
    answered: AtomicU64,
}

/// A path with its operations.
#[derive(Debug)]
struct Route {
    template: PathTemplate,
    endpoints: Vec<Endpoint>,
}

/// A rejected request, and its operation if that is known.
#[derive(Debug)]
struct RejectedCall<'m> {
    rejection: Rejection,
    endpoint: Option<&'m Endpoint>,
}

impl From<Rejection> for RejectedCall<'_> {
    fn from(rejection: Rejection) -> Self {
        Self { rejection, endpoint: None }
    }
}

impl Mock {
    /// Reads a spec. `origin` names it in diagnostics, usually its path.
    ///
    /// # Errors
    ///
    /// The document has errors. The report has its warnings too.
    pub fn load(origin: &str, text: &str) -> Result<Self, Report> {
        let source = chatkit_codegen::read(origin, text)?;
        let mut by_path: IndexMap<&str, Vec<Endpoint>> = IndexMap::new();
        for operation in &source.api.operations {
            by_path.entry(&operation.path).or_default().push(Endpoint::new(&source, operation));
        }
        let route = |(path, endpoints)| Route { template: PathTemplate::new(path), endpoints };
        let routes: Vec<Route> = by_path.into_iter().map(route).collect();
        let endpoints = || routes.iter().flat_map(|route| &route.endpoints);
        let schemas: BTreeSet<String> = endpoints().flat_map(Endpoint::schemas).collect();
        let validator = source.document.request_validator(schemas.iter().map(String::as_str))?;
        let described = endpoints().map(|endpoint| &endpoint.errors).find(|errors| !errors.is_empty());
        let errors = described.cloned().unwrap_or_default();
        let base = source.api.servers.first().map_or("", |server| path_of(&server.url)).to_owned();
        Ok(Self { source, base, routes, validator, errors, answered: AtomicU64::new(0) })
    }

    /// Returns the path of the server that all paths begin with, such as `/v1`. It may be empty.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.base
    }

    /// Answers a request.
    ///
    /// Equal requests get equal responses, except for request ids. A response that rejects the request has the
    /// extension [`RejectionReason`](super::RejectionReason).
    #[must_use]
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let number = self.answered.fetch_add(1, Ordering::Relaxed) + 1;
        self.accept(request, number).unwrap_or_else(|RejectedCall { rejection, endpoint }| {
            let errors = endpoint.map(|endpoint| &endpoint.errors).filter(|errors| !errors.is_empty());
            errors.unwrap_or(&self.errors).response(self.source.api.errors.as_ref(), rejection, number)
        })
    }

    /// Returns the API that the mock serves.
    pub(super) fn api(&self) -> &Api {
        &self.source.api
    }

    /// Finds the operation of a request, and calls it.
    fn accept(&self, request: &Request<Bytes>, number: u64) -> Result<Response<Bytes>, RejectedCall<'_>> {
        if request.body().len() > LARGEST_BODY {
            let message = format!("the body is larger than {LARGEST_BODY} bytes");
            return Err(Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message).into());
        }
        let path = self.below_base(request.uri().path())?;
        let route = self.route(&path)?;
        let endpoint = route.endpoint(request.method().as_str())?;
        let parameters = route.template.matches(&path).unwrap_or_default();
        let response = self.call(endpoint, &parameters, request, number);
        response.map_err(|rejection| RejectedCall { rejection, endpoint: Some(endpoint) })
    }

    /// Checks a request against an operation, and responds. `path` has the raw path parameters.
    fn call(
        &self,
        endpoint: &Endpoint,
        path: &[(&str, &str)],
        request: &Request<Bytes>,
        number: u64,
    ) -> Result<Response<Bytes>, Rejection> {
        let api = &self.source.api;
        let raw = RawParameters::new(path, request)?;
        credentials::check(api, endpoint, &raw)?;
        let query = parameters::check(api, &self.validator, endpoint, &raw)?;
        let unknown_fields = UnknownFields::new(api, &self.source.document.raw);
        body::check(&unknown_fields, &self.validator, endpoint, request)?;
        let page = match (&endpoint.pagination, endpoint.success.example()) {
            (Some(pagination), Some(example)) => Some(pagination.page(example, &query)?),
            _ => None,
        };
        endpoint.success.response(page.as_ref(), number)
    }

    /// Returns the segments of a path below that of the server.
    fn below_base<'p>(&self, path: &'p str) -> Result<Vec<&'p str>, Rejection> {
        let below = path.strip_prefix(self.base.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        below.map(|below| segments(below).collect()).ok_or_else(|| {
            let message = format!("no path `{path}`: all paths begin with `{}`", self.base);
            Rejection::new(StatusCode::NOT_FOUND, "unknown_path", message)
        })
    }

    /// Returns the route of a path. As OpenAPI demands, literal segments win over parameters.
    fn route(&self, path: &[&str]) -> Result<&Route, Rejection> {
        let matching = self.routes.iter().filter(|route| route.template.matches(path).is_some());
        matching.min_by_key(|route| route.template.looseness()).ok_or_else(|| {
            let mut near: Vec<_> = self.routes.iter().collect();
            near.sort_by_key(|route| route.template.distance(path));
            let near = near.iter().take(NEAREST_PATHS).map(|route| format!("`{}{}`", self.base, route.template.text));
            let near = near.collect::<Vec<_>>().join(", ");
            let message = format!("no path `{}/{}`; nearest: {near}", self.base, path.join("/"));
            Rejection::new(StatusCode::NOT_FOUND, "unknown_path", message)
        })
    }
}

impl Route {
    /// Returns the operation of a method.
    fn endpoint(&self, method: &str) -> Result<&Endpoint, Rejection> {
        self.endpoints.iter().find(|endpoint| endpoint.operation.method == method).ok_or_else(|| {
            let allowed: Vec<_> = self.endpoints.iter().map(|endpoint| endpoint.operation.method.as_str()).collect();
            let allowed = allowed.join(", ");
            let message = format!("`{}` has no {method}, only {allowed}", self.template.text);
            let rejection = Rejection::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message);
            rejection.header(header::ALLOW, &allowed)
        })
    }
}

/// Returns the path of a URL without a slash at its end. The URL may be relative.
fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => url,
    };
    path.trim_end_matches('/')
}
