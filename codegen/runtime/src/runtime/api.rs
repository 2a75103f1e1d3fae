//! What an API has of its own, as its spec says it.

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The client's name and version, as `User-Agent` has them.
    pub user_agent: &'static str,
    /// Where the API is.
    pub base_url: &'static str,
    /// The environment variable that overrides the address.
    pub base_url_variable: Option<&'static str>,
    /// What a caller proves itself with.
    pub credentials: &'static [Credential],
    /// Headers that the environment or the builder sets for the whole client.
    pub headers: &'static [ClientHeader],
    /// Where the body of a failed call says what went wrong.
    pub errors: ErrorFormat,
}

/// What a caller proves itself with.
#[derive(Debug)]
pub struct Credential {
    /// Its name in the spec.
    pub name: &'static str,
    /// The environment variable that holds it.
    pub variable: Option<&'static str>,
    /// How it is sent.
    pub location: CredentialLocation,
    /// A client cannot do without it.
    pub required: bool,
}

/// How a credential is sent.
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
    /// The header that it is sent in.
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

/// Where the body of a failed call says what went wrong: JSON pointers.
#[derive(Debug)]
pub struct ErrorFormat {
    /// The explanation for people.
    pub message: Option<&'static str>,
    /// The class of the error.
    pub kind: Option<&'static str>,
    /// The parameter at fault.
    pub param: Option<&'static str>,
    /// The identifier of this particular error.
    pub code: Option<&'static str>,
    /// The error codes that are never retried.
    pub final_codes: &'static [&'static str],
}
