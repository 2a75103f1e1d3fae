//! A server that stands in for the service that a spec describes: `cargo xtask mock`.
//!
//! It answers with the examples of the spec, and checks each request against it. It knows nothing of an API but what
//! its spec says.
//!
//! [`Mock`] turns a request into a response and does no I/O; [`MockServer`] puts it on a port.

mod body;
mod command;
mod credentials;
mod endpoint;
mod field_path;
mod pagination;
mod parameters;
mod path_template;
mod rejection;
mod responses;
mod server;
mod unknown_fields;
mod values;

use bytes::Bytes;
use chatkit_codegen::Source;
use chatkit_codegen::diagnostics::Report;
use chatkit_codegen::parse::Validator;
use endpoint::Endpoint;
use http::{Request, Response, StatusCode, header};
use indexmap::IndexMap;
use parameters::RawParameters;
use path_template::{PathTemplate, segments};
use rejection::Rejection;
use responses::ErrorResponses;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use unknown_fields::Unlisted;

pub(crate) use command::{MockArgs, run};
pub use server::MockServer;

/// The largest body that is read, in bytes.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// How many paths are named to a request whose path is none.
const NEAREST_PATHS: usize = 3;

/// An extension of each response that refuses a request: why, as the body says it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionReason(
    /// The message.
    pub String,
);

/// What a spec describes, ready to be called.
#[derive(Debug)]
pub struct Mock {
    source: Source,
    /// The path of the first server, without a slash at its end.
    base: String,
    routes: Vec<Route>,
    validator: Validator,
    /// What errors look like before it is known which operation is meant.
    errors: ErrorResponses,
    answered: AtomicU64,
}

/// A path with its operations.
#[derive(Debug)]
struct Route {
    template: PathTemplate,
    endpoints: Vec<Endpoint>,
}

/// A rejection, and the operation that the request was for.
type Fallible<'m, T> = Result<T, (Rejection, Option<&'m Endpoint>)>;

impl Mock {
    /// Reads a spec. `origin` names it in diagnostics, usually its path.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, where at least one finding is an error.
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

    /// The path that all paths of the spec begin with, as in `/v1`; empty where they begin with nothing.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.base
    }

    /// Answers a request.
    ///
    /// The same request gives the same response, except for headers that are called an id. A response that refuses the
    /// request has the extension [`RejectionReason`].
    #[must_use]
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let number = self.answered.fetch_add(1, Ordering::Relaxed) + 1;
        self.accept(request, number).unwrap_or_else(|(rejection, endpoint)| {
            let errors = endpoint.map(|endpoint| &endpoint.errors).filter(|errors| !errors.is_empty());
            errors.unwrap_or(&self.errors).response(self.source.api.errors.as_ref(), rejection, number)
        })
    }

    fn accept(&self, request: &Request<Bytes>, number: u64) -> Fallible<'_, Response<Bytes>> {
        if request.body().len() > LARGEST_BODY {
            let message = format!("the body is larger than {LARGEST_BODY} bytes");
            return Err((Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message), None));
        }
        let path: Vec<_> = self.below_base(request.uri().path()).map_err(|rejection| (rejection, None))?;
        let route = self.route(&path).map_err(|rejection| (rejection, None))?;
        let endpoint = route.endpoint(request.method().as_str()).map_err(|rejection| (rejection, None))?;
        let response = self.call(route, endpoint, &path, request, number);
        response.map_err(|rejection| (rejection, Some(endpoint)))
    }

    fn call(
        &self,
        route: &Route,
        endpoint: &Endpoint,
        path: &[&str],
        request: &Request<Bytes>,
        number: u64,
    ) -> Result<Response<Bytes>, Rejection> {
        let api = &self.source.api;
        let in_path = route.template.fits(path).unwrap_or_default();
        let written = RawParameters {
            path: in_path.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            query: parameters::query(request.uri().query().unwrap_or_default())?,
            headers: request.headers(),
        };
        credentials::check(api, endpoint, &written)?;
        let values = parameters::check(api, &self.validator, endpoint, &written)?;
        let unlisted = Unlisted::new(api, &self.source.document.raw);
        body::check(&unlisted, &self.validator, endpoint, request)?;
        let page = match (&endpoint.pagination, endpoint.answer.example()) {
            (Some(pagination), Some(example)) => Some(pagination.page(example, &values)?),
            _ => None,
        };
        endpoint.answer.response(page.as_ref(), number)
    }

    /// The segments of a path below that of the server.
    fn below_base<'p>(&self, path: &'p str) -> Result<Vec<&'p str>, Rejection> {
        let below = path.strip_prefix(self.base.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        below.map(|below| segments(below).collect()).ok_or_else(|| {
            let message = format!("there is no path `{path}`: all paths begin with `{}`", self.base);
            Rejection::new(StatusCode::NOT_FOUND, "unknown_path", message)
        })
    }

    /// The route that a path fits: where several do, the one with the more literal start, as OpenAPI has it.
    fn route(&self, path: &[&str]) -> Result<&Route, Rejection> {
        let fitting = self.routes.iter().filter(|route| route.template.fits(path).is_some());
        fitting.min_by_key(|route| route.template.looseness()).ok_or_else(|| {
            let mut near: Vec<_> = self.routes.iter().collect();
            near.sort_by_key(|route| route.template.distance(path));
            let near = near.iter().take(NEAREST_PATHS).map(|route| format!("`{}{}`", self.base, route.template.text));
            let near = near.collect::<Vec<_>>().join(", ");
            let message = format!("there is no path `{}/{}`; the nearest: {near}", self.base, path.join("/"));
            Rejection::new(StatusCode::NOT_FOUND, "unknown_path", message)
        })
    }
}

impl Route {
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

/// The path of a URL, which may be a path alone, without a slash at its end.
fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => url,
    };
    path.trim_end_matches('/')
}
