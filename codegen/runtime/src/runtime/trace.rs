//! What `tracing` is told: a span for each call, an event for each attempt, in the words of OpenTelemetry's conventions
//! for HTTP. Never a body, a header or an address with its values.

#[cfg(feature = "tracing")]
pub use with::CallTrace;
#[cfg(not(feature = "tracing"))]
pub use without::CallTrace;

#[cfg(feature = "tracing")]
mod with {
    use std::borrow::Cow;
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument, Span};

    use crate::runtime::client::Config;
    use crate::runtime::error::{Error, TransportErrorKind};
    use crate::runtime::operation::OperationInfo;
    use crate::runtime::response::Meta;

    /// The span of a call.
    pub struct CallTrace(Span);

    impl CallTrace {
        /// Opens it.
        pub fn new(config: &Config, info: &'static OperationInfo) -> Self {
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

        /// Runs a future in it.
        pub async fn within<F: Future>(&self, future: Pin<&mut F>) -> F::Output {
            future.instrument(self.0.clone()).await
        }

        /// Tells of an attempt that has ended, and after which wait the next one follows.
        pub fn attempt(&self, number: u32, outcome: Result<&Meta, &Error>, delay: Option<Duration>) {
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
                    if delay.is_some() { "failed, and is repeated" } else { "failed" },
                );
            }
        }

        /// Notes how the call ended.
        pub fn end(&self, result: &Result<Meta, Error>) {
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

        /// Notes why the call failed, also where that is found after its end.
        pub fn fail(&self, error: &Error) {
            self.0.record("error.type", &*kind(error));
        }
    }

    /// The class of an error, in few words: OpenTelemetry wants few different ones.
    fn kind(error: &Error) -> Cow<'static, str> {
        Cow::Borrowed(match error {
            // The convention wants the status here, where one is what is wrong.
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
mod without {
    use std::future::Future;
    use std::pin::Pin;
    use std::time::Duration;

    use crate::runtime::client::Config;
    use crate::runtime::error::Error;
    use crate::runtime::operation::OperationInfo;
    use crate::runtime::response::Meta;

    /// Nothing, since nobody listens.
    pub struct CallTrace;

    #[allow(clippy::unused_self, reason = "the same calls as with the feature")]
    impl CallTrace {
        pub fn new(_: &Config, _: &'static OperationInfo) -> Self {
            Self
        }

        pub async fn within<F: Future>(&self, future: Pin<&mut F>) -> F::Output {
            future.await
        }

        pub fn attempt(&self, _: u32, _: Result<&Meta, &Error>, _: Option<Duration>) {}

        pub fn end(&self, _: &Result<Meta, Error>) {}

        pub fn fail(&self, _: &Error) {}
    }
}
