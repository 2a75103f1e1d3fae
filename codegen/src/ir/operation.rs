//! Operations, with their parameters, bodies, responses and pagination, and the security schemes.

use indexmap::IndexMap;
use serde_json::Value;

use super::types::{Docs, Schema};

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, if the document states it.
    pub id: Option<String>,
    /// The JSON pointer, such as `/paths/~1chatkit~1threads/get`.
    pub pointer: String,
    /// The resource that the method belongs to, in snake case. It is the first of: `x-rust-module`, the first tag, the
    /// first literal segment of the path.
    pub module: String,
    /// The Rust name of the method. It is the first of: `x-rust-name`, the `operationId`, method and path.
    pub rust_name: String,
    /// The Rust name of the call's struct, such as `ListThreads`: the `operationId`, or method and path without one.
    pub type_name: String,
    /// The Rust name of the resource's struct, such as `Threads`.
    pub resource: String,
    /// The HTTP method in capitals, such as `GET`.
    pub method: String,
    /// The path as written, such as `/chatkit/threads/{thread_id}`.
    pub path: String,
    /// The parameters, including those of the path item, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// `security` of the operation; `None` if the global one applies.
    pub security: Option<Vec<IndexMap<String, Vec<String>>>>,
    /// `x-paging`.
    pub paging: Option<Paging>,
    /// The prose.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// `tags`.
    pub tags: Vec<String>,
}

impl Operation {
    /// Returns the success responses, in the order of the document. A call decodes the first.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| matches!(response.status, Status::Code(200..300) | Status::Range(2)))
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of OpenAPI")]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The name in Rust, without `r#`.
    pub rust_name: String,
    /// The JSON pointer of its use.
    pub pointer: String,
    /// The part of the request that carries it.
    pub location: ParameterLocation,
    /// `required`.
    pub required: bool,
    /// The type and the serialization.
    pub content: ParameterContent,
    /// The only value, if the parameter is a constant.
    pub constant: Option<Value>,
    /// `default` of its schema.
    pub default: Option<Value>,
    /// `x-environment`: the variable that supplies it to the client. Such a parameter is not part of the call.
    pub environment: Option<String>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// The prose and the example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
}

/// The part of a request that carries a parameter.
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

/// The type and the serialization of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterContent {
    /// `schema`, with `style` and `explode`; the defaults of the location are filled in.
    Styled {
        /// The type.
        schema: Schema,
        /// How lists and objects are joined.
        style: Style,
        /// Whether lists and objects repeat the name.
        explode: bool,
    },
    /// `content`, with one media type.
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
    /// The JSON pointer of its use.
    pub pointer: String,
    /// `required`.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// The media types, in the order of the document.
    pub content: Vec<MediaType>,
}

/// A media type with its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaType {
    /// The name as written, such as `application/json`.
    pub name: String,
    /// The JSON pointer.
    pub pointer: String,
    /// The schema, if the document states it.
    pub schema: Option<Schema>,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
}

/// Returns whether a media type is JSON.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status that it is for.
    pub status: Status,
    /// The JSON pointer of its use.
    pub pointer: String,
    /// `description`.
    pub description: String,
    /// The headers.
    pub headers: Vec<Header>,
    /// The media types, in the order of the document; empty for a response without a body.
    pub content: Vec<MediaType>,
}

/// The status that a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A range such as `2XX`, by its first digit.
    Range(u16),
    /// `default`.
    Default,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The name as written.
    pub name: String,
    /// `required`.
    pub required: bool,
    /// The type.
    pub schema: Option<Schema>,
    /// `description`.
    pub description: Option<String>,
}

/// `x-paging`: the pagination of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The property of the response that holds the items.
    pub items: String,
    /// The boolean property that says whether there is another page.
    pub more: Option<String>,
    /// The direction towards the end.
    pub forward: PagingDirection,
    /// The direction towards the beginning.
    pub backward: Option<PagingDirection>,
}

/// One direction of a pagination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingDirection {
    /// The query parameter that takes the cursor.
    pub parameter: String,
    /// The property of the response that holds the cursor.
    pub cursor: String,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// `url`, with the default of each variable.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `x-environment`: the variable that overrides the URL.
    pub environment: Option<String>,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The name of the builder's method that sets it.
    pub rust_name: String,
    /// The kind.
    pub kind: SecurityKind,
    /// `description`.
    pub description: Option<String>,
    /// `x-environment`: the variable that holds the credential.
    pub environment: Option<String>,
}

/// The kinds of security schemes.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityKind {
    /// `type: http`, with its scheme in lower case, such as `bearer`.
    Http(String),
    /// `type: apiKey`.
    ApiKey {
        /// The part of the request that carries it; never the path.
        location: ParameterLocation,
        /// The parameter's name.
        name: String,
    },
    /// `type: oauth2`, with its flows as written.
    OAuth2(Value),
    /// `type: openIdConnect`.
    OpenIdConnect(String),
}

/// `x-errors`: JSON pointers into the body of a failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors {
    /// The message for people.
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
