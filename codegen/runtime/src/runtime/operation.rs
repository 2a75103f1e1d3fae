//! The trait of all calls.

use bytes::Bytes;

use super::call::Call;
use super::operation_info::OperationInfo;
use super::request_builder::RequestBuilder;
use crate::support::lenient::Lenient;
use crate::support::validate::Checker;

/// A call of one operation of the API, with its parameters.
///
/// Only the calls of this crate implement it.
pub trait Operation: Clone + Send + Sync + Unpin + 'static {
    /// The type of the response's value.
    type Output: Send + 'static;

    #[doc(hidden)]
    const INFO: &'static OperationInfo;

    #[doc(hidden)]
    fn call(&self) -> &Call;

    /// Reports values outside the bounds of the spec.
    #[doc(hidden)]
    fn check(&self, checker: &mut Checker<'_>) {
        let _ = checker;
    }

    /// Writes the parameters and the body.
    #[doc(hidden)]
    fn write(&self, request: &mut RequestBuilder);

    /// Decodes the body of a response.
    #[doc(hidden)]
    fn decode(body: &Bytes, lenient: bool) -> Result<Lenient<Self::Output>, serde_json::Error>;
}
