//! Sends a call until an attempt succeeds or a retry cannot help.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::HeaderMap;
use http::{Method, StatusCode};

use super::authentication::{authenticated, lasting_secrets};
use super::body_reader::BodyReader;
use super::config::ClientConfig;
use super::dyn_operation::DynOperation;
use super::error::api::ErrorDetails;
use super::error::{ApiError, ConfigurationError, Error, TransportError, TransportErrorKind};
use super::http_backend::HttpBackend;
use super::received_response::ReceivedResponse;
use super::request::prepare;
use super::response::ResponseMeta;
use super::retry::{self, FailedAttempt, RetryDecision, RetrySituation};
use super::timeout;
use super::trace::CallTrace;
use crate::support::secret::Secret;

/// Sends a call and retries it. Also returns the trace, since decoding the response may still fail.
pub async fn send(config: &ClientConfig, call: &DynOperation<'_>) -> Result<(ResponseMeta, CallTrace), Error> {
    if !config.clock.is_available() {
        prepare(config, call)?;
        let message = "a call needs a running Tokio runtime: make it inside of one, or use `send_blocking()` of the feature `blocking`";
        return Err(ConfigurationError::new(message).into());
    }
    let trace = CallTrace::new(config, call.info);
    let result = trace.within(pin!(attempts(config, call, &trace))).await;
    trace.end(&result);
    Ok((result?, trace))
}

async fn attempts(config: &ClientConfig, call: &DynOperation<'_>, trace: &CallTrace) -> Result<ResponseMeta, Error> {
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
        // No time is left, but an invalid call is reported before the timeout.
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
            Error::Transport(error) => FailedAttempt::Transport { transient: error.is_transient() },
            Error::Api(error) => error.failed_attempt(),
            _ => return Err(error),
        };
        let situation =
            RetrySituation { attempts, remaining: remaining(), now: config.clock.now(), random: config.clock.random() };
        let mut policy = config.retry.clone();
        policy.max_retries = options.retries.unwrap_or(policy.max_retries);
        let decision = retry::decide(&policy, &failed, &situation);
        let RetryDecision::Retry(delay) = decision else {
            trace.attempt(attempts, Err(&error), None);
            return Err(error);
        };
        trace.attempt(attempts, Err(&error), Some(delay));
        config.clock.sleep(delay).await;
    }
}

/// One attempt.
struct Attempt<'a> {
    config: &'a ClientConfig,
    call: &'a DynOperation<'a>,
    number: u32,
    limit: Option<Duration>,
}

impl Attempt<'_> {
    async fn run(&self) -> Result<ResponseMeta, Error> {
        let mut head = None;
        let mut reader = BodyReader::default();
        let received = {
            let receiving = pin!(async {
                let (ReceivedResponse { status, headers, length, mut body }, secrets) = self.head().await?;
                head = Some((status, headers, secrets));
                // A response to HEAD states the length of a body that it does not have.
                let announced = length.filter(|_| self.call.info.method != Method::HEAD);
                Ok(reader.read(&mut body, announced, self.config.max_response_bytes).await)
            });
            // One timer for head and body: starting a timer costs more than the rest of this function.
            timeout::within(&*self.config.clock, self.limit, receiving).await
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
        let meta = self.meta(status, headers, reader.into_bytes(), secrets);
        match broken {
            Some(error) if status.is_success() => Err(error.after_head(&meta).into()),
            // An error status is reported even if its body is incomplete.
            _ => self.outcome(meta),
        }
    }

    /// Sends the request, and waits for the head of the response.
    async fn head(&self) -> Result<(ReceivedResponse, Vec<Secret>), Error> {
        let (request, secrets) = authenticated(self.config, self.call).await?;
        // Each future is created before it is awaited. Otherwise this future would store its arguments too.
        let received = match &self.config.backend {
            HttpBackend::Reqwest(transport) => {
                let receiving = transport.receive(request.into_reqwest()?);
                receiving.await
            }
            HttpBackend::Other(transport) => {
                let receiving = transport.send(request.into_http()?);
                receiving.await.map(ReceivedResponse::from)
            }
        };
        Ok((received.map_err(|error| self.located(error))?, secrets))
    }

    fn meta(&self, status: StatusCode, headers: HeaderMap, body: Bytes, mut secrets: Vec<Secret>) -> ResponseMeta {
        secrets.extend(lasting_secrets(self.config, self.call));
        let (attempts, is_final, redacted_headers) = (self.number, false, Vec::new());
        let mut meta = ResponseMeta { status, headers, body, attempts, is_final, secrets, redacted_headers };
        meta.redact_headers();
        meta
    }

    fn outcome(&self, mut meta: ResponseMeta) -> Result<ResponseMeta, Error> {
        if meta.status.is_success() {
            return Ok(meta);
        }
        let format = &self.config.api.errors;
        let mut details = ErrorDetails::read(&meta.body, format);
        details.redact(|text| meta.redacted(text));
        meta.secrets.clear();
        meta.is_final = details.code.as_deref().is_some_and(|code| format.final_codes.contains(&code));
        let wait = retry::server_delay(&meta.headers, self.config.clock.now());
        Err(ApiError::new(self.call.info.id, meta, details, wait).into())
    }

    #[cold]
    fn timed_out(&self) -> TransportError {
        let after = self.limit.unwrap_or_default().as_secs_f64();
        self.located(TransportError::new(TransportErrorKind::Timeout, format!("the timeout of {after} s elapsed")))
    }

    #[cold]
    fn located(&self, error: TransportError) -> TransportError {
        let server = self.config.server.authority().map(http::uri::Authority::as_str);
        error.during(self.call.info.id, self.number, server)
    }
}
