//! Answers that a test defines byte by byte.

use std::fmt::Write as _;
use std::time::Duration;

/// The server's answer to a request, as a list of steps.
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
    /// Answers with JSON.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "callers create the body in place")]
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::of(status, &[("content-type", "application/json")], body.to_string())
    }

    /// Answers with a whole response, and adds its length.
    #[must_use]
    pub fn of(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let length = body.len().to_string();
        let headers: Vec<_> = headers.iter().copied().chain([("content-length", length.as_str())]).collect();
        Self::head(status, &headers).send(body)
    }

    /// Answers with a head that has only these headers.
    #[must_use]
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
        for (name, value) in headers {
            // Writing to a string cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        Self::default().send(head)
    }

    /// Answers with the head of a chunked JSON response.
    #[must_use]
    pub fn chunked(status: u16) -> Self {
        Self::head(status, &[("content-type", "application/json"), ("transfer-encoding", "chunked")])
    }

    /// Sends bytes.
    #[must_use]
    pub fn send(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.push(AnswerStep::Send(bytes.into()));
        self
    }

    /// Sends a chunk. An empty one ends the body.
    #[must_use]
    pub fn chunk(self, data: impl AsRef<[u8]>) -> Self {
        self.send(chunk(data.as_ref()))
    }

    /// Sends the same bytes repeatedly.
    #[must_use]
    pub fn repeat(mut self, bytes: impl Into<Vec<u8>>, times: usize) -> Self {
        self.0.push(AnswerStep::Repeat(bytes.into(), times));
        self
    }

    /// Waits.
    #[must_use]
    pub fn wait(mut self, duration: Duration) -> Self {
        self.0.push(AnswerStep::Wait(duration));
        self
    }

    /// Does nothing until the client closes the connection.
    #[must_use]
    pub fn stall(mut self) -> Self {
        self.0.push(AnswerStep::Stall);
        self
    }

    /// Closes the connection.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.0.push(AnswerStep::Close);
        self
    }
}

/// Returns data as a chunk.
#[must_use]
pub fn chunk(data: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
    chunk.extend_from_slice(data);
    chunk.extend_from_slice(b"\r\n");
    chunk
}
