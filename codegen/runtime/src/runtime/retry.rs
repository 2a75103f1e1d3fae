//! Decides whether the client retries a failed attempt, and after which delay. All functions are
//! pure.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

/// The number of retries of a failed call, and the delays before them.
///
/// The client retries these failures:
///
/// - no complete response: a failed or broken connection, or a timeout;
/// - the statuses 408, 409, 429 and 5xx, unless the error code says that a retry cannot succeed.
///
/// A header `x-should-retry` of the response takes precedence over its status and its code.
///
/// The delay honours the headers `retry-after-ms` and `retry-after`. Otherwise it is
/// [`initial_delay`], doubled for each further retry up to [`max_delay`], with jitter.
///
/// ```
/// use std::time::Duration;
///
/// use generated_crate::{Client, RetryPolicy};
///
/// let mut policy = RetryPolicy::new();
/// policy.max_retries = 5;
/// policy.initial_delay = Duration::from_secs(1);
/// let builder = Client::builder().retry_policy(policy);
/// ```
///
/// [`initial_delay`]: RetryPolicy::initial_delay
/// [`max_delay`]: RetryPolicy::max_delay
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of retries. The default is 2.
    pub max_retries: u32,
    /// The delay before the first retry. The default is 0.5 s.
    pub initial_delay: Duration,
    /// The maximum delay, unless the server requests a longer one. The default is 8 s.
    pub max_delay: Duration,
    /// The maximum share by which jitter shortens a delay, from 0 to 1. The default is 0.25.
    pub jitter: f64,
    /// The maximum delay that the server may request. The default is 60 s.
    ///
    /// If the server requests more, the call fails at once, and
    /// [`retry_after`](crate::Error::retry_after) returns the requested delay.
    pub max_server_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            jitter: 0.25,
            max_server_delay: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Returns the default policy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a policy without retries.
    #[must_use]
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// Returns the delay before a retry. The first retry has the number 0.
    fn delay(&self, retry: u32, random: f64) -> Duration {
        let doubled = self.initial_delay.saturating_mul(2_u32.saturating_pow(retry));
        let whole = doubled.min(self.max_delay);
        let shortened = 1.0 - self.jitter.clamp(0.0, 1.0) * random.clamp(0.0, 1.0);
        // A policy may have any values. A jitter of NaN or the longest `Duration` must not panic.
        Duration::try_from_secs_f64(whole.as_secs_f64() * shortened).unwrap_or(whole)
    }
}

/// The way in which an attempt failed.
#[derive(Clone, Copy, Debug)]
pub enum FailedAttempt<'a> {
    /// No complete response arrived.
    Transport {
        /// Whether a retry may succeed.
        transient: bool,
    },
    /// The response has an error status.
    Status {
        /// The status.
        status: StatusCode,
        /// The headers.
        headers: &'a HeaderMap,
        /// Whether the error code is one that is never retried.
        is_final: bool,
    },
}

impl FailedAttempt<'_> {
    /// Returns `true` if a retry may succeed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { transient } => *transient,
            Self::Status { status, headers, is_final } => should_retry(headers).unwrap_or_else(|| {
                !is_final && (matches!(status.as_u16(), 408 | 409 | 429) || status.is_server_error())
            }),
        }
    }
}

/// The decision after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryDecision {
    /// Retry after a delay.
    Retry(Duration),
    /// Return the error.
    GiveUp,
}

/// The circumstances of a failed attempt.
#[derive(Clone, Copy, Debug)]
pub struct RetrySituation {
    /// The number of attempts so far.
    pub attempts: u32,
    /// The time until the total timeout of the call, if it has one.
    pub remaining: Option<Duration>,
    /// The current date and time.
    pub now: SystemTime,
    /// A random number from 0 to less than 1.
    pub random: f64,
}

/// Decides whether to retry a failed attempt.
pub fn decide(policy: &RetryPolicy, failed: &FailedAttempt<'_>, situation: &RetrySituation) -> RetryDecision {
    let retry = situation.attempts.saturating_sub(1);
    if retry >= policy.max_retries || !failed.is_retryable() {
        return RetryDecision::GiveUp;
    }
    let requested = match failed {
        FailedAttempt::Status { headers, .. } => server_delay(headers, situation.now),
        FailedAttempt::Transport { .. } => None,
    };
    let delay = match requested {
        Some(requested) if requested > policy.max_server_delay => return RetryDecision::GiveUp,
        // `retry-after: 0` still backs off.
        Some(Duration::ZERO) | None => policy.delay(retry, situation.random),
        Some(requested) => requested,
    };
    if situation.remaining.is_some_and(|remaining| delay >= remaining) {
        return RetryDecision::GiveUp;
    }
    RetryDecision::Retry(delay)
}

/// Returns whether the server requests a retry, or `None` if it does not say.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match text(headers, "x-should-retry")? {
        yes if yes.eq_ignore_ascii_case("true") => Some(true),
        no if no.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Returns the delay that the server requests, or `None` if it does not send a valid one. The delay
/// is zero if the server's date has passed.
pub fn server_delay(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let milliseconds = text(headers, "retry-after-ms").and_then(|text| seconds(text, 0.001));
    milliseconds.or_else(|| {
        let text = text(headers, "retry-after")?;
        seconds(text, 1.0).or_else(|| {
            let date = httpdate::parse_http_date(text).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        })
    })
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Parses a number of some unit as a duration, unless it is negative, infinite or too large.
fn seconds(text: &str, unit: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse::<f64>().ok()? * unit).ok()
}
