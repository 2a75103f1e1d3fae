//! The properties of an operation.

use http::Method;

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
    /// The indices of the API's credentials that it takes.
    pub credentials: &'static [usize],
    /// The indices of the client's headers that it takes.
    pub headers: &'static [usize],
}
