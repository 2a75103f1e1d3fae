//! How a client is set up.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Uri};

use super::api::{Api, ClientHeader, Credential};
use super::client::{Client, Config};
use super::clock::{Clock, SystemClock};
use super::credential::{Source, header, missing};
use super::error::{BoxError, ConfigurationError, Error};
use super::header::{HeaderChanges, parse_name, parse_value};
use super::reqwest::{HAS_TLS, ReqwestTransport};
use super::retry::RetryPolicy;
use super::transport::{Carrier, Transport};
use crate::support::secret::Secret;

/// How a variable of the environment is looked up.
type Lookup = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Sets up a [`Client`].
///
/// What is not set here comes from the environment, and what is blank there counts as not set.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static Api,
    lookup: Lookup,
    base_url: Option<String>,
    credentials: Vec<Option<Source>>,
    client_headers: Vec<Option<String>>,
    changes: HeaderChanges,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_response_bytes: usize,
    validate: bool,
    lenient: bool,
    carrier: Option<Carrier>,
    clock: Arc<dyn Clock>,
    /// The first thing that is wrong with what the builder was told.
    problem: Option<ConfigurationError>,
}

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_BYTES: usize = 64 * 1024 * 1024;

impl ClientBuilder {
    pub(crate) fn new(api: &'static Api) -> Self {
        Self {
            api,
            lookup: Box::new(|name| std::env::var(name).ok()),
            base_url: None,
            credentials: vec![None; api.credentials.len()],
            client_headers: vec![None; api.headers.len()],
            changes: HeaderChanges::NONE,
            retry: RetryPolicy::default(),
            timeout: Some(TIMEOUT),
            connect_timeout: None,
            total_timeout: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            validate: true,
            lenient: false,
            carrier: None,
            clock: Arc::new(SystemClock),
            problem: None,
        }
    }

    /// Where the API is, with or without a path and a slash at its end.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Looks variables up with a function in place of the process's environment; `|_| None` for none at all.
    pub fn environment(mut self, lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        self.lookup = Box::new(lookup);
        self
    }

    /// Sets a header of every call, in place of one of the same name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let result = self.changes.set(name.as_ref(), value.as_ref());
        self.note(result);
        self
    }

    /// Has a header not sent that would be.
    pub fn without_header(mut self, name: impl AsRef<str>) -> Self {
        let result = self.changes.remove(name.as_ref());
        self.note(result);
        self
    }

    fn note(&mut self, result: Result<(), ConfigurationError>) {
        if let (None, Err(error)) = (&self.problem, result) {
            self.problem = Some(error);
        }
    }

    /// How often a call may be repeated after an attempt that failed: 2 by default.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retry.max_retries = retries;
        self
    }

    /// How often and how patiently a call is repeated after an attempt that failed.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Limits each attempt, from connecting to the last byte of the response: 60 s by default, `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Limits the making of a connection: 10 s by default. Only for the transport that a client has by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Limits a whole call, with all attempts and the waits between them: no limit by default.
    pub fn total_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.total_timeout = timeout.into();
        self
    }

    /// The longest body of a response, in bytes: 64 MiB by default. Reading stops there.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Whether requests are checked against the bounds of the spec before they are sent: `true` by default.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Whether required properties that a response lacks take their type's empty value: `false` by default. See
    /// [`Response::corrected`](crate::Response::corrected).
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// Sends requests with your own reqwest client, of the version that this crate exports as `reqwest`.
    ///
    /// For proxies that are not the environment's, which the default one uses, for roots of trust and the like. Its
    /// redirect policy is yours too: make one that shows no key to another host. What the builder says of connecting
    /// has to be said there.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.carrier = Some(Carrier::Reqwest(ReqwestTransport(client)));
        self
    }

    /// Sends requests with something else than reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.carrier = Some(Carrier::Other(Arc::new(transport)));
        self
    }

    /// Takes time and chance from somewhere else, as tests do.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets a credential.
    pub(crate) fn credential(mut self, index: usize, secret: Secret) -> Self {
        self.credentials[index] = Some(Source::Fixed(secret, None));
        self
    }

    /// Sets a function that gives a credential.
    pub(crate) fn credential_provider(mut self, index: usize, source: Source) -> Self {
        self.credentials[index] = Some(source);
        self
    }

    /// Sets a header of the API's own.
    pub(crate) fn client_header(mut self, index: usize, value: String) -> Self {
        self.client_headers[index] = Some(value);
        self
    }

    /// A variable of the environment, unless it is blank.
    fn variable(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] when a credential is missing, when a key or a header has a character that no header
    /// takes, when the address is none, or when the transport cannot be set up.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(problem) = self.problem.take() {
            return Err(problem.into());
        }
        let variable = self.api.base_url_variable.and_then(|name| Some((name, self.variable(name)?)));
        let (base_url, server) = match (&self.base_url, variable) {
            (Some(url), _) => address(url, "the base URL")?,
            (None, Some((name, url))) => address(&url, name)?,
            (None, None) if !self.api.base_url.contains("://") => {
                return Err(ConfigurationError::new(no_address(self.api.base_url_variable)).into());
            }
            (None, None) => address(self.api.base_url, "the base URL of the spec")?,
        };
        let credentials = self.find_credentials()?;
        let headers = self.find_headers()?;
        let carrier = self.find_carrier(&base_url)?;
        Ok(Client::new(Config {
            api: self.api,
            base_url,
            server,
            credentials,
            headers,
            changes: self.changes,
            retry: self.retry,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            max_response_bytes: self.max_response_bytes,
            validate: self.validate,
            lenient: self.lenient,
            carrier,
            clock: self.clock,
        }))
    }

    fn find_credentials(&mut self) -> Result<Vec<Option<Source>>, ConfigurationError> {
        let given = std::mem::take(&mut self.credentials);
        self.api
            .credentials
            .iter()
            .zip(given)
            .map(|(credential, given)| self.find_credential(credential, given))
            .collect()
    }

    fn find_credential(
        &self,
        credential: &Credential,
        given: Option<Source>,
    ) -> Result<Option<Source>, ConfigurationError> {
        let from_environment = || self.variable(credential.variable?).map(|text| Source::Fixed(text.into(), None));
        let source = given.or_else(from_environment);
        match source {
            Some(Source::Fixed(secret, _)) if secret.expose().trim().is_empty() => Err(missing(credential, "is blank")),
            Some(Source::Fixed(secret, _)) => {
                let header = header(credential, &secret)
                    .map_err(|error| ConfigurationError::with_source(bad_key(credential), error))?;
                Ok(Some(Source::Fixed(secret, header)))
            }
            Some(Source::Provider(_)) => Ok(source),
            None => {
                let sent_otherwise = credential.location.header().is_some_and(|name| self.changes.mentions(name));
                if credential.required && !sent_otherwise { Err(missing(credential, "is missing")) } else { Ok(None) }
            }
        }
    }

    fn find_headers(&self) -> Result<Vec<Option<(HeaderName, HeaderValue)>>, ConfigurationError> {
        let find = |(header, given): (&ClientHeader, &Option<String>)| {
            let value = given.clone().or_else(|| self.variable(header.variable));
            // One that is set to nothing is not sent, whatever the environment says.
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(None) };
            Ok(Some((parse_name(header.name)?, parse_value(header.name, value.trim())?)))
        };
        self.api.headers.iter().zip(&self.client_headers).map(find).collect()
    }

    fn find_carrier(&mut self, base_url: &str) -> Result<Carrier, ConfigurationError> {
        match (self.carrier.take(), self.connect_timeout) {
            (Some(_), Some(_)) => Err(ConfigurationError::new(
                "connect_timeout has no effect on a transport of your own: set it there, and leave it out here",
            )),
            (Some(carrier), None) => Ok(carrier),
            // Found now rather than by calls that seem to find no connection.
            (None, _) if !HAS_TLS && base_url.starts_with("https:") => Err(ConfigurationError::new(
                "there is no TLS for https: turn the feature `rustls` or `native-tls` on, or set http_client",
            )),
            (None, timeout) => {
                let timeout = timeout.unwrap_or(CONNECT_TIMEOUT);
                Ok(Carrier::Reqwest(ReqwestTransport::new(timeout)?))
            }
        }
    }
}

fn no_address(variable: Option<&str>) -> String {
    let environment = variable.map(|name| format!(", or in the environment as {name}")).unwrap_or_default();
    format!("the spec does not say where the API is: set the base URL with the builder{environment}")
}

fn bad_key(credential: &Credential) -> String {
    match credential.variable {
        Some(variable) => format!("{} ({variable}) cannot be sent in a header", credential.name),
        None => format!("{} cannot be sent in a header", credential.name),
    }
}

/// An address without the slashes at its end, and in its parts.
fn address(url: &str, what: &str) -> Result<(String, Uri), ConfigurationError> {
    let url = url.trim().trim_end_matches('/');
    let wrong = |why: &str| ConfigurationError::new(format!("{what} {why}"));
    let parsed = Uri::try_from(url)
        .map_err(|error| ConfigurationError::with_source(format!("{what} is no valid address"), error))?;
    if !matches!(parsed.scheme_str(), Some("http" | "https")) {
        return Err(wrong("needs to start with `https://` or `http://` and a host"));
    }
    // Not shown, since it may hold a password.
    if parsed.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(wrong("must not hold a user or a password: set a header for them"));
    }
    if parsed.query().is_some() || url.contains('#') {
        return Err(wrong("must end with its path, without `?` or `#`"));
    }
    // reqwest has rules of its own, and would find out with the first call.
    reqwest::Url::parse(url)
        .map_err(|error| ConfigurationError::with_source(format!("{what} is no valid address"), error))?;
    Ok((url.to_owned(), parsed))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            // One that is refused may hold a password.
            .field(
                "base_url",
                &self.base_url.as_deref().map(|url| address(url, "").map_or("…".to_owned(), |(url, _)| url)),
            )
            .field("credentials", &self.credentials)
            .field("headers", &self.changes)
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
