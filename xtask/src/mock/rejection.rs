//! Why a request is rejected.

use http::header::{HeaderName, HeaderValue};
use http::{StatusCode, header};

/// The most problems that a message lists, so that a large body cannot cause a large message.
const MOST_PROBLEMS: usize = 100;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The parameter, header or field path in the body; empty for the body itself.
    pub(super) param: String,
    /// The complete message, which names the parameter.
    pub(super) message: String,
}

impl Problem {
    /// Creates a problem. The kind is that of the parameter, or empty for a field of the body.
    pub(super) fn new(kind: &str, param: &str, message: &str) -> Self {
        let message = match (kind, param) {
            ("", "") => format!("the body: {message}"),
            ("", param) => format!("`{param}`: {message}"),
            (kind, param) => format!("{kind} `{param}`: {message}"),
        };
        Self { param: param.to_owned(), message }
    }
}

/// An extension of each response that rejects a request: the reason, which the body contains too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionReason(
    /// The message.
    pub String,
);

/// A rejected request, before the error has the shape that the spec describes.
#[derive(Clone, Debug)]
pub(super) struct Rejection {
    pub(super) status: StatusCode,
    /// A constant that programs can compare with.
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The parameter at fault, if there is one.
    pub(super) param: Option<String>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Rejection {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), param: None, headers: Vec::new() }
    }

    /// Rejects a request for all of its problems at once.
    pub(super) fn of(problems: &[Problem]) -> Self {
        let listed: Vec<_> = problems.iter().take(MOST_PROBLEMS).map(|problem| problem.message.as_str()).collect();
        let mut message = listed.join("; ");
        if problems.len() > listed.len() {
            message = format!("{message}; and {} more", problems.len() - listed.len());
        }
        let param = problems.first().map(|problem| problem.param.clone()).filter(|param| !param.is_empty());
        Self { param, ..Self::new(StatusCode::BAD_REQUEST, "invalid_value", message) }
    }

    /// Adds a header that HTTP requires with the status.
    pub(super) fn header(mut self, name: HeaderName, value: &str) -> Self {
        // A value that HTTP does not allow comes from the spec. The message has it too, so it can be left out.
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// Rejects credentials that are missing or blank. `challenges` are schemes of `WWW-Authenticate`.
    pub(super) fn unauthorized(message: String, challenges: &[&str]) -> Self {
        let rejection = Self::new(StatusCode::UNAUTHORIZED, "missing_credentials", message);
        challenges.iter().fold(rejection, |rejection, scheme| rejection.header(header::WWW_AUTHENTICATE, scheme))
    }
}
