//! The description of an API, which the generator writes from its spec.

/// The description of an API.
#[derive(Debug)]
pub struct Api {
    /// The value of `User-Agent`: the client's name and version.
    pub user_agent: &'static str,
    /// The base URL.
    pub base_url: &'static str,
    /// The environment variable that overrides the base URL.
    pub base_url_variable: Option<&'static str>,
    /// The credentials that calls may need.
    pub credentials: &'static [Credential],
    /// The headers that the environment or the builder sets for the whole client.
    pub headers: &'static [ClientHeader],
    /// The format of error bodies.
    pub errors: ErrorFormat,
}

/// A credential that calls may need.
#[derive(Debug)]
pub struct Credential {
    /// The name of its security scheme in the spec.
    pub name: &'static str,
    /// The builder's method that sets it.
    pub setter: &'static str,
    /// The environment variable that holds it.
    pub variable: Option<&'static str>,
    /// The part of a request that carries it.
    pub location: CredentialLocation,
    /// Whether a client cannot be built without it.
    pub required: bool,
}

/// The part of a request that carries a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each API uses what its spec needs")]
pub enum CredentialLocation {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
}

impl CredentialLocation {
    /// Returns the name of the header, or `None` if a query parameter carries the credential.
    pub fn header(self) -> Option<&'static str> {
        match self {
            Self::Bearer => Some("authorization"),
            Self::Header(name) => Some(name),
            Self::Query(_) => None,
        }
    }
}

/// A header that the environment or the builder sets for the whole client.
#[derive(Debug)]
pub struct ClientHeader {
    /// The name of the header.
    pub name: &'static str,
    /// The environment variable that holds it.
    pub variable: &'static str,
}

/// The format of error bodies: a JSON pointer to each detail.
#[derive(Debug)]
pub struct ErrorFormat {
    /// The human-readable message.
    pub message: Option<&'static str>,
    /// The type of the error.
    pub kind: Option<&'static str>,
    /// The parameter at fault.
    pub param: Option<&'static str>,
    /// The error code.
    pub code: Option<&'static str>,
    /// The error codes that are never retried.
    pub final_codes: &'static [&'static str],
}
