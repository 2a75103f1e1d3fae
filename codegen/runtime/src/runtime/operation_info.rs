//! The properties of an operation.

use http::Method;

/// The properties of an operation, from the spec.
#[derive(Debug)]
pub struct OperationInfo {
    /// The operation id.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with the names of its parameters in braces.
    pub path: &'static str,
    /// The media type of the response.
    pub accept: &'static str,
    /// The indices of the API's credentials that the operation needs.
    pub credentials: &'static [usize],
    /// The indices of the API's headers that the operation takes.
    pub headers: &'static [usize],
}
