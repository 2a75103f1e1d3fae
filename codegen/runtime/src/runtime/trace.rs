//! Tracing: a span for each call and an event for each attempt. The names follow OpenTelemetry's
//! conventions for HTTP.
//!
//! Spans and events never contain a body, a header or the value of a parameter.

#[cfg(not(feature = "tracing"))]
pub use disabled::CallTrace;
#[cfg(feature = "tracing")]
pub use enabled::CallTrace;

#[cfg(feature = "tracing")]
mod enabled {
    use std::borrow::Cow;
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument, Span};

    use crate::runtime::config::ClientConfig;
    use crate::runtime::error::{Error, TransportErrorKind};
    use crate::runtime::operation_info::OperationInfo;
    use crate::runtime::response::ResponseMeta;

    /// The span of a call.
    pub struct CallTrace(Span);

    impl CallTrace {
        /// Opens the span.
        pub fn new(config: &ClientConfig, info: &'static OperationInfo) -> Self {
            let port = config.server.port_u16().or(match config.server.scheme_str() {
                Some("http") => Some(80),
                _ => Some(443),
            });
            Self(tracing::info_span!(
                target: env!("CARGO_CRATE_NAME"),
                "call",
                otel.name = format_args!("{} {}", info.method, info.path),
                otel.kind = "client",
                operation = info.id,
                http.request.method = info.method.as_str(),
                url.template = info.path,
                server.address = config.server.host(),
                server.port = port,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
                request_id = Empty,
            ))
        }

        /// Runs a future in the span.
        pub async fn within<F: Future>(&self, future: Pin<&mut F>) -> F::Output {
            future.instrument(self.0.clone()).await
        }

        /// Reports the end of an attempt, and the delay before the next one.
        pub fn attempt(&self, number: u32, outcome: Result<&ResponseMeta, &Error>, delay: Option<Duration>) {
            let status = outcome.map_or_else(Error::status, |meta| Some(meta.status)).map(|status| status.as_u16());
            let kind = outcome.err().map(kind);
            let kind = kind.as_deref();
            let delay = delay.map(|delay| delay.as_secs_f64());
            if kind.is_none() {
                tracing::debug!(target: env!("CARGO_CRATE_NAME"), parent: &self.0, attempt = number, http.response.status_code = status, "succeeded");
            } else {
                tracing::warn!(
                    target: env!("CARGO_CRATE_NAME"),
                    parent: &self.0,
                    attempt = number,
                    http.response.status_code = status,
                    error.type = kind,
                    delay_seconds = delay,
                    request_id = outcome.err().and_then(Error::request_id),
                    "{}",
                    if delay.is_some() { "failed, retrying" } else { "failed" },
                );
            }
        }

        /// Records the result of the call.
        pub fn end(&self, result: &Result<ResponseMeta, Error>) {
            let (status, attempts, id) = match result {
                Ok(meta) => (Some(meta.status), meta.attempts, meta.request_id()),
                Err(error) => (error.status(), error.attempts(), error.request_id()),
            };
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if attempts > 1 {
                self.0.record("http.request.resend_count", attempts - 1);
            }
            if let Some(id) = id {
                self.0.record("request_id", id);
            }
            if let Err(error) = result {
                self.fail(error);
            }
        }

        /// Records the error of the call. Decoding can fail after the end of the last attempt.
        pub fn fail(&self, error: &Error) {
            self.0.record("error.type", &*kind(error));
        }
    }

    /// Returns the type of an error. OpenTelemetry recommends a small number of types.
    fn kind(error: &Error) -> Cow<'static, str> {
        Cow::Borrowed(match error {
            // OpenTelemetry uses the status as the type of an HTTP error.
            Error::Api(error) => return Cow::Owned(error.status().as_str().to_owned()),
            Error::Configuration(_) => "configuration",
            Error::Validation(_) => "validation",
            Error::Decode(_) => "decode",
            Error::Cursor(_) => "cursor",
            Error::Transport(error) => match error.kind() {
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Timeout => "timeout",
                TransportErrorKind::TooLarge => "too_large",
                TransportErrorKind::Other => "transport",
            },
        })
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    use crate::runtime::config::ClientConfig;
    use crate::runtime::error::Error;
    use crate::runtime::operation_info::OperationInfo;
    use crate::runtime::response::ResponseMeta;

    /// The span of a call. Without the feature `tracing`, it is empty.
    pub struct CallTrace;

    #[allow(clippy::unused_self, reason = "the signatures are those of the feature")]
    impl CallTrace {
        pub fn new(_: &ClientConfig, _: &'static OperationInfo) -> Self {
            Self
        }

        pub async fn within<F: Future>(&self, future: Pin<&mut F>) -> F::Output {
            future.await
        }

        pub fn attempt(&self, _: u32, _: Result<&ResponseMeta, &Error>, _: Option<Duration>) {}

        pub fn end(&self, _: &Result<ResponseMeta, Error>) {}

        pub fn fail(&self, _: &Error) {}
    }
}
