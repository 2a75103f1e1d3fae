//! The builder of a client.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Uri};

use super::api::{Api, ClientHeader, Credential};
use super::client::Client;
use super::clock::{Clock, SystemClock};
use super::config::ClientConfig;
use super::credential::{CredentialSource, credential_header, missing};
use super::error::{BoxError, ConfigurationError, Error};
use super::header::{HeaderChanges, parse_name, parse_value};
use super::http_backend::HttpBackend;
use super::reqwest_transport::{HAS_TLS, ReqwestTransport};
use super::retry::RetryPolicy;
use super::transport::Transport;
use crate::support::secret::Secret;

/// Looks up an environment variable.
type EnvironmentLookup = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Builds a [`Client`].
///
/// Credentials, the base URL and some headers come from environment variables unless the builder
/// sets them. A blank variable counts as unset.
///
/// ```no_run
/// use std::time::Duration;
///
/// use generated_crate::Client;
///
/// let client = Client::builder()
///     .base_url("https://proxy.example/v1")
///     .header("x-team", "support")
///     .timeout(Duration::from_secs(20))
///     .total_timeout(Duration::from_secs(60))
///     .retries(4)
///     .build()?;
/// # Ok::<(), generated_crate::Error>(())
/// ```
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static Api,
    lookup: EnvironmentLookup,
    base_url: Option<String>,
    credentials: Vec<Option<CredentialSource>>,
    client_headers: Vec<Option<String>>,
    changes: HeaderChanges,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_response_bytes: usize,
    validate: bool,
    lenient: bool,
    backend: Option<HttpBackend>,
    clock: Arc<dyn Clock>,
    /// The first error of a setter.
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
            backend: None,
            clock: Arc::new(SystemClock),
            problem: None,
        }
    }

    /// Sets the base URL, such as `https://proxy.example/v1`. A trailing slash is ignored.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the function that looks up environment variables. `|_| None` ignores the environment.
    pub fn environment(mut self, lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        self.lookup = Box::new(lookup);
        self
    }

    /// Sets a header of every call. It replaces a header of the same name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let result = self.changes.set(name.as_ref(), value.as_ref());
        self.note(result);
        self
    }

    /// Removes a default header from every call.
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

    /// Sets the maximum number of retries of a call. The default is 2.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retry.max_retries = retries;
        self
    }

    /// Sets the number of retries and the delays before them.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte of the response. The
    /// default is 60 s, and `None` disables it.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets the timeout for connecting. The default is 10 s.
    ///
    /// Only the default transport has this timeout. Together with
    /// [`http_client`](Self::http_client) or [`transport`](Self::transport), it is an error.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the timeout of a whole call, including its retries and their delays. By default, a call
    /// has none.
    pub fn total_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.total_timeout = timeout.into();
        self
    }

    /// Sets the maximum length of a response body, in bytes. The default is 64 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets whether the client checks requests against the bounds of the spec before it sends them.
    /// The default is `true`.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Sets whether responses decode leniently. The default is `false`.
    ///
    /// A required property that a lenient response lacks takes the default of the spec, or else its
    /// type's empty value. [`Response::corrected`](crate::Response::corrected) lists such
    /// properties.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// Sets the reqwest client that sends requests. This crate exports the `reqwest` that it needs.
    ///
    /// Use it for certificates, and for proxies other than those of the environment, which the
    /// default client uses. Choose a redirect policy that sends no credential to another host, and
    /// set the connect timeout on the reqwest client itself.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.backend = Some(HttpBackend::Reqwest(ReqwestTransport(client)));
        self
    }

    /// Sets the transport that sends requests in place of reqwest, for example in tests.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.backend = Some(HttpBackend::Other(Arc::new(transport)));
        self
    }

    /// Sets the source of time and of the random numbers for jitter. Tests use it to avoid real
    /// delays.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets a credential.
    pub(crate) fn credential(mut self, index: usize, secret: Secret) -> Self {
        self.credentials[index] = Some(CredentialSource::Fixed(secret, None));
        self
    }

    /// Sets the provider of a credential.
    pub(crate) fn credential_provider(mut self, index: usize, source: CredentialSource) -> Self {
        self.credentials[index] = Some(source);
        self
    }

    /// Sets one of the headers that the API has for the whole client.
    pub(crate) fn client_header(mut self, index: usize, value: String) -> Self {
        self.client_headers[index] = Some(value);
        self
    }

    /// Returns an environment variable, unless it is blank.
    fn variable(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a required credential is missing, a credential or a
    /// header contains an invalid character, the base URL is invalid, or the transport cannot be
    /// set up.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(problem) = self.problem.take() {
            return Err(problem.into());
        }
        let variable = self.api.base_url_variable.and_then(|name| Some((name, self.variable(name)?)));
        let (base_url, server) = match (&self.base_url, variable) {
            (Some(url), _) => address(url, "the base URL")?,
            (None, Some((name, url))) => address(&url, name)?,
            (None, None) if !self.api.base_url.contains("://") => {
                return Err(ConfigurationError::new(no_base_url(self.api.base_url_variable)).into());
            }
            (None, None) => address(self.api.base_url, "the base URL of the spec")?,
        };
        let credentials = self.find_credentials()?;
        let headers = self.find_headers()?;
        let backend = self.find_backend(&base_url)?;
        Ok(Client::new(ClientConfig {
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
            backend,
            clock: self.clock,
        }))
    }

    fn find_credentials(&mut self) -> Result<Vec<Option<CredentialSource>>, ConfigurationError> {
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
        given: Option<CredentialSource>,
    ) -> Result<Option<CredentialSource>, ConfigurationError> {
        let from_environment =
            || self.variable(credential.variable?).map(|text| CredentialSource::Fixed(text.into(), None));
        let source = given.or_else(from_environment);
        match source {
            Some(CredentialSource::Fixed(secret, _)) if secret.expose().trim().is_empty() => {
                Err(missing(credential, "is blank"))
            }
            Some(CredentialSource::Fixed(secret, _)) => {
                let header = credential_header(credential, &secret)
                    .map_err(|error| ConfigurationError::with_source(bad_key(credential), error))?;
                Ok(Some(CredentialSource::Fixed(secret, header)))
            }
            Some(CredentialSource::Provider(_)) => Ok(source),
            None => {
                let sent_otherwise = credential.location.header().is_some_and(|name| self.changes.mentions(name));
                if credential.required && !sent_otherwise { Err(missing(credential, "is missing")) } else { Ok(None) }
            }
        }
    }

    fn find_headers(&self) -> Result<Vec<Option<(HeaderName, HeaderValue)>>, ConfigurationError> {
        let find = |(header, given): (&ClientHeader, &Option<String>)| {
            let value = given.clone().or_else(|| self.variable(header.variable));
            // A blank value in the builder removes the header, even if the environment has a value.
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(None) };
            Ok(Some((parse_name(header.name)?, parse_value(header.name, value.trim())?)))
        };
        self.api.headers.iter().zip(&self.client_headers).map(find).collect()
    }

    fn find_backend(&mut self, base_url: &str) -> Result<HttpBackend, ConfigurationError> {
        match (self.backend.take(), self.connect_timeout) {
            (Some(_), Some(_)) => Err(ConfigurationError::new(
                "connect_timeout has no effect with http_client or transport: set the timeout there instead",
            )),
            (Some(backend), None) => Ok(backend),
            // Without this check, every call would fail to connect.
            (None, _) if !HAS_TLS && base_url.starts_with("https:") => Err(ConfigurationError::new(
                "https needs TLS: enable the feature `rustls` or `native-tls`, or set http_client",
            )),
            (None, timeout) => {
                let timeout = timeout.unwrap_or(CONNECT_TIMEOUT);
                Ok(HttpBackend::Reqwest(ReqwestTransport::new(timeout)?))
            }
        }
    }
}

fn no_base_url(variable: Option<&str>) -> String {
    let environment = variable.map(|name| format!(", or set the environment variable {name}")).unwrap_or_default();
    format!("the base URL is missing: call `.base_url(…)` on the client's builder{environment}")
}

fn bad_key(credential: &Credential) -> String {
    let source = credential.variable.map(|name| format!(" or the environment variable {name}")).unwrap_or_default();
    let Credential { name, setter, .. } = credential;
    format!("the credential {name} cannot be sent in a header: check `.{setter}(…)`{source}")
}

/// Parses a URL. Returns its text without trailing slashes, and its parts.
fn address(url: &str, what: &str) -> Result<(String, Uri), ConfigurationError> {
    let url = url.trim().trim_end_matches('/');
    let wrong = |why: &str| ConfigurationError::new(format!("{what} {why}"));
    let parsed = Uri::try_from(url)
        .map_err(|error| ConfigurationError::with_source(format!("{what} is not a valid URL"), error))?;
    if !matches!(parsed.scheme_str(), Some("http" | "https")) {
        return Err(wrong("must start with `https://` or `http://`, followed by a host"));
    }
    // Not shown, since it may contain a password.
    if parsed.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(wrong("must not contain a user name or a password: send them in a header instead"));
    }
    if parsed.query().is_some() || url.contains('#') {
        return Err(wrong("must end after its path, without `?` or `#`"));
    }
    // reqwest has stricter rules, and would report a violation only at the first call.
    reqwest::Url::parse(url)
        .map_err(|error| ConfigurationError::with_source(format!("{what} is not a valid URL"), error))?;
    Ok((url.to_owned(), parsed))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            // An invalid URL may contain a password.
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
