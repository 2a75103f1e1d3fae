//! What a call needs of an operation.

use bytes::Bytes;
use http::Method;

use super::call::{Call, Options};
use super::request::Request;
use crate::support::lenient::Lenient;
use crate::support::validate::Checker;

/// What the spec says of an operation.
#[derive(Debug)]
pub struct Info {
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

/// A call without the type of its operation, so that what sends it is compiled once.
pub struct Erased<'a> {
    pub(super) info: &'static Info,
    pub(super) options: &'a Options,
    pub(super) check: &'a (dyn Fn(&mut Checker<'_>) + Sync),
    pub(super) write: &'a (dyn Fn(&mut Request) + Sync),
}

/// A call of one operation, with its parameters, about to be sent.
///
/// What all calls have in common; only this crate's calls implement it.
pub trait Operation: Clone + Send + Sync + Unpin + 'static {
    /// What the response holds.
    type Output: Send + 'static;

    #[doc(hidden)]
    const INFO: &'static Info;

    #[doc(hidden)]
    fn call(&self) -> &Call;

    /// Reports what is outside the bounds of the spec.
    #[doc(hidden)]
    fn check(&self, checker: &mut Checker<'_>) {
        let _ = checker;
    }

    /// Writes parameters and body.
    #[doc(hidden)]
    fn write(&self, request: &mut Request);

    /// Decodes the body of a response.
    #[doc(hidden)]
    fn decode(body: &Bytes, lenient: bool) -> Result<Lenient<Self::Output>, serde_json::Error>;
}
