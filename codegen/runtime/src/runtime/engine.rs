//! Sends a request until it succeeds or there is no use in trying.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::HeaderMap;
use http::{Method, StatusCode};

use super::api::{Credential, CredentialLocation};
use super::client::Config;
use super::credential::{Source, header, missing, provided};
use super::error::{ApiError, ConfigurationError, Error, TransportError, TransportErrorKind};
use super::failure::Details;
use super::future::within;
use super::header::HeaderChanges;
use super::operation::DynOperation;
use super::path::RESERVED;
use super::request::{PreparedRequest, prepare};
use super::response::Meta;
use super::retry::{self, Decision, Failed, Situation};
use super::trace::CallTrace;
use super::transport::{Body, Carrier, Received};
use crate::support::secret::Secret;

/// Sends a call, again and again where that may help. The trace is for whoever decodes the response.
pub async fn send(config: &Config, call: &DynOperation<'_>) -> Result<(Meta, CallTrace), Error> {
    if !config.clock.is_available() {
        prepare(config, call)?;
        let message = "a call needs a running Tokio runtime; with the feature `blocking`, `send_blocking()` needs none";
        return Err(ConfigurationError::new(message).into());
    }
    let trace = CallTrace::new(config, call.info);
    let result = trace.within(pin!(attempts(config, call, &trace))).await;
    trace.end(&result);
    Ok((result?, trace))
}

async fn attempts(config: &Config, call: &DynOperation<'_>, trace: &CallTrace) -> Result<Meta, Error> {
    let options = call.options;
    let timeout = options.timeout.unwrap_or(config.timeout);
    let total = options.total_timeout.unwrap_or(config.total_timeout);
    let begun = total.map(|total| (total, config.clock.elapsed()));
    let passed = |since| config.clock.elapsed().saturating_sub(since);
    let remaining = || begun.map(|(total, since)| total.saturating_sub(passed(since)));
    let mut attempts = 0_u32;
    loop {
        attempts = attempts.saturating_add(1);
        let limit = [timeout, remaining()].into_iter().flatten().min();
        // Nothing is sent then, but what is wrong with the call is told all the same.
        if limit.is_some_and(|limit| limit.is_zero()) {
            prepare(config, call)?;
        }
        let attempt = Attempt { config, call, number: attempts, limit };
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
        let mut policy = config.retry.clone();
        policy.max_retries = options.retries.unwrap_or(policy.max_retries);
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
    call: &'a DynOperation<'a>,
    number: u32,
    limit: Option<Duration>,
}

impl Attempt<'_> {
    async fn run(&self) -> Result<Meta, Error> {
        let mut head = None;
        let mut collected = Collected::default();
        let received = {
            let receiving = pin!(async {
                let (Received { status, headers, length, mut body }, secrets) = self.head().await?;
                head = Some((status, headers, secrets));
                // The response to HEAD says the length of a body that does not come.
                let announced = length.filter(|_| self.call.info.method != Method::HEAD);
                Ok(collected.read(&mut body, announced, self.config.max_response_bytes).await)
            });
            // One alarm for both, since setting one costs more than all else that is done here.
            within(&*self.config.clock, self.limit, receiving).await
        };
        let broken = match received {
            Some(Ok(Ok(()))) => None,
            Some(Ok(Err(error))) => Some(self.located(error)),
            Some(Err(error)) => return Err(error),
            None => Some(self.timed_out()),
        };
        let Some((status, headers, secrets)) = head else {
            return Err(broken.unwrap_or_else(|| self.timed_out()).into());
        };
        match broken {
            Some(error) if status.is_success() => Err(error.after_head(status, &headers).into()),
            // What is known of a failure is told, however its body ended.
            _ => self.finish(status, headers, collected.into_bytes(), secrets),
        }
    }

    /// Sends the request, and waits for the head of the response.
    async fn head(&self) -> Result<(Received, Vec<Secret>), Error> {
        let (request, secrets) = self.request().await?;
        // Each is there before it is waited for, so that the future has no room for what it is made of.
        let received = match &self.config.carrier {
            Carrier::Reqwest(transport) => {
                let receiving = transport.receive(request.into_reqwest()?);
                receiving.await
            }
            Carrier::Other(transport) => {
                let receiving = transport.send(request.into_http()?);
                receiving.await.map(Received::from)
            }
        };
        Ok((received.map_err(|error| self.located(error))?, secrets))
    }

    /// The request, and its credentials that are not the same for each attempt. Made anew for each: few calls need a
    /// second one, and for those a copy would have to be kept.
    async fn request(&self) -> Result<(PreparedRequest, Vec<Secret>), Error> {
        let mut request = prepare(self.config, self.call)?;
        let mut secrets = Vec::new();
        for index in self.call.info.credentials {
            let Some(credential) = self.config.api.credentials.get(*index) else { continue };
            if overruling(self.config, self.call, credential).is_some() {
                continue;
            }
            match self.config.credentials.get(*index) {
                Some(Some(Source::Fixed(_, Some((name, value))))) => {
                    request.headers.insert(name, value.clone());
                }
                Some(Some(Source::Fixed(secret, None))) => add(&mut request, credential, secret)?,
                Some(Some(Source::Provider(provide))) => {
                    let secret = provided(provide).await?;
                    if secret.expose().trim().is_empty() {
                        return Err(missing(credential, "is blank").into());
                    }
                    add(&mut request, credential, &secret)?;
                    secrets.push(secret);
                }
                _ => return Err(missing(credential, "is missing").into()),
            }
        }
        Ok((request, secrets))
    }

    fn finish(&self, status: StatusCode, headers: HeaderMap, body: Bytes, secrets: Vec<Secret>) -> Result<Meta, Error> {
        let mut meta = Meta { status, headers, body, attempts: self.number, is_final: false, secrets };
        if status.is_success() {
            return Ok(meta);
        }
        let places = &self.config.api.errors;
        meta.secrets.extend(lasting_secrets(self.config, self.call));
        let mut details = Details::read(&meta.body, places);
        details.redact(|text| meta.redacted(text));
        meta.secrets.clear();
        meta.is_final = details.code.as_deref().is_some_and(|code| places.final_codes.contains(&code));
        let wait = retry::server_delay(&meta.headers, self.config.clock.now());
        Err(ApiError::new(self.call.info.id, meta, details, wait).into())
    }

    #[cold]
    fn timed_out(&self) -> TransportError {
        let after = self.limit.unwrap_or_default().as_secs_f64();
        self.located(TransportError::new(TransportErrorKind::Timeout, format!("no whole response after {after} s")))
    }

    #[cold]
    fn located(&self, error: TransportError) -> TransportError {
        let server = self.config.server.authority().map(http::uri::Authority::as_str);
        error.during(self.call.info.id, self.number, server)
    }
}

/// Adds a credential to a request.
fn add(request: &mut PreparedRequest, credential: &Credential, secret: &Secret) -> Result<(), ConfigurationError> {
    if let CredentialLocation::Query(name) = credential.location {
        request.address.query(name, secret.expose().trim(), RESERVED);
    } else if let Some((name, value)) = header(credential, secret)? {
        request.headers.insert(name, value);
    }
    Ok(())
}

/// The header of a credential that the caller sets or removes, and where: the call's changes come before the client's.
fn overruling<'a>(
    config: &'a Config,
    call: &'a DynOperation<'_>,
    credential: &Credential,
) -> Option<(&'static str, &'a HeaderChanges)> {
    let name = credential.location.header()?;
    let mut changes = [&call.options.headers, &config.changes].into_iter();
    Some((name, changes.find(|changes| changes.mentions(name))?))
}

/// What all requests of a call prove themselves with, for whatever of the response is shown: credentials that stay as
/// they are, and what the caller sends in their place.
#[cold]
pub fn lasting_secrets<'a>(config: &'a Config, call: &'a DynOperation<'a>) -> impl Iterator<Item = Secret> {
    call.info.credentials.iter().filter_map(move |index| {
        let credential = config.api.credentials.get(*index)?;
        if let Some((name, changes)) = overruling(config, call, credential) {
            // The name of the scheme comes first.
            return changes.value(name)?.to_str().ok()?.split_whitespace().last().map(Secret::from);
        }
        match config.credentials.get(*index)?.as_ref()? {
            Source::Fixed(secret, _) => Some(secret.clone()),
            Source::Provider(_) => None,
        }
    })
}

/// What has been read of a body.
#[derive(Default)]
struct Collected {
    /// The first piece, as long as it is the only one: most bodies are.
    first: Bytes,
    all: Vec<u8>,
}

impl Collected {
    async fn read(&mut self, body: &mut Body, announced: Option<usize>, limit: usize) -> Result<(), TransportError> {
        // How much is taken on the server's word alone.
        const TRUSTED: usize = 1024 * 1024;
        let too_large =
            || TransportError::new(TransportErrorKind::TooLarge, format!("its body has more than {limit} bytes"));
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
