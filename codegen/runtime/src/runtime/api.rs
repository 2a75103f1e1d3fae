//! The properties of an API, from its spec.

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The client's name and version, as `User-Agent` has them.
    pub user_agent: &'static str,
    /// The base URL.
    pub base_url: &'static str,
    /// The environment variable that overrides the base URL.
    pub base_url_variable: Option<&'static str>,
    /// The credentials that its calls take.
    pub credentials: &'static [Credential],
    /// Headers that the environment or the builder sets for the whole client.
    pub headers: &'static [ClientHeader],
    /// The format of error bodies.
    pub errors: ErrorFormat,
}

/// A credential that calls take.
#[derive(Debug)]
pub struct Credential {
    /// Its name in the spec.
    pub name: &'static str,
    /// The environment variable that holds it.
    pub variable: Option<&'static str>,
    /// The place in a request that it is sent in.
    pub location: CredentialLocation,
    /// Whether a client cannot be built without it.
    pub required: bool,
}

/// The place in a request that a credential is sent in.
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
    /// Returns the name of its header, if it is sent in one.
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
    /// Its name.
    pub name: &'static str,
    /// The environment variable that holds it.
    pub variable: &'static str,
}

/// The format of error bodies: JSON pointers to the details.
#[derive(Debug)]
pub struct ErrorFormat {
    /// The message for people.
    pub message: Option<&'static str>,
    /// The class of the error.
    pub kind: Option<&'static str>,
    /// The parameter at fault.
    pub param: Option<&'static str>,
    /// The code of the error.
    pub code: Option<&'static str>,
    /// The error codes that are never retried.
    pub final_codes: &'static [&'static str],
}
