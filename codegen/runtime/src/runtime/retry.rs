//! Whether a failed attempt is repeated, and after which wait: pure functions.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

/// How often and how patiently a failed call is repeated.
///
/// What is repeated: attempts that got no response (no connection, a timeout, a connection that broke), and the
/// statuses 408, 409, 429 and 5xx. The server's `x-should-retry` header overrules the status, in both directions.
///
/// How long is waited: what the server says in `retry-after-ms` or `retry-after`; else [`initial_delay`], doubled for
/// each repetition up to [`max_delay`], and shortened by chance so that clients spread.
///
/// [`initial_delay`]: RetryPolicy::initial_delay
/// [`max_delay`]: RetryPolicy::max_delay
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How many attempts may follow the first. 2 by default.
    pub max_retries: u32,
    /// The wait before the first repetition. 0.5 s by default.
    pub initial_delay: Duration,
    /// What no wait of our own choice exceeds. 8 s by default.
    pub max_delay: Duration,
    /// By which share of itself chance may shorten a wait of our own choice, from 0 to 1. 0.25 by default.
    pub jitter: f64,
    /// The longest wait that a server may ask for. Where it asks for more, the call fails at once, with the wait in the
    /// error. 60 s by default.
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
    /// The default policy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A policy that never repeats.
    #[must_use]
    pub fn never() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// The wait before a repetition, the first of which is number 0.
    fn delay(&self, repetition: u32, random: f64) -> Duration {
        let doubled = self.initial_delay.saturating_mul(2_u32.saturating_pow(repetition));
        let whole = doubled.min(self.max_delay);
        let shortened = 1.0 - self.jitter.clamp(0.0, 1.0) * random.clamp(0.0, 1.0);
        // A policy may hold anything: neither a jitter that is no number nor the longest wait there is may panic.
        Duration::try_from_secs_f64(whole.as_secs_f64() * shortened).unwrap_or(whole)
    }
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug)]
pub enum Failed<'a> {
    /// There is no whole response.
    Transport {
        /// The same may work another time.
        transient: bool,
    },
    /// There is a response, and it is no success.
    Status {
        /// Its status.
        status: StatusCode,
        /// Its headers.
        headers: &'a HeaderMap,
        /// Its error code is one that is never retried.
        is_final: bool,
    },
}

impl Failed<'_> {
    /// Whether a repetition may succeed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { transient } => *transient,
            Self::Status { status, headers, is_final } => should_retry(headers).unwrap_or_else(|| {
                !is_final && (matches!(status.as_u16(), 408 | 409 | 429) || status.is_server_error())
            }),
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Try again after a wait.
    Retry(Duration),
    /// Tell the caller.
    GiveUp,
}

/// What is known when an attempt has failed.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// How many attempts have been made.
    pub attempts: u32,
    /// What is left of the time for the whole call; `None` where it has no limit.
    pub remaining: Option<Duration>,
    /// The time of day.
    pub now: SystemTime,
    /// A number by chance, from 0 to below 1.
    pub random: f64,
}

/// Decides what to do after a failed attempt.
pub fn decide(policy: &RetryPolicy, failed: &Failed<'_>, situation: &Situation) -> Decision {
    let repetition = situation.attempts.saturating_sub(1);
    if repetition >= policy.max_retries || !failed.is_retryable() {
        return Decision::GiveUp;
    }
    let asked = match failed {
        Failed::Status { headers, .. } => server_delay(headers, situation.now),
        Failed::Transport { .. } => None,
    };
    let delay = match asked {
        Some(asked) if asked > policy.max_server_delay => return Decision::GiveUp,
        // No wait asked for is no leave to hammer.
        Some(Duration::ZERO) | None => policy.delay(repetition, situation.random),
        Some(asked) => asked,
    };
    if situation.remaining.is_some_and(|remaining| delay >= remaining) {
        return Decision::GiveUp;
    }
    Decision::Retry(delay)
}

/// What the server says of a repetition, where it says anything.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match text(headers, "x-should-retry")? {
        yes if yes.eq_ignore_ascii_case("true") => Some(true),
        no if no.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// How long the server asks to wait. Zero where its date has passed; `None` where it says nothing that makes sense.
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

/// A number of some unit as a duration, where it is one: neither negative, nor infinite, nor beyond what counts.
fn seconds(text: &str, unit: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse::<f64>().ok()? * unit).ok()
}
