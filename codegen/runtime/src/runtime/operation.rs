//! The trait of all calls.

use bytes::Bytes;

use super::call::Call;
use super::operation_info::OperationInfo;
use super::request_builder::RequestBuilder;
use crate::support::lenient::Lenient;
use crate::support::validate::Checker;

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
