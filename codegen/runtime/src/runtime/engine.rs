//! Sends a request until it succeeds or there is no use in trying.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use http::{Method, Request, StatusCode, Uri};

use super::api::CredentialPlace;
use super::call::Options;
use super::client::{Client, Config};
use super::credential::{Source, header, missing};
use super::error::{ApiError, ConfigurationError, Error, TransportError, TransportErrorKind};
use super::failure::Details;
use super::future::within;
use super::path;
use super::request::Prepared;
use super::response::Meta;
use super::retry::{self, Decision, Failed, Situation};
use super::trace::CallTrace;
use super::transport::Body;
use crate::support::secret::Secret;

/// Sends a request, again and again where that may help. The trace is for whoever decodes the response.
pub async fn send(client: &Client, options: &Options, prepared: &Prepared) -> Result<(Meta, CallTrace), Error> {
    if !client.config().clock.is_available() {
        let message = "a call needs a running Tokio runtime; with the feature `blocking`, `send()` needs none";
        return Err(ConfigurationError::new(message).into());
    }
    let trace = CallTrace::new(client.config(), prepared);
    let result = trace.within(pin!(attempts(client.config(), options, prepared, &trace))).await;
    trace.end(&result);
    Ok((result?, trace))
}

async fn attempts(config: &Config, options: &Options, prepared: &Prepared, trace: &CallTrace) -> Result<Meta, Error> {
    let started = config.clock.elapsed();
    let timeout = options.timeout.unwrap_or(config.timeout);
    let total = options.total_timeout.unwrap_or(config.total_timeout);
    let remaining = || total.map(|total| total.saturating_sub(config.clock.elapsed().saturating_sub(started)));
    let mut policy = config.retry.clone();
    policy.max_retries = options.retries.unwrap_or(policy.max_retries);
    let mut attempts = 0_u32;
    loop {
        attempts = attempts.saturating_add(1);
        let limit = [timeout, remaining()].into_iter().flatten().min();
        let attempt = Attempt { config, options, prepared, number: attempts, limit };
        let error = match attempt.run().await {
            Ok(meta) => {
                trace.attempt(attempts, Ok(&meta), None);
                return Ok(meta);
            }
            Err(error) => error,
        };
        let failed = match &error {
            Error::Transport(error) => Failed::Transport { transient: error.is_transient() },
            Error::Api(error) => error.failed(),
            _ => return Err(error),
        };
        let situation =
            Situation { attempts, remaining: remaining(), now: config.clock.now(), random: config.clock.random() };
        let decision = retry::decide(&policy, &failed, &situation);
        let Decision::Retry(delay) = decision else {
            trace.attempt(attempts, Err(&error), None);
            return Err(error);
        };
        trace.attempt(attempts, Err(&error), Some(delay));
        config.clock.sleep(delay).await;
    }
}

/// One attempt.
struct Attempt<'a> {
    config: &'a Config,
    options: &'a Options,
    prepared: &'a Prepared,
    number: u32,
    limit: Option<Duration>,
}

impl Attempt<'_> {
    async fn run(&self) -> Result<Meta, Error> {
        let mut head = None;
        let mut collected = Collected::default();
        let receiving = async {
            let (parts, mut body, secrets) = self.head().await?;
            // The response to HEAD says the length of a body that does not come.
            let announced = parts.headers.get(CONTENT_LENGTH).filter(|_| self.prepared.method != Method::HEAD).cloned();
            head = Some((parts, secrets));
            Ok(collected.read(&mut body, announced.as_ref(), self.config.max_response_bytes).await)
        };
        // One alarm for both, since setting one costs more than all else that is done here.
        let broken = match within(&*self.config.clock, self.limit, pin!(receiving)).await {
            Some(Ok(Ok(()))) => None,
            Some(Ok(Err(error))) => Some(self.located(error)),
            Some(Err(error)) => return Err(error),
            None => Some(self.timed_out()),
        };
        let Some((head, secrets)) = head else { return Err(broken.unwrap_or_else(|| self.timed_out()).into()) };
        match broken {
            Some(error) if head.status.is_success() => Err(error.after_head(head.status, &head.headers).into()),
            // What is known of a failure is told, however its body ended.
            _ => self.finish(head.status, head.headers, collected.into_bytes(), secrets),
        }
    }

    /// Sends the request, and waits for the head of the response.
    async fn head(&self) -> Result<(http::response::Parts, Body, Vec<Secret>), Error> {
        let (request, secrets) = self.request().await?;
        let response = self.config.transport.send(request).await.map_err(|error| self.located(error))?;
        let (head, body) = response.into_parts();
        Ok((head, body, secrets))
    }

    /// The request with its credentials, which are also returned.
    async fn request(&self) -> Result<(Request<Bytes>, Vec<Secret>), ConfigurationError> {
        let mut headers = self.prepared.headers.clone();
        let mut uri = self.prepared.uri.clone();
        let mut secrets = Vec::new();
        for index in self.prepared.operation.credentials {
            let Some(credential) = self.config.api.credentials.get(*index) else { continue };
            if let Some(name) = credential.place.header().filter(|name| self.is_overruled(name)) {
                // What the caller sends in its place, after the name of the scheme, is as secret.
                let value = headers.get(name).and_then(|value| value.to_str().ok());
                secrets.extend(value.and_then(|value| value.split_whitespace().last()).map(Secret::from));
                continue;
            }
            let Some(Some(source)) = self.config.credentials.get(*index) else {
                return Err(missing(credential, "is missing"));
            };
            let secret = source.get().await?;
            if secret.expose().trim().is_empty() {
                return Err(missing(credential, "is blank"));
            }
            match credential.place {
                CredentialPlace::Query(name) => uri = with_query(&uri, name, secret.expose().trim())?,
                // One that stays as it is has been prepared.
                _ if matches!(source, Source::Fixed(..)) => {}
                CredentialPlace::Bearer | CredentialPlace::Header(_) => {
                    if let Some((name, value)) = header(credential, &secret)? {
                        headers.insert(name, value);
                    }
                }
            }
            secrets.push(secret);
        }
        let mut request = Request::new(self.prepared.body.clone());
        *request.method_mut() = self.prepared.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok((request, secrets))
    }

    /// Whether the caller set or removed the header of a credential.
    fn is_overruled(&self, name: &str) -> bool {
        self.config.changes.mentions(name) || self.options.headers.mentions(name)
    }

    fn finish(&self, status: StatusCode, headers: HeaderMap, body: Bytes, secrets: Vec<Secret>) -> Result<Meta, Error> {
        let mut meta = Meta { status, headers, body, attempts: self.number, is_final: false, secrets };
        if status.is_success() {
            return Ok(meta);
        }
        let places = &self.config.api.errors;
        let mut details = Details::read(&meta.body, places);
        details.redact(|text| meta.redacted(text));
        meta.secrets.clear();
        meta.is_final = details.code.as_deref().is_some_and(|code| places.final_codes.contains(&code));
        let wait = retry::server_delay(&meta.headers, self.config.clock.now());
        Err(ApiError::new(self.prepared.operation.id, meta, details, wait).into())
    }

    fn timed_out(&self) -> TransportError {
        let after = self.limit.unwrap_or_default().as_secs_f64();
        self.located(TransportError::new(TransportErrorKind::Timeout, format!("no whole response after {after} s")))
    }

    fn located(&self, error: TransportError) -> TransportError {
        let server = self.prepared.uri.authority().map(http::uri::Authority::as_str);
        error.during(self.prepared.operation.id, self.number, server)
    }
}

fn with_query(uri: &Uri, name: &str, secret: &str) -> Result<Uri, ConfigurationError> {
    let sign = if uri.query().is_some() { '&' } else { '?' };
    let uri = format!("{uri}{sign}{}={}", path::encode(name), path::encode(secret));
    Uri::try_from(uri)
        .map_err(|error| ConfigurationError::with_source("the address with the credential is not valid", error))
}

/// What has been read of a body.
#[derive(Default)]
struct Collected {
    /// The first piece, as long as it is the only one: most bodies are.
    first: Bytes,
    all: Vec<u8>,
}

impl Collected {
    async fn read(
        &mut self,
        body: &mut Body,
        announced: Option<&HeaderValue>,
        limit: usize,
    ) -> Result<(), TransportError> {
        // How much is taken on the server's word alone.
        const TRUSTED: usize = 1024 * 1024;
        let too_large =
            || TransportError::new(TransportErrorKind::TooLarge, format!("its body has more than {limit} bytes"));
        let announced = announced.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        while let Some(piece) = body.next().await {
            let piece = piece?;
            if self.len() + piece.len() > limit {
                return Err(too_large());
            }
            if self.len() == 0 {
                self.first = piece;
            } else {
                if self.all.is_empty() {
                    self.all.reserve(announced.unwrap_or_default().min(TRUSTED).max(self.first.len() + piece.len()));
                    self.all.extend_from_slice(&self.first);
                }
                self.all.extend_from_slice(&piece);
            }
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { Bytes::from(self.all) }
    }
}
