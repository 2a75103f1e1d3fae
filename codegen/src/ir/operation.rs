//! Operations: what is called how.

use indexmap::IndexMap;
use serde_json::Value;

use super::types::{Docs, Schema};

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, where the document has one.
    pub id: Option<String>,
    /// JSON pointer, as in `/paths/~1chatkit~1threads/get`.
    pub pointer: String,
    /// The resource that the method belongs to, in snake case: `x-rust-module`, else the first tag, else the first
    /// literal segment of the path.
    pub module: String,
    /// The method's Rust name: `x-rust-name`, else the `operationId`, else made of method and path.
    pub rust_name: String,
    /// The Rust name of a call of it, as in `ListThreads`: the `operationId`, else made of method and path.
    pub type_name: String,
    /// The Rust name of the resource that has the method, as in `Threads`.
    pub resource: String,
    /// In capitals, as in `GET`.
    pub method: String,
    /// As written, as in `/chatkit/threads/{thread_id}`.
    pub path: String,
    /// Path-level ones included; in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// In the order of the document.
    pub responses: Vec<Response>,
    /// `security` of the operation; `None` where the global one holds.
    pub security: Option<Vec<IndexMap<String, Vec<String>>>>,
    /// `x-paging`.
    pub paging: Option<Paging>,
    /// Prose.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// `tags`.
    pub tags: Vec<String>,
}

impl Operation {
    /// The responses to a success, in the order of the document. The first is the one that a call decodes.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| matches!(response.status, Status::Code(200..300) | Status::Range(2)))
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of OpenAPI")]
pub struct Parameter {
    /// On the wire.
    pub name: String,
    /// In Rust, without `r#`.
    pub rust_name: String,
    /// JSON pointer at its use.
    pub pointer: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// `required`.
    pub required: bool,
    /// Its type, and how it is written.
    pub content: ParameterContent,
    /// Its only value, as for a property.
    pub constant: Option<Value>,
    /// `default` of its schema.
    pub default: Option<Value>,
    /// `x-environment`: it belongs to the client and not to the call, and this variable supplies it.
    pub environment: Option<String>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// Prose and example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A parameter's type, and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterContent {
    /// By `style` and `explode`, with the defaults of its location filled in.
    Styled {
        /// The type.
        schema: Schema,
        /// How lists and objects are joined.
        style: Style,
        /// Whether lists and objects repeat the name.
        explode: bool,
    },
    /// By `content`, with one media type.
    Media(MediaType),
}

/// `style`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are OpenAPI's")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// JSON pointer at its use.
    pub pointer: String,
    /// `required`.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// In the order of the document.
    pub content: Vec<MediaType>,
}

/// A media type with its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaType {
    /// As written, as in `application/json`.
    pub name: String,
    /// JSON pointer.
    pub pointer: String,
    /// The schema; absent where the document has none.
    pub schema: Option<Schema>,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
}

/// Whether a media type is JSON.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// For which status.
    pub status: Status,
    /// JSON pointer at its use.
    pub pointer: String,
    /// `description`.
    pub description: String,
    /// Its headers.
    pub headers: Vec<Header>,
    /// In the order of the document; empty where it has no body.
    pub content: Vec<MediaType>,
}

/// Which status a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One code.
    Code(u16),
    /// `2XX` and its kin, by the first digit.
    Range(u16),
    /// `default`.
    Default,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its name as written.
    pub name: String,
    /// `required`.
    pub required: bool,
    /// Its type.
    pub schema: Option<Schema>,
    /// `description`.
    pub description: Option<String>,
}

/// `x-paging`: how to get from one page of a list to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The property of the response that holds the items.
    pub items: String,
    /// The boolean property that says whether there is another page.
    pub more: Option<String>,
    /// Towards the end.
    pub forward: PagingDirection,
    /// Towards the beginning.
    pub backward: Option<PagingDirection>,
}

/// One direction of paging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingDirection {
    /// The query parameter that takes the cursor.
    pub parameter: String,
    /// The property of the response that gives it.
    pub cursor: String,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// `url`, its variables replaced by their defaults.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `x-environment`: the variable that overrides the address.
    pub environment: Option<String>,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The builder's method that sets it.
    pub rust_name: String,
    /// Its kind.
    pub kind: SecurityKind,
    /// `description`.
    pub description: Option<String>,
    /// `x-environment`: the variable that holds the credential.
    pub environment: Option<String>,
}

/// The kinds of security schemes.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityKind {
    /// `type: http` with its scheme, in lower case: `bearer`, `basic`.
    Http(String),
    /// `type: apiKey`.
    ApiKey {
        /// Where it goes; never the path.
        location: ParameterLocation,
        /// The parameter's name.
        name: String,
    },
    /// `type: oauth2`, its flows as written.
    OAuth2(Value),
    /// `type: openIdConnect`.
    OpenIdConnect(String),
}

/// `x-errors`: how the body of a failed call reads. Places are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors {
    /// The explanation for people.
    pub message: String,
    /// The class of the error.
    pub kind: Option<String>,
    /// The parameter at fault.
    pub param: Option<String>,
    /// The identifier of this particular error.
    pub code: Option<String>,
    /// The error codes that are never retried, whatever the status suggests.
    pub final_codes: Vec<String>,
}
