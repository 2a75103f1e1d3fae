//! Answers, down to the byte.

use std::fmt::Write as _;
use std::time::Duration;

/// What the server does about a request, one step after the other.
#[derive(Clone, Debug, Default)]
pub struct Answer(pub(super) Vec<AnswerStep>);

#[derive(Clone, Debug)]
pub(super) enum AnswerStep {
    Send(Vec<u8>),
    Repeat(Vec<u8>, usize),
    Wait(Duration),
    Stall,
    Close,
}

impl Answer {
    /// JSON, whole.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "a body is made where it is given")]
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::of(status, &[("content-type", "application/json")], body.to_string())
    }

    /// A whole response; its length is added.
    #[must_use]
    pub fn of(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let length = body.len().to_string();
        let headers: Vec<_> = headers.iter().copied().chain([("content-length", length.as_str())]).collect();
        Self::head(status, &headers).send(body)
    }

    /// A head, with these headers and no others.
    #[must_use]
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
        for (name, value) in headers {
            // A string always grows.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        Self::default().send(head)
    }

    /// The head of a JSON response in chunks.
    #[must_use]
    pub fn chunked(status: u16) -> Self {
        Self::head(status, &[("content-type", "application/json"), ("transfer-encoding", "chunked")])
    }

    /// Then sends bytes.
    #[must_use]
    pub fn send(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.push(AnswerStep::Send(bytes.into()));
        self
    }

    /// Then sends a chunk; an empty one ends the body.
    #[must_use]
    pub fn chunk(self, data: impl AsRef<[u8]>) -> Self {
        self.send(chunk(data.as_ref()))
    }

    /// Then sends bytes again and again.
    #[must_use]
    pub fn repeat(mut self, bytes: impl Into<Vec<u8>>, times: usize) -> Self {
        self.0.push(AnswerStep::Repeat(bytes.into(), times));
        self
    }

    /// Then lets time pass.
    #[must_use]
    pub fn wait(mut self, duration: Duration) -> Self {
        self.0.push(AnswerStep::Wait(duration));
        self
    }

    /// Then does nothing until the client hangs up.
    #[must_use]
    pub fn stall(mut self) -> Self {
        self.0.push(AnswerStep::Stall);
        self
    }

    /// Then hangs up.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.0.push(AnswerStep::Close);
        self
    }
}

/// Data as a chunk.
#[must_use]
pub fn chunk(data: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
    chunk.extend_from_slice(data);
    chunk.extend_from_slice(b"\r\n");
    chunk
}
