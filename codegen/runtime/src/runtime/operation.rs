//! Operations, and what their calls have in common.

use bytes::Bytes;
use http::Method;

use super::call::{Call, CallOptions};
use super::request::RequestBuilder;
use crate::support::lenient::Lenient;
use crate::support::validate::Checker;

/// The properties of an operation, from the spec.
#[derive(Debug)]
pub struct OperationInfo {
    /// Its id.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, with the names of its parameters in braces.
    pub path: &'static str,
    /// The media type of its response.
    pub accept: &'static str,
    /// Which of the API's credentials it takes.
    pub credentials: &'static [usize],
    /// Which of the client's headers it takes.
    pub headers: &'static [usize],
}

/// A call without the type of its operation, so that the code that sends it is compiled once.
pub struct DynOperation<'a> {
    pub(super) info: &'static OperationInfo,
    pub(super) options: &'a CallOptions,
    pub(super) check: &'a (dyn Fn(&mut Checker<'_>) + Sync),
    pub(super) write: &'a (dyn Fn(&mut RequestBuilder) + Sync),
}

/// A call of one operation, with its parameters, about to be sent.
///
/// Only this crate's calls implement it.
pub trait Operation: Clone + Send + Sync + Unpin + 'static {
    /// The value of a response.
    type Output: Send + 'static;

    #[doc(hidden)]
    const INFO: &'static OperationInfo;

    #[doc(hidden)]
    fn call(&self) -> &Call;

    /// Reports what is outside the bounds of the spec.
    #[doc(hidden)]
    fn check(&self, checker: &mut Checker<'_>) {
        let _ = checker;
    }

    /// Writes parameters and body.
    #[doc(hidden)]
    fn write(&self, request: &mut RequestBuilder);

    /// Decodes the body of a response.
    #[doc(hidden)]
    fn decode(body: &Bytes, lenient: bool) -> Result<Lenient<Self::Output>, serde_json::Error>;
}
