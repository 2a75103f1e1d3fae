//! Why a request is refused.

use http::header::{HeaderName, HeaderValue};
use http::{StatusCode, header};

/// How many problems a message lists; a body of nothing but mistakes must not become a message of its size.
const MOST_TOLD: usize = 100;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The parameter, header or place in the body; empty for the body itself.
    pub(super) place: String,
    /// What is wrong, the place included.
    pub(super) message: String,
}

impl Problem {
    /// A problem at a place, which the message begins with.
    pub(super) fn new(kind: &str, place: &str, message: &str) -> Self {
        let message = match (kind, place) {
            ("", "") => format!("the body: {message}"),
            ("", place) => format!("`{place}`: {message}"),
            (kind, place) => format!("{kind} `{place}`: {message}"),
        };
        Self { place: place.to_owned(), message }
    }
}

/// A refused request, before it has the shape that the spec gives to errors.
#[derive(Clone, Debug)]
pub(super) struct Rejection {
    pub(super) status: StatusCode,
    /// For programs.
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The place at fault, where there is one.
    pub(super) param: Option<String>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Rejection {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), param: None, headers: Vec::new() }
    }

    /// A request with a problem or more: none is left for a second try.
    pub(super) fn of(problems: &[Problem]) -> Self {
        let told: Vec<_> = problems.iter().take(MOST_TOLD).map(|problem| problem.message.as_str()).collect();
        let mut message = told.join("; ");
        if problems.len() > told.len() {
            message = format!("{message}; and {} more", problems.len() - told.len());
        }
        let param = problems.first().map(|problem| problem.place.clone()).filter(|place| !place.is_empty());
        Self { param, ..Self::new(StatusCode::BAD_REQUEST, "invalid_value", message) }
    }

    /// Adds what HTTP wants beside a status.
    pub(super) fn header(mut self, name: HeaderName, value: &str) -> Self {
        // What is not allowed in a header came from an odd spec; the message says the same.
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// Credentials that are missing or blank. `challenges` are schemes of `WWW-Authenticate`.
    pub(super) fn unauthorized(message: String, challenges: &[&str]) -> Self {
        let rejection = Self::new(StatusCode::UNAUTHORIZED, "missing_credentials", message);
        challenges.iter().fold(rejection, |rejection, scheme| rejection.header(header::WWW_AUTHENTICATE, scheme))
    }
}
