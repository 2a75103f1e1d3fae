//! What every call can be told, and how it is sent.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::client::Client;
use super::engine::{self, lasting_secrets};
use super::error::{ConfigurationError, DecodeError, Error};
use super::header::HeaderChanges;
use super::operation::{DynOperation, Operation};
use super::request::RequestBuilder;
use super::response::Response;
use crate::support::validate::Checker;

/// A call: the client that makes it, and what it was told.
#[derive(Clone, Debug)]
pub struct Call {
    pub(super) client: Client,
    /// `None` for a call that does as its client does: most do, and moves with each setter, and into a future.
    options: Option<Box<CallOptions>>,
}

/// What a single call does otherwise than its client.
#[derive(Clone)]
#[allow(clippy::option_option, reason = "no limit is something else than nothing said")]
pub struct CallOptions {
    /// Within, `None` is no limit.
    pub(super) timeout: Option<Option<Duration>>,
    pub(super) total_timeout: Option<Option<Duration>>,
    pub(super) retries: Option<u32>,
    pub(super) headers: HeaderChanges,
    pub(super) extra_query: Vec<(String, String)>,
    pub(super) extra_body: Vec<(String, Value)>,
    pub(super) validate: Option<bool>,
    pub(super) lenient: Option<bool>,
    /// The first thing that is wrong with what the call was told.
    pub(super) problem: Option<ConfigurationError>,
}

/// Of what a caller added the names alone: a value may be a secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.extra_query.iter().map(|(name, _)| name).collect();
        let body: Vec<_> = self.extra_body.iter().map(|(name, _)| name).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retries", &self.retries)
            .field("headers", &self.headers)
            .field("extra_query", &query)
            .field("extra_body", &body)
            .field("validate", &self.validate)
            .field("lenient", &self.lenient)
            .finish_non_exhaustive()
    }
}

impl CallOptions {
    /// Nothing otherwise.
    const NONE: Self = Self {
        timeout: None,
        total_timeout: None,
        retries: None,
        headers: HeaderChanges::NONE,
        extra_query: Vec::new(),
        extra_body: Vec::new(),
        validate: None,
        lenient: None,
        problem: None,
    };
}

impl Call {
    /// A call that does as its client does.
    pub fn new(client: &Client) -> Self {
        Self { client: client.clone(), options: None }
    }

    fn options(&self) -> &CallOptions {
        static NONE: CallOptions = CallOptions::NONE;
        self.options.as_deref().unwrap_or(&NONE)
    }

    fn options_mut(&mut self) -> &mut CallOptions {
        self.options.get_or_insert_with(|| Box::new(CallOptions::NONE))
    }

    /// Limits each attempt.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.options_mut().timeout = Some(timeout);
    }

    /// Limits the whole call.
    pub fn total_timeout(&mut self, timeout: Option<Duration>) {
        self.options_mut().total_timeout = Some(timeout);
    }

    /// Limits the repetitions.
    pub fn retries(&mut self, retries: u32) {
        self.options_mut().retries = Some(retries);
    }

    /// Sets a header.
    pub fn extra_header(&mut self, name: &str, value: &str) {
        let result = self.options_mut().headers.set(name, value);
        self.note(result);
    }

    /// Has a header not sent.
    pub fn without_header(&mut self, name: &str) {
        let result = self.options_mut().headers.remove(name);
        self.note(result);
    }

    fn note(&mut self, result: Result<(), ConfigurationError>) {
        if let Err(error) = result {
            self.options_mut().problem.get_or_insert(error);
        }
    }

    /// Adds a query parameter.
    pub fn extra_query(&mut self, name: String, value: String) {
        self.options_mut().extra_query.push((name, value));
    }

    /// Adds a property to the body.
    pub fn extra_body(&mut self, name: String, value: Value) {
        self.options_mut().extra_body.retain(|(known, _)| *known != name);
        self.options_mut().extra_body.push((name, value));
    }

    /// Whether bounds are checked.
    pub fn validate(&mut self, validate: bool) {
        self.options_mut().validate = Some(validate);
    }

    /// Sets whether missing required properties are corrected.
    pub fn lenient(&mut self, lenient: bool) {
        self.options_mut().lenient = Some(lenient);
    }
}

/// Sends a call.
pub async fn send<O: Operation>(operation: &O) -> Result<Response<O::Output>, Error> {
    let call = operation.call();
    let (config, options) = (call.client.config(), call.options());
    let check = |checker: &mut Checker<'_>| operation.check(checker);
    let write = |request: &mut RequestBuilder| operation.write(request);
    let call = DynOperation { info: O::INFO, options, check: &check, write: &write };
    let (mut meta, trace) = engine::send(config, &call).await?;
    match O::decode(&meta.body, options.lenient.unwrap_or(config.lenient)) {
        Ok(decoded) => Ok(Response::new(decoded.value, decoded.corrected, meta)),
        Err(error) => {
            meta.secrets.extend(lasting_secrets(config, &call));
            let error = DecodeError::new(O::INFO.id, meta, error).into();
            trace.fail(&error);
            Err(error)
        }
    }
}

/// The methods and the future of a call: a struct with a field `call` of the type [`Call`].
macro_rules! call {
    ($name:ident) => {
        crate::runtime::call::options!($name);
        crate::runtime::call::send_methods!($name);

        impl std::future::IntoFuture for $name {
            type Output = Result<
                crate::runtime::response::Response<<Self as crate::runtime::operation::Operation>::Output>,
                crate::runtime::error::Error,
            >;
            type IntoFuture = crate::runtime::future::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { crate::runtime::call::send(&self).await })
            }
        }
    };
}

/// The methods and the future of a call whose response is a page of a list; otherwise as [`call!`].
macro_rules! paged_call {
    ($name:ident) => {
        crate::runtime::call::options!($name);
        crate::runtime::call::send_methods!($name);

        impl std::future::IntoFuture for $name {
            type Output = Result<crate::runtime::paging::Page<Self>, crate::runtime::error::Error>;
            type IntoFuture = crate::runtime::future::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                crate::runtime::paging::fetch(self)
            }
        }

        impl $name {
            /// Returns a stream of all items. Each page is fetched when its first item is requested.
            ///
            /// With only the cursor of the backward direction set, the stream goes backward from there, and each page's
            /// items come in reverse order.
            pub fn stream(self) -> crate::runtime::paging::Items<Self> {
                crate::runtime::paging::Items::new(self)
            }

            /// Returns a stream of all pages. Each page is fetched when it is requested.
            ///
            /// With only the cursor of the backward direction set, the stream goes backward from there.
            pub fn pages(self) -> crate::runtime::paging::Pages<Self> {
                crate::runtime::paging::Pages::new(self)
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Returns an iterator over all items, which blocks the thread while it fetches a page; otherwise as
            /// [`stream`](Self::stream).
            pub fn items_blocking(self) -> crate::runtime::blocking::BlockingItems<Self> {
                crate::runtime::blocking::BlockingItems::new(self.stream())
            }

            /// Returns an iterator over all pages, which blocks the thread while it fetches one; otherwise as
            /// [`pages`](Self::pages).
            pub fn pages_blocking(self) -> crate::runtime::blocking::BlockingPages<Self> {
                crate::runtime::blocking::BlockingPages::new(self.pages())
            }
        }
    };
}

/// The methods that send a call.
macro_rules! send_methods {
    ($name:ident) => {
        impl $name {
            /// Sends the call, and returns its response: the same as awaiting the call itself.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub async fn send(self) -> <Self as std::future::IntoFuture>::Output {
                self.await
            }
        }

        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        impl $name {
            /// Sends the call, and blocks the thread until its response is there. It needs no async runtime.
            ///
            /// # Errors
            ///
            /// As when the call is awaited.
            pub fn send_blocking(self) -> <Self as std::future::IntoFuture>::Output {
                crate::runtime::blocking::wait(self)
            }
        }
    };
}

/// The options that every call has.
macro_rules! options {
    ($name:ident) => {
        /// Per-call options.
        impl $name {
            /// Limits each attempt, from connecting to the last byte of the response; `None` for no limit.
            pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.timeout(timeout.into());
                self
            }

            /// Limits the whole call, with all attempts and the waits between them; `None` for no limit.
            pub fn total_timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
                self.call.total_timeout(timeout.into());
                self
            }

            /// How often the call may be repeated after an attempt that failed.
            pub fn retries(mut self, retries: u32) -> Self {
                self.call.retries(retries);
                self
            }

            /// Sets a header, in place of one of the same name. A value that no header takes is an error of the call.
            pub fn extra_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.call.extra_header(name.as_ref(), value.as_ref());
                self
            }

            /// Has a header not sent that would be.
            pub fn without_header(mut self, name: impl AsRef<str>) -> Self {
                self.call.without_header(name.as_ref());
                self
            }

            /// Adds a query parameter that the spec does not list.
            pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.call.extra_query(name.into(), value.into());
                self
            }

            /// Adds a property to the body, in place of one of the same name.
            pub fn extra_body(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                self.call.extra_body(name.into(), value.into());
                self
            }

            /// Whether the request is checked against the bounds of the spec before it is sent: `true` by default.
            pub fn validate(mut self, validate: bool) -> Self {
                self.call.validate(validate);
                self
            }

            /// Whether a required property that the response lacks takes its type's empty value, and is listed in
            /// [`corrected`](crate::Response::corrected), where it would be an error: `false` by default.
            pub fn lenient(mut self, lenient: bool) -> Self {
                self.call.lenient(lenient);
                self
            }
        }
    };
}

pub(crate) use {call, options, paged_call, send_methods};
